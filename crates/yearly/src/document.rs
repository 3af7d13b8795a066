//! The report as a Word file.

use charts::Style;
use documents::{Block, Document, Field, Picture, Run, Table};

use crate::{Chapter, Yearly};

/// Width of a figure: that of the text, in centimetres.
const WIDTH: f64 = 16.0;
/// Rows of a table; the page has all.
const MOST_ROWS: usize = 60;

/// The document. `base` is the address of the site without a slash at its end; without it (empty) nothing is linked.
/// `site` is who made it.
pub fn document(yearly: &Yearly, site: &str, base: &str) -> Document {
    let zh = yearly.lang == "zh";
    let field = |label: &str, value: String| Field { label: label.to_owned(), value: vec![Run::plain(value)] };
    let mut blocks = vec![Block::Fields(vec![
        field(if zh { "单位" } else { "Unit" }, yearly.name.clone()),
        field(if zh { "年度" } else { "Year" }, yearly.year.to_string()),
        field(if zh { "数据截至" } else { "Figures up to" }, yearly.as_of.to_string()),
        field(if zh { "生成时间" } else { "Made" }, format!("{:.0}", yearly.made_at)),
    ])];
    for chapter in &yearly.chapters {
        blocks.extend(chapter_blocks(chapter, zh, base));
    }
    Document {
        title: yearly.title(),
        language: yearly.lang.clone(),
        author: site.to_owned(),
        date: yearly.as_of.to_string(),
        contents: true,
        blocks,
    }
}

fn chapter_blocks(chapter: &Chapter, zh: bool, base: &str) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, chapter.title.clone())];
    blocks.extend(chapter.text.iter().map(|text| Block::text(text.as_str())));
    blocks.extend(chapter.figures.iter().map(|figure| {
        let alt = if figure.description.is_empty() { &figure.title } else { &figure.description };
        Block::Picture(Picture {
            svg: figure.svg(Style::Print),
            caption: figure.title.clone(),
            alt: alt.clone(),
            width_cm: WIDTH,
        })
    }));
    blocks.extend(chapter.tables.iter().map(|table| Block::Table(Table::of(table, MOST_ROWS, zh, base))));
    blocks.push(Block::text(chapter.source.as_str()));
    blocks
}
