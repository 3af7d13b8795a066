//! One module a page: the handler, what it shows, its template in `templates/`.

mod analysis;
mod home;
mod language;
mod right;
pub(crate) mod search;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::App;
use crate::frame::Visit;

/// Addresses and names of the main navigation.
pub(crate) const fn navigation(visit: &Visit) -> [(&'static str, &'static str); 6] {
    let lang = visit.lang;
    [
        ("/search", lang.t("检索", "Search")),
        ("/analysis", lang.t("分析", "Analysis")),
        ("/numbers", lang.t("号码", "Numbers")),
        ("/classes", lang.t("分类", "Classes")),
        ("/eu-marks", lang.t("欧盟商标", "EU marks")),
        ("/help", lang.t("帮助", "Help")),
    ]
}

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(home::show))
        .route("/language/{code}", get(language::switch))
        .route("/search", get(search::show))
        .route("/rights/{id}", get(right::show))
        .route("/rights/{id}/json", get(right::json))
        .route("/rights/{id}/csv", get(right::csv))
        .route("/rights/{id}/parts", get(right::part))
        .route("/rights/{id}/sources/{number}", get(right::original))
        .route("/rights/{id}/figures/{index}", get(right::figure))
        .route("/rights/{id}/figures/{index}/{size}", get(right::figure))
        .route("/analysis", get(analysis::show))
        .route("/analysis/report", get(analysis::report))
        .route("/analysis/tables/{section}", get(analysis::table))
        .route("/analysis/saved", post(analysis::save))
        .route("/analysis/saved/{id}", get(analysis::saved))
        .route("/analysis/saved/{id}/report", get(analysis::saved_report))
        .route("/analysis/saved/{id}/tables/{section}", get(analysis::saved_table))
}
