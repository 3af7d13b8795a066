use std::io::{self, Read};
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::{cut, pieces};
use crate::Cut;

const RECORDS: Cut = Cut::Elements(&["r"]);
const LINES: Cut = Cut::Lines(|line| line.starts_with(b"["));

fn texts(stream: &str, cut: Cut) -> Vec<String> {
    let found = pieces(stream.as_bytes(), cut, 1 << 16, 1 << 20);
    found.into_iter().map(|(_, bytes, _)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

#[test]
fn every_root_is_a_document_and_prologs_belong_to_none() {
    let stream = "<?xml version='1.0'?>\n<!DOCTYPE a [<!-- don't --><!ENTITY x \"]>\">]>\n<a><b/></a>\n<?xml version='1.0'?><c/>";
    assert_eq!(texts(stream, Cut::Documents), ["<a><b/></a>", "<c/>"]);
}

#[test]
fn markup_in_comments_sections_and_values_is_text() {
    let stream = "<l><!-- <r> --><r a='>'><![CDATA[</r><r>]]><?x </r>?></r><x:r b=\"</\"/></l>";
    assert_eq!(texts(stream, RECORDS)[0], "<r a='>'><![CDATA[</r><r>]]><?x </r>?></r>");
}

#[test]
fn elements_of_the_same_name_may_lie_in_a_record() {
    assert_eq!(texts("<l><r><r>1</r></r><r>2</r></l>", RECORDS), ["<r><r>1</r></r>", "<r>2</r>"]);
}

#[test]
fn an_element_that_is_never_closed_does_not_swallow_its_neighbours() {
    assert_eq!(
        texts("<l><r>1</r><r>2<p><r>3</r><r>4</r></l>", RECORDS),
        ["<r>1</r>", "<r>2<p>", "<r>3</r>", "<r>4</r>"]
    );
}

#[test]
fn a_document_cut_short_anywhere_ends_where_the_next_one_begins() {
    let whole = "<d a=\"1\"><!-- c --><![CDATA[x]]><?p i?><e f='2'>text</e></d>";
    for end in 3..whole.len() {
        let stream = format!("{}\n<?xml version=\"1.0\"?>\n<d>it's \"next\" --> ]]> ?></d>\n", &whole[..end]);
        let found = texts(&stream, Cut::Documents);
        assert_eq!(found.last().map(String::as_str), Some("<d>it's \"next\" --> ]]> ?></d>"), "cut at {end}");
        assert!(found.len() <= 2, "cut at {end}: {found:?}");
    }
}

#[test]
fn a_comment_without_end_costs_its_own_record_alone() {
    let found = texts("<l><r>1</r><r>2<!-- </r><r>3</r></l>", RECORDS);
    assert_eq!(found, ["<r>1</r>", "<r>2<!-- </r>", "<r>3</r>"]);
}

#[test]
fn a_record_cut_at_the_end_is_handed_on() {
    for rest in ["<r>2", "<r>2<", "<r>2</", "<r>2</r", "<r a='", "<r", "<r>2<!-- ", "<r>2<![CDATA[ ]]", "<r>2<?"] {
        assert_eq!(texts(&format!("<l><r>1</r>{rest}"), RECORDS), ["<r>1</r>", rest]);
    }
}

#[test]
fn records_beyond_the_limit_are_shown_by_their_beginning_and_neighbours_survive() {
    let long = "x".repeat(300);
    for (cut, stream) in [
        (RECORDS, format!("<l><r>1</r><r>{long}</r><r>2</r></l>")),
        (RECORDS, format!("<l><r>1</r><r>{long}<r>2</r></l>")),
        (RECORDS, format!("<l><r>1</r><r a='{long}'/><r>2</r></l>")),
        (RECORDS, format!("<l><r>1</r><r><!--{long}</r>--></r><r>2</r></l>")),
        (Cut::Documents, format!("<?xml ?><a/><?xml ?><r>{long}<?xml ?><b/>")),
        (LINES, format!("[1\n[2{long}\n[3\n")),
        (LINES, format!("head\n[1\n[2\n{}[3\n", "line\n".repeat(60))),
    ] {
        let found = pieces(stream.as_bytes(), cut, 7, 100);
        let codes: Vec<_> = found.iter().map(|(.., code)| *code).collect();
        assert_eq!(codes, [None, Some("too-large"), None], "{stream}: {found:?}");
        assert_eq!(found[1].1.len(), 100);
    }
}

#[test]
fn header_lines_belong_to_no_record() {
    assert_eq!(texts("head\n[1\nmore\n[2", LINES), ["[1\nmore\n", "[2"]);
}

/// Gives some bytes and then fails.
struct Failing(&'static [u8]);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is gone")),
            count => Ok(count),
        }
    }
}

