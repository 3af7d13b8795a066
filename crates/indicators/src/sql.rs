//! Statements on the tables of indicators, in words that SQLite and PostgreSQL share.

pub(crate) mod closings;
pub(crate) mod definitions;
pub(crate) mod leaves;
pub(crate) mod refreshes;
pub(crate) mod targets;
pub(crate) mod values;

use jiff::Timestamp;

use crate::IndicatorsError;

/// A moment as it is stored.
pub(crate) fn stored(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A number as it is stored: the shortest text that reads back as the same.
pub(crate) fn written(number: f64) -> String {
    format!("{number}")
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T>(text: &str, id: &str) -> Result<T, IndicatorsError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| unreadable(id, error))
}

/// A stored text that may be absent.
pub(crate) fn parse_some<T>(text: Option<String>, id: &str) -> Result<Option<T>, IndicatorsError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.map(|text| parse(&text, id)).transpose()
}

pub(crate) fn unreadable(id: &str, error: impl std::fmt::Display) -> IndicatorsError {
    IndicatorsError::Unreadable { id: id.to_owned(), reason: error.to_string() }
}
