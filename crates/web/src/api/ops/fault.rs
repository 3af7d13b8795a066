//! Failures in the form of the services.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use query::Tongue;
use search::SearchError;

use super::write::{self, leaf};
use crate::problem::Failure;

/// A fault: status, code and message.
#[derive(Debug)]
pub(super) struct Fault {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Fault {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(super) fn invalid_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "CLIENT.InvalidQuery", message)
    }

    pub(super) fn invalid_reference(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "CLIENT.InvalidReference", message)
    }

    pub(super) fn no_results() -> Self {
        Self::new(StatusCode::NOT_FOUND, "SERVER.EntityNotFound", "No results found")
    }

    fn of(status: StatusCode, failure: Option<&Failure>) -> Self {
        match failure {
            Some(Failure::Mistake(mistake)) => {
                let mend = mistake.suggestion.as_ref().map(|mend| format!(" Try: {mend}")).unwrap_or_default();
                return Self::invalid_query(format!("{}.{mend}", mistake.sentence(Tongue::English)));
            }
            Some(Failure::Wrong(_, en) | Failure::Parameter(_, _, en)) => return Self::invalid_query(en.clone()),
            _ => {}
        }
        let (code, message) = match status {
            StatusCode::NOT_FOUND => ("SERVER.EntityNotFound", "No results found"),
            StatusCode::METHOD_NOT_ALLOWED => ("CLIENT.MethodNotAllowed", "The service does not take such a request"),
            StatusCode::PAYLOAD_TOO_LARGE => ("CLIENT.TooLarge", "What was sent is too large"),
            StatusCode::TOO_MANY_REQUESTS => ("CLIENT.TooManyRequests", "Wait as many seconds as Retry-After says"),
            status if status.is_client_error() => ("CLIENT.InvalidQuery", "The request was invalid"),
            _ => ("SERVER.InternalError", "A fault here; it has been logged"),
        };
        Self::new(status, code, message)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        // Logs what is a fault of ours.
        let status = failure.log();
        Self::of(status, Some(&failure))
    }
}

impl From<SearchError> for Fault {
    fn from(error: SearchError) -> Self {
        Failure::from(error).into()
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let xml = write::document("fault", &[("xmlns", "http://ops.epo.org")], |xml| {
            leaf(xml, "code", self.code)?;
            leaf(xml, "message", &self.message)
        });
        match xml {
            Ok(xml) => (self.status, [(header::CONTENT_TYPE, "application/xml")], xml).into_response(),
            Err(_) => self.status.into_response(),
        }
    }
}

/// The fault that a failure is, for what handlers did not answer themselves.
pub(crate) fn fault(status: StatusCode, failure: Option<&Failure>) -> Response {
    Fault::of(status, failure).into_response()
}
