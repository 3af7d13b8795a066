//! Statements on the tables of notices, in words that SQLite and PostgreSQL share.

pub(crate) mod inbox;
pub(crate) mod notice;
pub(crate) mod outbox;
pub(crate) mod webhook;

use jiff::Timestamp;

use crate::NoticesError;

/// A moment as it is stored.
pub(crate) fn stored(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T>(text: &str, id: &str) -> Result<T, NoticesError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| unreadable(id, error))
}

pub(crate) fn unreadable(id: &str, error: impl std::fmt::Display) -> NoticesError {
    NoticesError::Unreadable { id: id.to_owned(), reason: error.to_string() }
}
