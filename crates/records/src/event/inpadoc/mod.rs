//! INPADOC legal event codes of the EPO's world-wide legal event data.
//!
//! The built-in table knows the frequent codes of CN, DE, EP, GB, JP, KR, US and WO. [`CodeTable`] takes the
//! office's own list (`legal_code_descriptions`, about 4,400 codes) for all the others.

mod code_table;

pub use code_table::{CodeTable, CodeTableError};

use super::Effect::{
    Corrected, DisputeEnded, Disputed, Examination, Expired, Filed, Granted, Invalidated, Lapsed, LicenceEnded,
    Licensed, Narrowed, PartyChanged, Pledged, Published, Refused, Renewed, Restored, Surrendered, Transferred,
    Withdrawn,
};
use super::{Effect, cn};
use crate::Office;

/// The effect of `code` of `office` (`L001EP`, `L008EP`), as far as the built-in table knows.
pub fn effect(office: Office, code: &str) -> Option<Effect> {
    effect_with_text(office, code, "")
}

/// The same with the event's own words (`L510EP`), which decide where a code says only "status information".
pub fn effect_with_text(office: Office, code: &str, text: &str) -> Option<Effect> {
    let code = code.trim().to_ascii_uppercase();
    if office == Office::CN {
        return cn::effect(&code, text);
    }
    if is_status_code(office, &code) {
        let by_words = status_words(text);
        return if by_words.is_some() { by_words } else { entry(table(office), &code) };
    }
    if office == Office::KR && is_st27(&code) {
        return code_table::class_effect(code.as_bytes()[0], &text.to_ascii_uppercase());
    }
    entry(table(office), &code)
}

/// Whether the built-in table knows the code, even if it has no effect on the whole right.
fn knows(office: Office, code: &str) -> bool {
    match office {
        Office::CN => cn::knows(code),
        _ => table(office).iter().any(|(codes, _)| codes.contains(&code)),
    }
}

type Row = (&'static [&'static str], Option<Effect>);

fn entry(table: &[Row], code: &str) -> Option<Effect> {
    table.iter().find(|(codes, _)| codes.contains(&code)).and_then(|(_, effect)| *effect)
}

fn table(office: Office) -> &'static [Row] {
    match office {
        Office::EP => EP,
        Office::US => US,
        Office::JP => JP,
        Office::KR => KR,
        Office::DE => DE,
        Office::GB => GB,
        Office::WO => WO,
        _ => &[],
    }
}

/// Codes that only announce a status; the words name it.
fn is_status_code(office: Office, code: &str) -> bool {
    matches!((office, code), (Office::EP, "STAA") | (Office::US, "STPP" | "STCB" | "STCF" | "STCH"))
}

/// `ABANDONED -- FAILURE TO RESPOND`, `STATUS: THE APPLICATION IS DEEMED TO BE WITHDRAWN` and the like.
fn status_words(text: &str) -> Option<Effect> {
    let text = text.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["ABANDON", "WITHDRAWN", "DISCONTINUED"]) {
        Some(Withdrawn)
    } else if has(&["REFUSED"]) {
        Some(Refused)
    } else if has(&["REVOKED"]) {
        Some(Invalidated)
    } else if has(&["EXPIRED"]) {
        Some(if has(&["NONPAYMENT", "NON-PAYMENT", "FEE"]) { Lapsed } else { Expired })
    } else if has(&["LAPSED"]) {
        Some(Lapsed)
    } else if has(&["PATENTED CASE", "HAS BEEN GRANTED"]) {
        Some(Granted)
    } else if has(&["EXAMINATION", "GRANT OF THE PATENT IS INTENDED"]) {
        Some(Examination)
    } else if has(&["HAS BEEN PUBLISHED", "HAS BEEN MADE"]) {
        Some(Published)
    } else {
        None
    }
}

/// Korea sends event codes of WIPO ST.27 (`F11`, `U11`) beside its own of four characters; their letter is the
/// class of the event.
fn is_st27(code: &str) -> bool {
    let code = code.as_bytes();
    code.len() == 3 && code[0].is_ascii_uppercase() && code[1..].iter().all(u8::is_ascii_digit)
}

