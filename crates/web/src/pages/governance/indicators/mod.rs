//! Indicators, their values and what they come from.

mod below;
mod complete;
mod define;
mod enter;
mod import;
mod list;
mod names;
mod one;
mod parts;
mod review;
mod sheets;
mod value;

use std::sync::Arc;

use accounts::Permission;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use indicators::{Definition, Period, PeriodKind};
use jiff::civil::Date;
use network::OrganisationId;

use crate::App;
use crate::frame::Visit;
use crate::pages::network::failed;
use crate::pages::{named, today};
use crate::problem::Failure;

/// Where indicators begin.
pub(super) const START: &str = "/governance/indicators";

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/governance/indicators", get(list::show))
        .route("/governance/indicators/mine", get(enter::show).post(enter::send))
        .route("/governance/indicators/sheet.xlsx", get(sheets::entry))
        .route(
            "/governance/indicators/import",
            get(import::ask).post(import::send).layer(DefaultBodyLimit::max(import::LARGEST)),
        )
        .route("/governance/indicators/review", get(review::show).post(review::send))
        .route("/governance/indicators/completeness", get(complete::show).post(complete::send))
        .route("/governance/indicators/value", get(value::show))
        .route("/governance/indicators/refresh", post(list::refresh))
        .route("/governance/indicators/new", get(define::new).post(define::make))
        .route("/governance/indicators/{code}", get(one::show))
        .route("/governance/indicators/{code}/table.xlsx", get(sheets::table))
        .route("/governance/indicators/{code}/edit", get(define::edit).post(define::change))
        .route("/governance/indicators/{code}/target", post(define::target))
}

/// The pages of indicators that whoever visits can open: address, name, whether one is there.
pub(crate) fn tabs(visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
    let all = [
        (START, visit.t("全部指标", "All indicators"), Permission::ReadPublic),
        ("/governance/indicators/mine", visit.t("我的填报", "My values"), Permission::ReportProgress),
        ("/governance/indicators/review", visit.t("审核", "Review"), Permission::AcceptReports),
        ("/governance/indicators/completeness", visit.t("报送进度", "Completeness"), Permission::ReadGovernance),
        ("/governance/indicators/import", visit.t("表格导入", "Sheets"), Permission::ReportProgress),
    ];
    let opened = all.into_iter().filter(|(.., permission)| visit.actor.may(*permission));
    let here = |path: &str| if path == START { visit.is_at(path) } else { visit.at(path) };
    opened.map(|(path, name, _)| (path, name, here(path))).collect()
}

/// A period of the address; none where none is named.
fn period(text: &str) -> Result<Option<Period>, Failure> {
    crate::pages::network::value("period", text, "2025, 2025-H1, 2025-Q3, 2025-09")
}

/// The unit that the address names, else the first of the asker's own, else the top of the country.
async fn unit(app: &App, visit: &Visit, text: &str, permission: Permission) -> Result<OrganisationId, Failure> {
    some_unit(app, visit, text, permission).await?.ok_or(Failure::NotFound)
}

/// The same; none where there is no network yet.
async fn some_unit(
    app: &App,
    visit: &Visit,
    text: &str,
    permission: Permission,
) -> Result<Option<OrganisationId>, Failure> {
    if let Some(unit) = crate::pages::network::value("unit", text, "ID")? {
        return Ok(Some(unit));
    }
    let today = today(app);
    if visit.signed.is_some() {
        let own = super::units::own(app, visit, permission, today).await?;
        if let Some(first) = own.into_iter().next() {
            return Ok(Some(first));
        }
    }
    let tops = app.network.children(None, today).await.map_err(failed)?;
    Ok(tops.into_iter().next().map(|node| node.id))
}

/// How many periods of a kind a page shows.
fn shown(kind: PeriodKind) -> usize {
    match kind {
        PeriodKind::Year => 7,
        PeriodKind::Half | PeriodKind::Quarter => 10,
        PeriodKind::Month => 24,
    }
}

/// The last period of a kind that is over.
fn last_over(kind: PeriodKind, today: Date) -> Period {
    Period::of(kind, today).before()
}

/// The page of an indicator for a unit and period.
fn address(definition: &Definition, unit: &OrganisationId, period: Period) -> String {
    format!("{START}/{}?unit={unit}&period={period}", definition.code)
}
