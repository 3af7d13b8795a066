//! Legal status records, the old document form and trade marks: read from their documented forms.

use crate::reading::{fixture, read_bytes};

#[test]
fn legal_status_records_become_events() {
    insta::assert_snapshot!(fixture("cn_legal/events.xml").snapshot());
}

#[test]
fn an_event_taken_back_has_the_key_of_the_event() {
    let reading = fixture("cn_legal/events.xml");
    let told: Vec<_> = reading.parts().map(|part| (part.key.as_str(), part.withdrawn)).collect();
    assert_eq!(told.first(), Some(&("cn-legal:PRS0000000001", false)));
    assert_eq!(told.last(), Some(&("cn-legal:PRS0000000001", true)));
    assert_eq!(reading.refused(), 1, "the record without an application");
}

#[test]
fn an_old_document_is_read_in_full() {
    insta::assert_snapshot!(fixture("cn_old/document.xml").snapshot());
}

#[test]
fn a_trade_mark_is_read_in_full() {
    insta::assert_snapshot!(fixture("cn_trademark/CN00000099649811.xml").snapshot());
}

#[test]
fn one_number_in_two_classes_is_two_parts_of_one_right() {
    let mark = |class: &str| {
        let number = "<APPLICATION-NO>99649811</APPLICATION-NO>";
        format!("<TRADEMARK><BASEINFO>{number}<ICN>{class}</ICN></BASEINFO></TRADEMARK>")
    };
    let reading = read_bytes("marks.xml", mark("9").as_bytes());
    let other = read_bytes("marks.xml", mark("35").as_bytes());
    let (first, second) = (reading.parts().next().expect("a part"), other.parts().next().expect("a part"));
    assert_ne!(first.key, second.key);
    assert_eq!(first.subject, second.subject);
}

#[test]
fn empty_records_are_refused_not_lost() {
    for text in ["<TRADEMARK/>", "<cn-patent-document/>", "<PRS><PRSRecord/></PRS>"] {
        let reading = read_bytes("a.xml", text.as_bytes());
        assert_eq!((reading.records.len(), reading.refused()), (1, 1), "{text}");
    }
}
