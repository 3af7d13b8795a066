//! `/services`: what the network does for people, the guide of each item, and the pages of those who keep them.

mod try_form;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use jiff::civil::Date;
use services::{ItemCode, ServicesError, Version};

use crate::App;
use crate::problem::Failure;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/services/{code}/form", get(try_form::show).post(try_form::try_out))
}

/// The item that an address names.
pub(crate) fn named(code: &str) -> Result<ItemCode, Failure> {
    code.parse().map_err(|_| Failure::NotFound)
}

/// The version of an item that is in force on a day.
pub(crate) async fn in_force(app: &App, code: &str, day: Date) -> Result<Version, Failure> {
    let code = named(code)?;
    let found = app.services.version_on(&code, day).await?;
    found.ok_or_else(|| ServicesError::NoItem(code).into())
}

/// Today where the offices are.
pub(crate) fn today(app: &App) -> Date {
    services::office_day((app.clock.now)())
}
