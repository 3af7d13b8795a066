//! `/governance/plans/{id}/history`: what happened to a plan, and its editions.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plans::{PlanAct, PlanId};

use super::view::PlanHead;
use super::{named, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/plans/history.html")]
struct HistoryPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    editions: Vec<EditionRow>,
    events: Vec<EventRow>,
}

struct EditionRow {
    number: i64,
    issued: Option<String>,
    note: String,
    current: bool,
    differences: Option<String>,
}

struct EventRow {
    at: String,
    act: &'static str,
    by: String,
    reason: String,
    edition: Option<i64>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let id: PlanId = named(&id)?;
    let (plan, _) = app.plans.plan(&visit.actor, &id).await?;
    let lang = visit.lang.code();
    let edition = |one: plans::Edition| EditionRow {
        issued: one.issued_at.map(moment),
        note: one.note,
        current: one.number == plan.edition,
        differences: (one.number > 1)
            .then(|| format!("/governance/plans/{id}/differences?from={}&to={}", one.number - 1, one.number)),
        number: one.number,
    };
    let event = |one: plans::Happened| EventRow {
        at: moment(one.at),
        act: one.act.parse::<PlanAct>().map_or("", |act| act.label(lang)),
        by: one.name,
        reason: one.reason,
        edition: one.detail.get("edition").and_then(serde_json::Value::as_i64),
    };
    let editions = app.plans.editions(&visit.actor, &id).await?.into_iter().map(edition).collect();
    let events = app.plans.history(&visit.actor, &id).await?.into_iter().rev().map(event).collect();
    page(&HistoryPage {
        title: format!("{} · {}", plan.title.text(lang), visit.t("经过", "history")),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        editions,
        events,
        visit: &visit,
    })
}
