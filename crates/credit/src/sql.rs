//! Statements on the tables of credit, in words that SQLite and PostgreSQL share.

pub(crate) mod agencies;
pub(crate) mod editions;
pub(crate) mod events;
pub(crate) mod leads;
pub(crate) mod objections;
pub(crate) mod repairs;

use std::fmt::Write as _;

use accounts::Cover;
use database::Row;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, Row as _};

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

/// Conditions on texts, joined by AND.
pub(crate) struct Conditions {
    sql: String,
    values: Vec<String>,
}

impl Conditions {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { sql: " WHERE 1 = 1".to_owned(), values: Vec::new() }
    }

    /// A condition on one text: `column = ` and the value.
    pub(crate) fn and(&mut self, before: &str, value: impl ToString) {
        self.values.push(value.to_string());
        let _ = write!(self.sql, " AND {before} ${}", self.values.len());
    }

    /// A condition with one text and fixed words behind it.
    pub(crate) fn and_with(&mut self, before: &str, value: impl ToString, behind: &'static str) {
        self.and(before, value);
        self.sql.push_str(behind);
    }

    /// A condition in fixed words.
    pub(crate) fn and_fixed(&mut self, words: &'static str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(words);
    }

    /// That the organisation in a column is covered: every list and count of keepers passes here.
    pub(crate) fn and_covered(&mut self, column: &str, cover: &Cover) {
        let Cover::At(organisations) = cover else { return };
        if organisations.is_empty() {
            self.sql.push_str(" AND 1 = 0");
            return;
        }
        let _ = write!(self.sql, " AND {column} IN (");
        for (n, organisation) in organisations.iter().enumerate() {
            self.values.push(organisation.to_string());
            let comma = if n == 0 { "" } else { ", " };
            let _ = write!(self.sql, "{comma}${}", self.values.len());
        }
        self.sql.push(')');
    }

    /// The statement between a head and a tail.
    pub(crate) fn statement(self, head: &str, tail: &str) -> database::Query<'static> {
        let statement = sqlx::query(AssertSqlSafe(format!("{head}{}{tail}", self.sql)));
        self.values.into_iter().fold(statement, database::Query::bind)
    }
}
