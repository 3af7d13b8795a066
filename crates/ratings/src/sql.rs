//! Statements on the tables of ratings, in words that SQLite and PostgreSQL share.

pub(crate) mod appeals;
pub(crate) mod counts;
pub(crate) mod follow_ups;
pub(crate) mod questionnaires;
pub(crate) mod ratings;
pub(crate) mod visits;

use jiff::Timestamp;

use crate::RatingsError;

/// A moment as it is stored.
pub(crate) fn stored(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T>(text: &str, id: &str) -> Result<T, RatingsError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| unreadable(id, error))
}

/// A stored text that may be absent.
pub(crate) fn parse_some<T>(text: Option<String>, id: &str) -> Result<Option<T>, RatingsError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.map(|text| parse(&text, id)).transpose()
}

pub(crate) fn unreadable(id: &str, error: impl std::fmt::Display) -> RatingsError {
    RatingsError::Unreadable { id: id.to_owned(), reason: error.to_string() }
}
