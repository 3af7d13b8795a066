//! Conditions of lists, joined as they are asked for.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;

use crate::Query;

/// Conditions on texts, joined by AND. Column names and fixed words come from the program, values are bound.
#[derive(Clone, Debug)]
pub struct Conditions {
    sql: String,
    values: Vec<String>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self::new()
    }
}

impl Conditions {
    /// None yet.
    pub fn new() -> Self {
        Self { sql: " WHERE 1 = 1".to_owned(), values: Vec::new() }
    }

    /// A condition on one text: `column =` and the value.
    pub fn and(&mut self, before: &str, value: impl ToString) {
        self.values.push(value.to_string());
        let _ = write!(self.sql, " AND {before} ${}", self.values.len());
    }

    /// A condition with one text and fixed words behind it.
    pub fn and_with(&mut self, before: &str, value: impl ToString, behind: &'static str) {
        self.and(before, value);
        self.sql.push_str(behind);
    }

    /// A condition in fixed words.
    pub fn and_fixed(&mut self, words: &'static str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(words);
    }

    /// A condition on two texts after each other: `(a, b) <`.
    pub fn and_pair(&mut self, before: &str, values: (String, String)) {
        self.values.extend([values.0, values.1]);
        let last = self.values.len();
        let _ = write!(self.sql, " AND {before} (${}, ${last})", last - 1);
    }

    /// That a column has one of these values; of none, nothing fits.
    pub fn and_one_of<T: ToString>(&mut self, column: &str, values: impl IntoIterator<Item = T>) {
        let first = self.values.len() + 1;
        self.values.extend(values.into_iter().map(|value| value.to_string()));
        if self.values.len() < first {
            self.and_fixed("1 = 0");
            return;
        }
        let places: Vec<String> = (first..=self.values.len()).map(|place| format!("${place}")).collect();
        let _ = write!(self.sql, " AND {column} IN ({})", places.join(", "));
    }

    /// The statement between a head and a tail.
    pub fn statement(self, head: &str, tail: &str) -> Query<'static> {
        let statement = sqlx::query(AssertSqlSafe(format!("{head}{}{tail}", self.sql)));
        self.values.into_iter().fold(statement, Query::bind)
    }
}
