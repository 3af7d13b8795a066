//! `/api`: everything the pages know, for programs. One module an operation; the document that describes them is made
//! from the same declarations that mount them. `asked` reads parameters, `fresh` spares answers that a client has,
//! [`ops`] speaks as the EPO's Open Patent Services do.

mod analysis;
mod asked;
mod classes;
mod data;
mod document;
mod export;
mod facets;
mod fresh;
mod numbers;
pub(crate) mod ops;
mod query;
mod rights;
mod search;
mod suggest;

use std::sync::Arc;

use axum::http::{HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::limit::{self, Limiter};
use crate::problem::nothing_here;
use crate::{App, Settings};

/// Every operation with its description.
fn operations() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(document::beginning())
        .routes(routes!(search::search))
        .routes(routes!(facets::facets))
        .routes(routes!(suggest::suggest))
        .routes(routes!(query::query))
        .routes(routes!(export::export))
        .routes(routes!(rights::right))
        .routes(routes!(rights::dossier))
        .routes(routes!(numbers::few, numbers::many))
        .routes(routes!(classes::search))
        .routes(routes!(classes::top))
        .routes(routes!(classes::place))
        .routes(routes!(analysis::analysis))
        .routes(routes!(data::data))
        .routes(routes!(document::show))
}

/// The API and the office-style services, with their limits.
pub(crate) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    let limiter = Limiter::of(&app.settings);
    let (v1, described) = operations().split_for_parts();
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
