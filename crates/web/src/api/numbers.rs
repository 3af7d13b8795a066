//! `/api/v1/numbers`: lists of numbers looked up at once.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use search::LookedUp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::rights::Nothing;
use crate::App;
use crate::problem::Failure;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Numbers in any spelling with commas, semicolons or line ends between them.
    #[param(example = "CN104751825B; US 8,926,509 B2")]
    list: String,
}

/// A list as JSON.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberList {
    /// Numbers in any spelling, one each.
    numbers: Vec<String>,
}

/// Look up a few numbers.
#[utoipa::path(get, operation_id = "lookUpFew", path = "/numbers", tag = "numbers", params(Parameters), responses(
    (status = 200, description = "What each number leads to, in the order of the list.", body = LookedUp),
))]
pub(crate) async fn few(
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Json<LookedUp>, Failure> {
    Ok(Json(app.searcher().look_up(&asked.list).await?))
}

/// Look up a list of numbers: the first 10,000.
#[utoipa::path(post, operation_id = "lookUp", path = "/numbers", tag = "numbers",
    request_body(content((String = "text/plain"), (NumberList = "application/json")), description = "The list: text as a person would paste it, or JSON."),
    responses(
        (status = 200, description = "What each number leads to, in the order of the list.", body = LookedUp),
        (status = 413, description = "The list is longer than 2 MiB."),
        (status = 415, description = "Neither text nor JSON."),
    ))]
pub(crate) async fn many(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    _: Asked<Nothing>,
    body: Bytes,
) -> Result<Json<LookedUp>, Failure> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/plain");
    let list = match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/plain" | "text/csv" => String::from_utf8_lossy(&body).into_owned(),
        "application/json" => from_json(&body)?,
        _ => return Err(Failure::MediaType("text/plain, application/json")),
    };
    Ok(Json(app.searcher().look_up(&list).await?))
}

/// One number a line; a line end inside a number would make two of it.
fn from_json(body: &[u8]) -> Result<String, Failure> {
    let list: NumberList = serde_json::from_slice(body).map_err(|error| {
        Failure::Parameter(
            "numbers".to_owned(),
            format!("JSON 有误：{error}"),
            format!("The JSON cannot be read: {error}"),
        )
    })?;
    let lines: Vec<String> = list.numbers.iter().map(|number| number.replace(['\n', '\r'], " ")).collect();
    Ok(lines.join("\n"))
}