/// A lapse, fee or restoration in one designated state leaves the European patent as a whole as it was.
const EP: &[Row] = &[
    (
        &["17P", "R17P", "17Q", "R17C", "GRAA", "GRAG", "GRAH", "GRAP", "GRAQ", "GRAR", "INTG", "A4", "RA4"],
        Some(Examination),
    ),
    (&["PUAI", "PUAJ", "RA1"], Some(Published)),
    (&["RB1"], Some(Granted)),
    (&["18D", "R18D", "18W", "R18W"], Some(Withdrawn)),
    (&["18R", "R18R"], Some(Refused)),
    (&["18RR", "R18X", "28", "R28"], Some(Restored)),
    (&["27W", "R27W", "RDAG", "RDAH"], Some(Invalidated)),
    (&["RDAA"], Some(Surrendered)),
    (&["27A", "R27A", "PUAH", "PUAM", "RB2"], Some(Narrowed)),
    (&["26", "R26", "PLBI"], Some(Disputed)),
    (&["27O", "R27O", "27C", "PLBN", "PLBO", "PLBP", "26D", "26U", "PLBG", "PLBH", "PLBJ", "PLBK"], Some(DisputeEnded)),
    (&["111L", "U76"], Some(Licensed)),
    (&["RAP1", "RAP2", "RAP3", "RAP4"], Some(Transferred)),
    (&["RIN1", "RIN2"], Some(PartyChanged)),
    (&["K1C1", "K1C3", "K2C1", "K2C3", "RTI1", "RTI2", "RIC1", "RIC2"], Some(Corrected)),
    (
        &[
            "PG25", "PG2D", "PGFP", "PGRI", "VS25", "VSFP", "VSRI", "25", "R25", "D25", "25N", "AK", "AX", "RBV", "AV",
            "REG", "26N", "PLBE", "GBPC", "GBV", "GBPR", "BERE", "BE20", "EUG", "U93", "U94",
        ],
        None,
    ),
];

const US: &[Row] = &[
    (&["STCA"], Some(Filed)),
    (&["STPP", "ZAAA", "ZAAB"], Some(Examination)),
    (&["STCF"], Some(Granted)),
    (&["STCB", "WDR"], Some(Withdrawn)),
    (&["FP", "LAPS"], Some(Lapsed)),
    (&["STCH"], Some(Lapsed)),
    (&["STCC", "STCK", "REIN", "PRDP", "RN"], Some(Restored)),
    (&["FPAY", "MAFP", "DP"], Some(Renewed)),
    (&["FPB1", "FPB2", "FPB3"], Some(Invalidated)),
    (&["LIMR"], Some(Narrowed)),
    (&["CONR"], Some(DisputeEnded)),
    (&["RR", "CO", "IPR", "PGR", "CBM", "PS"], Some(Disputed)),
    (&["CC", "CCB", "ER", "ERR"], Some(Corrected)),
    // AS covers security agreements and releases too; most are transfers, and the words say which.
    (&["AS"], Some(Transferred)),
    (
        &[
            "FEPP", "REMI", "FIFP", "SULP", "REFU", "PA", "PTEF", "PTEG", "STCV", "STCL", "STCT", "STCE", "RF", "XAS",
            "DC",
        ],
        None,
    ),
];

const JP: &[Row] = &[
    (&["A621", "A625", "A131", "A01", "A521", "A977", "A975", "A871", "A911"], Some(Examination)),
    (&["A02", "A313", "A045"], Some(Refused)),
    (&["A300", "A761", "A762"], Some(Withdrawn)),
    (&["R150", "R151", "R154"], Some(Granted)),
    (&["R250", "FPAY"], Some(Renewed)),
    (&["LAPS", "LAPF"], Some(Lapsed)),
    (&["ABAN"], Some(Surrendered)),
    (&["EXPY"], Some(Expired)),
    (&["CANC", "RVOP", "RVTR"], Some(Invalidated)),
    (&["R350", "A711"], Some(Transferred)),
    (&["A72", "S531", "S533", "S534", "RD01", "RD02", "RD03", "RD04", "RD05"], Some(PartyChanged)),
    (&["S201", "S202"], Some(Licensed)),
    (&["S804", "S805"], Some(LicenceEnded)),
    (&["S303", "S343"], Some(Pledged)),
    (&["A61", "A601", "A602", "R360", "R370", "R371"], None),
];

