//! `/cases`: requests for service, by those who make them: from the choice of a service to the confirmation of what came of it.
//!
//! A draft is a page a step, kept with every step; a request is followed by its account or by the tracking code of its
//! receipt, which a cookie of that one request holds.

mod access;
mod acts;
pub(crate) mod brought;
mod case;
mod choose;
mod course;
mod documents;
mod draft;
mod own;
mod prefill;
mod receipt;
mod review;
pub(crate) mod stages;
mod timeline;
mod track;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::Timestamp;

use crate::App;
use crate::pages::today;

pub(crate) use access::{Held, keep_case};

pub(crate) fn routes() -> Router<Arc<App>> {
    let files = || DefaultBodyLimit::max(brought::LARGEST);
    Router::new()
        .route("/cases", get(own::show))
        .route("/cases/new", get(choose::show).post(choose::begin))
        .route("/cases/track", get(track::ask).post(track::look))
        .route("/cases/drafts/{id}", get(draft::open))
        .route("/cases/drafts/{id}/steps/{step}", get(draft::show).post(draft::keep).layer(files()))
        .route("/cases/drafts/{id}/review", get(review::show))
        .route("/cases/drafts/{id}/send", post(review::send).layer(DefaultBodyLimit::max(review::LARGEST)))
        .route("/cases/drafts/{id}/discard", post(draft::discard))
        .route("/cases/{id}", get(case::show))
        .route("/cases/{id}/receipt", get(receipt::show))
        .route("/cases/{id}/leave", post(track::leave))
        .route("/cases/{id}/message", post(acts::say))
        .route("/cases/{id}/supplement", post(acts::supplement).layer(files()))
        .route("/cases/{id}/documents", post(documents::add).layer(files()))
        .route("/cases/{id}/documents/{document}/withdraw", post(documents::withdraw))
        .route("/cases/{id}/documents/{document}/{version}", get(documents::download))
        .route("/cases/{id}/{act}", post(acts::act))
}

/// Day and time on the clocks of the country: `2026-07-01 16:00`.
fn local(at: Timestamp) -> String {
    network::local(at).strftime("%Y-%m-%d %H:%M").to_string()
}
