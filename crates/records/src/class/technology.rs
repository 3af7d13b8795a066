//! The 35 fields of technology of WIPO's IPC concordance (July 2024) and their five sectors.
//!
//! A document with symbols of several fields counts in each by its share; that is the business of the count.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Ipc;

/// A field of technology.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Number 1 to 35.
    pub number: u8,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// The concordance: `F21-HKL` is F21H, F21K, F21L; `H04N 3,5` is main groups 3 and 5 of H04N; `H10(all)` a class.
    ipc: &'static str,
}

/// A sector: a run of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sector {
    /// Number 1 to 5.
    pub number: u8,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// First and last field.
    pub fields: (u8, u8),
}

/// The sectors.
pub const SECTORS: [Sector; 5] = [
    Sector { number: 1, zh: "电气工程", en: "Electrical engineering", fields: (1, 8) },
    Sector { number: 2, zh: "仪器", en: "Instruments", fields: (9, 13) },
    Sector { number: 3, zh: "化工", en: "Chemistry", fields: (14, 24) },
    Sector { number: 4, zh: "机械工程", en: "Mechanical engineering", fields: (25, 32) },
    Sector { number: 5, zh: "其他领域", en: "Other fields", fields: (33, 35) },
];

/// The fields, number 1 first.
#[rustfmt::skip]
pub const FIELDS: [Field; 35] = [
    Field { number: 1, zh: "电机、电气装置、电能", en: "Electrical machinery, apparatus, energy", ipc: "F21-HKLSVWY; H01-BCFGHJKMRT; H02-BGHJKMNPS; H05-BCF; H99-Z" },
    Field { number: 2, zh: "音像技术", en: "Audio-visual technology", ipc: "G09-FG; G11-B; H04N 3,5,7,9,11,13,15,17,19,23,25,101; H04-RS; H05-K" },
    Field { number: 3, zh: "电信", en: "Telecommunications", ipc: "G08-C; H01-PQ; H04-BHJKMQ; H04N 1" },
    Field { number: 4, zh: "数字通信", en: "Digital communication", ipc: "H04-LW; H04N 21" },
    Field { number: 5, zh: "基础通信程序", en: "Basic communication processes", ipc: "H03-BCDFGHJKLM" },
    Field { number: 6, zh: "计算机技术", en: "Computer technology", ipc: "G06-CDEFGJKMNTV; G10-L; G11-C; G16-BCYZ" },
    Field { number: 7, zh: "计算机技术管理方法", en: "IT methods for management", ipc: "G06-Q" },
    Field { number: 8, zh: "半导体", en: "Semiconductors", ipc: "H01-L; H10(all)" },
    Field { number: 9, zh: "光学", en: "Optics", ipc: "G02-BCF; G03-BCDFGH; H01-S" },
    Field { number: 10, zh: "测量", en: "Measurement", ipc: "G01-BCDFGHJKLMPQRSVW; G01N 1,3,5,7,9,11,13,15,17,19,21,22,23,24,25,27,29,30,31,35,37; G04-BCDFGR; G12-B; G99-Z" },
    Field { number: 11, zh: "生物材料分析", en: "Analysis of biological materials", ipc: "G01N 33" },
    Field { number: 12, zh: "控制", en: "Control", ipc: "G05-BDF; G07-BCDFG; G08-BG; G09-BCD" },
    Field { number: 13, zh: "医疗技术", en: "Medical technology", ipc: "A61-BCDFGHJLMN; A61K 40; G16-H; H05-G" },
    Field { number: 14, zh: "有机精细化学", en: "Organic fine chemistry", ipc: "A61K 8; A61-Q; C07-BCDFHJ; C40-B" },
    Field { number: 15, zh: "生物技术", en: "Biotechnology", ipc: "C07-GK; C12-MNPQRS" },
    Field { number: 16, zh: "药品", en: "Pharmaceuticals", ipc: "A61K 6,9,31,33,35,36,38,39,41,45,47,48,49,50,51,101,103,125,127,129,131,133,135; A61-P" },
    Field { number: 17, zh: "高分子化学、聚合物", en: "Macromolecular chemistry, polymers", ipc: "C08-BCFGHKL" },
    Field { number: 18, zh: "食品化学", en: "Food chemistry", ipc: "A01-H; A21-D; A23-BCDFGJKL; C12-CFGHJ; C13B 10,20,30,35,40,50,99; C13-DFJK" },
    Field { number: 19, zh: "基础材料化学", en: "Basic materials chemistry", ipc: "A01-NP; C05-BCDFG; C06-BCDF; C09-BCDFGHJK; C10-BCFGHJKLMN; C11-BCD; C99-Z" },
    Field { number: 20, zh: "材料、冶金", en: "Materials, metallurgy", ipc: "B22-CDF; C01-BCDFG; C03-C; C04-B; C21-BCD; C22-BCF" },
    Field { number: 21, zh: "表面加工技术、涂层", en: "Surface technology, coating", ipc: "B05-CD; B32-B; C23-CDFG; C25-BCDF; C30-B" },
    Field { number: 22, zh: "显微结构和纳米技术", en: "Micro-structural and nano-technology", ipc: "B81-BC; B82-BY" },
    Field { number: 23, zh: "化学工程", en: "Chemical engineering", ipc: "B01-BFJL; B01D 1,3,5,7,8,9,11,12,15,17,19,21,24,25,27,29,33,35,36,37,39,41,43,57,59,61,63,65,67,69,71; B02-C; B03-BCD; B04-BC; B05-B; B06-B; B07-BC; B08-B; C14-C; D06-BCL; F25-J; F26-B; H05-H" },
    Field { number: 24, zh: "环境技术", en: "Environmental technology", ipc: "A62-C; B01D 45,46,47,49,50,51,52,53; B09-BC; B65-F; C02-F; E01F 8; F01-N; F23-GJ; G01-T" },
    Field { number: 25, zh: "装卸", en: "Handling", ipc: "B25-J; B65-BCDGH; B66-BCDF; B67-BCD" },
    Field { number: 26, zh: "机器工具", en: "Machine tools", ipc: "A62-D; B21-BCDFGHJKL; B23-BCDFGHKPQ; B24-BCD; B25-BCDFGH; B26-BDF; B27-BCDFGHJKLMN; B30-B" },
    Field { number: 27, zh: "发动机、泵、涡轮机", en: "Engines, pumps, turbines", ipc: "F01-BCDKLMP; F02-BCDFGKMNP; F03-BCDGH; F04-BCDF; F23-R; F99-Z; G21-BCDFGHJK" },
    Field { number: 28, zh: "纺织和造纸机器", en: "Textile and paper machines", ipc: "A41-H; A43-D; A46-D; B31-BCDF; B41-BCDFGJKLMN; C14-B; D01-BCDFGH; D02-GHJ; D03-CDJ; D04-BCGH; D05-BC; D06-GHJMPQ; D21-BCDFGHJ; D99-Z" },
    Field { number: 29, zh: "其他特殊机械", en: "Other special machines", ipc: "A01-BCDFGJKLM; A21-BC; A22-BC; A23-NP; B02-B; B28-BCD; B29-BCDKL; B33-Y; B99-Z; C03-B; C08-J; C12-L; C13B 5,15,25,45; C13-CGH; F41-ABCFGHJ; F42-BCD" },
    Field { number: 30, zh: "热工过程和器具", en: "Thermal processes and apparatus", ipc: "F22-BDG; F23-BCDHKLMNQ; F24-BCDFHJSTV; F25-BC; F27-BD; F28-BCDFG" },
    Field { number: 31, zh: "机器零件", en: "Mechanical elements", ipc: "F15-BCD; F16-BCDFGHJKLMNPST; F17-BCD; G05-G" },
    Field { number: 32, zh: "运输", en: "Transport", ipc: "B60-BCDFGHJKLMNPQRSTVW; B61-BCDFGHJKL; B62-BCDHJKLM; B63-BCGHJ; B64-BCDFGU" },
    Field { number: 33, zh: "家具、游戏", en: "Furniture, games", ipc: "A47-BCDFGHJKL; A63-BCDFGHJK" },
    Field { number: 34, zh: "其他消费品", en: "Other consumer goods", ipc: "A24-BCDF; A41-BCDFG; A42-BC; A43-BC; A44-BC; A45-BCDF; A46-B; A62-B; A99-Z; B42-BCDF; B43-KLM; B44-BCDF; B68-BCFG; D04-D; D06-FN; D07-B; F25-D; G10-BCDFGHK" },
    Field { number: 35, zh: "土木工程", en: "Civil engineering", ipc: "E01-BCDH; E01F 1,3,5,7,9,11,13,15; E02-BCDF; E03-BCDF; E04-BCDFGH; E05-BCDFG; E06-BC; E21-BCDF; E99-Z" },
];

