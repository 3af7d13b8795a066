//! Provinces and cities of China after GB/T 2260, as offices and people write them.

mod city;

pub use city::{City, cities, cities_named, city_of_party};

use crate::Party;

/// A province, municipality, autonomous region or special administrative region.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Province {
    /// First two digits of the code of GB/T 2260, such as 44.
    pub code: u8,
    /// Letters of GB/T 2260 and ISO 3166-2:CN, such as `GD`.
    pub letters: &'static str,
    /// Full name: `广东省`.
    pub full: &'static str,
    /// Short name: `广东`.
    pub zh: &'static str,
    /// English name: `Guangdong`.
    pub en: &'static str,
    /// Further spellings in lower case: traditional characters, other romanisations.
    others: &'static [&'static str],
}

impl Province {
    /// The short name in `zh` or, for every other language, English.
    pub fn label(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.zh } else { self.en }
    }

    /// Whether districts and counties stand right below: Beijing, Tianjin, Shanghai, Chongqing.
    pub const fn is_municipality(&self) -> bool {
        matches!(self.code, 11 | 12 | 31 | 50)
    }

    /// Every Chinese name and every further spelling.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.full, self.zh].into_iter().chain(self.others.iter().copied())
    }
}

macro_rules! provinces {
    ($($code:literal $letters:literal $full:literal $zh:literal $en:literal [$($other:literal)*];)*) => {
        /// Every province in the order of codes.
        pub const PROVINCES: [Province; 34] = [$(Province {
            code: $code, letters: $letters, full: $full, zh: $zh, en: $en, others: &[$($other),*],
        }),*];
    };
}

provinces! {
    11 "BJ" "北京市" "北京" "Beijing" ["peking"];
    12 "TJ" "天津市" "天津" "Tianjin" ["tientsin"];
    13 "HE" "河北省" "河北" "Hebei" ["hopeh"];
    14 "SX" "山西省" "山西" "Shanxi" [];
    15 "NM" "内蒙古自治区" "内蒙古" "Inner Mongolia" ["内蒙" "內蒙古" "內蒙古自治區" "nei mongol" "nei menggu" "neimenggu" "neimeng"];
    21 "LN" "辽宁省" "辽宁" "Liaoning" ["遼寧" "遼寧省"];
    22 "JL" "吉林省" "吉林" "Jilin" ["kirin"];
    23 "HL" "黑龙江省" "黑龙江" "Heilongjiang" ["黑龍江" "黑龍江省"];
    31 "SH" "上海市" "上海" "Shanghai" [];
    32 "JS" "江苏省" "江苏" "Jiangsu" ["江蘇" "江蘇省" "kiangsu"];
    33 "ZJ" "浙江省" "浙江" "Zhejiang" ["chekiang"];
    34 "AH" "安徽省" "安徽" "Anhui" ["anhwei"];
    35 "FJ" "福建省" "福建" "Fujian" ["fukien"];
    36 "JX" "江西省" "江西" "Jiangxi" ["kiangsi"];
    37 "SD" "山东省" "山东" "Shandong" ["山東" "山東省" "shantung"];
    41 "HA" "河南省" "河南" "Henan" ["honan"];
    42 "HB" "湖北省" "湖北" "Hubei" ["hupeh"];
    43 "HN" "湖南省" "湖南" "Hunan" [];
    44 "GD" "广东省" "广东" "Guangdong" ["廣東" "廣東省" "canton" "kwangtung"];
    45 "GX" "广西壮族自治区" "广西" "Guangxi" ["广西自治区" "廣西" "廣西壯族自治區" "guangxi zhuang" "kwangsi"];
    46 "HI" "海南省" "海南" "Hainan" [];
    50 "CQ" "重庆市" "重庆" "Chongqing" ["重慶" "重慶市" "chungking"];
    51 "SC" "四川省" "四川" "Sichuan" ["szechuan" "szechwan"];
    52 "GZ" "贵州省" "贵州" "Guizhou" ["貴州" "貴州省" "kweichow"];
    53 "YN" "云南省" "云南" "Yunnan" ["雲南" "雲南省"];
    54 "XZ" "西藏自治区" "西藏" "Tibet" ["西藏自治區" "xizang"];
    61 "SN" "陕西省" "陕西" "Shaanxi" ["陝西" "陝西省" "shensi"];
    62 "GS" "甘肃省" "甘肃" "Gansu" ["甘肅" "甘肅省" "kansu"];
    63 "QH" "青海省" "青海" "Qinghai" ["tsinghai"];
    64 "NX" "宁夏回族自治区" "宁夏" "Ningxia" ["宁夏自治区" "寧夏" "寧夏回族自治區" "ningxia hui"];
    65 "XJ" "新疆维吾尔自治区" "新疆" "Xinjiang" ["新疆自治区" "新疆維吾爾自治區" "xinjiang uygur" "xinjiang uyghur" "sinkiang"];
    71 "TW" "台湾省" "台湾" "Taiwan" ["台灣" "台灣省" "臺灣" "臺灣省" "中国台湾" "中國台灣"];
    81 "HK" "香港特别行政区" "香港" "Hong Kong" ["香港特別行政區" "中国香港" "中國香港" "hongkong" "xianggang"];
    82 "MO" "澳门特别行政区" "澳门" "Macao" ["澳門" "澳門特別行政區" "中国澳门" "中國澳門" "macau" "aomen"];
}

