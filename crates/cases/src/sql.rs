//! Statements on the tables of cases, in words that SQLite and PostgreSQL share.

pub(crate) mod blob;
pub(crate) mod case;
pub(crate) mod desk;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod list;
pub(crate) mod matter;
pub(crate) mod monitor;
pub(crate) mod statistics;

use std::fmt::Display;
use std::str::FromStr;

use database::Row;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::Row as _;

use crate::CasesError;

/// The day of what is never due.
pub(crate) const NEVER: &str = "9999-12-31";

/// A moment as it is stored.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// What may be absent, as it is stored.
pub(crate) fn or_empty<T: Display>(value: Option<&T>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

/// A day on which something is due, as it is stored.
pub(crate) fn or_never(day: Option<Date>) -> String {
    day.map_or_else(|| NEVER.to_owned(), |day| day.to_string())
}

/// A text column.
pub(crate) fn text(row: &Row, column: &str) -> Result<String, CasesError> {
    Ok(row.try_get::<String, _>(column)?)
}

/// A number column.
pub(crate) fn number(row: &Row, column: &str) -> Result<i64, CasesError> {
    Ok(row.try_get::<i64, _>(column)?)
}

/// A column of something that is written as text.
pub(crate) fn parsed<T: FromStr<Err: Display>>(row: &Row, column: &str) -> Result<T, CasesError> {
    let value = text(row, column)?;
    value.parse().map_err(|error: T::Err| unreadable(column, &error))
}

/// The same where '' is nothing.
pub(crate) fn optional<T: FromStr<Err: Display>>(row: &Row, column: &str) -> Result<Option<T>, CasesError> {
    let value = text(row, column)?;
    if value.is_empty() {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|error: T::Err| unreadable(column, &error))
}

/// A column of JSON.
pub(crate) fn json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, CasesError> {
    serde_json::from_str(&text(row, column)?).map_err(|error| unreadable(column, &error))
}

/// A value as JSON; values of this crate have no keys that JSON lacks.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, CasesError> {
    serde_json::to_string(value).map_err(|error| unreadable("a value that was to be stored", &error))
}

pub(crate) fn unreadable(of: &str, error: &impl Display) -> CasesError {
    CasesError::Unreadable { of: of.to_owned(), reason: error.to_string() }
}

/// A word as it stands inside a pattern of LIKE.
pub(crate) fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_").replace('\0', "")
}
