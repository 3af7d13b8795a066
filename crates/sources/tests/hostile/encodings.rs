//! Files in other encodings than they should be.

use super::*;

fn declared(name: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{name}\"?>\n{}", three())
}

fn titles(read: &Read) -> Vec<&str> {
    let parts = read.records.iter().flat_map(|(_, findings)| &findings.parts);
    parts.flat_map(|part| &part.record.titles).map(|title| title.text.as_str()).collect()
}

#[test]
fn declared_encodings_are_decoded() {
    for (name, encoding) in
        [("GBK", encoding_rs::GBK), ("GB18030", encoding_rs::GB18030), ("ISO-8859-1", encoding_rs::WINDOWS_1252)]
    {
        let text = declared(name).replace("für Höhlen", if name.starts_with('G') { "用于洞穴" } else { "für Höhlen" });
        let (bytes, _, lost) = encoding.encode(&text);
        assert!(!lost);
        let read = read_bytes("a.xml", &bytes);
        let expected = if name.starts_with('G') { "Lampe 用于洞穴" } else { "Lampe für Höhlen" };
        assert_eq!((titles(&read), read.codes()), (vec![expected; 3], vec![]), "{name}");
    }
}

#[test]
fn utf_16_is_decoded_with_and_without_mark() {
    for mark in ["\u{feff}", ""] {
        let text = format!("{mark}{}", declared("UTF-16"));
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let read = read_bytes("a.xml", &bytes);
            assert_eq!((titles(&read), read.codes()), (vec!["Lampe für Höhlen"; 3], vec![]));
        }
    }
}

#[test]
fn a_file_in_utf_8_that_declares_utf_16_is_read_as_what_it_is() {
    let read = read_bytes("a.xml", declared("utf-16").as_bytes());
    assert_eq!((titles(&read), read.codes()), (vec!["Lampe für Höhlen"; 3], vec![]));
}

#[test]
fn bytes_of_an_undeclared_encoding_are_refused_with_their_place() {
    let (bytes, ..) = encoding_rs::GBK.encode("洞");
    let mut text = three().into_bytes();
    let at = three().rfind("Lampe").expect("it is there");
    text.splice(at..at, bytes.iter().copied());
    let read = read_bytes("a.xml", &text);
    assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002]));
    let refused = read.refused();
    assert_eq!(refused[0].0 + refused[0].1.expect("a place"), at as u64);
    assert!(refused[0].2.contains("not UTF-8") && refused[0].2.contains("declare"), "{refused:?}");
}

#[test]
fn bytes_that_are_not_of_the_declared_encoding_are_told() {
    let mut bytes = declared("GBK").replace("für Höhlen", "").into_bytes();
    let at = String::from_utf8_lossy(&bytes).rfind("Lampe").expect("it is there");
    bytes.insert(at, 0xff);
    let read = read_bytes("a.xml", &bytes);
    assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
    assert_eq!(read.codes(), ["encoding"]);
    assert!(read.records[2].1.problems[0].message.contains("GBK"));
}

#[test]
fn a_declaration_of_no_encoding_leaves_utf_8() {
    let read = read_bytes("a.xml", declared("klingon").as_bytes());
    assert_eq!(titles(&read), ["Lampe für Höhlen"; 3]);
}
