//! China's provinces: codes of GB/T 2260, names, and their tiles.

/// A province, autonomous region, municipality or special administrative region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Province {
    /// Two digits of GB/T 2260.
    pub code: &'static str,
    /// Letters of ISO 3166-2:CN.
    pub letters: &'static str,
    /// Short Chinese name.
    pub zh: &'static str,
    /// Short English name.
    pub en: &'static str,
    /// Column of its tile from the west, 0 to 6.
    pub column: u8,
    /// Row of its tile from the north, 0 to 7.
    pub row: u8,
}

impl Province {
    /// The name in `zh` or, for every other language, English.
    pub fn name(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.zh } else { self.en }
    }
}

/// The province of a code of GB/T 2260 of two digits or more (`44`, `440300`).
pub fn province(code: &str) -> Option<&'static Province> {
    let code = code.get(..2)?;
    PROVINCES.iter().find(|province| province.code == code)
}

const fn at(
    code: &'static str,
    letters: &'static str,
    zh: &'static str,
    en: &'static str,
    column: u8,
    row: u8,
) -> Province {
    Province { code, letters, zh, en, column, row }
}

/// All 34, by code. A tile stands where its neighbours on the map are its neighbours.
pub const PROVINCES: [Province; 34] = [
    at("11", "BJ", "北京", "Beijing", 4, 1),
    at("12", "TJ", "天津", "Tianjin", 5, 2),
    at("13", "HE", "河北", "Hebei", 4, 2),
    at("14", "SX", "山西", "Shanxi", 3, 2),
    at("15", "NM", "内蒙古", "Inner Mongolia", 3, 1),
    at("21", "LN", "辽宁", "Liaoning", 6, 2),
    at("22", "JL", "吉林", "Jilin", 6, 1),
    at("23", "HL", "黑龙江", "Heilongjiang", 6, 0),
    at("31", "SH", "上海", "Shanghai", 6, 4),
    at("32", "JS", "江苏", "Jiangsu", 5, 4),
    at("33", "ZJ", "浙江", "Zhejiang", 5, 5),
    at("34", "AH", "安徽", "Anhui", 4, 4),
    at("35", "FJ", "福建", "Fujian", 4, 6),
    at("36", "JX", "江西", "Jiangxi", 4, 5),
    at("37", "SD", "山东", "Shandong", 4, 3),
    at("41", "HA", "河南", "Henan", 3, 3),
    at("42", "HB", "湖北", "Hubei", 3, 4),
    at("43", "HN", "湖南", "Hunan", 3, 5),
    at("44", "GD", "广东", "Guangdong", 3, 6),
    at("45", "GX", "广西", "Guangxi", 2, 6),
    at("46", "HI", "海南", "Hainan", 2, 7),
    at("50", "CQ", "重庆", "Chongqing", 2, 4),
    at("51", "SC", "四川", "Sichuan", 1, 4),
    at("52", "GZ", "贵州", "Guizhou", 2, 5),
    at("53", "YN", "云南", "Yunnan", 1, 5),
    at("54", "XZ", "西藏", "Tibet", 0, 3),
    at("61", "SN", "陕西", "Shaanxi", 2, 3),
    at("62", "GS", "甘肃", "Gansu", 1, 2),
    at("63", "QH", "青海", "Qinghai", 1, 3),
    at("64", "NX", "宁夏", "Ningxia", 2, 2),
    at("65", "XJ", "新疆", "Xinjiang", 0, 2),
    at("71", "TW", "台湾", "Taiwan", 6, 6),
    at("81", "HK", "香港", "Hong Kong", 4, 7),
    at("82", "MO", "澳门", "Macao", 3, 7),
];
