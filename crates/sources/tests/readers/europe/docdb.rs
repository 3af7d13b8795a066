//! DOCDB exchange documents.

use crate::reading::{fixture, read, read_bytes, real};

#[test]
fn exchange_documents_are_read_in_full() {
    insta::assert_snapshot!(fixture("docdb/two.xml").snapshot());
}

#[test]
fn a_cut_out_document_with_an_unbound_prefix_is_read() {
    let reading = fixture("docdb/cut-out.xml");
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "docdb:WO2031900001A1");
    let application = part.subject.application.as_ref().expect("the application");
    assert_eq!(application.id().as_str(), "WO-P-IB2030050002");
    assert!(reading.codes().is_empty());
}

#[test]
fn a_dummy_application_number_links_to_nothing() {
    let text = "<exchange-document country=\"DE\" doc-number=\"990001\" kind=\"C\"><bibliographic-data>\
        <application-reference data-format=\"docdb\"><document-id><country>DE</country><doc-number>D990001</doc-number>\
        <kind>D</kind></document-id></application-reference></bibliographic-data></exchange-document>";
    let reading = read_bytes("a.xml", text.as_bytes());
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.subject.application, None);
    assert!(part.subject.id().is_some_and(|id| id.is_waiting()));
}

#[test]
fn a_delete_takes_back_the_part_of_its_publication() {
    let created = "<exchange-document country=\"EP\" doc-number=\"9900002\" kind=\"A1\" status=\"C\" \
        date-of-last-exchange=\"20310101\"/>";
    let created = read_bytes("a.xml", created.as_bytes());
    let deleted = fixture("docdb/two.xml");
    let (before, after) = (created.parts().next().expect("a part"), deleted.parts().nth(1).expect("a part"));
    assert_eq!(before.key, after.key);
    assert!(after.withdrawn && after.supersedes(before));
}

#[test]
fn documents_without_country_or_number_are_refused() {
    for text in [
        "<exchange-document/>",
        "<exchange-document country=\"EUROPE\" doc-number=\"1\"/>",
        "<exchange-document country=\"EP\"/>",
    ] {
        let reading = read_bytes("a.xml", text.as_bytes());
        assert_eq!((reading.codes(), reading.refused()), (vec!["no-number"], 1), "{text}");
    }
}

#[test]
fn an_entity_bomb_is_neither_expanded_nor_fatal() {
    let text = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
        <exchange-document country=\"EP\" doc-number=\"9900003\" kind=\"A1\"><bibliographic-data>\
        <invention-title lang=\"en\">&b;</invention-title></bibliographic-data></exchange-document>";
    let reading = read_bytes("a.xml", text.as_bytes());
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.record.titles[0].text, "&b;");
    assert_eq!(reading.codes(), ["entity"]);
}

#[test]
fn real_documents_are_all_read() {
    let Some(folder) = real("epo/docdb") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.records.len(), reading.parts().count(), reading.refused()), (12, 12, 0));
    let part = reading.parts().find(|part| part.key.as_str() == "docdb:AP1206A").expect("AP 1206");
    assert_eq!(part.record.filing_date.map(|date| date.to_string()).as_deref(), Some("1998-08-04"));
    assert_eq!(part.record.applicants[0].name, "BRISTOL-MYERS SQUIBB COMPANY");
    assert_eq!(part.record.applicants[0].other_names, ["BRISTOL MYERS SQUIBB CO"]);
    assert!(part.record.ipc.iter().any(|symbol| symbol.as_str() == "A61K9/16"));
    assert!(reading.parts().all(|part| part.record.family_id.is_some() && part.as_of.is_some()));
    assert!(reading.parts().all(|part| !part.record.titles.is_empty() && !part.record.citations.is_empty()));
}
