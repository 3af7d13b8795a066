//! `/search/advanced`: rows of a form that write the query.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Query;
use query::{Field, FieldKind, Joint, Row};
use serde::Deserialize;

use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link;
use crate::problem::Failure;

/// Rows of an empty form.
const ROWS: usize = 5;

/// Parameters as a form sends them: one of each for every row.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    #[serde(rename = "as")]
    spelling: String,
    joint: Vec<String>,
    field: Vec<String>,
    text: Vec<String>,
}

#[derive(Template)]
#[template(path = "search/advanced.html")]
struct AdvancedPage {
    visit: Visit,
    title: String,
    rows: Vec<RowView>,
    fields: Vec<(&'static str, Vec<(&'static str, &'static str)>)>,
    /// A query that is too rich for the form.
    rich: Option<String>,
}

struct RowView {
    joint: &'static str,
    field: &'static str,
    text: String,
    mistake: Option<String>,
}

pub(crate) async fn show(visit: Visit, Query(parameters): Query<Parameters>) -> Result<Response, Failure> {
    if parameters.text.iter().any(|text| !text.trim().is_empty()) {
        return written(visit, &parameters);
    }
    let spelling = query::Spelling::from_code(&parameters.spelling).unwrap_or(query::Spelling::Huizhi);
    let asked = query::parse_as(&parameters.q, spelling)?;
    match query::rows(&asked) {
        Some(rows) => form(visit, rows.iter().map(|row| view(row, None)).collect(), None),
        None => form(visit, Vec::new(), Some(query::canonical(&asked))),
    }
}

/// The form was sent: on to the list, or back to the row that cannot be understood.
fn written(visit: Visit, parameters: &Parameters) -> Result<Response, Failure> {
    let at = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
    let row = |(number, text): (usize, &String)| Row {
        joint: joint(&at(&parameters.joint, number)),
        field: Field::named(&at(&parameters.field, number)),
        text: text.clone(),
    };
    let rows: Vec<Row> = parameters.text.iter().enumerate().map(row).collect();
    match query::from_rows(&rows) {
        Ok(text) => Ok(Redirect::to(&link::list(&text)).into_response()),
        Err((wrong, mistake)) => {
            let told = mistake.sentence(visit.lang.tongue());
            let views = rows.iter().enumerate().map(|(at, row)| view(row, (at == wrong).then(|| told.clone())));
            let views = views.collect();
            form(visit, views, None)
        }
    }
}

fn form(visit: Visit, mut rows: Vec<RowView>, rich: Option<String>) -> Result<Response, Failure> {
    let empty = ROWS.saturating_sub(rows.len()).max(2);
    rows.extend((0..empty).map(|_| view(&Row::default(), None)));
    let title = visit.t("表格检索", "Advanced search").to_owned();
    let fields = groups(visit.lang);
    page(&AdvancedPage { visit, title, rows, fields, rich })
}

fn view(row: &Row, mistake: Option<String>) -> RowView {
    let joint = match row.joint {
        Joint::And => "and",
        Joint::Or => "or",
        Joint::Not => "not",
    };
    RowView { joint, field: row.field.map_or("", Field::code), text: row.text.clone(), mistake }
}

fn joint(code: &str) -> Joint {
    match code {
        "or" => Joint::Or,
        "not" => Joint::Not,
        _ => Joint::And,
    }
}

/// Fields by kind: name of the group, codes and names.
fn groups(lang: Lang) -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let kinds = [
        (FieldKind::Text, lang.t("文本", "Texts")),
        (FieldKind::Name, lang.t("名称", "Names")),
        (FieldKind::Number, lang.t("号码", "Numbers")),
        (FieldKind::Date, lang.t("日期", "Dates")),
        (FieldKind::Class, lang.t("分类", "Classes")),
        (FieldKind::Keyword, lang.t("类型与状态", "Kinds and states")),
        (FieldKind::Count, lang.t("数量", "Counts")),
    ];
    let group = |(kind, name): (FieldKind, &'static str)| {
        let of_kind = Field::ALL.iter().filter(|field| field.kind() == kind);
        let named = |field: &Field| (field.code(), if lang == Lang::Zh { field.chinese() } else { field.english() });
        (name, of_kind.map(named).collect())
    };
    kinds.into_iter().map(group).collect()
}
