//! `/api`: everything the pages know, for programs. One module an operation; the document that describes them is made
//! from the same declarations that mount them. `asked` reads parameters, `fresh` spares answers that a client has,
//! [`ops`] speaks as the EPO's Open Patent Services do.

mod agencies;
mod analysis;
mod asked;
mod assessments;
mod classes;
mod data;
mod document;
mod export;
mod facets;
mod fresh;
mod indicators;
mod network;
mod numbers;
pub(crate) mod ops;
mod plans;
mod query;
mod rights;
mod search;
mod services;
mod suggest;

use std::sync::Arc;

use axum::http::{HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_axum::routes;

use crate::limit::{self, Limiter};
use crate::problem::nothing_here;
use crate::{App, Settings};

/// Every operation with its description.
fn operations() -> Vec<UtoipaMethodRouter<Arc<App>>> {
    vec![
        routes!(search::search),
        routes!(facets::facets),
        routes!(suggest::suggest),
        routes!(query::query),
        routes!(export::export),
        routes!(rights::right),
        routes!(rights::dossier),
        routes!(numbers::few, numbers::many),
        routes!(classes::search),
        routes!(classes::top),
        routes!(classes::place),
        routes!(analysis::analysis),
        routes!(network::list),
        routes!(network::coverage),
        routes!(network::one),
        routes!(services::list),
        routes!(services::one),
        routes!(services::calendar),
        routes!(indicators::list),
        routes!(indicators::one),
        routes!(plans::list),
        routes!(plans::one),
        routes!(assessments::list),
        routes!(assessments::one),
        routes!(agencies::list),
        routes!(agencies::one),
        routes!(data::data),
        routes!(document::show),
    ]
}

/// The API and the office-style services, with their limits.
pub(crate) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    let limiter = Limiter::of(&app.settings);
    let v1 = OpenApiRouter::with_openapi(document::beginning());
    let (v1, described) = operations().into_iter().fold(v1, OpenApiRouter::routes).split_for_parts();
    let v1 = v1
        .layer(Extension(document::Document::of(described)))
        .layer(from_fn_with_state(Arc::clone(app), fresh::revalidate));
    let mut api = Router::new().nest("/v1", v1).fallback(nothing_here);
    let mut ops = ops::routes();
    if let Some(limiter) = limiter {
        api = api.layer(from_fn_with_state(Arc::clone(&limiter), limit::limit));
        ops = ops.layer(from_fn_with_state(limiter, limit::limit));
    }
    Router::new().nest("/api", api.layer(cors(&app.settings))).nest("/ops/3.2", ops.layer(from_fn(ops::throttling)))
}

/// Which pages of other sites may read the API: those of the settings.
fn cors(settings: &Settings) -> CorsLayer {
    let origins = &settings.allowed_origins;
    let origin = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()))
    };
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::CONTENT_DISPOSITION,
            header::RETRY_AFTER,
            limit::LIMIT,
            limit::REMAINING,
            limit::RESET,
        ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::operations;

    #[test]
    fn no_two_types_share_a_name_in_the_document() {
        let mut known = BTreeMap::new();
        for (name, schema) in operations().into_iter().flat_map(|(schemas, ..)| schemas) {
            let first = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert!(*first == schema, "{name} stands for two types: give one another name with #[schema(as = …)]");
        }
        assert!(known.len() > 50, "{}", known.len());
    }
}
