//! `/services`: what the network does for people, the guide of each item, and the pages of those who keep them.

mod act;
mod asked;
mod calendar;
mod edit;
mod files;
mod guide;
mod import;
mod keep;
mod list;
mod try_form;
mod upload;
mod versions;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use jiff::civil::Date;
use services::{ItemCode, ServicesError, Version};

use crate::App;
use crate::link::Link;
use crate::pages::today;
use crate::problem::Failure;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/services", get(list::show))
        .route("/services.json", get(files::json))
        .route("/services.csv", get(files::csv))
        .route("/services/calendar", get(calendar::show))
        .route("/services/calendar.csv", get(files::calendar))
        .route(
            "/services/calendar/import",
            get(calendar::ask).post(calendar::bring).layer(DefaultBodyLimit::max(calendar::LARGEST)),
        )
        .route("/services/import", get(import::ask).post(import::bring).layer(DefaultBodyLimit::max(import::LARGEST)))
        .route("/services/keep", get(keep::show))
        .route("/services/keep/new", get(edit::new).post(edit::create).layer(DefaultBodyLimit::max(edit::LARGEST)))
        .route("/services/{code}", get(guide::show))
        .route("/services/{code}/draft", get(edit::next).post(edit::begin).layer(DefaultBodyLimit::max(edit::LARGEST)))
        .route("/services/{code}/form", get(try_form::show).post(try_form::try_out))
        .route("/services/{code}/versions", get(versions::show))
        .route("/services/{code}/versions/{number}", get(guide::version))
        .route(
            "/services/{code}/versions/{number}/edit",
            get(edit::edit).post(edit::change).layer(DefaultBodyLimit::max(edit::LARGEST)),
        )
        .route("/services/{code}/versions/{number}/{act}", get(act::ask).post(act::act))
        .route("/services/{code}/differences", get(versions::differences))
}

/// The item that an address names.
pub(crate) fn named(code: &str) -> Result<ItemCode, Failure> {
    code.parse().map_err(|_| Failure::NotFound)
}

/// The guide of an item, on a day where it is not today.
pub(crate) fn address(code: &ItemCode, on: Option<Date>) -> String {
    Link::to(format!("/services/{code}")).with("on", on.map_or_else(String::new, |day| day.to_string())).address()
}

/// The version of an item that is in force on a day.
pub(crate) async fn in_force(app: &App, code: &str, day: Date) -> Result<Version, Failure> {
    let code = named(code)?;
    let found = app.services.version_on(&code, day).await?;
    found.ok_or_else(|| ServicesError::NoItem(code).into())
}
