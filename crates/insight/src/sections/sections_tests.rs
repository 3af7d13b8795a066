use percent_encoding::percent_decode_str;

use super::sections;
use crate::example::analysis;
use crate::{Analysis, SectionId, Settings, report};

/// The addresses of the lists behind a figure, as its table has them.
fn lists(analysis: &Analysis, lang: &str) -> Vec<String> {
    let cells = sections(analysis, lang).into_iter().flat_map(|part| part.table.rows).flatten();
    cells.filter_map(|cell| cell.href).collect()
}

#[test]
fn every_part_says_in_both_languages_how_it_is_counted() {
    let (zh, en) = (sections(&analysis(), "zh"), sections(&analysis(), "en"));
    assert!(zh.len() >= 15, "{}", zh.len());
    assert_eq!(zh.iter().map(|part| part.id).collect::<Vec<_>>(), en.iter().map(|part| part.id).collect::<Vec<_>>());
    for (zh, en) in zh.iter().zip(&en) {
        assert!(zh.title != en.title && zh.method != en.method, "{:?}", zh.id);
        assert!(en.title.is_ascii() || en.id == SectionId::ApplicantClass || en.title.contains('×'), "{}", en.title);
        assert!(!zh.table.rows.is_empty(), "{:?}", zh.id);
    }
}

#[test]
fn every_link_is_a_list_within_the_analysis() {
    let found = lists(&analysis(), "zh");
    assert!(found.len() > 40, "{}", found.len());
    for href in found {
        let text = href.strip_prefix("/search?q=").unwrap_or_else(|| panic!("{href}"));
        let text = percent_decode_str(text).decode_utf8().expect("UTF-8");
        let query = query::parse(&text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
        assert!(query::has_clause(&text, &analysis().text), "{text}");
        assert_ne!(query, query::parse(&analysis().text).expect("its text"), "{text}");
    }
}

#[test]
fn only_what_was_asked_for_is_shown_and_nothing_of_nothing() {
    let sections_asked = [SectionId::Status, SectionId::Trend].into();
    let chosen = Analysis { settings: Settings { sections: sections_asked, ..Settings::default() }, ..analysis() };
    let shown: Vec<SectionId> = sections(&chosen, "en").into_iter().map(|part| part.id).collect();
    assert_eq!(shown, [SectionId::Trend, SectionId::Status]);
    assert!(sections(&Analysis { total: 0, ..analysis() }, "en").is_empty());
}

#[test]
fn a_report_has_a_heading_a_figure_and_a_table_for_every_part() {
    let document = report(&analysis(), "en", "2026-03-01T08:00:00Z", Some("0123456789abcdef0123"));
    let count = |wanted: fn(&documents::Block) -> bool| document.blocks.iter().filter(|block| wanted(block)).count();
    let parts = sections(&analysis(), "en").len();
    assert_eq!(count(|block| matches!(block, documents::Block::Picture(_))), parts);
    assert_eq!(count(|block| matches!(block, documents::Block::Table(_))), parts);
    assert_eq!(document.date, "2026-03-01");
    let bytes = document.docx().expect("a Word file");
    assert_eq!(bytes, report(&analysis(), "en", "2026-03-01T08:00:00Z", Some("0123456789abcdef0123")).docx().expect("again"));
}
