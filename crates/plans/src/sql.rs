//! Statements on the tables of plans, in words that SQLite and PostgreSQL share.

pub(crate) mod cells;
pub(crate) mod editions;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod plans;
pub(crate) mod reminded;
pub(crate) mod reports;

use jiff::Timestamp;

use crate::PlansError;

/// A moment as it is stored.
pub(crate) fn stored(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A moment that may be absent.
pub(crate) fn stored_some(at: Option<Timestamp>) -> String {
    at.map(stored).unwrap_or_default()
}

/// Whatever may be absent, as text.
pub(crate) fn or_empty<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T>(text: &str, id: &str) -> Result<T, PlansError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| PlansError::unreadable(id, error))
}

/// A stored text that is empty for nothing.
pub(crate) fn parse_some<T>(text: &str, id: &str) -> Result<Option<T>, PlansError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    if text.is_empty() { Ok(None) } else { parse(text, id).map(Some) }
}

/// As JSON text.
pub(crate) fn json<T: serde::Serialize>(value: &T, id: &str) -> Result<String, PlansError> {
    serde_json::to_string(value).map_err(|error| PlansError::unreadable(id, error))
}
