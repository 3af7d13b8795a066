//! `/sign-in/with/{provider}`: by single sign-on; `/sign-in/return`: back from there.

use std::sync::Arc;

use accounts::{AccountsError, Arrived, Begun, Returned, Token};
use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::back;
use super::sign_in::entered;
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::session;

/// Cookie that knows the browser again which went to the provider.
const COOKIE: &str = "sign-in";
/// Where that cookie is sent.
const PLACE: &str = "/sign-in";

/// The page between: a form may lead to pages of this site alone, so the browser is sent on from here.
#[derive(Template)]
#[template(path = "entrance/onward.html")]
struct OnwardPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    address: &'a str,
}

pub(crate) async fn begin(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(provider): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (to, now) = (back(sent.get("to")), (app.clock.now)());
    let begun = app.accounts.begin_provider(&provider, None, to, now, &mut app.random()).await.map_err(refused)?;
    onward(&visit, &app, &begun)
}

/// Sends a browser on to a provider.
pub(crate) fn onward(visit: &Visit, app: &App, begun: &Begun) -> Result<Response, Failure> {
    let title = visit.t("前往统一登录", "On to the sign-in");
    let mut response = page(&OnwardPage { visit, title, address: &begun.address })?;
    let refresh = HeaderValue::from_str(&format!("0; url={}", begun.address));
    let refresh = refresh.map_err(|error| Failure::Broken(Box::new(error)))?;
    response.headers_mut().insert(HeaderName::from_static("refresh"), refresh);
    let cookie = Cookie::build((COOKIE, begun.browser.text())).path(PLACE).http_only(true).same_site(SameSite::Lax);
    // It ends with the browser; the sign-in itself ends after ten minutes.
    let cookie = cookie.secure(session::is_secure(app));
    session::set(&mut response, &cookie.build());
    Ok(response)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    state: String,
    code: Option<String>,
    iss: Option<String>,
}

/// Back from the provider.
pub(crate) async fn arrive(
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, _) = request.into_parts();
    let origin = session::origin(&app, &parts);
    let browser = CookieJar::from_headers(&parts.headers).get(COOKIE).and_then(|cookie| cookie.value().parse().ok());
    let over = || Failure::from(AccountsError::SignInOver);
    let (browser, state): (Token, Token) = (browser.ok_or_else(over)?, asked.state.parse().map_err(|_| over())?);
    let returned =
        Returned { state: &state, code: asked.code.as_deref(), issuer: asked.iss.as_deref(), browser: &browser };
    let arrived = app.accounts.finish_provider(&returned, &origin, (app.clock.now)(), &mut app.random()).await;
    let mut response = match arrived.map_err(refused)? {
        Arrived::SignedIn { opened, back, .. } => entered(&app, &opened, &back),
        Arrived::Linked { back } => Redirect::to(&back).into_response(),
    };
    session::set(&mut response, &Cookie::build((COOKIE, "")).path(PLACE).removal().build());
    Ok(response)
}

/// A provider that does not answer is no fault of ours; what it said goes into the log.
fn refused(error: AccountsError) -> Failure {
    match &error {
        AccountsError::NoProvider(_) => Failure::NotFound,
        AccountsError::Provider { .. } => {
            tracing::warn!(%error, "single sign-on failed");
            let en = match &error {
                AccountsError::Provider { provider, .. } => format!(
                    "The sign-in provider «{provider}» did not answer as it should. Try again later or sign in otherwise."
                ),
                _ => String::new(),
            };
            Failure::Wrong(error.text("zh"), en)
        }
        _ => error.into(),
    }
}
