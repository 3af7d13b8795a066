//! Code lists: countries, kinds of document, languages, classes, states.

use super::{Finding, error, warning};
use crate::{Office, Part, Publication, Status};

/// Codes of WIPO ST.3: states, organisations, and former ones that old documents carry. `XX` is this platform's
/// demonstration office.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AN AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BV BW \
    BX BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CY CZ DD DE DJ DK DM DO DT DZ EA EC EE EG EH EM EP ER ES ET EU \
    FI FJ FK FO FR GA GB GC GD GE GG GH GI GL GM GN GQ GR GS GT GW GY HK HN HR HT HU IB ID IE IL IM IN IQ IR IS IT JE JM JO \
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MP MR MS MT MU MV MW \
    MX MY MZ NA NE NG NI NL NO NP NR NZ OA OM PA PE PG PH PK PL PT PW PY QA QZ RD RH RO RS RU RW SA SB SC SD SE SG SH SI SK \
    SL SM SN SO SR SS ST SU SV SX SY SZ TC TD TG TH TJ TL TM TN TO TP TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WO WS \
    XN XU XV XX YD YE YU ZA ZM ZR ZW";

fn is_country(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split_whitespace().any(|known| known == code)
}

/// First characters of the kind codes an office uses; offices not listed may use any of ST.16.
fn kinds(office: Office) -> Option<&'static [&'static str]> {
    Some(match office {
        Office::CN => &[
            "A", "A8", "A9", "B", "B8", "B9", "C", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "D", "D8",
            "D9", "S", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "U", "U8", "U9", "Y", "Y1", "Y2", "Y3",
            "Y4", "Y5", "Y6", "Y7", "Y8", "Y9",
        ],
        Office::EP => &["A1", "A2", "A3", "A4", "A8", "A9", "B1", "B2", "B3", "B8", "B9", "A", "B", "W"],
        Office::WO => &["A1", "A2", "A3", "A4", "A5", "A6", "A8", "A9", "B1", "C1", "C2", "A", "W"],
        Office::US => &[
            "A", "A1", "A2", "A9", "B", "B1", "B2", "B3", "C", "C1", "C2", "C3", "E", "E1", "F1", "F2", "F3", "H",
            "H1", "I", "I1", "I2", "I3", "I4", "I5", "J1", "J2", "J3", "K1", "K2", "K3", "O1", "P", "P1", "P2", "P3",
            "P4", "P9", "S", "S1",
        ],
        _ => return None,
    })
}

pub(super) fn check(part: &Part, findings: &mut Vec<Finding>) {
    countries(part, findings);
    for publication in &part.record.publications {
        kind(publication, findings);
    }
    languages(part, findings);
    classes(part, findings);
    if let Some(status) = part.record.office_status.as_ref().filter(|status| status.status == Status::Unknown) {
        let text = &status.text;
        findings.push(warning(
            "status-code",
            "office_status",
            format!("官方状态「{text}」不在对照表中"),
            format!("the office's state «{text}» is not in the tables"),
        ));
    }
}

fn countries(part: &Part, findings: &mut Vec<Finding>) {
    let record = &part.record;
    let parties = [
        ("applicants", &record.applicants),
        ("owners", &record.owners),
        ("inventors", &record.inventors),
        ("agents", &record.agents),
    ];
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for (field, parties) in parties {
        found.extend(parties.iter().filter_map(|party| party.country.clone()).map(|code| (field, code)));
    }
    found.extend(part.subject.application.iter().map(|number| ("application_number", number.office.to_string())));
    found.extend(
        record
            .publications
            .iter()
            .filter_map(|one| one.number.office())
            .map(|office| ("publications", office.to_string())),
    );
    found
        .extend(record.priorities.iter().filter_map(|one| one.office).map(|office| ("priorities", office.to_string())));
    found.retain(|(_, code)| !is_country(code));
    found.sort();
    found.dedup();
    findings.extend(found.into_iter().map(|(field, code)| {
        let zh = format!("「{code}」不是 ST.3 国家或组织代码");
        warning("country-code", field, zh, format!("«{code}» is not a country or office code of ST.3"))
    }));
}

fn kind(publication: &Publication, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(office)) = (&publication.kind, publication.number.office()) else { return };
    if kinds(office).is_some_and(|known| !known.contains(&kind.as_str())) {
        findings.push(warning(
            "kind-code",
            "publications",
            format!("{office} 不使用文献种类代码 {kind}"),
            format!("{office} does not use the kind code {kind}"),
        ));
    }
}

fn languages(part: &Part, findings: &mut Vec<Finding>) {
    let record = &part.record;
    let texts = record.titles.iter().map(|text| ("titles", &text.lang));
    let texts = texts.chain(record.abstracts.iter().map(|text| ("abstracts", &text.lang)));
    let texts = texts.chain(record.claims.iter().map(|claim| ("claims", &claim.lang)));
    let texts = texts.chain(record.description.iter().map(|text| ("description", &text.lang)));
    let texts = texts.chain(record.nice.iter().map(|class| ("nice", &class.lang)));
    let mut odd: Vec<(&'static str, &String)> = texts
        .filter_map(|(field, lang)| lang.as_ref().map(|lang| (field, lang)))
        .filter(|(_, lang)| lang.len() != 2 || !lang.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    odd.sort();
    odd.dedup();
    findings.extend(odd.into_iter().map(|(field, lang)| {
        let zh = format!("「{lang}」不是 ISO 639-1 语种代码");
        warning("language-code", field, zh, format!("«{lang}» is not a language code of ISO 639-1"))
    }));
}

fn classes(part: &Part, findings: &mut Vec<Finding>) {
    let record = &part.record;
    let first = |symbol: &str| symbol.split(['-', '.']).next().and_then(|class| class.parse::<u8>().ok()).unwrap_or(0);
    let nice = record.nice.iter().map(|one| ("nice", one.class.to_string(), (1..=45).contains(&one.class)));
    let locarno = record.locarno.iter().map(|one| {
        // Class 99 holds what the office could not classify.
        let class = first(one.as_str());
        ("locarno", one.to_string(), (1..=32).contains(&class) || class == 99)
    });
    let vienna = record.vienna.iter().map(|one| ("vienna", one.to_string(), (1..=29).contains(&first(one.as_str()))));
    for (field, class, known) in nice.chain(locarno).chain(vienna) {
        if !known {
            let zh = format!("没有分类号 {class}");
            findings.push(error("class-range", field, zh, format!("there is no class {class}")));
        }
    }
}
