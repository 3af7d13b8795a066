//! Links that do one thing once, at rest.

use database::{Connection, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{parsed_or_none, stamp};
use crate::{AccountsError, PersonId, Token};

/// Keeps a link; earlier ones of the same person and purpose open nothing any more.
pub(crate) async fn insert(
    connection: &mut Connection,
    (token, purpose): (&Token, &str),
    (person, email_key): (Option<&PersonId>, &str),
    ends_at: Timestamp,
) -> Result<(), AccountsError> {
    let person = person.map(ToString::to_string).unwrap_or_default();
    let statement = query("DELETE FROM accounts_links WHERE person = $1 AND purpose = $2 AND person <> ''");
    statement.bind(person.clone()).bind(purpose.to_owned()).execute(&mut *connection).await?;
    let statement =
        query("INSERT INTO accounts_links (hash, purpose, person, email_key, ends_at) VALUES ($1, $2, $3, $4, $5)");
    let statement = statement.bind(token.hash()).bind(purpose.to_owned()).bind(person).bind(email_key.to_owned());
    statement.bind(stamp(ends_at)).execute(connection).await?;
    Ok(())
}

/// Whose link it is, and the address it was sent to; it stays.
pub(crate) async fn look(
    connection: &mut Connection,
    token: &Token,
    purpose: &str,
    now: Timestamp,
) -> Result<Option<(PersonId, String)>, AccountsError> {
    let statement =
        query("SELECT person, email_key FROM accounts_links WHERE hash = $1 AND purpose = $2 AND ends_at > $3");
    let statement = statement.bind(token.hash()).bind(purpose.to_owned()).bind(stamp(now));
    let Some(row) = statement.fetch_optional(connection).await? else { return Ok(None) };
    let Some(person) = parsed_or_none(&row, 0)? else { return Ok(None) };
    Ok(Some((person, row.try_get(1)?)))
}

/// Uses a link up; false when someone did meanwhile.
pub(crate) async fn spend(connection: &mut Connection, token: &Token) -> Result<bool, AccountsError> {
    let statement = query("DELETE FROM accounts_links WHERE hash = $1");
    Ok(statement.bind(token.hash()).execute(connection).await?.rows_affected() == 1)
}

/// Removes the links of a person.
pub(crate) async fn forget(connection: &mut Connection, person: &PersonId) -> Result<(), AccountsError> {
    query("DELETE FROM accounts_links WHERE person = $1").bind(person.to_string()).execute(connection).await?;
    Ok(())
}

/// Removes those that are over.
pub(crate) async fn sweep(connection: &mut Connection, now: Timestamp) -> Result<u64, AccountsError> {
    let statement = query("DELETE FROM accounts_links WHERE ends_at <= $1");
    Ok(statement.bind(stamp(now)).execute(connection).await?.rows_affected())
}
