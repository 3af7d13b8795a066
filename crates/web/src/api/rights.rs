//! `/api/v1/rights/{id}`: one right, by its id or by a number in any spelling.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use records::{Right, RightId};
use search::Dossier;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::fresh;
use crate::App;
use crate::link;
use crate::problem::Failure;

/// No parameters but `lang`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// One right.
#[utoipa::path(get, operation_id = "right", path = "/rights/{id}", tag = "rights",
    params(("id" = String, Path, description = "Id, or a number of it in any spelling (`/` as `%2F`).", example = "CN104751825B")),
    responses(
        (status = 200, description = "The right; its status is that of today. `Content-Location` gives its lasting address.", body = Right),
        (status = 404, description = "No right has this id or number."),
        (status = 409, description = "The number fits several rights."),
    ))]
pub(crate) async fn right(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    _: Asked<Nothing>,
) -> Result<Response, Failure> {
    let right = one(&app, &id).await?;
    answer(&headers, &right, &format!("/api/v1{}", link::right(right.id.as_str())))
}

/// One right with everything round it: family, citations both ways, similar rights, meanings of its classes, related filings.
#[utoipa::path(get, operation_id = "dossier", path = "/rights/{id}/dossier", tag = "rights",
    params(("id" = String, Path, description = "Id, or a number of it in any spelling (`/` as `%2F`).", example = "CN104751825B")),
    responses(
        (status = 200, description = "The right and what is round it.", body = Dossier),
        (status = 404, description = "No right has this id or number."),
        (status = 409, description = "The number fits several rights."),
    ))]
pub(crate) async fn dossier(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    _: Asked<Nothing>,
) -> Result<Response, Failure> {
    let known = match RightId::read(&id) {
        Some(id) => app.searcher().dossier(&id).await?,
        None => None,
    };
    let dossier = if let Some(dossier) = known {
        dossier
    } else {
        let right = one(&app, &id).await?;
        app.searcher().dossier(&right.id).await?.ok_or_else(|| missing(&id))?
    };
    answer(&headers, &dossier, &format!("/api/v1{}/dossier", link::right(dossier.right.id.as_str())))
}

/// The one right that a text names.
async fn one(app: &App, text: &str) -> Result<Right, Failure> {
    let mut rights = app.searcher().show(text).await?;
    match rights.len() {
        0 => Err(missing(text)),
        1 => Ok(rights.remove(0)),
        _ => Err(Failure::Ambiguous(rights.iter().map(|right| right.id.to_string()).collect())),
    }
}

fn missing(text: &str) -> Failure {
    Failure::Missing(
        format!("本库中没有标识或号码为「{text}」的权利"),
        format!("No right here has the id or number «{text}»"),
    )
}

/// JSON with a tag of its content, or nothing when the client has it.
fn answer(headers: &HeaderMap, body: &impl Serialize, location: &str) -> Result<Response, Failure> {
    let json = serde_json::to_vec(body).map_err(|error| Failure::Broken(error.into()))?;
    let tag = fresh::weak(&[&json]);
    if fresh::known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let told = [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_LOCATION, location.to_owned()),
    ];
    Ok((told, json).into_response())
}
