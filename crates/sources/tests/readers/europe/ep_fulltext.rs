//! EPO full texts.

use crate::reading::{fixture, read, read_bytes, real};

#[test]
fn a_patent_specification_is_read_in_full() {
    insta::assert_snapshot!(fixture("ep_fulltext/grant.xml").snapshot());
}

fn changed(from: &str, to: &str) -> String {
    let text = std::fs::read_to_string("tests/fixtures/ep_fulltext/grant.xml").expect("the fixture");
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn a_bare_ampersand_is_mended_and_noted() {
    let reading = read_bytes("a.xml", changed("Licht &amp; Co.", "Licht & Co.").as_bytes());
    assert_eq!(reading.refused(), 0);
    assert!(reading.codes().contains(&"ampersand"));
    assert_eq!(reading.parts().next().expect("a part").record.owners[0].name, "Lampen, Licht & Co., Ltd.");
}

#[test]
fn a_mismatched_tag_is_refused_with_its_place() {
    let text = changed("<b>Field</b>", "<b>Field</i>");
    let reading = read_bytes("a.xml", text.as_bytes());
    assert_eq!((reading.codes(), reading.parts().count()), (vec!["xml"], 0));
    let offset = reading.records[0].1.problems[0].offset.expect("a place");
    let record = &reading.records[0].0.bytes;
    let near = String::from_utf8_lossy(&record[offset as usize..(offset as usize + 10).min(record.len())]).into_owned();
    assert!(near.contains("</i>") || near.contains("i>"), "the place is at the tag, not at «{near}»");
}

#[test]
fn a_document_without_prolog_and_texts_is_read() {
    let text = "<ep-patent-document country=\"EP\" doc-number=\"9900004\" kind=\"A1\" date-publ=\"20310101\">\
        <SDOBI><B200><B210>29700004.3</B210></B200></SDOBI></ep-patent-document>";
    let reading = read_bytes("a.xml", text.as_bytes());
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "ep-fulltext:EP9900004A1");
    assert!(part.record.description.is_none() && part.record.claims.is_empty());
}

#[test]
fn empty_elements_everywhere_never_panic() {
    let text = "<ep-patent-document doc-number=\"9900005\"><SDOBI><B200><B210/></B200><B300><B310/><B320/></B300><B500><B510/>\
        <B540><B542/></B540><B560><B561/></B560></B500><B700><B720><B721/></B720></B700></SDOBI><abstract/><description><p/>\
        </description><claims><claim/></claims><drawings><figure><img/></figure></drawings></ep-patent-document>";
    let reading = read_bytes("a.xml", text.as_bytes());
    assert_eq!((reading.parts().count(), reading.refused()), (1, 0));
}

#[test]
fn real_documents_are_all_read() {
    let Some(folder) = real("epo/fulltext") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.records.len(), reading.parts().count(), reading.refused()), (27, 27, 0));
    // Three files hold one bare ampersand each.
    assert_eq!(reading.codes(), ["ampersand"; 3]);
    let find = |key: &str| reading.parts().find(|part| part.key.as_str() == key).unwrap_or_else(|| panic!("{key}"));
    let amended = find("ep-fulltext:EP0546210B2");
    let languages: Vec<_> = ["en", "de", "fr"]
        .map(|lang| amended.record.claims.iter().filter(|claim| claim.lang.as_deref() == Some(lang)).count())
        .into();
    assert!(languages.iter().all(|count| *count > 0 && *count == languages[0]), "{languages:?}");
    assert_eq!(amended.record.grant_date.map(|date| date.to_string()).as_deref(), Some("1997-10-01"));
    assert_eq!(amended.record.owners[0].name, "CONSOLIDATED ENGINEERING COMPANY, INC.");
    assert!(reading.parts().all(|part| part.subject.application.is_some() && part.record.titles.len() == 3));
}
