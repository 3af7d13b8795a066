//! Who visits: the cookie of a session becomes an actor before any handler runs.

use std::sync::Arc;

use accounts::{Actor, Origin, Random, Signed, Token, sending};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::App;
use crate::limit;
use crate::problem::Failure;

/// Cookie that holds the token of a session.
const COOKIE: &str = "session";

/// Reads the cookie and leaves who it is to everything inside. A token that was replaced for new roles goes back at once.
pub(crate) async fn who(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    // Style and script are the same for everybody.
    let whoever = request.uri().path().starts_with("/assets/");
    let Some(token) = token_of(request.headers()).filter(|_| !whoever) else { return next.run(request).await };
    let now = (app.clock.now)();
    let signed = match app.accounts.actor(&token, now).await {
        Ok(signed) => signed,
        Err(error) => return Failure::from(error).into_response(),
    };
    let mut fresh = None;
    if let Some(signed) = signed {
        if signed.rotate {
            fresh = app.accounts.rotate(&token, now, &mut app.random()).await.ok().flatten();
        }
        if is_for_a_page(&request) {
            // A page whose badge cannot be counted is a page all the same.
            let unread = sending::unread(&app.notices, &signed.actor).await.unwrap_or_default();
            request.extensions_mut().insert(Unread(unread));
        }
        request.extensions_mut().insert(Arc::new(signed));
    }
    let mut response = next.run(request).await;
    // A page that signs out or in sets the cookie itself.
    if let Some(fresh) = fresh.filter(|_| !response.headers().contains_key(header::SET_COOKIE)) {
        set(&mut response, &cookie(&app, &fresh));
    }
    response
}

/// How many notices whoever visits has not read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unread(pub(crate) u64);

/// Whether a frame is drawn round the answer, in which the number of new notices stands.
fn is_for_a_page(request: &Request) -> bool {
    let path = request.uri().path();
    !["/api/", "/ops/"].iter().any(|other| path.starts_with(other))
}

/// Who visits, in the extensions of a request.
pub(crate) fn signed(extensions: &axum::http::Extensions) -> Option<Arc<Signed>> {
    extensions.get::<Arc<Signed>>().cloned()
}

/// The actor of a request; a visitor where no one has signed in.
pub(crate) fn actor(signed: Option<&Arc<Signed>>) -> Actor {
    signed.map_or_else(Actor::visitor, |signed| signed.actor.clone())
}

/// The token that a request brings.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<Token> {
    CookieJar::from_headers(headers).get(COOKIE)?.value().parse().ok()
}

/// The cookie that keeps a session until the browser closes: many people share the machines of a library.
pub(crate) fn cookie(app: &App, token: &Token) -> Cookie<'static> {
    let cookie = Cookie::build((COOKIE, token.text())).path("/").http_only(true).same_site(SameSite::Lax);
    cookie.secure(is_secure(app)).build()
}

/// Whether the site is known outside under an address that is encrypted, so that cookies go there alone.
pub(crate) fn is_secure(app: &App) -> bool {
    app.settings.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
}

/// The cookie that takes a session out of the browser.
pub(crate) fn no_cookie() -> Cookie<'static> {
    Cookie::build((COOKIE, "")).path("/").http_only(true).same_site(SameSite::Lax).removal().build()
}

/// Puts a cookie on an answer.
pub(crate) fn set(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Where a request comes from, for the list of sessions and the limits of signing in.
pub(crate) fn origin(app: &App, request: &axum::http::request::Parts) -> Origin {
    let address = limit::address(app.settings.behind_proxy, &request.headers, &request.extensions).to_string();
    let device = request.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Origin { device: device.chars().take(200).collect(), address }
}

impl App {
    /// Chance for one act.
    pub(crate) fn random(&self) -> Random {
        Random::new((self.clock.random)())
    }
}
