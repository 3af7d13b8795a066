//! Editions of the rules at rest.

use accounts::PersonId;
use database::{Connection, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::stored;
use crate::{Book, CreditError, Edition, starting_edition};

/// All editions; the one that came with the program stands for the first until others are issued.
pub(crate) async fn book(connection: &mut Connection) -> Result<Book, CreditError> {
    let rows = query("SELECT text FROM credit_editions ORDER BY edition").fetch_all(connection).await?;
    if rows.is_empty() {
        return Ok(Book::new(vec![starting_edition()?.0]));
    }
    let editions = rows.iter().map(|row| Edition::read(&row.try_get::<String, _>(0)?));
    Ok(Book::new(editions.collect::<Result<_, CreditError>>()?))
}

/// The text of one.
pub(crate) async fn text(connection: &mut Connection, number: i64) -> Result<Option<String>, CreditError> {
    let statement = query("SELECT text FROM credit_editions WHERE edition = $1").bind(number);
    Ok(statement.fetch_optional(connection).await?.map(|row| row.try_get(0)).transpose()?)
}

/// Stores a new edition; false when its number is there.
pub(crate) async fn insert(
    connection: &mut Connection,
    new: &Edition,
    text: &str,
    (by, at): (Option<&PersonId>, Timestamp),
) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_editions (edition, from_day, text, issued_by, issued_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.edition).bind(new.from.to_string()).bind(text.to_owned());
    let statement = statement.bind(by.map(ToString::to_string)).bind(stored(at));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}
