//! Plans, their tasks and reports.

mod cell;
mod copy;
mod differences;
mod edit;
mod edit_task;
mod files;
mod gantt;
mod history;
mod lines;
mod list;
mod matrix;
mod meant;
mod mine;
mod new;
mod one;
mod public;
mod report;
mod sheet;
mod targets;
mod task;
mod toml;
mod view;
mod writing;

use std::sync::Arc;

use accounts::Permission;
use axum::Router;
use axum::routing::{get, post};
use plans::{Plan, PlanId};

use crate::App;
use crate::frame::Visit;
use crate::pages::{key, named, today};
use crate::parcel::large;
use crate::problem::Failure;

pub(crate) use view::assignment as for_whom;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/governance/plans", get(list::show))
        .route("/governance/plans/mine", get(mine::show))
        .route("/governance/plans/new", get(new::ask).post(new::make).layer(large()))
        .route("/governance/plans/files/{id}", get(files::give))
        .route("/governance/plans/reports/{id}", get(report::show).post(report::act))
        .route("/governance/plans/reports/{id}/edit", get(writing::edit).post(writing::change))
        .route("/governance/plans/reports/{id}/files", post(files::attach).layer(large()))
        .route("/governance/plans/reports/{id}/files/{file}", post(files::detach))
        .route("/governance/plans/{id}", get(one::show).post(one::act))
        .route("/governance/plans/{id}/public", get(public::show))
        .route("/governance/plans/{id}/tasks/{key}", get(task::show))
        .route("/governance/plans/{id}/matrix", get(matrix::show))
        .route("/governance/plans/{id}/gantt", get(gantt::show))
        .route("/governance/plans/{id}/cell", get(cell::show).post(cell::choose))
        .route("/governance/plans/{id}/report", get(writing::new).post(writing::make))
        .route("/governance/plans/{id}/history", get(history::show))
        .route("/governance/plans/{id}/edit", get(edit::show).post(edit::change))
        .route("/governance/plans/{id}/edit/{key}", get(edit_task::show).post(edit_task::change))
        .route("/governance/plans/{id}/toml", get(toml::give).post(toml::bring).layer(large()))
        .route("/governance/plans/{id}/meant", get(meant::show))
        .route("/governance/plans/{id}/copy", get(copy::ask).post(copy::make))
        .route("/governance/plans/{id}/differences", get(differences::show))
        .route("/governance/plans/{id}/reports.xlsx", get(sheet::give))
        .route("/governance/plans/{id}/import", get(sheet::ask).post(sheet::bring).layer(large()))
}

/// A transaction of plans.
async fn begin(app: &App) -> Result<database::Write, Failure> {
    Ok(app.plans.database().write().await?)
}

fn address(id: &PlanId) -> String {
    format!("/governance/plans/{id}")
}

/// The pages of a plan that whoever visits can open: address, name, whether it is this one.
fn tabs(visit: &Visit, plan: &Plan) -> Vec<(String, &'static str, bool)> {
    let writes = visit.actor.may_at(Permission::EditPlans, &plan.issuer);
    let reads = visit.actor.may(Permission::ReadGovernance);
    let issued = plan.edition > 0;
    let base = address(&plan.id);
    let all = [
        (true, String::new(), visit.t("任务", "Tasks")),
        (reads && issued, "/matrix".to_owned(), visit.t("进展矩阵", "Matrix")),
        (true, "/gantt".to_owned(), visit.t("时间表", "Timetable")),
        (
            reads && issued && visit.actor.may(Permission::ReportProgress),
            "/import".to_owned(),
            visit.t("批量填报", "In bulk"),
        ),
        (writes, "/edit".to_owned(), visit.t("编制", "Writing")),
        (writes, "/meant".to_owned(), visit.t("任务对象", "Who is meant")),
        (
            reads && plan.edition > 1 || writes && plan.drafted && issued,
            "/differences".to_owned(),
            visit.t("版本差异", "Differences"),
        ),
        (reads, "/history".to_owned(), visit.t("经过", "History")),
        (plan.public, "/public".to_owned(), visit.t("公开页", "Public page")),
    ];
    let shown = all.into_iter().filter(|(shown, ..)| *shown);
    shown
        .map(|(_, end, name)| {
            let path = format!("{base}{end}");
            let here =
                if end.is_empty() { visit.is_at(&path) || visit.at(&format!("{base}/tasks")) } else { visit.at(&path) };
            (path, name, here)
        })
        .collect()
}
