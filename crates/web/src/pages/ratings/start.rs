//! `/rate`: for who has a number or a code in hand and no link.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::{By, CasesError, Reference, TrackingCode};
use network::Fault;
use ratings::{RatingsError, VisitCode, for_visit};

use super::{Unhurried, door};
use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "ratings/start.html")]
struct StartPage<'a> {
    visit: &'a Visit,
    title: String,
    faults: Vec<FaultLine>,
    ticket: Vec<GroupView>,
    tracked: Vec<GroupView>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    form(&visit, &Sent::default(), &[])
}

fn form(visit: &Visit, sent: &Sent, faults: &[Fault]) -> Result<Response, Failure> {
    let lang = visit.lang;
    let group = |fields: Vec<FieldView>| {
        let fields = fields.into_iter().map(|field| field.of(faults, lang)).collect();
        vec![GroupView { name: String::new(), fields }]
    };
    let ticket = group(vec![
        FieldView::new("ticket", visit.t("评价码", "Code"), "text")
            .value(sent.get("ticket"))
            .hint(visit.t("小票或海报上的 16 位字母和数字", "Sixteen letters and digits of the ticket or the poster"))
            .needed(),
    ]);
    let tracked = group(vec![
        FieldView::new("reference", visit.t("受理编号", "Number"), "text")
            .value(sent.get("reference"))
            .hint("HZ-2026-000123-C")
            .needed(),
        FieldView::new("code", visit.t("查询码", "Tracking code"), "text")
            .value(sent.get("code"))
            .hint(visit.t("在提交后的回执上", "Stands on the receipt of the request"))
            .needed(),
    ]);
    let all: Vec<Fault> = faults.to_vec();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut lines = summary(&all, &ticket, lang);
    lines.retain(|line| line.field.is_some());
    lines.extend(summary(&all, &tracked, lang).into_iter().filter(|line| line.field.is_some()));
    let title = visit.t("评价服务", "Rate a service").to_owned();
    Ok((status, page(&StartPage { visit, title, faults: lines, ticket, tracked })?).into_response())
}

pub(crate) async fn open(
    _: Unhurried,
    visit: Visit,
    State(app): State<Arc<App>>,
    sent: Sent,
) -> Result<Response, Failure> {
    if sent.given("ticket").is_some() {
        return ticket(&visit, &app, &sent).await;
    }
    let wrong_code = || fault("code", "查询码不对", "this tracking code does not fit");
    let reference: Result<Reference, _> = sent.get("reference").parse();
    let code: Result<TrackingCode, _> = sent.get("code").parse();
    let (Ok(reference), Ok(code)) = (&reference, &code) else {
        let mut faults = Vec::new();
        if reference.is_err() {
            faults.push(fault("reference", "编号写作 HZ-2026-000123-C", "write the number as HZ-2026-000123-C"));
        }
        if code.is_err() {
            faults.push(wrong_code());
        }
        return form(&visit, &sent, &faults);
    };
    let by = By { actor: &visit.actor, tracking: Some(code) };
    match app.cases.by_reference(by, reference).await {
        Ok(id) => Ok(door::enter(&app, &id, code)),
        Err(CasesError::NotFound(_)) => form(&visit, &sent, &[wrong_code()]),
        Err(error) => Err(error.into()),
    }
}

/// On to the page of a ticket or a poster.
async fn ticket(visit: &Visit, app: &App, sent: &Sent) -> Result<Response, Failure> {
    let unknown = || fault("ticket", "没有这个评价码，请核对", "there is no such code; compare it");
    let Ok(code) = sent.get("ticket").parse::<VisitCode>() else { return form(visit, sent, &[unknown()]) };
    let (now, mut read) = ((app.clock.now)(), app.ratings.database().read().await?);
    match for_visit(&mut read, now, &code).await {
        Err(RatingsError::NotFound { .. }) => (),
        found => return found.map(|_| Redirect::to(&code.path()).into_response()).map_err(Into::into),
    }
    match ratings::for_poster(&mut read, now, &code).await {
        Err(RatingsError::NotFound { .. }) => form(visit, sent, &[unknown()]),
        found => found.map(|_| Redirect::to(&code.poster_path()).into_response()).map_err(Into::into),
    }
}
