//! Governance: plans, indicators, assessments, credit and warnings of a jurisdiction.

pub(crate) mod assessments;
pub(crate) mod credit;
pub(crate) mod indicators;
pub(crate) mod plans;
pub(crate) mod warnings;

use std::sync::Arc;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .merge(plans::routes())
        .merge(indicators::routes())
        .merge(assessments::routes())
        .merge(credit::routes())
        .merge(warnings::routes())
}
