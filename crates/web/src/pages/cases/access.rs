//! What lets someone without an account in: the code of a draft or of a request, in a cookie of that page alone.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use cases::{By, CaseId, TrackingCode};
use network::Id;

use crate::App;
use crate::frame::Visit;
use crate::session;

/// Cookie that holds a code; its path says of what.
const COOKIE: &str = "code";

/// The code that a request brings, if any.
pub(crate) struct Held(pub(crate) Option<TrackingCode>);

impl Held {
    pub(super) fn code(&self) -> Option<&TrackingCode> {
        self.0.as_ref()
    }

    /// Whoever asks.
    pub(super) fn by<'a>(&'a self, visit: &'a Visit) -> By<'a> {
        By { actor: &visit.actor, tracking: self.code() }
    }
}

impl FromRequestParts<Arc<App>> for Held {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(jar.get(COOKIE).and_then(|cookie| cookie.value().parse().ok())))
    }
}

/// Address of a request's page.
pub(super) fn case(id: &CaseId) -> String {
    format!("/cases/{id}")
}

/// Address of a draft.
pub(super) fn draft(id: &Id) -> String {
    format!("/cases/drafts/{id}")
}

/// Keeps a code in the browser until it closes, for the pages below a path: many people share the machines of a library.
pub(super) fn keep(app: &App, response: &mut Response, path: String, code: &TrackingCode) {
    let secure = app.settings.public_url.as_ref().is_some_and(|url| url.starts_with("https://"));
    let cookie = Cookie::build((COOKIE, code.to_string())).path(path).http_only(true).same_site(SameSite::Lax);
    session::set(response, &cookie.secure(secure).build());
}

/// Keeps the code of a request for its page and for the one on which it is rated.
pub(crate) fn keep_case(app: &App, response: &mut Response, id: &CaseId, code: &TrackingCode) {
    keep(app, response, case(id), code);
    keep(app, response, format!("/rate{}", case(id)), code);
}

/// Takes the code of a request out of the browser.
pub(super) fn forget_case(response: &mut Response, id: &CaseId) {
    forget(response, case(id));
    forget(response, format!("/rate{}", case(id)));
}

/// Takes the code of a path out of the browser.
pub(super) fn forget(response: &mut Response, path: String) {
    let cookie = Cookie::build((COOKIE, "")).path(path).http_only(true).same_site(SameSite::Lax);
    session::set(response, &cookie.removal().build());
}
