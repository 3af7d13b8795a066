//! Statements on the tables of assessments, in words that SQLite and PostgreSQL share.

pub(crate) mod assessments;
pub(crate) mod calls;
pub(crate) mod files;
pub(crate) mod objections;
pub(crate) mod schemes;
pub(crate) mod snapshots;
pub(crate) mod units;

use std::fmt::Display;
use std::str::FromStr;

use database::Row;
use jiff::Timestamp;
use sqlx::Row as _;

use crate::AssessmentError;

/// A moment as it is stored.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A name that may be absent, as it is stored.
pub(crate) fn some(value: Option<&impl ToString>) -> Option<String> {
    value.map(ToString::to_string)
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T: FromStr<Err: Display>>(text: &str, id: &str) -> Result<T, AssessmentError> {
    text.parse().map_err(|error| unreadable(id, error))
}

/// A column as the value that it writes.
pub(crate) fn read<T: FromStr<Err: Display>>(row: &Row, column: &str) -> Result<T, AssessmentError> {
    parse(row.try_get(column)?, column)
}

/// A column that may be empty.
pub(crate) fn read_some<T: FromStr<Err: Display>>(row: &Row, column: &str) -> Result<Option<T>, AssessmentError> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| parse(&text, column)).transpose()
}

/// A column of words.
pub(crate) fn words(row: &Row, column: &str) -> Result<String, AssessmentError> {
    Ok(row.try_get(column)?)
}

/// A column of a whole number.
pub(crate) fn whole(row: &Row, column: &str) -> Result<i64, AssessmentError> {
    Ok(row.try_get(column)?)
}

/// A column of a flag.
pub(crate) fn flag(row: &Row, column: &str) -> Result<bool, AssessmentError> {
    Ok(whole(row, column)? != 0)
}

pub(crate) fn unreadable(id: &str, error: impl Display) -> AssessmentError {
    AssessmentError::Unreadable { id: id.to_owned(), reason: error.to_string() }
}
