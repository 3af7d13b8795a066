use documents::Block;

use super::{caveats, report};
use crate::SavedId;
use crate::example::{analysis, nothing};

const MADE: &str = "2026-03-10T12:00:00Z";

fn text(blocks: &[Block]) -> String {
    format!("{blocks:?}")
}

#[test]
fn a_report_says_what_was_analysed_on_which_data() {
    let id = SavedId::of(&analysis());
    let document = report(&analysis(), "zh", MADE, Some(&id), "https://ip.example.org");
    assert_eq!((document.language.as_str(), document.date.as_str()), ("zh", "2026-03-10"));
    let head = text(&document.blocks[..2]);
    for part in ["电池 OR battery", "2026-03-06", "42", &format!("https://ip.example.org/analysis/{id}")] {
        assert!(head.contains(part), "{part} in {head}");
    }
}

#[test]
fn every_section_has_heading_method_figure_and_table() {
    for lang in ["zh", "en"] {
        let document = report(&analysis(), lang, MADE, None, "");
        let sections = crate::sections(&analysis(), lang);
        for section in &sections {
            let at = document.blocks.iter().position(|block| *block == Block::Heading(1, section.title.clone()));
            let at = at.unwrap_or_else(|| panic!("no heading {}", section.title));
            assert_eq!(document.blocks[at + 1], Block::text(section.method.as_str()));
            assert!(matches!(&document.blocks[at + 2], Block::Picture(picture) if picture.svg.starts_with("<svg")));
            assert!(matches!(&document.blocks[at + 3], Block::Table(table) if table.rows.len() <= 40));
        }
        assert!(matches!(document.blocks.last(), Some(Block::List(points)) if points.len() == 4));
    }
}

#[test]
fn links_are_whole_addresses_or_none() {
    let linked = text(&report(&analysis(), "en", MADE, None, "https://ip.example.org").blocks);
    assert!(linked.contains("href: Some(\"https://ip.example.org/search?q="));
    assert!(!linked.contains("href: Some(\"/"));
    assert!(!text(&report(&analysis(), "en", MADE, None, "").blocks).contains("href: Some("));
}

#[test]
fn a_report_on_nothing_says_so() {
    let document = report(&nothing(), "en", MADE, None, "");
    assert!(text(&document.blocks).contains("No rights match the query."));
    assert!(document.docx().is_ok_and(|file| file.starts_with(b"PK")));
}

#[test]
fn a_report_becomes_a_word_file() {
    let file = report(&analysis(), "zh", MADE, None, "https://ip.example.org").docx().expect("a file");
    assert!(file.starts_with(b"PK") && file.len() > 20_000);
}

#[test]
fn caveats_name_the_lag_that_was_reckoned_with() {
    assert!(caveats(&analysis(), "zh")[0].contains("18 个月"));
    assert!(caveats(&nothing(), "en")[0].contains("9 months"));
}
