//! German register answers.

use crate::reading::{fixture, read, read_bytes, real};

#[test]
fn a_patent_record_is_read_in_full() {
    insta::assert_snapshot!(fixture("dpma/patent.xml").snapshot());
}

#[test]
fn hits_without_number_are_refused_and_the_others_read() {
    insta::assert_snapshot!(fixture("dpma/patent-hits.xml").snapshot());
}

#[test]
fn a_mark_record_is_read_in_full() {
    insta::assert_snapshot!(fixture("dpma/trademark.xml").snapshot());
}

#[test]
fn a_mark_and_its_hit_are_one_right() {
    let id = |name: &str| fixture(name).parts().next().expect("a part").subject.id();
    assert_eq!(id("dpma/trademark.xml"), id("dpma/trademark-hits.xml"));
    insta::assert_snapshot!(fixture("dpma/trademark-hits.xml").snapshot());
}

#[test]
fn every_design_of_an_application_is_a_right() {
    let reading = fixture("dpma/design.xml");
    assert_eq!(reading.parts().count(), 2);
    insta::assert_snapshot!(reading.snapshot());
}

#[test]
fn a_design_hit_is_read() {
    insta::assert_snapshot!(fixture("dpma/design-hits.xml").snapshot());
}

#[test]
fn a_record_without_number_is_refused() {
    let reading = read_bytes("a.xml", b"<dpma-patent-document><bibliographic-data/></dpma-patent-document>");
    assert_eq!((reading.codes(), reading.refused()), (vec!["no-number"], 1));
}

#[test]
fn real_answers_are_all_read() {
    let Some(folder) = real("dpma") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.records.len(), reading.parts().count(), reading.refused()), (12, 12, 0));
    assert!(reading.codes().is_empty(), "{:?}", reading.codes());
    let find = |key: &str| reading.parts().find(|part| part.key.as_str() == key).unwrap_or_else(|| panic!("{key}"));
    let patent = find("de-patent:DE10027360");
    assert_eq!(patent.record.inventors[0].name, "Masahiro Seguchi");
    assert_eq!(patent.record.publications[0].date.map(|date| date.to_string()).as_deref(), Some("2000-12-07"));
    assert_eq!(find("de-trademark:DE919224").subject, find("de-trademark-hit:DE919224").subject);
    assert_eq!(find("de-design:DEM8800174-0001").record.locarno[0].as_str(), "06-01");
    assert_eq!(find("de-design-hit:DEM9000603-0001").record.owners[0].name, "Samsung Electronics Co., Ltd.");
}