#[test]
fn records_before_a_failure_are_handed_on_and_the_one_in_it_is_told() {
    for (how, stream) in [(RECORDS, &b"<l><r>1</r><r>2</r><r>3"[..]), (LINES, b"[1\n[2\n[3")] {
        let mut codes = Vec::new();
        let read = cut(&mut Failing(stream), how, 1 << 20, &mut |piece| {
            codes.push(piece.fault.map(|fault| fault.code));
            ControlFlow::Continue(())
        });
        assert_eq!(codes, [None, None, Some("truncated")]);
        assert!(read.is_err_and(|error| error.to_string() == "the disk is gone"));
    }
}

#[test]
fn who_breaks_off_gets_nothing_more_even_at_a_record_that_is_too_large() {
    for (how, stream) in [(RECORDS, "<r>xxxxxxxxxxxxxxxxxxxx</r><r>2</r>"), (LINES, "[xxxxxxxxxxxxxxxxxxxxxx\n[2\n")] {
        let mut count = 0;
        let read = cut(&mut stream.as_bytes(), how, 10, &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert_eq!((count, read.is_ok()), (1, true));
    }
}

fn stream() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "<r>",
        "</r>",
        "<r/>",
        "<r a='",
        "'",
        "\"",
        "<x:r b=\"2\">",
        "</x:r>",
        "<l>",
        "</l>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml ?>",
        "\n<?xml version='1.0'?>",
        "<?p",
        "?>",
        "<!DOCTYPE r [",
        "]>",
        "<",
        ">",
        "text ",
        "\n",
        "[1]",
        "[",
        "中",
        "<!",
        "</",
        "<?",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn chunks_change_nothing(stream in stream(), chunk in 1_usize..40, limit in prop::sample::select(vec![4, 20, 60, 10_000])) {
        for cut in [Cut::Documents, RECORDS, LINES] {
            let whole = pieces(stream.as_bytes(), cut, 1 << 16, limit);
            prop_assert_eq!(&pieces(stream.as_bytes(), cut, chunk, limit), &whole);
        }
    }

    #[test]
    fn records_lie_in_order_where_they_say_and_within_the_limit(stream in stream(), limit in prop::sample::select(vec![4, 60, 10_000])) {
        for cut in [Cut::Documents, RECORDS, LINES] {
            let mut end = 0;
            for (position, bytes, _) in pieces(stream.as_bytes(), cut, 16, limit) {
                let from = position as usize;
                prop_assert!(from >= end && bytes.len() <= limit && !bytes.is_empty());
                prop_assert_eq!(&stream.as_bytes()[from..from + bytes.len()], &bytes[..]);
                end = from + bytes.len();
            }
        }
    }

    #[test]
    fn well_formed_records_come_out_whole(texts in prop::collection::vec("[a-z <&;中]{0,30}", 0..12), chunk in 1_usize..50) {
        let records: Vec<String> = texts.iter().map(|text| format!("<r><![CDATA[{text}]]></r>")).collect();
        let found = pieces(format!("<l>\n{}\n</l>", records.join("\n")).as_bytes(), RECORDS, chunk, 1000);
        let found: Vec<_> = found.into_iter().map(|(_, bytes, _)| String::from_utf8_lossy(&bytes).into_owned()).collect();
        prop_assert_eq!(found, records);
    }
}
