//! `/numbers`: a list of numbers in any spelling, looked up.

mod outcome;
mod sent;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use search::{ExportFormat, MOST_NUMBERS, Options};
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::words::grouped;
use outcome::Outcome;
use sent::{Sent, Unreadable};

/// Largest list, in bytes as sent.
pub(crate) const LARGEST: usize = 2 << 20;

/// A list up to this many bytes goes into the address, so that its answer can be kept and passed on.
const IN_ADDRESS: usize = 1_500;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    list: String,
}

#[derive(Template)]
#[template(path = "numbers/page.html")]
struct NumbersPage {
    visit: Visit,
    title: String,
    list: String,
    /// What was sent cannot be read: why.
    unreadable: Option<String>,
    most: String,
    /// Lines that the box shows.
    lines: usize,
    outcome: Option<Outcome>,
    /// Numbers of this register to try: address, numbers.
    example: Option<(String, String)>,
}

/// How offices write numbers: Chinese and English name, spellings.
const SPELLINGS: [(&str, &str, &[&str]); 7] = [
    ("中国专利", "Chinese patents", &["201510163325.6", "ZL201510163325.6", "CN104751825B"]),
    ("美国专利", "US patents", &["US 8,926,509 B2", "US2015123456A1", "16/548,822"]),
    ("欧洲专利", "European patents", &["EP 2 930 123 A1", "EP14187623.1"]),
    ("国际申请", "International applications", &["PCT/CN2019/086543", "WO2020/123456A1"]),
    ("欧盟商标与外观设计", "EU marks and designs", &["018229858", "001066245-0001"]),
    ("其他各局", "Other offices", &["DE102015123456A1", "JP2019123456A"]),
    ("本站标识", "Ids of this site", &["US-P-16548822"]),
];

/// The form, and the answer to a short list in the address.
pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    answer(visit, &app, parameters.list).await
}

/// A list that was pasted or uploaded.
pub(crate) async fn look_up(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    match Sent::read(form).await {
        Ok(sent) if !sent.uploaded && sent.list.len() <= IN_ADDRESS => {
            Ok(Redirect::to(&Link::to("/numbers").with("list", sent.list).address()).into_response())
        }
        Ok(sent) => answer(visit, &app, sent.list).await,
        Err(unreadable) => refused(visit, &app, unreadable).await,
    }
}

/// The outcome of a list as a file.
pub(crate) async fn download(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    let sent = match Sent::read(form).await {
        Ok(sent) => sent,
        Err(unreadable) => return refused(visit, &app, unreadable).await,
    };
    let (format, kind, name) = match sent.format.as_str() {
        "xlsx" => (
            ExportFormat::Xlsx,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment; filename=\"numbers.xlsx\"",
        ),
        _ => (ExportFormat::Csv, "text/csv; charset=utf-8", "attachment; filename=\"numbers.csv\""),
    };
    let bytes = app.searcher().look_up(&sent.list).await?.file(format, visit.lang.code())?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

async fn answer(visit: Visit, app: &App, list: String) -> Result<Response, Failure> {
    let outcome = if list.trim().is_empty() {
        None
    } else {
        Some(Outcome::new(&app.searcher().look_up(&list).await?, visit.lang))
    };
    page(&NumbersPage { outcome, ..form(visit, app, list).await? })
}

/// The form again, with why what was sent could not be read.
async fn refused(visit: Visit, app: &App, unreadable: Unreadable) -> Result<Response, Failure> {
    let told = unreadable.told(visit.lang);
    let status = match unreadable {
        Unreadable::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Unreadable::Workbook(_) | Unreadable::Form => StatusCode::BAD_REQUEST,
    };
    let html = page(&NumbersPage { unreadable: Some(told), ..form(visit, app, String::new()).await? })?;
    Ok((status, html).into_response())
}

async fn form(visit: Visit, app: &App, list: String) -> Result<NumbersPage, Failure> {
    let example = if list.trim().is_empty() { example(app).await? } else { None };
    Ok(NumbersPage {
        title: visit.t("号码查找", "Look up numbers").to_owned(),
        most: grouped(MOST_NUMBERS as u64),
        lines: list.lines().count().clamp(5, 14),
        visit,
        list,
        unreadable: None,
        outcome: None,
        example,
    })
}

/// The numbers of some rights that are here, as a list to try.
async fn example(app: &App) -> Result<Option<(String, String)>, Failure> {
    let options = Options { limit: 3, snippets: false, ..Options::default() };
    let found = app.searcher().search("", options).await?;
    let numbers: Vec<String> = found.hits.iter().map(|hit| super::search::number(&hit.right)).collect();
    let list = Link::to("/numbers").with("list", numbers.join("\n")).address();
    Ok((!numbers.is_empty()).then(|| (list, numbers.join(" · "))))
}
