//! `/desk`: where staff of outlets work on requests: the inbox, a case with all that belongs to it, the archive of
//! consultations, warnings, figures.

mod act;
mod actions;
mod answers;
mod asked;
mod attach;
mod beside;
mod case;
mod clock;
mod consultations;
mod documents;
mod fields;
mod figures;
mod forms;
mod inbox;
mod new;
mod parts;
pub(crate) mod people;
mod read;
mod views;
mod warnings;

use std::sync::Arc;

use accounts::Permission;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};
use cases::{By, CaseId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::App;
use crate::frame::Visit;
use crate::link::Link;
use crate::pages::cases::brought;
use crate::problem::Failure;

pub(crate) use attach::{Collecting, can_attach};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/desk", get(inbox::show))
        .route("/desk/cases.csv", get(inbox::csv))
        .route("/desk/new", get(new::show).post(new::enter).layer(DefaultBodyLimit::max(brought::LARGEST)))
        .route("/desk/consultations", get(consultations::show))
        .route("/desk/warnings", get(warnings::show))
        .route("/desk/figures", get(figures::show))
        .route("/desk/collect/end", post(attach::end))
        .route("/desk/cases/{id}", get(case::show))
        .route("/desk/cases/{id}/personal", post(case::personal))
        .route("/desk/cases/{id}/tracking", post(case::renew_tracking))
        .route(
            "/desk/cases/{id}/acts/{action}",
            get(act::ask).post(act::act).layer(DefaultBodyLimit::max(brought::LARGEST)),
        )
        .route("/desk/cases/{id}/say", post(beside::say))
        .route("/desk/cases/{id}/tasks", post(beside::add_task))
        .route("/desk/cases/{id}/tasks/{task}", post(beside::change_task))
        .route("/desk/cases/{id}/labels", post(beside::label))
        .route("/desk/cases/{id}/links", post(attach::link))
        .route("/desk/cases/{id}/unlink", post(attach::unlink))
        .route("/desk/cases/{id}/collect", post(attach::begin))
        .route("/desk/cases/{id}/documents", post(documents::add).layer(DefaultBodyLimit::max(brought::LARGEST)))
        .route("/desk/cases/{id}/documents/{document}/{version}", get(documents::content))
        .route("/desk/cases/{id}/documents/{document}/withdraw", post(documents::withdraw))
        .layer(map_response(kept_to_oneself))
}

/// No answer of the desk is kept by browsers or proxies: machines are shared, and what stands here is about people.
async fn kept_to_oneself(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Address of a case on the desk.
pub(crate) fn address(id: &CaseId) -> String {
    format!("/desk/cases/{id}")
}

/// The case that an address names.
fn named(id: &str) -> Result<CaseId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// Whoever visits, as the one who asks.
fn by(visit: &Visit) -> By<'_> {
    By::from(&visit.actor)
}

/// Day and time on the clocks of the offices: `2026-07-01 16:00`.
fn moment(at: Timestamp) -> String {
    network::local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The parts of the desk: address, name, whether one is there.
pub(crate) fn parts(visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
    let all = [
        ("/desk", visit.t("办件", "Cases")),
        ("/desk/new", visit.t("窗口登记", "New at the counter")),
        ("/desk/consultations", visit.t("咨询档案", "Consultations")),
        ("/desk/warnings", visit.t("监察预警", "Warnings")),
        ("/desk/figures", visit.t("统计", "Figures")),
        ("/desk/ratings", visit.t("评价", "Ratings")),
    ];
    let here = visit.address.split('?').next().unwrap_or_default();
    let of_ratings = || super::ratings::DESK.iter().any(|path| visit.at(path));
    let is_here = |path: &str| {
        let below = match path {
            "/desk" => here.starts_with("/desk/cases"),
            "/desk/ratings" => of_ratings(),
            _ => false,
        };
        here == path || below
    };
    let may = |path: &str| path != "/desk/new" || visit.actor.may(Permission::WorkCases);
    all.into_iter().filter(|(path, _)| may(path)).map(|(path, name)| (path, name, is_here(path))).collect()
}

/// A day in an address; empty is none.
fn day(name: &str, text: &str) -> Result<Option<Date>, Failure> {
    super::network::value(name, text, "YYYY-MM-DD")
}

/// Address of a list with one value more.
fn linked(path: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(Link::to(path), |link, (name, value)| link.with(name, value)).address()
}
