//! Answers that a client has already are not made again.
//!
//! What the API answers depends on the address, the language, the day, the register and the index alone, so a tag of these
//! can be compared before any work is done. Tags are weak: an answer with the same tag says the same, but tells how long
//! it took anew.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// Revalidation of every safe request. A handler may set a tag of its own.
pub(crate) async fn revalidate(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return with_caching(next.run(request).await, None);
    }
    let (parts, body) = request.into_parts();
    let tag = match tag(&app, &Visit::of(&parts, &app)).await {
        Ok(tag) => tag,
        Err(failure) => return failure.into_response(),
    };
    if known(&parts.headers, &tag) {
        return with_caching(StatusCode::NOT_MODIFIED.into_response(), Some(&tag));
    }
    with_caching(next.run(Request::from_parts(parts, body)).await, Some(&tag))
}

/// The tag of what a visit asks for, as everything stands now.
async fn tag(app: &App, visit: &Visit) -> Result<String, Failure> {
    let searcher = app.searcher();
    let index = searcher.index();
    let (cursor, day) = (index.cursor()?, index.day()?);
    let revision = searcher.register().revision().await.map_err(|error| Failure::Broken(Box::new(error)))?;
    let day = day.map_or_else(String::new, |day| day.to_string());
    let stand = format!("{cursor} {day} {revision} {} {}", searcher.today(), env!("CARGO_PKG_VERSION"));
    Ok(weak(&[stand.as_bytes(), visit.lang.code().as_bytes(), visit.address.as_bytes()]))
}

/// A weak tag of these texts.
pub(crate) fn weak(texts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for text in texts {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    format!("W/\"{}\"", &hasher.finalize().to_hex()[..24])
}

/// Whether the client names this tag; strong and weak spellings of it are the same here (RFC 9110, 13.1.2).
pub(crate) fn known(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let named = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|named| bare(named) == bare(tag))
}

fn with_caching(mut response: Response, tag: Option<&str>) -> Response {
    let tagged = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    if let Some(tag) = tag.filter(|_| tagged).and_then(|tag| HeaderValue::from_str(tag).ok()) {
        headers.entry(header::ETAG).or_insert(tag);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    response
}
