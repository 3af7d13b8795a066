//! `/api/v1/data`: what is in the register and how new it is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use records::Date;
use search::Freshness;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::rights::Nothing;
use crate::App;
use crate::problem::Failure;

/// What is here and how new it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct DataAnswer {
    /// The register.
    register: Freshness,
    /// The index, which follows it.
    index: IndexStand,
    /// Whether this is a demonstration with made-up data.
    demonstration: bool,
    /// Version of the program.
    version: &'static str,
}

/// Where the index stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct IndexStand {
    /// Entry of the register's feed up to which it is searchable; `register.seq` is the last one.
    cursor: i64,
    /// Rights in it.
    rights: u64,
    /// Day for which its statuses hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
}

/// Counts and freshness of the data.
#[utoipa::path(get, operation_id = "data", path = "/data", tag = "data", responses(
    (status = 200, description = "What is here.", body = DataAnswer),
))]
pub(crate) async fn data(State(app): State<Arc<App>>, _: Asked<Nothing>) -> Result<Json<DataAnswer>, Failure> {
    let searcher = app.searcher();
    let register = searcher.freshness().await?.as_ref().clone();
    let index = searcher.index();
    let index = IndexStand { cursor: index.cursor()?, rights: index.documents()?, day: index.day()? };
    let demonstration = app.settings.demonstration;
    Ok(Json(DataAnswer { register, index, demonstration, version: env!("CARGO_PKG_VERSION") }))
}
