//! Headers that keep a page to itself, and requests that did not come from one of ours.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Failure;

/// Nothing from elsewhere, nothing inline: text of an office file that slipped through as markup could do nothing.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// Sets the headers on every answer.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// A form that was sent from a page of another site is refused: nobody writes here by a link elsewhere.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let foreign = match (site, headers.get(header::ORIGIN), headers.get(header::HOST)) {
        (Some(site), ..) => !matches!(site, b"same-origin" | b"none"),
        (None, Some(origin), Some(host)) => {
            let origin = origin.to_str().unwrap_or_default();
            origin.split_once("://").map(|(_, host)| host).unwrap_or_default().as_bytes() != host.as_bytes()
        }
        _ => false,
    };
    if foreign && !request.method().is_safe() {
        return Failure::wrong(
            "这个请求来自别的网站，未予执行。请在本站页面上重新提交。",
            "The request came from another site and was not carried out. Send it from a page of this site.",
        )
        .into_response();
    }
    next.run(request).await
}
