//! `/governance/plans/{id}/copy`: the same plan for another year.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plans::{Contents, NewPlan, Plan, PlanId};

use super::view::PlanHead;
use super::{address, begin, key, named, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "governance/plans/copy.html")]
struct CopyPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    key: String,
    year: String,
    fault: Option<&'static str>,
    tasks: usize,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    visit.actor.require(Permission::EditPlans)?;
    let (plan, contents) = app.plans.plan(&visit.actor, &id).await?;
    visit.actor.require_at(Permission::EditPlans, &plan.issuer)?;
    let year = (plan.year + 1).to_string();
    shown(&visit, (&plan, &contents), (key(&app), year), None)
}

fn shown(
    visit: &Visit,
    (plan, contents): (&Plan, &Contents),
    (key, year): (String, String),
    fault: Option<&'static str>,
) -> Result<Response, Failure> {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = page(&CopyPage {
        visit,
        title: visit.t("复制到另一年度", "Copy for another year").to_owned(),
        tabs: tabs(visit, plan),
        head: PlanHead::new(visit, plan),
        key,
        year,
        fault,
        tasks: contents.tasks().count(),
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn make(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    visit.actor.require(Permission::EditPlans)?;
    let (plan, contents) = app.plans.plan(&visit.actor, &id).await?;
    visit.actor.require_at(Permission::EditPlans, &plan.issuer)?;
    let year = sent.get("year").trim().parse::<i16>().ok().filter(|year| (1980..=2100).contains(year));
    let Some(year) = year else {
        let fault = if visit.lang.code() == "zh" { "年度写作 2027" } else { "write the year as 2027" };
        let kept = (sent.get("key").to_owned(), sent.get("year").to_owned());
        return shown(&visit, (&plan, &contents), kept, Some(fault));
    };
    let moved = contents.moved_to(year);
    let new = NewPlan { key: sent.get("key"), issuer: &plan.issuer, contents: &moved, copied_from: Some(&id) };
    let mut write = begin(&app).await?;
    let made = app.plans.make(&mut write, (app.clock.now)(), &visit.actor, &new).await?;
    write.commit().await?;
    Ok(Redirect::to(&address(&made.id)).into_response())
}
