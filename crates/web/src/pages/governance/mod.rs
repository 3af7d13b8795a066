//! Governance: plans, indicators, assessments, credit and warnings of a jurisdiction.

pub(crate) mod assessments;
pub(crate) mod credit;
mod dashboard;
pub(crate) mod indicators;
pub(crate) mod plans;
pub(crate) mod units;
pub(crate) mod warnings;
mod yearly;

use std::sync::Arc;

use accounts::{Permission, PersonId};
use axum::Router;
use axum::routing::get;

use crate::App;
use crate::frame::Visit;
use crate::pages::named;
use crate::problem::Failure;

/// Any of these opens the pages that are not public.
pub(crate) const ANY_OF: &[Permission] = &[Permission::ReadGovernance, Permission::ReviewAssessments];

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/governance", get(dashboard::show))
        .route("/governance/yearly", get(yearly::show))
        .route("/governance/yearly/report", get(yearly::report))
        .merge(plans::routes())
        .merge(indicators::routes())
        .merge(assessments::routes())
        .merge(credit::routes())
        .merge(warnings::routes())
}

/// The parts of governance that whoever visits can open: address, name, whether one is there. Templates show them by
/// `governance/nav.html`.
pub(crate) fn parts(visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
    let all: [(&[Permission], _, _); 7] = [
        (&[Permission::ReadGovernance], "/governance", visit.t("总览", "Overview")),
        (&[Permission::ReadPublic], "/governance/plans", visit.t("计划", "Plans")),
        (&[Permission::ReadPublic], "/governance/indicators", visit.t("指标", "Indicators")),
        (&[Permission::ReadPublic], "/governance/assessments", visit.t("考核评价", "Assessments")),
        (&[Permission::ReadPublic], "/governance/credit", visit.t("代理机构信用", "Agency credit")),
        (&[Permission::ReadGovernance], "/governance/warnings", visit.t("预警", "Warnings")),
        (&[Permission::ReadGovernance], "/governance/yearly", visit.t("年度报告", "Yearly report")),
    ];
    let opened = all.into_iter().filter(|(any_of, ..)| visit.actor.require_one_of(any_of).is_ok());
    let is_here = |path: &str| if path == "/governance" { visit.is_at(path) } else { visit.at(path) };
    opened.map(|(_, path, name)| (path, name, is_here(path))).collect()
}

/// The name of someone of the staff; empty for none and for accounts that are gone.
async fn person(app: &App, id: Option<&PersonId>) -> Result<String, Failure> {
    let Some(id) = id else { return Ok(String::new()) };
    let names = app.accounts.names(std::slice::from_ref(id)).await?;
    Ok(names.get(id).cloned().unwrap_or_default())
}
