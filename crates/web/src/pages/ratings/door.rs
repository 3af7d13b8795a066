//! The three ways to something that can be rated: a case, the ticket of a visit, the poster of an outlet.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use cases::{By, CaseId, TrackingCode};
use ratings::{Channel, Rateable, RatingsError, VisitCode};

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::session;

/// Cookie that holds a code; its path says of what.
const COOKIE: &str = "code";

/// By which way someone comes to rate.
#[derive(Clone, Debug)]
pub(super) enum Door {
    /// A case, by account or by tracking code.
    Case(CaseId, Option<TrackingCode>),
    /// A ticket.
    Visit(VisitCode),
    /// A poster.
    Poster(VisitCode),
}

impl Door {
    /// Where its form is and goes.
    pub(super) fn address(&self) -> String {
        match self {
            Self::Case(id, _) => format!("/rate/cases/{id}"),
            Self::Visit(code) => code.path(),
            Self::Poster(code) => code.poster_path(),
        }
    }

    pub(super) fn channel(&self) -> Channel {
        match self {
            Self::Case(..) => Channel::Web,
            Self::Visit(_) | Self::Poster(_) => Channel::Qr,
        }
    }

    /// Whether the visitor sees the rating again at an address of his own.
    pub(super) fn is_account(&self) -> bool {
        matches!(self, Self::Case(_, None))
    }

    /// What the door opens for the visitor.
    pub(super) async fn open(&self, app: &App, visit: &Visit) -> Result<Rateable, Failure> {
        let now = (app.clock.now)();
        let mut read = app.ratings.database().read().await?;
        let opened = match self {
            Self::Case(id, tracking) => {
                let by = By { actor: &visit.actor, tracking: tracking.as_ref() };
                ratings::for_case(&mut read, by, id).await
            }
            Self::Visit(code) => ratings::for_visit(&mut read, now, code).await,
            Self::Poster(code) => ratings::for_poster(&mut read, now, code).await,
        };
        match opened {
            // A visitor's own case is there once he has signed in.
            Err(RatingsError::NotFound { .. }) if self.is_account() && visit.signed.is_none() => {
                Err(visit.actor.denied(accounts::Permission::OwnAccount).into())
            }
            opened => Ok(opened?),
        }
    }
}

/// The tracking code that a browser keeps for the pages of one case.
pub(crate) struct Held(pub(super) Option<TrackingCode>);

impl FromRequestParts<Arc<App>> for Held {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(jar.get(COOKIE).and_then(|cookie| cookie.value().parse().ok())))
    }
}

/// On to the form of a case, with its code kept in the browser until it closes, for that page alone.
pub(super) fn enter(app: &App, id: &CaseId, code: &TrackingCode) -> Response {
    let path = format!("/rate/cases/{id}");
    let mut response = Redirect::to(&path).into_response();
    let secure = app.settings.public_url.as_ref().is_some_and(|url| url.starts_with("https://"));
    let cookie = Cookie::build((COOKIE, code.to_string())).path(path).http_only(true).same_site(SameSite::Lax);
    session::set(&mut response, &cookie.secure(secure).build());
    response
}
