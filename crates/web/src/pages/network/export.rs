//! The network as files: everything that is not closed on a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{asked, failed, moment};
use crate::App;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    on: String,
    versions: String,
}

/// CSV, which the import takes again; with `versions=1` rows that changed meanwhile are refused then.
pub(crate) async fn csv(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let day = asked::day(&parameters.on)?.unwrap_or(moment(&app).date());
    let mut read = app.network.database().read().await.map_err(|error| failed(error.into()))?;
    let bytes = network::export_csv(&mut read, day, !parameters.versions.is_empty()).await.map_err(failed)?;
    // Spreadsheets take a file without the mark for one in the local code page.
    let bytes = [b"\xEF\xBB\xBF".as_slice(), &bytes].concat();
    let name = format!("attachment; filename=\"network-{day}.csv\"");
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// Open Referral HSDS 3.
pub(crate) async fn hsds(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let day = asked::day(&parameters.on)?.unwrap_or(moment(&app).date());
    let mut read = app.network.database().read().await.map_err(|error| failed(error.into()))?;
    // The file is for machines everywhere: titles in Chinese, as the names of organisations.
    let items = app.services.items_on(day, &services::ItemQuery::default()).await?;
    let title = |version: services::Version| (version.code.as_str().to_owned(), version.item.title.zh);
    let titles: BTreeMap<String, String> = items.into_iter().map(title).collect();
    let file = network::export_hsds(&mut read, day, &|code| titles.get(code).cloned()).await.map_err(failed)?;
    let name = format!("attachment; filename=\"network-{day}.json\"");
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(file)).into_response())
}
