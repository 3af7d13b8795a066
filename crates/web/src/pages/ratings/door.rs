//! The three ways to something that can be rated: a case, the ticket of a visit, the poster of an outlet.

use cases::{By, CaseId, TrackingCode};
use ratings::{Channel, Rateable, RatingsError, VisitCode};

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::Sent;

/// By which way someone comes to rate.
#[derive(Clone, Debug)]
pub(super) enum Door {
    /// A case, by account or by the tracking code that a form brought.
    Case(CaseId, Option<TrackingCode>),
    /// A ticket.
    Visit(VisitCode),
    /// A poster.
    Poster(VisitCode),
}

impl Door {
    /// The case of an address, with the tracking code of a form.
    pub(super) fn case(id: &str, sent: &Sent) -> Result<Self, Failure> {
        let code = sent.get("code");
        let tracking = if code.is_empty() { None } else { Some(code.parse().map_err(|_| no_code())?) };
        Ok(Self::Case(super::named(id)?, tracking))
    }

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

    /// The tracking code, to be sent again with the next form.
    pub(super) fn hidden(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Case(_, Some(code)) => vec![("code", code.to_string())],
            _ => Vec::new(),
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

/// A tracking code that is none.
pub(super) fn no_code() -> Failure {
    Failure::Missing(
        "查询码不对。请按回执核对受理编号和查询码。".to_owned(),
        "This tracking code does not fit. Compare number and code with the receipt.".to_owned(),
    )
}
