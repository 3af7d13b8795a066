//! Statements on the tables of ratings, in words that SQLite and PostgreSQL share.

pub(crate) mod appeals;
pub(crate) mod counts;
pub(crate) mod follow_ups;
pub(crate) mod questionnaires;
pub(crate) mod ratings;
pub(crate) mod visits;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use accounts::Cover;
use jiff::Timestamp;
use network::OrganisationId;
use sqlx::AssertSqlSafe;

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

    /// A condition in fixed words.
    pub(crate) fn and_fixed(&mut self, words: &'static str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(words);
    }

    /// A condition on two texts after each other: `(a, b) < ($1, $2)`.
    pub(crate) fn and_pair(&mut self, before: &str, values: (String, String)) {
        self.values.extend([values.0, values.1]);
        let last = self.values.len();
        let _ = write!(self.sql, " AND {before} (${}, ${last})", last - 1);
    }

    /// That the organisation in a column is covered: every list and count passes here.
    pub(crate) fn and_covered(&mut self, column: &str, cover: &Cover) {
        let Cover::At(outlets) = cover else { return };
        self.and_one_of(column, outlets);
    }

    fn and_one_of(&mut self, column: &str, outlets: &BTreeSet<OrganisationId>) {
        if outlets.is_empty() {
            self.sql.push_str(" AND 1 = 0");
            return;
        }
        let _ = write!(self.sql, " AND {column} IN (");
        for (n, outlet) in outlets.iter().enumerate() {
            self.values.push(outlet.to_string());
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
