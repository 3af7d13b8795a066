//! Pages for people and an API for machines.
//!
//! [`router`] makes the whole site from an [`App`]: pages, their JSON twins under `/api/v1`, assets. A handler reads
//! the request, asks one domain crate and hands the answer to a template; it holds no SQL, no rule and no permission.
//! Pages work without script, in Chinese and English; every address says all that its page depends on.

mod api;
mod app;
mod assets;
mod form;
mod frame;
mod guard;
mod language;
mod limit;
mod link;
mod pages;
mod parcel;
mod problem;
mod sent;
mod session;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;

pub use app::{App, Clock, Persona, Rooms, Settings};
pub use language::Lang;

/// The whole site.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(pages::routes())
        .merge(assets::routes())
        .layer(from_fn(guard::same_origin))
        // What is sent to the API changes nothing here, so pages of other sites may send it where the settings allow.
        .merge(api::routes(&app))
        .fallback(problem::nothing_here)
        .layer(CatchPanicLayer::custom(problem::broke_off))
        .layer(from_fn(guard::headers))
        .layer(from_fn_with_state(Arc::clone(&app), problem::dress))
        .layer(from_fn_with_state(Arc::clone(&app), session::who))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}