const KR: &[Row] = &[
    (&["A201", "AMND", "E902", "E90F", "E701", "B701", "X701", "GRNT", "J201"], Some(Examination)),
    (&["E601", "X601", "X091", "S601", "O061", "O063"], Some(Refused)),
    (&["WITB", "WITN", "WITR", "WICV", "SUBM", "C193", "U122", "U123", "U125", "NORF"], Some(Withdrawn)),
    (&["REGI"], Some(Granted)),
    (&["FPAY"], Some(Renewed)),
    (&["LAPS"], Some(Lapsed)),
    (&["EXPY"], Some(Expired)),
    (&["EXTG", "T601", "O062", "O064"], Some(Invalidated)),
    (&["R401"], Some(Restored)),
    (&["J204", "Z031", "Z032"], Some(Disputed)),
    (&["Z071", "Z074", "Z121", "O074"], Some(DisputeEnded)),
    (&["N231", "N234", "N235", "N236", "N237"], Some(Transferred)),
    (&["A107", "A302"], None),
];

const DE: &[Row] = &[
    (&["8101", "8105", "8110", "R012", "R016", "R018", "R019", "OM8", "OP8", "R163"], Some(Examination)),
    (&["R020", "8304", "D1", "D2", "8364", "R096", "8100", "R207"], Some(Granted)),
    (&["R002", "R003"], Some(Refused)),
    (&["R005", "R118", "R123", "R132", "R437", "8133", "8136", "8140", "8141", "8143", "8130"], Some(Withdrawn)),
    // R119 and R120 serve both applications and rights: which of the two it is, the rest of the file tells.
    (&["R119", "R142", "8139", "8339", "8340", "R156", "R157", "R158"], Some(Lapsed)),
    (&["R120", "R231", "8330"], Some(Surrendered)),
    (
        &["R037", "R042", "R064", "R103", "R168", "R170", "8311", "8331", "8506", "R107", "R137", "R199"],
        Some(Invalidated),
    ),
    (
        &[
            "R034", "R043", "R050", "R056", "R102", "R136", "R155", "R169", "R171", "8305", "8312", "8318", "8366",
            "8367", "8505", "D3", "D4", "D5", "D6",
        ],
        Some(Narrowed),
    ),
    (&["R071"], Some(Expired)),
    (&["R074", "R124", "R126", "8570"], Some(Restored)),
    (&["R150", "R151", "R152"], Some(Renewed)),
    (&["R026", "R039", "R165", "8310", "8363"], Some(Disputed)),
    (
        &["R028", "R030", "R031", "R040", "R100", "R173", "R175", "R176", "8313", "8314", "8365", "8368"],
        Some(DisputeEnded),
    ),
    (&["R081", "8127"], Some(Transferred)),
    (&["R082", "R083", "8128"], Some(PartyChanged)),
    (&["R088"], Some(Licensed)),
    (&["R089"], Some(LicenceEnded)),
    (&["R084", "R085", "R086", "R087", "R079", "R097", "R055", "R061", "R053", "8125"], None),
];

const GB: &[Row] = &[
    (&["AT", "WAP", "789B"], Some(Withdrawn)),
    (&["PS", "FG4D"], Some(Granted)),
    (&["PCNP", "PLNP"], Some(Lapsed)),
    (&["PE20"], Some(Expired)),
    (&["S29"], Some(Surrendered)),
    (&["S73", "772R", "772B", "773K", "773L", "773M", "775E"], Some(Invalidated)),
    (&["S28", "RIAT", "RH", "WAPI", "S20A", "720A", "732A"], Some(Restored)),
    (&["732E"], Some(Transferred)),
    // Any transaction at all.
    (&["732", "7281", "7282", "728R", "728W", "748", "747C"], None),
];

/// Events of the national phases belong to other rights.
const WO: &[Row] = &[
    (&["WA", "RCW"], Some(Withdrawn)),
    (&["DPE1", "DPE2", "DPEN", "DFPE"], Some(Examination)),
    (&["COP", "CFP", "CR1", "ERR"], Some(Corrected)),
    (&["NENP", "ENP", "122", "121", "WWE", "WWG", "WWP", "WWR", "WWW", "WWX", "REEP", "WD", "AK", "AL", "REG"], None),
];
