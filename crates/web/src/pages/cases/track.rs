//! `/cases/track`: a request by its number and tracking code, for people without an account.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::{CaseId, CasesError, Reference, TrackingCode};
use network::Fault;
use serde::Deserialize;

use super::access;
use crate::App;
use crate::form::{FieldView, GroupView, others};
use crate::frame::{Visit, page};
use crate::limit;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    reference: String,
}

#[derive(Template)]
#[template(path = "cases/track.html")]
struct TrackPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    lead: &'a str,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    faults: Vec<String>,
    sign_in: Option<String>,
}

pub(crate) async fn ask(visit: Visit, Query(asked): Query<Parameters>) -> Result<Response, Failure> {
    form(&visit, &Sent(vec![("reference".to_owned(), asked.reference)]), &[])
}

/// Asks for the code of one request, which was named by its address.
pub(super) fn ask_code(visit: &Visit, id: &CaseId) -> Result<Response, Failure> {
    form(visit, &Sent(vec![("case".to_owned(), id.to_string())]), &[])
}

fn form(visit: &Visit, sent: &Sent, faults: &[Fault]) -> Result<Response, Failure> {
    let reference = FieldView::new("reference", visit.t("受理编号", "Reference number"), "text")
        .value(sent.get("reference"))
        .hint(visit.t("回执上的编号，如 HZ-2026-000123-9", "As on the receipt: HZ-2026-000123-9"))
        .needed();
    let code = FieldView::new("code", visit.t("查询码", "Tracking code"), "text")
        .value(sent.get("code"))
        .hint(visit.t(
            "回执上的 16 位字母和数字；大小写、空格和横线都不要紧",
            "16 letters and digits of the receipt; case, spaces and hyphens do not matter",
        ))
        .needed();
    let named = sent.given("case").map(|id| ("case", id.to_owned()));
    let fields: Vec<FieldView> = match &named {
        Some(_) => vec![code],
        None => vec![reference, code],
    };
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let groups = vec![GroupView { name: String::new(), fields }];
    let html = page(&TrackPage {
        visit,
        title: visit.t("查询办理进度", "Follow a request"),
        lead: match &named {
            Some(_) => visit.t("请输入这件需求的查询码；用账户提交的，请先登录。", "Enter the tracking code of this request, or sign in if it was sent from an account."),
            None => visit.t("用回执上的编号和查询码查看进度、补充材料、收取成果，不需要账户。", "With number and tracking code of the receipt you see how it goes, add what is missing and take the result; no account is needed."),
        },
        faults: others(faults, &groups, visit.lang),
        sign_in: visit.signed.is_none().then(|| {
            let to = named.as_ref().map_or_else(|| "/cases".to_owned(), |(_, id)| format!("/cases/{id}"));
            crate::link::Link::to("/sign-in").with("to", to).address()
        }),
        hidden: named.into_iter().collect(),
        groups,
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

pub(crate) async fn look(visit: Visit, State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let address = limit::address(app.settings.behind_proxy, &parts.headers, &parts.extensions);
    if !app.attempts.take(address).allowed {
        return Err(Failure::TooMany(
            "查询过于频繁，请一分钟后再试。".to_owned(),
            "Too many attempts; try again in a minute.".to_owned(),
        ));
    }
    let sent = Sent::from_request(Request::from_parts(parts, body), &app).await?;
    let mut faults = Vec::new();
    let code: Option<TrackingCode> = sent.get("code").parse().ok();
    if code.is_none() {
        faults.push(fault(
            "code",
            "查询码为 16 位字母和数字，请对照回执重新输入",
            "a tracking code has 16 letters and digits; compare it with the receipt",
        ));
    }
    let reference: Option<Reference> = sent.get("reference").parse().ok();
    if reference.is_none() && sent.given("case").is_none() {
        faults.push(fault(
            "reference",
            "编号不对，请对照回执重新输入，如 HZ-2026-000123-9",
            "this is no reference number; compare it with the receipt, such as HZ-2026-000123-9",
        ));
    }
    let Some(code) = code.filter(|_| faults.is_empty()) else { return form(&visit, &sent, &faults) };
    let found = match app.cases.tracked(&code).await {
        Err(CasesError::NotFound(_)) => None,
        found => Some(found?),
    };
    let by = cases::By { actor: &visit.actor, tracking: Some(&code) };
    let named = match &reference {
        Some(reference) => match app.cases.by_reference(by, reference).await {
            Err(CasesError::NotFound(_)) => None,
            found => Some(found?),
        },
        None => sent.get("case").parse().ok(),
    };
    let Some(id) = found.filter(|found| named.as_ref() == Some(found)) else {
        // The same answer whether the number, the code, or both are wrong.
        let wrong = fault(
            "",
            "编号和查询码对不上，请对照回执核对",
            "number and code do not belong together; compare both with the receipt",
        );
        return form(&visit, &sent, &[wrong]);
    };
    let mut response = Redirect::to(&access::case(&id)).into_response();
    access::keep_case(&app, &mut response, &id, &code);
    Ok(response)
}

/// Takes the code out of this browser.
pub(crate) async fn leave(Path(id): Path<CaseId>) -> Response {
    let mut response = Redirect::to("/cases/track").into_response();
    access::forget_case(&mut response, &id);
    response
}
