//! Assessments, their scores and reviews.

use std::sync::Arc;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
}