/// Field by main group (`H04N21`), subclass (`H04L`) or class (`H10`), as the concordance gives it.
static PLACES: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut places = HashMap::new();
    for field in &FIELDS {
        for entry in field.ipc.split("; ") {
            places.extend(places_of(entry).into_iter().map(|place| (place, field.number)));
        }
    }
    places
});

/// The places of one entry of the concordance.
fn places_of(entry: &str) -> Vec<String> {
    if let Some(class) = entry.strip_suffix("(all)") {
        return vec![class.to_owned()];
    }
    if let Some((class, letters)) = entry.split_once('-') {
        return letters.chars().map(|letter| format!("{class}{letter}")).collect();
    }
    match entry.split_once(' ') {
        Some((subclass, groups)) => groups.split(',').map(|group| format!("{subclass}{group}")).collect(),
        None => vec![entry.to_owned()],
    }
}

/// Number of the field of a symbol; main group before subclass before class. `None` for a symbol above the subclass
/// or outside the concordance.
pub fn field_of(symbol: &Ipc) -> Option<u8> {
    let subclass = symbol.subclass()?;
    let group = symbol.main_group_number().and_then(|number| PLACES.get(&format!("{subclass}{number}")));
    group.or_else(|| PLACES.get(subclass)).or_else(|| PLACES.get(symbol.class()?)).copied()
}

/// The field with this number.
pub fn field(number: u8) -> Option<&'static Field> {
    FIELDS.get(usize::from(number).checked_sub(1)?)
}

/// The sector of a field.
pub fn sector_of(field: u8) -> Option<&'static Sector> {
    SECTORS.iter().find(|sector| (sector.fields.0..=sector.fields.1).contains(&field))
}
