//! An analysis as a report: what a reader without the site needs to judge and repeat it.

use charts::Style;
use documents::{Align, Block, Cell, Document, Field, Picture, Run, Table};

use crate::{Analysis, Section, sections};

/// Rows of a table in a report; the whole table comes with the figure's own download.
const ROWS: usize = 30;

/// Width of a figure on the page, in centimetres.
const WIDTH: f64 = 16.0;

/// The report of an analysis in `lang`, `zh` or `en`; `made_at` is RFC 3339, `saved` the id under which it was kept.
pub fn report(analysis: &Analysis, lang: &str, made_at: &str, saved: Option<&str>) -> Document {
    let zh = lang == "zh";
    let t = |chinese: &str, english: &str| if zh { chinese.to_owned() } else { english.to_owned() };
    let day = made_at.get(..10).unwrap_or(made_at);
    let mut blocks = vec![Block::Fields(basis(analysis, lang, made_at, saved))];
    blocks.push(Block::Heading(1, t("读前须知", "Before you read")));
    blocks.push(Block::List(caveats(lang).into_iter().map(|text| vec![Run::plain(text)]).collect()));
    let parts = sections(analysis, lang);
    if parts.is_empty() {
        blocks.push(Block::text(t("没有符合检索式的权利。", "No right matches the query.")));
    }
    for part in parts {
        blocks.extend(chapter(&part, lang));
    }
    Document {
        title: match analysis.query.as_str() {
            "" | "*" => t("知识产权分析报告：全库", "Analysis of the whole register"),
            query => format!("{}{query}", t("知识产权分析报告：", "Analysis: ")),
        },
        language: lang.to_owned(),
        author: t("惠知", "Huizhi"),
        date: day.to_owned(),
        contents: true,
        blocks,
    }
}

/// What the figures stand on.
fn basis(analysis: &Analysis, lang: &str, made_at: &str, saved: Option<&str>) -> Vec<Field> {
    let zh = lang == "zh";
    let field = |chinese: &str, english: &str, value: String| Field {
        label: if zh { chinese } else { english }.to_owned(),
        value: vec![Run::plain(value)],
    };
    let mut fields = vec![
        field("检索式", "Query", analysis.query.clone()),
        field("权利总数", "Rights", charts::number(analysis.total as f64)),
        field("状态截至", "States as of", analysis.day.to_string()),
        field("生成时间", "Made at", made_at.to_owned()),
        field("数据位置", "Register position", analysis.position.to_string()),
    ];
    fields.extend(analysis.newest.map(|newest| field("最新公开日", "Newest publication", newest.to_string())));
    fields.extend(saved.map(|id| field("保存的分析", "Saved analysis", format!("/analysis/saved/{id}"))));
    fields
}

fn caveats(lang: &str) -> [&'static str; 3] {
    if lang == "zh" {
        [
            "近年申请尚未全部公布，图中以斜线标出，不宜与往年直接比较。",
            "名称按写法计数；同一主体的旧名、译名和子公司分别计数。",
            "同一检索式日后可能得到不同结果；数据位置和日期说明了本报告所依据的库。",
        ]
    } else {
        [
            "Recent filings are not all published yet; such years are hatched and should not be compared with earlier ones.",
            "Names count as spelled; former names, translations and subsidiaries count by themselves.",
            "The same query may find something else later; the register position and dates say what this report stands on.",
        ]
    }
}

/// One section: method, figure, table.
fn chapter(part: &Section, lang: &str) -> Vec<Block> {
    let zh = lang == "zh";
    let align = |column: usize| {
        let numbers = part.table.rows.iter().filter_map(|row| row.get(column)).any(|cell| cell.value.is_some());
        if numbers { Align::Right } else { Align::Left }
    };
    let rows = part.table.rows.iter().take(ROWS);
    let table = Table {
        caption: String::new(),
        align: (0..part.table.headings.len()).map(align).collect(),
        headings: part.table.headings.clone(),
        rows: rows.map(|row| row.iter().map(|cell| Cell::text(cell.text.clone())).collect()).collect(),
    };
    let mut blocks = vec![
        Block::Heading(1, part.title.clone()),
        Block::text(part.method.clone()),
        Block::Picture(Picture {
            svg: part.figure.svg(Style::Print),
            caption: part.title.clone(),
            alt: part.figure.description.clone(),
            width_cm: WIDTH,
        }),
        Block::Table(table),
    ];
    let left = part.table.rows.len().saturating_sub(ROWS);
    if left > 0 {
        blocks.push(Block::text(if zh { format!("表中另有 {left} 行未列出。") } else { format!("{left} further rows are not listed.") }));
    }
    blocks
}
