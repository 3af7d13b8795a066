//! The items in force on a day as files, with the conditions of the list.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::asked::{Asked, Parameters};
use super::today;
use crate::App;
use crate::problem::Failure;

/// JSON with the element names and code values of GB/T 39046, which the import takes again.
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(&parameters)?;
    let day = asked.on.unwrap_or(today(&app));
    let items = app.services.items_on(day, &asked.query()).await?;
    Ok(named(&format!("services-{day}.json"), "application/json", services::export_json(&items)?))
}

/// CSV, one row an item, which the import takes again.
pub(crate) async fn csv(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(&parameters)?;
    let day = asked.on.unwrap_or(today(&app));
    let items = app.services.items_on(day, &asked.query()).await?;
    // Spreadsheets take a file without the mark for one in the local code page.
    let bytes = [b"\xEF\xBB\xBF".as_slice(), &services::export_csv(&items)?].concat();
    Ok(named(&format!("services-{day}.csv"), "text/csv; charset=utf-8", bytes))
}

/// Holidays and make-up days of all years that are known, which the import takes again.
pub(crate) async fn calendar(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let calendar = app.services.calendar().await?;
    let years: Vec<i16> = calendar.years().collect();
    let bytes = [b"\xEF\xBB\xBF".as_slice(), &services::export_calendar(&calendar, &years)?].concat();
    Ok(named("calendar.csv", "text/csv; charset=utf-8", bytes))
}

fn named(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
