//! Statements over many rows and many keys, in the same words for both databases.
//!
//! Neither SQLite nor PostgreSQL through one driver takes a list as one parameter, so a list becomes `$1, $2, …`.
//! The lists are cut and padded to few lengths: each length is one statement that stays prepared.
//!
//! For SQLite the generated places are written `?`: it looks every `$1` up in a list of names, which for a thousand
//! places costs more than the rest of the statement.

use sqlx::any::AnyArguments;
use sqlx::{Any, AssertSqlSafe};

use crate::{Connection, DatabaseError, Row};

/// A statement with its values.
pub type Query<'q> = sqlx::query::Query<'q, Any, AnyArguments>;

/// Values in one statement at most. SQLite takes 32,766, PostgreSQL 65,535; longer statements gain nothing.
const MOST_VALUES: usize = 4096;
/// Rows in one insert at most.
const MOST_ROWS: usize = 128;
/// Keys in one list at most.
const MOST_KEYS: usize = 512;

/// A statement whose words are fixed; values come by `bind`.
pub fn query(sql: &'static str) -> Query<'static> {
    sqlx::query(sql)
}

/// Runs `head VALUES (…), (…) … tail` for all `rows`, as many rows a statement as serves speed.
///
/// `head` is `INSERT INTO table (a, b)`, `columns` the number of its columns, `tail` an `ON CONFLICT …` or empty.
/// `bind` binds exactly `columns` values of one row. Answers how many rows were written.
pub async fn insert_rows<T>(
    connection: &mut Connection,
    (head, columns, tail): (&'static str, usize, &'static str),
    rows: impl IntoIterator<Item = T>,
    bind: impl Fn(Query<'static>, T) -> Query<'static>,
) -> Result<u64, DatabaseError> {
    let most = (MOST_VALUES / columns.max(1)).clamp(1, MOST_ROWS);
    let bare = takes_bare_places(connection);
    let mut rows = rows.into_iter().peekable();
    let mut written = 0;
    while rows.peek().is_some() {
        let chunk: Vec<T> = rows.by_ref().take(most).collect();
        let mut sql = String::with_capacity(head.len() + tail.len() + chunk.len() * columns * 7 + 16);
        sql.push_str(head);
        sql.push_str(" VALUES ");
        for row in 0..chunk.len() {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            places(&mut sql, row * columns, columns, bare);
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(tail);
        let full = chunk.len() == most;
        let statement = sqlx::query(AssertSqlSafe(sql)).persistent(full || chunk.len() == 1);
        let statement = chunk.into_iter().fold(statement, &bind);
        written += statement.execute(&mut *connection).await?.rows_affected();
    }
    Ok(written)
}

/// Runs `head ($1, $2, …) tail` (without further places) with the `keys` in place of the list and answers all rows; no key asked for twice.
///
/// `head` ends before the bracket: `SELECT … WHERE key IN`. `tail` may follow the bracket (`AND withdrawn = 0`).
/// Keys of one call should differ: where a list is cut, an order in `tail` holds within the pieces only.
pub async fn select_in<'k>(
    connection: &mut Connection,
    (head, tail): (&'static str, &'static str),
    keys: impl IntoIterator<Item = &'k str>,
) -> Result<Vec<Row>, DatabaseError> {
    let mut rows = Vec::new();
    for statement in lists(takes_bare_places(connection), head, tail, keys) {
        rows.append(&mut statement.fetch_all(&mut *connection).await?);
    }
    Ok(rows)
}

/// Like [`select_in`] for statements that change rows; answers how many.
pub async fn execute_in<'k>(
    connection: &mut Connection,
    (head, tail): (&'static str, &'static str),
    keys: impl IntoIterator<Item = &'k str>,
) -> Result<u64, DatabaseError> {
    let mut changed = 0;
    for statement in lists(takes_bare_places(connection), head, tail, keys) {
        changed += statement.execute(&mut *connection).await?.rows_affected();
    }
    Ok(changed)
}

fn lists<'k>(bare: bool, head: &str, tail: &str, keys: impl IntoIterator<Item = &'k str>) -> Vec<Query<'static>> {
    let keys: Vec<&str> = keys.into_iter().collect();
    keys.chunks(MOST_KEYS)
        .map(|chunk| {
            // Padding with the last key changes no answer and leaves ten lengths in all.
            let length = chunk.len().next_power_of_two();
            let mut sql = String::with_capacity(head.len() + tail.len() + length * 6 + 8);
            sql.push_str(head);
            sql.push_str(" (");
            places(&mut sql, 0, length, bare);
            sql.push_str(") ");
            sql.push_str(tail);
            let padding = std::iter::repeat_n(chunk[chunk.len() - 1], length - chunk.len());
            chunk.iter().copied().chain(padding).fold(sqlx::query(AssertSqlSafe(sql)), |q, key| q.bind(key.to_owned()))
        })
        .collect()
}

fn takes_bare_places(connection: &Connection) -> bool {
    connection.backend_name() == "SQLite"
}

/// Writes `$first+1, $first+2, …`, or as many `?`.
fn places(sql: &mut String, first: usize, count: usize, bare: bool) {
    use std::fmt::Write as _;
    for n in 1..=count {
        sql.push_str(if n == 1 { "" } else { ", " });
        // Writing to a String cannot fail.
        let _ = if bare { sql.write_char('?') } else { write!(sql, "${}", first + n) };
    }
}

#[cfg(test)]
#[path = "statement_tests.rs"]
mod tests;
