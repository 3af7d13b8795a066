//! `/api/v1/query`: how a query is understood.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use index::ClauseHits;
use query::Query;
use search::Options;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{As, Asked};
use crate::App;
use crate::frame::Visit;
use crate::problem::{Failure, Problem};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// The query.
    #[param(example = "ti=(电池 OR 蓄电池) AND ad>=2020")]
    q: String,
    /// Spelling of the query.
    #[serde(rename = "as")]
    #[param(inline)]
    spelling: As,
    /// Count the rights that each clause finds.
    count: bool,
}

/// How a query is understood.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueryAnswer {
    /// Canonical text in Huizhi's own words; absent when there is a mistake.
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    /// Its clauses in canonical text, in their order.
    clauses: Vec<ClauseView>,
    /// Rights that match; when counts were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// What is wrong with it, with place and mend.
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<Problem>,
}

/// One clause.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseView {
    /// Canonical text.
    clause: String,
    /// Code of its field; absent when it looks into all fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// Rights that it finds by itself; when counts were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    hits: Option<u64>,
}

/// Read a query without searching: its canonical text and clauses, or the mistake with its mend.
#[utoipa::path(get, operation_id = "readQuery", path = "/query", tag = "search", params(Parameters), responses(
    (status = 200, description = "How the query is understood, or where it is mistaken.", body = QueryAnswer),
))]
pub(crate) async fn query(
    visit: Visit,
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Json<QueryAnswer>, Failure> {
    let query = match query::parse_as(&asked.q, asked.spelling.spelling()) {
        Ok(query) => query,
        Err(mistake) => {
            let mistake = Some(Problem::mistaken(mistake, visit.lang));
            return Ok(Json(QueryAnswer { query: None, clauses: Vec::new(), total: None, mistake }));
        }
    };
    let leaves = query::leaves(&query).into_iter();
    let clauses = leaves.map(|leaf| ClauseView {
        clause: query::canonical(&Query::Leaf(leaf.clone())),
        field: leaf.field.map(query::Field::code),
        hits: None,
    });
    let canonical = query::canonical(&query);
    let mut answer = QueryAnswer { clauses: clauses.collect(), total: None, mistake: None, query: None };
    if asked.count {
        let options = Options { limit: 0, facets: Vec::new(), explain: true, ..Options::default() };
        let found = app.searcher().search(&canonical, options).await?;
        answer.total = Some(found.total);
        for (clause, ClauseHits { hits, .. }) in answer.clauses.iter_mut().zip(found.clauses) {
            clause.hits = Some(hits);
        }
    }
    answer.query = Some(canonical);
    Ok(Json(answer))
}
