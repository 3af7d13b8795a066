//! `/governance/plans`: the plans that whoever visits may see.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use plans::{Asked, Plan};

use super::today;
use super::view::{PlanHead, TallyView};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "governance/plans/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    title: String,
    rows: Vec<Row>,
    may_write: bool,
    may_report: bool,
}

struct Row {
    head: PlanHead,
    tasks: usize,
    /// None before the first edition, and for plans that one may only know of.
    tally: Option<TallyView>,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let mut rows = Vec::new();
    for plan in app.plans.list(&visit.actor).await? {
        rows.push(row(&visit, &app, &plan).await?);
    }
    page(&ListPage {
        title: visit.t("计划与任务", "Plans and tasks").to_owned(),
        rows,
        may_write: visit.actor.may(Permission::EditPlans),
        may_report: visit.actor.may(Permission::ReportProgress),
        visit: &visit,
    })
}

async fn row(visit: &Visit, app: &App, plan: &Plan) -> Result<Row, Failure> {
    let (_, contents) = app.plans.plan(&visit.actor, &plan.id).await?;
    let tally = if plan.edition == 0 {
        None
    } else if visit.actor.may(Permission::ReadGovernance) {
        let matrix = app.plans.matrix(&visit.actor, &plan.id, today(app), &Asked::default()).await?;
        Some(TallyView::from(&matrix.tally()))
    } else {
        Some(TallyView::from(&app.plans.public(&plan.id, today(app)).await?.all))
    };
    let tasks = contents.groups.iter().map(|group| group.tasks.len()).sum();
    Ok(Row { head: PlanHead::new(visit, plan), tasks, tally })
}
