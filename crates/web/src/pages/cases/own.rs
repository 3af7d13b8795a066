//! `/cases`: the requests of who has signed in, and those that are being written.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::By;
use serde::Deserialize;
use services::ItemQuery;

use super::{access, case};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;

/// Requests on a page.
const PAGE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    after: String,
}

#[derive(Template)]
#[template(path = "cases/own.html")]
struct OwnPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    drafts: Vec<DraftView>,
    cases: Vec<CaseView>,
    next: Option<String>,
    first: Option<&'static str>,
}

struct DraftView {
    address: String,
    item: String,
    saved: String,
}

struct CaseView {
    address: String,
    reference: String,
    heading: String,
    item: String,
    outlet: String,
    state: &'static str,
    class: &'static str,
    due: String,
    touched: String,
    /// What the client is to do.
    turn: Option<&'static str>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    if visit.signed.is_none() {
        return Ok(Redirect::to("/cases/track").into_response());
    }
    let (by, lang) = (By::from(&visit.actor), visit.lang.code());
    let after = Some(parameters.after.as_str()).filter(|mark| !mark.is_empty());
    let found = app.cases.own_cases(by, after, PAGE).await?;
    let items = app.services.items_on(super::today(&app), &ItemQuery::default()).await?;
    let names: BTreeMap<String, String> =
        items.iter().map(|version| (version.code.to_string(), version.item.title.text(lang).to_owned())).collect();
    let drafts = app.cases.my_drafts(by).await?;
    let draft = |draft: &cases::Draft| DraftView {
        address: access::draft(&draft.id),
        item: names.get(draft.request.item.as_str()).cloned().unwrap_or_else(|| draft.request.item.to_string()),
        saved: super::local(draft.saved_at),
    };
    let view = |listed: &cases::Listed| {
        let case = &listed.case;
        CaseView {
            address: access::case(&case.id),
            reference: case.reference.to_string(),
            heading: case.title.clone(),
            item: case.item_title.text(lang).to_owned(),
            outlet: case.outlet_name.text(lang).to_owned(),
            state: case.state.label(lang),
            class: case::class(case.state),
            due: case.due_on.filter(|_| !case.state.is_final()).map_or_else(String::new, |day| day.to_string()),
            touched: network::local(case.touched_at).date().to_string(),
            turn: match case.state {
                cases::State::Supplement => Some(visit.t("请补充", "add what is missing")),
                cases::State::Delivered => Some(visit.t("请确认", "confirm the result")),
                _ => None,
            },
        }
    };
    page(&OwnPage {
        title: visit.t("我的需求", "My requests"),
        drafts: if after.is_none() { drafts.iter().map(draft).collect() } else { Vec::new() },
        cases: found.cases.iter().map(view).collect(),
        next: found.next.map(|mark| Link::to("/cases").with("after", mark).address()),
        first: after.map(|_| "/cases"),
        visit: &visit,
    })
}
