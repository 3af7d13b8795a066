//! `/services/{code}/form`: the form of a request to look at, print and try; nothing is sent to anyone.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use services::{Answers, Version};

use super::{in_force, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::request_form::{ADD, RequestForm, Shown};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "services/form.html")]
struct TryPage<'a> {
    visit: &'a Visit,
    title: String,
    name: String,
    guide: String,
    begin: String,
    request: RequestForm,
    /// Whether all that was written would do.
    complete: bool,
    warnings: Vec<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let version = in_force(&app, &code, today(&app)).await?;
    answer(&visit, &version, &Answers::new(), None, false)
}

pub(crate) async fn try_out(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let version = in_force(&app, &code, today(&app)).await?;
    let answers = services::from_written(&version.item.form, &sent.0);
    let add = sent.given(ADD);
    answer(&visit, &version, &answers, add, add.is_none())
}

fn answer(
    visit: &Visit,
    version: &Version,
    answers: &Answers,
    add: Option<&str>,
    check: bool,
) -> Result<Response, Failure> {
    let (item, lang) = (&version.item, visit.lang.code());
    let faults = if check { services::check(&item.form, answers) } else { Vec::new() };
    let warnings = if check { services::warnings(&item.form, answers) } else { Vec::new() };
    let name = item.title.text(lang).to_owned();
    let html = page(&TryPage {
        visit,
        title: format!("{}{name}", visit.t("申请表：", "Request form: ")),
        guide: format!("/services/{}", version.code),
        begin: format!("/cases/new?item={}", version.code),
        request: RequestForm::new(&item.form, answers, &Shown { faults: &faults, add, ..Shown::plain(visit.lang) }),
        complete: check && faults.is_empty(),
        warnings: warnings.iter().map(|fault| fault.text(lang).to_owned()).collect(),
        name,
    })?;
    Ok((if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, html).into_response())
}
