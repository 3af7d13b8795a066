//! Warnings: what is open, why each fired, what was done about it; the rules.

mod drawn;
mod export;
mod list;
mod one;
mod rule;
mod rules;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use network::OrganisationId;

use super::{named, person};
use crate::App;
use crate::frame::Visit;
use crate::pages::today;
use crate::problem::Failure;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/governance/warnings", get(list::show))
        .route("/governance/warnings/list.csv", get(export::csv))
        .route("/governance/warnings/list.xlsx", get(export::xlsx))
        .route("/governance/warnings/rules", get(rules::show))
        .route("/governance/warnings/rules/new", get(rule::ask).post(rule::make))
        .route("/governance/warnings/rules/{code}", get(rule::show).post(rule::change))
        .route("/governance/warnings/{id}", get(one::show).post(one::act))
}

/// The pages of this area: address, name, whether it is this one.
pub(crate) fn tabs(visit: &Visit) -> [(&'static str, &'static str, bool); 2] {
    let rules = visit.at("/governance/warnings/rules");
    [
        ("/governance/warnings", visit.t("预警", "Warnings"), !rules),
        ("/governance/warnings/rules", visit.t("规则", "Rules"), rules),
    ]
}

/// A transaction of warnings.
async fn begin(app: &App) -> Result<database::Write, Failure> {
    Ok(app.warnings.database().write().await?)
}

/// The name of an organisation today.
async fn unit(app: &App, visit: &Visit, id: &OrganisationId) -> Result<String, Failure> {
    let found = app.network.organisation(id, today(app)).await.map_err(crate::pages::network::failed)?;
    Ok(found.map_or_else(|| id.to_string(), |found| found.profile.name(visit.lang.code()).to_owned()))
}

/// A figure with two digits after the point at most; a dash where it is missing.
fn figure(value: Option<f64>) -> String {
    match value {
        None => "—".to_owned(),
        Some(value) => {
            let text = format!("{value:.2}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    }
}