/// Words that say what rank a place has, in lower case.
const RANKS: [&str; 9] = [
    " province",
    " sheng",
    " municipality",
    " city",
    " shi",
    " autonomous region",
    " zizhiqu",
    " special administrative region",
    " sar",
];

/// The province that a text names: its name in full or short, Chinese (either script) or English, the code of GB/T 2260
/// with two or six digits, `CN-GD`, or an address that begins (Chinese) or ends (English) with it. `None` for anything
/// else; two bare letters are none, since other countries use them too.
pub fn province_of(text: &str) -> Option<&'static Province> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return coded(text);
    }
    let lower = text.to_lowercase();
    if let Some(code) = lower.strip_prefix("cn-") {
        return PROVINCES.iter().find(|p| p.letters.eq_ignore_ascii_case(code)).or_else(|| coded(code));
    }
    named(&lower).or_else(|| addressed(&lower))
}

/// The province of a party: by its country where that is one (Hong Kong, Macao, Taiwan), else by region, city and
/// address when the party is in China or of unknown country.
pub fn province_of_party(party: &Party) -> Option<&'static Province> {
    match party.country.as_deref() {
        Some("CN") | None => {}
        Some(country) if is_china(country) => return PROVINCES.iter().find(|p| p.letters == country),
        Some(_) => return None,
    }
    [&party.region, &party.city, &party.address].into_iter().flatten().find_map(|text| province_of(text))
}

/// Whether a country code of ST.3 lies on the map of provinces: `CN`, `HK`, `MO`, `TW`.
pub fn is_china(country: &str) -> bool {
    matches!(country, "CN" | "HK" | "MO" | "TW")
}

/// By two or six digits of GB/T 2260.
fn coded(digits: &str) -> Option<&'static Province> {
    let code: u8 = if matches!(digits.len(), 2 | 6) { digits.get(..2)?.parse().ok()? } else { return None };
    PROVINCES.iter().find(|province| province.code == code)
}

/// By a name alone, in lower case.
fn named(name: &str) -> Option<&'static Province> {
    let bare = RANKS.iter().find_map(|rank| name.strip_suffix(rank)).unwrap_or(name).trim();
    PROVINCES.iter().find(|province| province.names().any(|known| known == bare) || province.en.to_lowercase() == bare)
}

/// By an address in lower case: Chinese ones begin with the province, behind a postal code or the country; English ones
/// have it between commas, near the end.
fn addressed(address: &str) -> Option<&'static Province> {
    province_before(start_of(address)).map(|(province, _)| province).or_else(|| {
        address.rsplit(',').find_map(|piece| {
            // A postal code may follow the province.
            let piece = piece.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            if piece.is_ascii() { named(piece) } else { None }
        })
    })
}

/// A Chinese address without postal code and country.
fn start_of(address: &str) -> &str {
    let start = address.trim_start_matches(|c: char| c.is_numeric() || c.is_whitespace());
    start.strip_prefix("中国").or_else(|| start.strip_prefix("中國")).unwrap_or(start).trim_start()
}

/// The province with which a Chinese address begins, and what follows its name. Names in Latin letters end at a comma,
/// not at any letter: `jilin road` is no province.
fn province_before(start: &str) -> Option<(&'static Province, &str)> {
    let names = PROVINCES.iter().flat_map(|province| province.names().map(move |name| (province, name)));
    let chinese = names.filter(|(_, name)| !name.is_ascii());
    let begins = chinese.filter_map(|(province, name)| Some((name.len(), province, start.strip_prefix(name)?)));
    let longest = begins.filter(|(_, _, rest)| !is_elsewhere(rest)).max_by_key(|(length, _, _)| *length);
    longest.map(|(_, province, rest)| (province, rest))
}

/// Whether a name goes on as that of a place in another province: 海南藏族自治州 and 河南蒙古族自治县 lie in Qinghai.
fn is_elsewhere(rest: &str) -> bool {
    rest.starts_with("藏族") || rest.starts_with("蒙古族")
}

#[cfg(test)]
#[path = "region_tests.rs"]
mod tests;
