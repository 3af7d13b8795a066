//! `/numbers`: a list of numbers in any spelling, looked up.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use search::{ExportFormat, LookUp, LookUpOutcome, LookedUp};
use serde::Deserialize;

use super::right::BriefView;
use crate::App;
use crate::frame::{Visit, page};
use crate::link;
use crate::problem::Failure;

/// Found rights that still fit in the address of a search.
const SEARCHED: usize = 200;

/// Largest list, in bytes.
pub(crate) const LARGEST: usize = 2 << 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    list: String,
    format: String,
}

#[derive(Template)]
#[template(path = "numbers.html")]
struct NumbersPage {
    visit: Visit,
    title: String,
    list: String,
    answer: Option<Answer>,
}

struct Answer {
    found: usize,
    doubtful: usize,
    not_found: usize,
    beyond: usize,
    search: Option<String>,
    rows: Vec<RowView>,
}

struct RowView {
    line: usize,
    typed: String,
    outcome: &'static str,
    /// `found`, `doubtful`, `not-found`: class and anchor.
    code: &'static str,
    rights: Vec<BriefView>,
    note: Option<String>,
}

/// The form, and the answer to a short list in the address.
pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    answer(visit, &app, parameters.list).await
}

/// A list that was pasted or uploaded.
pub(crate) async fn look_up(
    visit: Visit,
    State(app): State<Arc<App>>,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let wrong = || {
        Failure::wrong(
            "无法读取上传的内容，请重试或改为粘贴。",
            "What was sent cannot be read; try again, or paste the list.",
        )
    };
    let mut list = String::new();
    while let Some(field) = form.next_field().await.map_err(|_| wrong())? {
        let is_file = field.name() == Some("file");
        let bytes = field.bytes().await.map_err(|_| wrong())?;
        let text = if is_file { text_of(&bytes)? } else { String::from_utf8_lossy(&bytes).into_owned() };
        if !text.trim().is_empty() {
            list.push_str(&text);
            list.push('\n');
        }
    }
    answer(visit, &app, list.trim_end().to_owned()).await
}

/// The text of an uploaded list: UTF-8 or, from older spreadsheets, GB 18030.
fn text_of(bytes: &[u8]) -> Result<String, Failure> {
    if bytes.starts_with(b"PK") || bytes.contains(&0) {
        return Err(Failure::wrong(
            "请上传文本或 CSV 文件；表格可另存为 CSV，或复制一列粘贴到框中。",
            "Upload a text or CSV file; save a workbook as CSV, or copy a column into the box.",
        ));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(text) {
        Ok(text) => Ok(text.to_owned()),
        // Numbers are ASCII; whatever else stands beside them in another encoding is no part of them.
        Err(_) => Ok(text.iter().map(|&byte| if byte.is_ascii() { byte as char } else { ' ' }).collect()),
    }
}

async fn answer(visit: Visit, app: &App, list: String) -> Result<Response, Failure> {
    let title = visit.t("号码查找", "Look up numbers").to_owned();
    let answer = if list.trim().is_empty() { None } else { Some(view(&app.searcher().look_up(&list).await?, &visit)) };
    page(&NumbersPage { visit, title, list, answer })
}

fn view(looked_up: &LookedUp, visit: &Visit) -> Answer {
    let mut ids: Vec<String> = Vec::new();
    for row in &looked_up.rows {
        if let LookUpOutcome::Found(brief) = &row.outcome {
            let clause = query::clause(query::Field::Number, &brief.id.to_string());
            if !ids.contains(&clause) && ids.len() <= SEARCHED {
                ids.push(query::clause(query::Field::Number, &format!("{}{}", brief.office, brief.number)));
            }
        }
    }
    let search = (!ids.is_empty() && ids.len() <= SEARCHED).then(|| link::list(&ids.join(" OR ")));
    let row = |row: &LookUp| RowView {
        line: row.line,
        typed: row.typed.clone(),
        outcome: row.outcome.label(visit.lang.code()),
        code: match row.outcome {
            LookUpOutcome::Found(_) => "found",
            LookUpOutcome::Doubtful(_) => "doubtful",
            LookUpOutcome::NotFound => "not-found",
        },
        rights: row.outcome.rights().iter().map(|brief| BriefView::new(brief, visit.lang)).collect(),
        note: row.note.map(|note| note.label(visit.lang.code())),
    };
    Answer {
        found: looked_up.found,
        doubtful: looked_up.doubtful,
        not_found: looked_up.not_found,
        beyond: looked_up.beyond,
        search,
        rows: looked_up.rows.iter().map(row).collect(),
    }
}

/// The outcome as a file.
pub(crate) async fn download(
    visit: Visit,
    State(app): State<Arc<App>>,
    Form(parameters): Form<Parameters>,
) -> Result<Response, Failure> {
    let (format, kind, name) = match parameters.format.as_str() {
        "xlsx" => (
            ExportFormat::Xlsx,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment; filename=\"numbers.xlsx\"",
        ),
        _ => (ExportFormat::Csv, "text/csv; charset=utf-8", "attachment; filename=\"numbers.csv\""),
    };
    let bytes = app.searcher().look_up(&parameters.list).await?.file(format, visit.lang.code())?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}
