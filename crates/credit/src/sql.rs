//! Statements on the tables of credit, in words that SQLite and PostgreSQL share.

pub(crate) mod agencies;
pub(crate) mod editions;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod leads;
pub(crate) mod papers;

use database::Row;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;

use crate::CreditError;

/// A moment as it is stored.
pub(crate) fn stored(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A body to be stored.
pub(crate) fn written<T: Serialize>(body: &T) -> Result<String, CreditError> {
    serde_json::to_string(body).map_err(|error| unreadable("new", error))
}

/// The body in the first column of a row.
pub(crate) fn body<T: DeserializeOwned>(row: &Row) -> Result<T, CreditError> {
    let text: String = row.try_get(0)?;
    serde_json::from_str(&text).map_err(|error| unreadable(text.get(..60).unwrap_or(&text), error))
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T>(text: &str, id: &str) -> Result<T, CreditError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| unreadable(id, error))
}

pub(crate) fn unreadable(id: &str, error: impl std::fmt::Display) -> CreditError {
    CreditError::Unreadable { id: id.to_owned(), reason: error.to_string() }
}
