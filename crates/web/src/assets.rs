//! Style sheets and scripts, built into the program; an address names its content, so that browsers may keep it for ever.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// One built-in file.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    body: &'static str,
}

const ASSETS: &[Asset] = &[
    Asset {
        name: "huizhi.css",
        media_type: "text/css; charset=utf-8",
        body: concat!(
            include_str!("../assets/css/base.css"),
            include_str!("../assets/css/frame.css"),
            include_str!("../assets/css/parts.css"),
            include_str!("../assets/css/search.css"),
            include_str!("../assets/css/right.css"),
            include_str!("../assets/css/analysis.css"),
            include_str!("../assets/css/lookups.css"),
            include_str!("../assets/css/help.css"),
            include_str!("../assets/css/form.css"),
            include_str!("../assets/css/network.css"),
            include_str!("../assets/css/ratings.css"),
            include_str!("../assets/css/account.css"),
            include_str!("../assets/css/desk.css"),
            include_str!("../assets/css/request.css"),
            include_str!("../assets/css/cases.css"),
            include_str!("../assets/css/services.css"),
            include_str!("../assets/css/governance.css"),
            include_str!("../assets/css/plans.css"),
            include_str!("../assets/css/indicators.css"),
            include_str!("../assets/css/assessments.css"),
            include_str!("../assets/css/credit.css"),
            include_str!("../assets/css/warnings.css"),
            include_str!("../assets/css/print.css"),
        ),
    },
    Asset { name: "charts.css", media_type: "text/css; charset=utf-8", body: charts::CSS },
    Asset {
        name: "huizhi.js",
        media_type: "text/javascript; charset=utf-8",
        body: include_str!("../assets/js/huizhi.js"),
    },
    Asset {
        name: "advanced.js",
        media_type: "text/javascript; charset=utf-8",
        body: include_str!("../assets/js/advanced.js"),
    },
    Asset {
        name: "request.js",
        media_type: "text/javascript; charset=utf-8",
        body: include_str!("../assets/js/request.js"),
    },
    Asset { name: "icon.svg", media_type: "image/svg+xml", body: include_str!("../assets/icon.svg") },
];

/// Addresses in the order of [`ASSETS`].
static ADDRESSES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let address = |asset: &Asset| {
        let hash = blake3::hash(asset.body.as_bytes()).to_hex();
        format!("/assets/{}/{}", &hash[..12], asset.name)
    };
    ASSETS.iter().map(address).collect()
});

/// Address of an asset; empty for a name that is none, which the tests of every page would show.
pub(crate) fn address(name: &str) -> String {
    let at = ASSETS.iter().position(|asset| asset.name == name);
    at.map(|at| ADDRESSES[at].clone()).unwrap_or_default()
}

pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{name}", get(serve)).route("/favicon.ico", get(icon))
}

async fn icon() -> Response {
    serve(Path((String::new(), "icon.svg".to_owned()))).await
}

/// An asset by its name; an old hash gives the new content, not to be kept.
async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let current = address(asset.name).split('/').nth(2).is_some_and(|known| known == hash);
    let keep = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, keep)], asset.body).into_response()
}
