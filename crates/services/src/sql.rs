//! Statements on the tables of service items, in words that SQLite and PostgreSQL share.

pub(crate) mod calendar;
pub(crate) mod event;
pub(crate) mod version;

use database::Row;
use jiff::civil::Date;
use sqlx::Row as _;

use crate::ServicesError;

/// The end of what lasts.
pub(crate) const FOREVER: &str = "9999-12-31";

/// The end of a span as it is stored.
pub(crate) fn end(to: Option<Date>) -> String {
    to.map_or_else(|| FOREVER.to_owned(), |day| day.to_string())
}

/// A column read as a word, a day or an id.
pub(crate) fn parsed<T>(row: &Row, at: usize, of: &str) -> Result<T, ServicesError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let text: String = row.try_get(at)?;
    text.parse().map_err(|error: T::Err| unreadable(of, &error))
}

/// Like [`parsed`] for a column that may be empty.
pub(crate) fn maybe<T>(row: &Row, at: usize, of: &str) -> Result<Option<T>, ServicesError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let text: Option<String> = row.try_get(at)?;
    text.map(|text| text.parse().map_err(|error: T::Err| unreadable(of, &error))).transpose()
}

/// A column as the end of a span.
pub(crate) fn open_day(row: &Row, at: usize, of: &str) -> Result<Option<Date>, ServicesError> {
    let text: String = row.try_get(at)?;
    if text == FOREVER { Ok(None) } else { parsed(row, at, of).map(Some) }
}

pub(crate) fn unreadable(of: &str, reason: &dyn std::fmt::Display) -> ServicesError {
    ServicesError::Unreadable { of: of.to_owned(), reason: reason.to_string() }
}
