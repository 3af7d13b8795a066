//! Answers of Open Patent Services.

use crate::reading::{fixture, read, read_bytes, real};

#[test]
fn every_family_member_is_a_record_of_its_own() {
    let reading = fixture("ops/family-with-legal.xml");
    insta::assert_snapshot!(reading.snapshot());
    let member = reading.parts().find(|part| part.key.as_str() == "ops-family:CN999104751A").expect("the member");
    assert!(member.record.events.is_empty() && member.record.priorities.is_empty());
}

#[test]
fn claims_and_description_are_two_parts() {
    insta::assert_snapshot!(fixture("ops/claims.xml").snapshot());
}

#[test]
fn a_register_record_names_present_parties_and_status() {
    insta::assert_snapshot!(fixture("ops/register.xml").snapshot());
}

#[test]
fn one_bad_document_does_not_keep_the_good_ones_out() {
    let text = "<world-patent-data><exchange-documents><exchange-document country=\"EP\" doc-number=\"9900001\" kind=\"A1\"/>\
        <exchange-document/></exchange-documents></world-patent-data>";
    let reading = read_bytes("a.xml", text.as_bytes());
    assert_eq!((reading.parts().count(), reading.refused(), reading.codes()), (1, 0, vec!["no-number"]));
}

#[test]
fn answers_that_say_nothing_are_passed_over() {
    for text in [
        "<world-patent-data><biblio-search total-result-count=\"0\"><query>x</query></biblio-search></world-patent-data>",
        "<world-patent-data><fault><code>404</code></fault></world-patent-data>",
    ] {
        let reading = read_bytes("a.xml", text.as_bytes());
        assert!(reading.codes().is_empty() && reading.records[0].1.passed_over.is_some(), "{text}");
    }
    assert_eq!(read_bytes("a.xml", b"<world-patent-data/>").codes(), ["nothing"]);
}

#[test]
fn real_answers_are_all_read() {
    let Some(folder) = real("epo/ops") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.records.len(), reading.refused(), reading.codes().len()), (37, 0, 0));
    assert_eq!(reading.records.iter().filter(|(_, findings)| findings.passed_over.is_some()).count(), 3);
    let find = |key: &str| reading.parts().find(|part| part.key.as_str() == key).unwrap_or_else(|| panic!("{key}"));
    let family = reading.parts().filter(|part| part.record.family_id.as_deref() == Some("50474376"));
    assert!(family.filter(|part| part.key.as_str().starts_with("ops-family:")).count() >= 11);
    let legal = find("ops-legal:EP-P-99203729");
    assert!(legal.record.events.iter().any(|event| event.code == "26N"));
    assert!(legal.record.titles.is_empty());
    let register = find("ep-register:EP15860753");
    assert_eq!(register.record.applicants[0].name, "Scientific Drilling International, Inc.");
    assert_eq!(find("ops-claims:EP1000000A1").record.claims.len(), 11);
    let application = find("ops-biblio:EP3082535A1").subject.application.clone().expect("the application");
    assert_eq!(application.id().as_str(), "EP-P-14833316");
}

#[test]
fn answers_of_several_services_make_one_right() {
    let Some(folder) = real("epo/ops") else { return };
    let reading = read(&folder, &sources::Settings::default());
    let own = |part: &&records::Part| part.subject.id().is_some_and(|id| id.as_str() == "EP-P-14833316");
    let parts: Vec<_> = reading.parts().filter(own).cloned().collect();
    let prefixes: Vec<_> = parts.iter().filter_map(|part| part.key.as_str().split(':').next()).collect();
    assert!(prefixes.contains(&"ops-biblio") && prefixes.contains(&"ep-register"), "{prefixes:?}");
    let right = records::assemble(&parts).expect("a right");
    assert_eq!(right.publications.len(), 1);
    assert_eq!(right.publications[0].number.as_str(), "EP3082535");
    assert_eq!(right.status, records::Status::Pending);
    assert!(right.family_id.is_some() && !right.cpc.is_empty());
    assert_eq!(right.applicants.len(), 1, "{:?}", right.applicants);
}
