//! All statements of this crate.

pub(crate) mod attempt;
pub(crate) mod audit;
pub(crate) mod flow;
pub(crate) mod grant;
pub(crate) mod key;
pub(crate) mod link;
pub(crate) mod person;
pub(crate) mod second;
pub(crate) mod session;

use std::str::FromStr;

use database::Row;
use jiff::Timestamp;
use sqlx::Row as _;

use crate::AccountsError;

pub(crate) use audit::append;

/// The end of what lasts.
pub(crate) const FOREVER: &str = "9999-12-31";

/// A moment as it is stored.
pub(crate) fn stamp(moment: Timestamp) -> String {
    format!("{moment:.3}")
}

/// A text column that is of a form.
pub(crate) fn parsed<T: FromStr<Err: std::fmt::Display>>(row: &Row, column: usize) -> Result<T, AccountsError> {
    let text: String = row.try_get(column)?;
    text.parse().map_err(|error: T::Err| AccountsError::Unreadable { id: text.clone(), reason: error.to_string() })
}

/// A text column that may be null or empty for nothing, and is of a form.
pub(crate) fn parsed_or_none<T: FromStr<Err: std::fmt::Display>>(
    row: &Row,
    column: usize,
) -> Result<Option<T>, AccountsError> {
    match row.try_get::<Option<String>, _>(column)? {
        Some(text) if !text.is_empty() => parsed(row, column).map(Some),
        _ => Ok(None),
    }
}
