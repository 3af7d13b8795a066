//! Broken, empty and odd input gives a clear refusal or a part with what is there, never a panic.

use crate::reading::read_bytes;

const GRANT: &str = include_str!("../../fixtures/us/grants.xml");

fn grant(data: &str) -> String {
    format!(
        "<us-patent-grant lang=\"EN\"><us-bibliographic-data-grant>{data}</us-bibliographic-data-grant></us-patent-grant>"
    )
}

const NUMBER: &str = "<publication-reference><document-id><country>US</country><doc-number>09999901</doc-number>\
                      </document-id></publication-reference>";

#[test]
fn a_grant_without_bibliography_or_number_is_refused() {
    assert_eq!(read_bytes("a.xml", b"<us-patent-grant/>").codes(), ["no-bibliography"]);
    assert_eq!(read_bytes("a.xml", grant("").as_bytes()).codes(), ["no-number"]);
    let odd = NUMBER.replace("09999901", "--");
    assert_eq!(read_bytes("a.xml", grant(&odd).as_bytes()).codes(), ["number"]);
}

#[test]
fn a_number_alone_makes_a_part() {
    let reading = read_bytes("a.xml", grant(NUMBER).as_bytes());
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "us-grant-biblio:US9999901");
    assert_eq!(part.subject.application, None);
}

#[test]
fn zero_dates_and_unreadable_classes_are_left_out_and_told() {
    let data = format!(
        "{NUMBER}<application-reference appl-type=\"utility\"><document-id><country>US</country>\
         <doc-number>15123456</doc-number><date>00000000</date></document-id></application-reference>\
         <classifications-ipcr><classification-ipcr><section>Z</section></classification-ipcr></classifications-ipcr>"
    );
    let reading = read_bytes("a.xml", grant(&data).as_bytes());
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.record.filing_date, None);
    assert_eq!(reading.codes(), ["class"]);
}

#[test]
fn a_document_cut_short_is_refused_with_its_place_and_the_next_one_read() {
    let cut = GRANT.replacen("</us-patent-grant>", "", 1);
    let reading = read_bytes("a.xml", cut.as_bytes());
    let (_, first) = &reading.records[0];
    assert_eq!(first.problems[0].code, "xml");
    assert!(first.problems[0].offset.is_some());
    assert_eq!(reading.parts().count(), 1);
}

#[test]
fn every_prefix_of_every_form_is_read_without_panic() {
    for (name, text) in [
        ("grants.xml", GRANT),
        ("pap.xml", include_str!("../../fixtures/us/pap.xml")),
        ("patdoc.xml", include_str!("../../fixtures/us/patdoc.xml")),
        ("greenbook.txt", include_str!("../../fixtures/us/greenbook.txt")),
        ("trademarks.xml", include_str!("../../fixtures/us/trademarks.xml")),
    ] {
        for end in (0..text.len()).step_by(97).filter(|end| text.is_char_boundary(*end)) {
            let reading = read_bytes(name, &text.as_bytes()[..end]);
            assert!(reading.parts().all(|part| !part.key.as_str().is_empty()));
        }
    }
}

#[test]
fn green_book_lines_of_any_kind_are_lenient() {
    let text = b"PATN\r\nWKU  041999042\r\nAPT  9\r\nTTL  Caf\xe9\r\nstray\r\n\r\nINVT\r\nNAM\r\nCLMS\r\nPAR\r\n";
    let reading = read_bytes("week.txt", text);
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "us-grant-aps:US4199904");
    assert_eq!(part.record.titles[0].text, "Café stray");
    assert_eq!(reading.codes(), ["encoding", "kind"]);
}
