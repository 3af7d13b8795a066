//! The office's own files, where they lie at hand.

use records::{Part, RightKind};
use sources::Settings;

use crate::reading::{Reading, read, real};

fn office(folder: &str) -> Option<Reading> {
    let reading = read(&real(&format!("uspto/{folder}"))?, &Settings::default());
    let problems: Vec<_> =
        reading.records.iter().flat_map(|(r, f)| f.problems.iter().map(|p| (&r.origin, p))).collect();
    assert!(problems.is_empty(), "{folder}: {problems:?}");
    assert!(reading.problems.is_empty(), "{folder}: {:?}", reading.problems);
    Some(reading)
}

fn part<'r>(reading: &'r Reading, key: &str) -> &'r Part {
    reading.parts().find(|part| part.key.as_str() == key).unwrap_or_else(|| panic!("no part {key}"))
}

fn date(text: &str) -> Option<records::Date> {
    records::read_date(text)
}

#[test]
fn grants() {
    let Some(reading) = office("grants") else { return };
    assert_eq!(reading.parts().count(), 6);
    let record = &part(&reading, "us-grant:US8926509B2").record;
    assert_eq!(record.titles[0].text, "Wireless physiological sensor patches and systems");
    assert_eq!(record.filing_date, date("20080605"));
    assert_eq!(record.claims.len(), 31);
    assert_eq!(record.claims[1].depends_on, [1]);
    assert_eq!(record.citations.len(), 160);
    assert_eq!(record.ipc[0].as_str(), "A61B5/00");
    assert_eq!(record.cpc[0].as_str(), "A61B5/0205");
    assert_eq!(record.publications[1].number.as_str(), "US2009054737");
}

#[test]
fn designs() {
    let Some(reading) = office("designs") else { return };
    assert_eq!(reading.parts().count(), 32);
    assert!(reading.parts().all(|part| part.record.right == Some(RightKind::Design)));
    assert!(reading.parts().all(|part| !part.record.locarno.is_empty() && part.record.claims.len() == 1));
    let record = &part(&reading, "us-grant:USD907292S1").record;
    assert_eq!(record.images.len(), 9);
    assert!(record.facts.contains(&("term_years".to_owned(), "15".to_owned())));
}

#[test]
fn weekly_files_and_archives() {
    let Some(reading) = office("weekly") else { return };
    assert_eq!(reading.parts().count(), 13);
    assert!(reading.parts().any(|part| part.key.as_str() == "us-grant-biblio:US11617522B2"));
    assert!(reading.parts().any(|part| part.key.as_str() == "us-grant:US11147203B2"));
}

#[test]
fn applications_of_all_versions() {
    let Some(reading) = office("applications") else { return };
    assert_eq!(reading.parts().count(), 8);
    let record = &part(&reading, "us-application-pap:US2001000943A1").record;
    assert_eq!(record.claims.len(), 13);
    assert_eq!(record.claims[1].depends_on, [1]);
    assert_eq!(record.owners[0].name, "IDEMITSU KOSAN CO., LTD.");
}

#[test]
fn st32_grants_with_entities() {
    let Some(reading) = office("sgml") else { return };
    assert_eq!(reading.parts().count(), 4);
    let record = &part(&reading, "us-grant-st32:US6336130B1").record;
    assert_eq!(record.ipc[0].as_str(), "G06F15/16");
    assert_eq!(record.images.len(), 4);
    assert_eq!(record.claims.len(), 22);
    assert_eq!(part(&reading, "us-grant-st32:USD435854S").record.locarno[0].as_str(), "14-02");
}

#[test]
fn green_book() {
    let Some(reading) = office("aps") else { return };
    assert_eq!(reading.parts().count(), 2);
    let found = part(&reading, "us-grant-aps:US3932709A");
    assert_eq!(found.subject.application.as_ref().map(|number| number.serial.as_str()), Some("05449155"));
    assert_eq!(found.record.claims.len(), 17);
    let record = &part(&reading, "us-grant-aps:US4347903A").record;
    assert_eq!(record.claims[2].depends_on, [1]);
    assert_eq!(record.grant_date, date("19820907"));
}

#[test]
fn trade_marks() {
    let Some(reading) = office("trademarks/apc_daily_v2_excerpt.xml") else { return };
    assert_eq!(reading.parts().count(), 2);
    let record = &part(&reading, "us-trademark:74800000").record;
    assert_eq!(record.titles[0].text, "GRIGIOPERLA");
    assert_eq!(record.nice[0].class, 25);
}

/// The entity sets lie beside the files; each name in them is known, with the office's character.
#[test]
fn every_entity_of_the_office_is_known() {
    let Some(folder) = real("uspto/dtd") else { return };
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("a folder").flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        for declared in text.split("<!ENTITY ").skip(1) {
            let mut words = declared.split_whitespace();
            let (Some(name), Some(value)) = (words.next(), words.next()) else { continue };
            if name == "%" || !value.starts_with(['"', '\'']) {
                continue;
            }
            count += 1;
            let xml = format!("<r>&{name};</r>");
            let tree = sources::Tree::parse(&xml).expect("a tree");
            assert!(tree.unknown_entities.is_empty(), "&{name}; is not known");
        }
    }
    assert!(count > 2000, "{count}");
}
