//! The three ways to something that can be rated: a case, the ticket of a visit, the poster of an outlet.

use axum::response::{IntoResponse, Redirect, Response};
use cases::{By, CaseId, TrackingCode};
use ratings::{Channel, Rateable, RatingsError, VisitCode};

use crate::App;
use crate::frame::Visit;
use crate::pages::cases::keep_case;
use crate::problem::Failure;

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

/// On to the form of a case, with its code kept in the browser until it closes, for the pages of that case alone.
pub(super) fn enter(app: &App, id: &CaseId, code: &TrackingCode) -> Response {
    let mut response = Redirect::to(&format!("/rate/cases/{id}")).into_response();
    keep_case(app, &mut response, id, code);
    response
}
