//! `/governance/plans/{id}/cell?task=…&unit=…`: a task at a unit: its reports, and what can be done.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::OrganisationId;
use plans::{Asked, Duty, PlanId, PlanState, ReportState, Standing};
use serde::Deserialize;

use super::report::ReportCard;
use super::targets::{TargetView, targets};
use super::view::{PlanHead, StandingView, cell_words};
use super::{begin, named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::Sent;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    task: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "governance/plans/cell.html")]
struct CellPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    unit: String,
    unit_name: String,
    key: String,
    task_title: String,
    text: String,
    evidence: String,
    due: String,
    standing: StandingView,
    words: String,
    targets: Vec<TargetView>,
    reports: Vec<ReportCard>,
    /// Whether a new report can be begun.
    may_begin: bool,
    /// Whether it can be chosen, or the choice taken back.
    may_choose: Option<bool>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let id: PlanId = named(&id)?;
    let unit: OrganisationId = named(&asked.unit)?;
    let (plan, contents) = app.plans.plan(&visit.actor, &id).await?;
    let placed = contents.task(&asked.task).ok_or(Failure::NotFound)?;
    let question = Asked { unit: Some(unit.clone()), ..Asked::default() };
    let matrix = app.plans.matrix(&visit.actor, &id, today(&app), &question).await?;
    visit.actor.require_at(Permission::ReadGovernance, &unit)?;
    let row = matrix.units.first().ok_or(Failure::NotFound)?;
    let at = matrix.tasks.iter().position(|task| task.key == asked.task).ok_or(Failure::NotFound)?;
    let (cell, lang) = (&row.cells[at], visit.lang.code());
    let views = app.plans.reports(&visit.actor, (&id, &asked.task, &unit)).await?;
    let reports_for = visit.actor.may_at(Permission::ReportProgress, &unit) && plan.state == PlanState::Issued;
    let is_open = views.first().is_some_and(|view| view.report.state != ReportState::Accepted);
    let bound = cell.duty == Some(Duty::Required) || cell.chosen;
    let optional = cell.duty == Some(Duty::Optional) && (!cell.chosen || cell.reports == 0);
    let reports = views.iter().map(|view| ReportCard::new(&visit, &contents, view)).collect();
    page(&CellPage {
        title: format!("{} · {}", row.name.text(lang), placed.task.title.text(lang)),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        unit: unit.to_string(),
        unit_name: row.name.text(lang).to_owned(),
        key: asked.task.clone(),
        task_title: placed.task.title.text(lang).to_owned(),
        text: placed.task.text.text(lang).to_owned(),
        evidence: placed.task.evidence.text(lang).to_owned(),
        due: contents.due(placed.task).to_string(),
        standing: StandingView::new(&visit, cell.standing),
        words: cell_words(&visit, cell),
        targets: targets(&visit, &app, (&placed.task.targets, contents.year), Some(&unit)).await?,
        reports,
        may_begin: reports_for && bound && !is_open && cell.standing != Standing::Done,
        may_choose: (reports_for && optional).then_some(!cell.chosen),
        visit: &visit,
    })
}

pub(crate) async fn choose(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    visit.actor.require(Permission::ReportProgress)?;
    let (unit, task): (OrganisationId, &str) = (named(sent.get("unit"))?, sent.get("task"));
    let mut write = begin(&app).await?;
    let place = (&id, &unit, task);
    app.plans.choose(&mut write, (app.clock.now)(), &visit.actor, place, sent.get("chosen") == "yes").await?;
    write.commit().await?;
    let link = Link::to(format!("/governance/plans/{id}/cell")).with("task", task).with("unit", unit.as_str());
    Ok(Redirect::to(&link.address()).into_response())
}
