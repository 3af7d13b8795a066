//! One module a page: the handler, what it shows, its template in `templates/`.

mod account;
mod admin;
mod advanced;
mod analysis;
pub(crate) mod cases;
mod classes;
mod compare;
pub(crate) mod desk;
mod entrance;
mod eu_marks;
#[cfg(debug_assertions)]
mod gallery;
pub(crate) mod governance;
mod help;
mod home;
mod language;
pub(crate) mod network;
mod numbers;
pub(crate) mod ratings;
pub(crate) mod request_form;
mod right;
pub(crate) mod search;
pub(crate) mod services;

use std::str::FromStr;
use std::sync::Arc;

use accounts::Permission;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::civil::Date;

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// Today where the offices are.
pub(crate) fn today(app: &App) -> Date {
    ::network::office_day((app.clock.now)())
}

/// A key that makes sending a form twice one act.
pub(crate) fn key(app: &App) -> String {
    app.random().id((app.clock.now)()).to_string()
}

/// Whatever an address names by an id or a code.
pub(crate) fn named<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Rows of a figure's table on a page; its download has all.
pub(crate) const TABLE_ROWS: usize = 100;

/// Addresses and names of the main navigation: what is everyone's, then what the visitor's roles open.
pub(crate) fn navigation(visit: &Visit) -> Vec<(&'static str, &'static str)> {
    let lang = visit.lang;
    let public = [
        ("/search", lang.t("检索", "Search")),
        ("/analysis", lang.t("分析", "Analysis")),
        ("/numbers", lang.t("号码", "Numbers")),
        ("/classes", lang.t("分类", "Classes")),
        ("/eu-marks", lang.t("欧盟商标", "EU marks")),
        ("/services", lang.t("服务", "Services")),
        ("/cases", lang.t("需求", "Requests")),
        ("/network", lang.t("网点", "Network")),
        ("/help", lang.t("帮助", "Help")),
    ];
    let own: [(&[Permission], _, _); 3] = [
        (&[Permission::ReadCases], "/desk", lang.t("工作台", "Desk")),
        (governance::ANY_OF, "/governance", lang.t("治理", "Governance")),
        (admin::ANY_OF, "/admin", lang.t("管理", "Administration")),
    ];
    let opened = own.into_iter().filter(|(any_of, ..)| visit.actor.require_one_of(any_of).is_ok());
    public.into_iter().chain(opened.map(|(_, path, name)| (path, name))).collect()
}

pub(crate) fn routes() -> Router<Arc<App>> {
    let router = Router::new();
    // Every component on one page, for those who build the site.
    #[cfg(debug_assertions)]
    let router = router.route("/gallery", get(gallery::show));
    router
        .route("/", get(home::show))
        .route("/language/{code}", get(language::switch))
        .route("/search", get(search::show))
        .route("/search/advanced", get(advanced::show))
        .route("/compare", get(compare::show))
        .route("/numbers", get(numbers::show).post(numbers::look_up).layer(DefaultBodyLimit::max(numbers::LARGEST)))
        .route("/numbers/download", post(numbers::download).layer(DefaultBodyLimit::max(numbers::LARGEST)))
        .route("/classes", get(classes::schemes))
        .route("/classes/{scheme}", get(classes::browse))
        .route("/eu-marks", get(eu_marks::show))
        .route("/help", get(help::overview))
        .route("/help/query", get(help::query))
        .route("/help/data", get(help::data))
        .route("/help/api", get(help::api))
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
        .merge(cases::routes())
        .merge(account::routes())
        .merge(admin::routes())
        .merge(entrance::routes())
        .merge(governance::routes())
        .merge(network::routes())
        .merge(desk::routes())
        .merge(ratings::routes())
        .merge(services::routes())
}
