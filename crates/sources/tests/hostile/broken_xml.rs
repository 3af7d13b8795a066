//! XML that is broken or lies.

use super::*;

#[test]
fn a_broken_record_is_refused_at_its_place_and_its_neighbours_load() {
    let good = record(9_900_002);
    for (broken, at) in [
        (good.replace("</invention-title>", "</title>"), "</title>"),
        (good.replace("</bibliographic-data>", ""), "</exchange-document>"),
        (good.replace("Lampe", "<!-- Lampe"), ""),
        (good.replace("Lampe", "<![CDATA[Lampe"), ""),
        (good.replace("lang=\"de\"", "lang=\"de"), ""),
        (good.replace("</exchange-document>", ""), ""),
        (good[..good.len() / 2].to_owned(), ""),
        (good.replace("</exchange-document>", "</exchange-document"), ""),
    ] {
        let text = around(&[record(9_900_001), broken.clone(), record(9_900_003)]);
        let read = read_bytes("a.xml", text.as_bytes());
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]), "{broken}");
        let refused = read.refused();
        assert_eq!((refused.len(), refused[0].0), (1, text.find(&broken).expect("it is there") as u64), "{broken}");
        let offset = refused[0].1.expect("a place") as usize;
        assert!(offset <= broken.len() + 1, "{broken}: {refused:?}");
        assert!(at.is_empty() || broken[..offset].len().abs_diff(broken.find(at).unwrap_or(0)) <= at.len());
        assert!(refused[0].2.contains("byte"), "{refused:?}");
    }
}

#[test]
fn a_document_cut_short_in_the_middle_of_a_chain_costs_itself_alone() {
    let document = |number| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", record(number));
    let whole = document(9_900_002);
    for end in whole.find("kind=").expect("it is there")..whole.len() - 2 {
        if !whole.is_char_boundary(end) {
            continue;
        }
        let text = format!("{}{}\n{}", document(9_900_001), &whole[..end], document(9_900_003));
        let read = read_bytes("a.xml", text.as_bytes());
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]), "cut at {end}");
        assert_eq!(read.refused().len(), 1, "cut at {end}");
    }
}

#[test]
fn a_record_cut_at_the_end_of_the_file_is_refused_with_its_place() {
    let text = three();
    let from = text.rfind("<exchange-document ").expect("it is there");
    for end in [from + 20, from + 60, text.len() - 60] {
        let read = read_bytes("a.xml", &text.as_bytes()[..end]);
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002]));
        assert_eq!(read.refused()[0].0, from as u64);
    }
}

#[test]
fn elements_nested_without_end_are_refused() {
    let deep = format!("<exchange-document>{}</exchange-document>", "<a>".repeat(200_000));
    let read = read_bytes("a.xml", around(&[record(9_900_001), deep, record(9_900_003)]).as_bytes());
    assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]));
    assert!(read.refused()[0].2.contains("nest deeper"), "{:?}", read.refused());
}

#[test]
fn entities_are_never_expanded_and_nothing_is_read_from_disk() {
    let (folder, secret) = file("secret.txt", b"a secret");
    let levels = (1..30).map(|level| format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    let types = format!(
        "<!DOCTYPE exchange-documents [<!ENTITY a0 \"ha\">{}<!ENTITY % p SYSTEM \"{1}\">%p;\
         <!ENTITY s SYSTEM \"file://{1}\">]>\n",
        levels.collect::<String>(),
        secret.display()
    );
    let text = format!("<?xml version=\"1.0\"?>\n{types}{}", three().replace("Lampe", "&a29;&s;"));
    let path = folder.path().join("a.xml");
    fs::write(&path, text).expect("a file");
    let read = read(&path);
    assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
    assert_eq!(read.codes(), ["entity"; 3]);
    let title = &read.records[0].1.parts[0].record.titles[0].text;
    assert_eq!(title, "&a29;&s; für Höhlen");
}

#[test]
fn lines_of_many_megabytes_are_read() {
    let long = record(9_900_002).replace("Lampe", &"Lampe ".repeat(1 << 20));
    let read = read_bytes("a.xml", around(&[record(9_900_001), long, record(9_900_003)]).replace('\n', "").as_bytes());
    assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
    let read = read_bytes("a.txt", "x".repeat(20 << 20).as_bytes());
    assert_eq!(read.passed_over.len(), 1);
}

#[test]
fn values_with_many_references_take_no_more_time_than_others() {
    let many = "<citation><patcit num=\"&amp;\"/></citation>".repeat(100_000);
    let text = record(9_900_001).replace("</bibliographic-data>", &format!("{many}</bibliographic-data>"));
    let read = read_bytes("a.xml", around(&[text]).as_bytes());
    assert_eq!(read.keys(), keys(&[9_900_001]));
}
