use std::fmt::Write as _;

use charts::{Style, TableCell};

use super::{Section, sections};
use crate::SectionId;
use crate::example::{analysis, nothing};

/// Everything a reader meets, and where the numbers lead; the text of the query stands for itself.
fn told(sections: &[Section]) -> String {
    let mut told = String::new();
    for Section { id, title, method, figure, table } in sections {
        let _ = writeln!(told, "## {title} [{}]\n{method}", id.code());
        if !figure.description.is_empty() {
            let _ = writeln!(told, "> {}", figure.description);
        }
        for note in &figure.notes {
            let _ = writeln!(told, "* {note}");
        }
        let _ = writeln!(told, "{}", table.headings.join(" | "));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            let _ = writeln!(told, "{}", cells.join(" | "));
        }
        told.push('\n');
    }
    told
}

fn cell(cell: &TableCell) -> String {
    match &cell.href {
        Some(href) => format!("{} <{}>", cell.text, query_of(href)),
        None => cell.text.clone(),
    }
}

/// What a link asks besides the query.
fn query_of(href: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(href).decode_utf8().expect("text").into_owned();
    let added = decoded.strip_prefix("/search?q=(电池 OR battery) AND ");
    added.map(str::to_owned).unwrap_or(decoded)
}

#[test]
fn a_small_analysis_reads_well_in_chinese() {
    insta::assert_snapshot!(told(&sections(&analysis(), "zh")));
}

#[test]
fn a_small_analysis_reads_well_in_english() {
    insta::assert_snapshot!(told(&sections(&analysis(), "en")));
}

#[test]
fn every_number_of_a_table_opens_a_list_that_can_be_asked() {
    for section in sections(&analysis(), "en") {
        for (row, number) in section.table.rows.iter().flat_map(|row| row.iter().map(move |cell| (row, cell))) {
            let counted = number.value.is_some_and(|value| value > 0.0) && !number.text.ends_with('%');
            let summary = row[0].text == "HHI" || section.id == SectionId::LifeCycle;
            assert!(!counted || summary || number.href.is_some(), "{}: {row:?}", section.title);
            if let Some(text) = number.href.as_deref().and_then(|href| href.strip_prefix("/search?q=")) {
                let text = percent_encoding::percent_decode_str(text).decode_utf8().expect("text");
                query::parse(&text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
            }
        }
    }
}

#[test]
fn figures_are_drawn_and_hold_no_broken_number() {
    for lang in ["zh", "en"] {
        for section in sections(&analysis(), lang) {
            let svg = section.figure.svg(Style::Page);
            assert!(svg.starts_with("<svg") && !svg.contains("NaN") && !svg.contains("inf\""), "{}", section.title);
            assert!(
                section.table.rows.iter().all(|row| row.len() == section.table.headings.len()),
                "{}",
                section.title
            );
        }
    }
}

#[test]
fn parts_without_figures_are_left_out_unless_they_were_chosen() {
    assert_eq!(sections(&nothing(), "zh"), []);
    assert!(!sections(&analysis(), "zh").iter().any(|section| section.id == SectionId::Agents));
    let mut chosen = nothing();
    chosen.settings.sections = SectionId::ALL.into_iter().collect();
    let empty = sections(&chosen, "zh");
    assert_eq!(empty.len(), SectionId::ALL.len());
    for section in empty {
        assert!(section.figure.svg(Style::Page).contains("没有可显示的数据"), "{}", section.title);
    }
}

#[test]
fn parts_come_in_the_order_of_the_page_and_only_those_chosen() {
    let mut chosen = analysis();
    chosen.settings.sections = [SectionId::Network, SectionId::Trend].into_iter().collect();
    let ids: Vec<SectionId> = sections(&chosen, "en").iter().map(|section| section.id).collect();
    assert_eq!(ids, [SectionId::Trend, SectionId::Network]);
}
