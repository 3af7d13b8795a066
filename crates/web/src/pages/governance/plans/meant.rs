//! `/governance/plans/{id}/meant`: whom the assignments of a plan mean on a day.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use network::division_on;
use plans::{MeantBy, PlanId};
use serde::Deserialize;

use super::edit::drafted;
use super::view::{PlanHead, assignment};
use super::{named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::value;
use crate::problem::Failure;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    day: String,
}

#[derive(Template)]
#[template(path = "governance/plans/meant.html")]
struct MeantPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    day: String,
    rows: Vec<Row>,
    nobody: usize,
}

struct Row {
    key: String,
    title: String,
    address: String,
    words: String,
    units: Vec<(String, String)>,
    without: Vec<String>,
    gone: Vec<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditPlans)?;
    let id: PlanId = named(&id)?;
    let day: Option<Date> = value("day", &asked.day, "2026-07-01")?;
    let day = day.unwrap_or_else(|| today(&app));
    let (plan, contents) = drafted(&visit, &app, &id).await?;
    let lang = visit.lang.code();
    let row = |one: MeantBy| Row {
        title: contents.task(&one.task).map(|placed| placed.task.title.text(lang).to_owned()).unwrap_or_default(),
        address: format!("/governance/plans/{id}/edit/{}", one.task),
        words: assignment(visit.lang, &contents, &one.assignment),
        units: one.names.iter().map(|(id, name)| (format!("/network/{id}"), name.text(lang).to_owned())).collect(),
        without: one
            .meant
            .without_unit
            .iter()
            .map(|code| {
                division_on(code, day).map_or_else(|| code.to_string(), |region| format!("{} {code}", region.name))
            })
            .collect(),
        gone: one.meant.gone.iter().map(ToString::to_string).collect(),
        key: one.task,
    };
    let rows: Vec<Row> = app.plans.meant(&visit.actor, &id, day).await?.into_iter().map(row).collect();
    page(&MeantPage {
        title: format!("{} · {}", plan.title.text(lang), visit.t("任务对象", "who is meant")),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        day: day.to_string(),
        nobody: rows.iter().filter(|row| row.units.is_empty()).count(),
        rows,
        visit: &visit,
    })
}
