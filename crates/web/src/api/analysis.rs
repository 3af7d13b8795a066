//! `/api/v1/analysis`: the figures of a field.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use insight::{Analysis, Settings};
use serde::Deserialize;
use utoipa::IntoParams;

use super::asked::{As, Asked};
use crate::App;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Query; an empty one asks for everything.
    q: String,
    /// Spelling of the query.
    #[serde(rename = "as")]
    #[param(inline)]
    spelling: As,
    /// First filing year.
    #[param(minimum = 1700, maximum = 9999)]
    from: Option<i16>,
    /// Last filing year.
    #[param(minimum = 1700, maximum = 9999)]
    to: Option<i16>,
    /// Lines of a ranking; 20 unless asked otherwise.
    #[param(minimum = 10, maximum = 50)]
    top: Option<usize>,
}

/// Analyse what a query finds: trends, rankings, classes, regions, status, growth, concentration, networks, citations.
#[utoipa::path(get, operation_id = "analysis", path = "/analysis", tag = "analysis", params(Parameters), responses(
    (status = 200, description = "The figures, all from one pass over the rights that match.", body = Analysis),
))]
pub(crate) async fn analysis(
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Json<Analysis>, Failure> {
    let pairs = [
        ("from", asked.from.map(|year| year.to_string())),
        ("to", asked.to.map(|year| year.to_string())),
        ("top", asked.top.map(|top| top.to_string())),
    ];
    let settings = Settings::from_pairs(pairs.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))))?;
    let text = asked.spelling.own_words(asked.q)?;
    Ok(Json(insight::analyse(&app.searcher(), &text, &settings).await?))
}
