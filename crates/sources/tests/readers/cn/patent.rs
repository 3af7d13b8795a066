//! Standardised patent documents.

use records::{ImageKind, RightKind};

use crate::reading::{fixture, read, read_bytes, real};

#[test]
fn a_grant_is_read_in_full() {
    insta::assert_snapshot!(fixture("cn_patent/grant.xml").snapshot());
}

#[test]
fn a_utility_model_is_read_in_full() {
    insta::assert_snapshot!(fixture("cn_patent/utility-model.xml").snapshot());
}

#[test]
fn a_design_is_read_in_full() {
    insta::assert_snapshot!(fixture("cn_patent/design.xml").snapshot());
}

#[test]
fn a_foreign_document_in_the_same_form_is_a_right_of_its_own_office() {
    insta::assert_snapshot!(fixture("cn_patent/foreign.xml").snapshot());
}

fn document(attributes: &str, inside: &str) -> String {
    format!("<business:PatentDocumentAndRelated {attributes}>{inside}</business:PatentDocumentAndRelated>")
}

#[test]
fn a_document_without_any_number_is_refused() {
    for text in [document("", ""), document("country=\"CN\"", "<business:BibliographicData/>")] {
        let reading = read_bytes("a.xml", text.as_bytes());
        assert_eq!(reading.refused(), 1, "{text}");
    }
}

#[test]
fn the_root_alone_is_enough_to_name_the_publication() {
    let text = document("docNumber=\"199999901\" kind=\"A\" country=\"CN\"", "<business:BibliographicData/>");
    let reading = read_bytes("a.xml", text.as_bytes());
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "cn-patent:CN199999901A");
    assert_eq!(part.subject.application, None);
    assert_eq!(reading.codes(), ["number"]);
}

#[test]
fn a_deleted_document_takes_its_part_back() {
    let kept = document("docNumber=\"199999901\" kind=\"A\" status=\"C\"", "<business:BibliographicData/>");
    let gone = document("docNumber=\"199999901\" kind=\"A\" status=\"D\"", "<business:BibliographicData/>");
    let keys = [kept, gone].map(|text| {
        let reading = read_bytes("a.xml", text.as_bytes());
        reading.parts().map(|part| (part.key.clone(), part.withdrawn)).collect::<Vec<_>>()
    });
    assert_eq!(keys[0][0].0, keys[1][0].0);
    assert_eq!((keys[0][0].1, keys[1][0].1), (false, true));
}

#[test]
fn two_numbers_that_disagree_are_noted() {
    let reference = |form: &str, number: &str| {
        format!(
            "<b:ApplicationReference applType=\"10\" dataFormat=\"{form}\"><s:DocumentID><s:WIPOST3Code>CN\
             </s:WIPOST3Code><s:DocNumber>{number}</s:DocNumber></s:DocumentID></b:ApplicationReference>"
        )
    };
    let both = reference("original", "201910302430.1") + &reference("standard", "102019000302431");
    let text = document("docNumber=\"1\" kind=\"A\"", &format!("<b:BibliographicData>{both}</b:BibliographicData>"));
    assert_eq!(read_bytes("a.xml", text.as_bytes()).codes(), ["number"]);
}

#[test]
fn a_root_tag_without_its_last_quotation_mark_is_refused_not_lost() {
    let text = document("docNumber=\"199999901 kind=A", "<business:BibliographicData/>");
    assert_eq!(read_bytes("a.xml", text.as_bytes()).codes(), ["xml"]);
}

#[test]
fn a_document_cut_short_is_refused_with_the_place() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/cn_patent/grant.xml"));
    let whole = whole.expect("the fixture");
    let reading = read_bytes("a.xml", &whole[..whole.len() / 2]);
    assert_eq!(reading.refused(), 1);
    assert_eq!(reading.codes(), ["xml"]);
}

#[test]
fn real_documents_are_read_without_a_gap() {
    let Some(folder) = real("cn/patents") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.records.len(), reading.refused()), (3, 0));
    assert_eq!(reading.codes(), Vec::<&str>::new());
    for (record, findings) in &reading.records {
        assert!(findings.unread.is_empty(), "{}: {:?}", record.origin.file, findings.unread);
    }
    let part = |key: &str| reading.parts().find(|part| part.key.as_str() == key).expect("the part");
    let old = part("cn-patent:CN85100312A");
    assert_eq!(old.subject.application.as_ref().map(|a| a.serial.as_str()), Some("85100312"));
    assert_eq!(
        old.record.ipc.iter().map(records::Ipc::as_str).collect::<Vec<_>>(),
        ["B03C3/09", "F28F1/38", "F28G1/02"]
    );
    assert_eq!(old.record.images.iter().filter(|i| i.kind == ImageKind::Inline).count(), 10);
    let grant = part("cn-patent:CN101945314B");
    assert_eq!(grant.record.grant_date.map(|d| d.to_string()).as_deref(), Some("2019-08-02"));
    assert_eq!(grant.record.citations[0].number.as_deref(), Some("CN1719946A"));
    assert_eq!(grant.record.claims[4].depends_on, [1, 2, 3, 4]);
    assert_eq!(grant.record.publications.len(), 2);
    let application = part("cn-patent:CN110083831A");
    assert_eq!(application.record.right, Some(RightKind::Invention));
    assert_eq!(
        application.subject.application.as_ref().map(|a| a.id().to_string()).as_deref(),
        Some("CN-P-201910302430")
    );
    assert_eq!(application.record.applicants[0].region.as_deref(), Some("湖北省"));
    assert_eq!(application.record.agents[0].identifier.as_deref(), Some("42222"));
}
