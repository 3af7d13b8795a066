//! `/ops/3.2`: search and bibliographic data as the EPO's Open Patent Services answer them, so that their clients work
//! when they are pointed here. Patents and utility models alone; rights of other kinds have no place in that form.

mod biblio;
mod fault;
mod number;
mod search;
mod token;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use query::Query;

use fault::Fault;
pub(crate) use fault::fault;

use crate::App;
use crate::limit;

/// The services, below `/ops/3.2`.
pub(super) fn routes() -> Router<Arc<App>> {
    let search = || get(search::by_address).post(search::by_form);
    let data = "/rest-services/published-data";
    Router::new()
        .route("/auth/accesstoken", post(token::give))
        .route(&format!("{data}/search"), search())
        .route(&format!("{data}/search/{{constituents}}"), search())
        .route(&format!("{data}/publication/{{format}}/{{endpoint}}"), post(biblio::by_body))
        .route(
            &format!("{data}/publication/{{format}}/{{first}}/{{second}}"),
            get(biblio::by_address).post(biblio::by_body_or_address),
        )
        .route(
            &format!("{data}/publication/{{format}}/{{first}}/{{second}}/{{third}}"),
            get(biblio::by_address_with_constituents),
        )
        .fallback(nothing_here)
}

async fn nothing_here() -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        "CLIENT.InvalidReference",
        "There is no such service here; there are published-data/search and published-data/publication/{docdb|epodoc}/{number}/biblio",
    )
}

/// What the register holds that these services know: published patents and utility models.
fn published() -> Query {
    // A query of ours, which is understood; tests would show otherwise.
    query::parse("right=(invention OR utility-model) AND pd=*").unwrap_or(Query::All)
}

/// Whether the parts of an answer that are asked for are among those given here.
fn check_constituents(text: &str) -> Result<(), Fault> {
    match text.split(',').find(|part| !matches!(*part, "biblio" | "abstract" | "full-cycle")) {
        None => Ok(()),
        Some(other) => Err(Fault::new(
            StatusCode::NOT_FOUND,
            "CLIENT.InvalidReference",
            format!("«{other}» is not given here; there are biblio and abstract"),
        )),
    }
}

/// An XML answer.
fn answer(xml: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/xml"), (header::CACHE_CONTROL, "no-cache")], xml).into_response()
}

/// Requests a minute that are told where there is no limit.
const UNLIMITED: u32 = 1000;

/// Tells the limits as the services tell them; every service has the same.
pub(super) async fn throttling(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let number = |name| response.headers().get(name).and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
    let most = number(limit::LIMIT).unwrap_or(UNLIMITED);
    let colour = match number(limit::REMAINING).unwrap_or(most) {
        _ if response.status() == StatusCode::TOO_MANY_REQUESTS => "black",
        left if left * 2 >= most => "green",
        left if left * 4 >= most => "yellow",
        _ => "red",
    };
    let number = if colour == "black" { 0 } else { most };
    let services = ["images", "inpadoc", "other", "retrieval", "search"];
    let services = services.map(|service| format!("{service}={colour}:{number}")).join(", ");
    if let Ok(value) = HeaderValue::from_str(&format!("idle ({services})")) {
        response.headers_mut().insert(HeaderName::from_static("x-throttling-control"), value);
    }
    response
}
