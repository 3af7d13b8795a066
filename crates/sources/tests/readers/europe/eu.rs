//! EU trade marks and EU designs.

use std::collections::{BTreeMap, BTreeSet};

use records::{Effect, Status};

use crate::reading::{Reading, fixture, read, read_bytes, real};

#[test]
fn a_mark_is_read_in_full() {
    insta::assert_snapshot!(fixture("eu_trademark/insert.xml").snapshot());
}

#[test]
fn a_design_is_read_in_full() {
    insta::assert_snapshot!(fixture("eu_design/insert.xml").snapshot());
}

/// A deletion carries the key of the part that it takes back, is later, and so holds.
fn assert_takes_back(inserted: &Reading, deleted: &Reading) {
    let (before, after) = (inserted.parts().next().expect("a part"), deleted.parts().next().expect("a part"));
    assert_eq!(before.key, after.key);
    assert!(!before.withdrawn && after.withdrawn);
    assert!(after.supersedes(before) && !before.supersedes(after));
    assert!(deleted.records.iter().all(|(_, findings)| findings.unread.is_empty()));
}

#[test]
fn a_delete_takes_back_exactly_its_part() {
    assert_takes_back(&fixture("eu_trademark/insert.xml"), &fixture("eu_trademark/delete.xml"));
    assert_takes_back(&fixture("eu_design/insert.xml"), &fixture("eu_design/delete.xml"));
}

#[test]
fn an_update_replaces_the_insert() {
    let text = std::fs::read_to_string("tests/fixtures/eu_trademark/insert.xml").expect("the fixture");
    let update = text.replace("\"Insert\"", "\"Update\"").replace("2031-05-06T", "2031-05-07T");
    let (insert, update) = (read_bytes("a.xml", text.as_bytes()), read_bytes("a.xml", update.as_bytes()));
    let (insert, update) = (insert.parts().next().expect("a part"), update.parts().next().expect("a part"));
    assert_eq!(insert.key, update.key);
    assert!(update.supersedes(insert));
}

#[test]
fn an_unknown_operation_is_stored_and_noted() {
    let text = std::fs::read_to_string("tests/fixtures/eu_design/insert.xml").expect("the fixture");
    let reading = read_bytes("a.xml", text.replace("\"Insert\"", "\"Amputate\"").as_bytes());
    assert_eq!(reading.codes(), ["operation"]);
    assert_eq!(reading.parts().filter(|part| !part.withdrawn).count(), 1);
}

#[test]
fn a_record_without_number_is_refused_with_its_reason() {
    for (root, body) in [("trademark", "TradeMark"), ("design", "Design")] {
        let text = format!(
            "<Transaction xmlns=\"http://euipo.europa.eu/{root}/data\"><{body}TransactionBody><TransactionContentDetails>\
             <TransactionData><{body}Details><{body}/></{body}Details></TransactionData></TransactionContentDetails>\
             </{body}TransactionBody></Transaction>"
        );
        let reading = read_bytes("a.xml", text.as_bytes());
        assert_eq!((reading.codes(), reading.refused()), (vec!["no-number"], 1), "{text}");
    }
}

#[test]
fn the_real_files_hold_523_marks_273_designs_and_one_withdrawal() {
    let Some(folder) = real("euipo") else { return };
    let marks = read(&folder.join("trademarks"), &sources::Settings::default());
    assert_eq!((marks.parts().count(), marks.refused(), marks.problems.len()), (523, 0, 0));
    assert!(marks.parts().all(|part| !part.withdrawn && part.record.filing_date.is_some()));
    assert!(marks.parts().all(|part| !part.record.nice.is_empty() && part.as_of.is_some()));
    // One file carries a Vienna code of category 98, which does not exist.
    assert_eq!(marks.codes(), ["class"]);
    let known = marks
        .parts()
        .all(|part| part.record.office_status.as_ref().is_some_and(|status| status.status != Status::Unknown));
    assert!(known, "every status text has a meaning");
    let languages: BTreeSet<_> =
        marks.parts().flat_map(|part| part.record.nice.iter().filter_map(|class| class.lang.clone())).collect();
    assert_eq!(languages.len(), 23);
    let wine = marks.parts().find(|part| part.key.as_str() == "euipo-mark:018222205").expect("mark 018222205");
    assert_eq!(wine.record.titles[0].text, "MDB MARCO DE BARTOLI");
    assert_eq!(wine.record.vienna.len(), 4);
    assert_eq!(wine.record.images[0].file, "file://018/222/018222205/000162187284.JPG");
    assert_eq!(wine.record.expiry_date.map(|date| date.to_string()).as_deref(), Some("2030-04-08"));

    let designs = read(&folder.join("designs"), &sources::Settings::default());
    assert_eq!((designs.refused(), designs.codes().len()), (0, 0));
    assert_eq!(designs.parts().filter(|part| !part.withdrawn).count(), 273);
    let gone: Vec<_> = designs.parts().filter(|part| part.withdrawn).map(|part| part.key.as_str()).collect();
    assert_eq!(gone, ["euipo-design:001063564-0001"]);
    assert!(designs.parts().flat_map(|part| &part.record.images).all(|image| image.file.starts_with("file://")));
    assert!(designs.parts().all(|part| part.withdrawn || !part.record.locarno.is_empty()));
    let shoe = designs.parts().find(|part| part.key.as_str() == "euipo-design:001063010-0004").expect("a design");
    assert_eq!(shoe.record.locarno[0].as_str(), "02-04");
    assert_eq!(shoe.record.titles.len(), 22);
    assert!(shoe.record.events.iter().any(|event| event.effect == Some(Effect::PartyChanged)));
    let unread: Vec<_> = marks.records.iter().chain(&designs.records).flat_map(|(_, f)| f.unread.keys()).collect();
    assert!(unread.is_empty(), "{unread:?}");
    let mut states = BTreeMap::new();
    for part in marks.parts().chain(designs.parts()).filter(|part| !part.withdrawn) {
        let right = records::assemble(std::slice::from_ref(part)).expect("a right");
        assert_eq!(Some(&right.id), part.subject.id().as_ref());
        *states.entry((right.right.code(), right.status.code())).or_insert(0) += 1;
    }
    assert!(states.keys().all(|(_, status)| *status != "unknown"), "{states:?}");
    assert_eq!(states.get(&("design", "in-force")), Some(&61), "{states:?}");
    assert_eq!(states.get(&("trademark", "withdrawn")), Some(&2), "{states:?}");
}
