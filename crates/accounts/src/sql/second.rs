//! Second steps at rest.

use database::{Connection, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::stamp;
use crate::{AccountsError, PersonId, Sealed, Secret};

/// A second step as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The shared secret, in the letters that people type.
    pub(crate) secret: String,
    pub(crate) confirmed: bool,
}

fn place(person: &PersonId) -> String {
    format!("accounts_second_steps.secret {person}")
}

/// Keeps a secret that is not confirmed yet; false when a confirmed one is there.
pub(crate) async fn begin(
    connection: &mut Connection,
    secret: &Secret,
    person: &PersonId,
    shared: &str,
) -> Result<bool, AccountsError> {
    let statement = query(
        "INSERT INTO accounts_second_steps (person, secret, confirmed_at, last_step) VALUES ($1, $2, NULL, 0) \
         ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, last_step = 0 \
         WHERE accounts_second_steps.confirmed_at IS NULL",
    );
    let sealed = String::from(secret.seal(&place(person), shared));
    Ok(statement.bind(person.to_string()).bind(sealed).execute(connection).await?.rows_affected() == 1)
}

/// The second step of a person.
pub(crate) async fn get(
    connection: &mut Connection,
    secret: &Secret,
    person: &PersonId,
) -> Result<Option<Kept>, AccountsError> {
    let statement = query("SELECT secret, confirmed_at FROM accounts_second_steps WHERE person = $1");
    let Some(row) = statement.bind(person.to_string()).fetch_optional(connection).await? else { return Ok(None) };
    let sealed = Sealed::stored(row.try_get(0)?);
    let shared = secret.open(&place(person), &sealed).map_err(AccountsError::unopened(person.as_str()))?;
    Ok(Some(Kept { secret: shared, confirmed: row.try_get::<Option<String>, _>(1)?.is_some() }))
}

/// Whether a person is asked for a second step.
pub(crate) async fn is_confirmed(connection: &mut Connection, person: &PersonId) -> Result<bool, AccountsError> {
    let statement = query("SELECT person FROM accounts_second_steps WHERE person = $1 AND confirmed_at IS NOT NULL");
    Ok(statement.bind(person.to_string()).fetch_optional(connection).await?.is_some())
}

/// Keeps that the person can make codes.
pub(crate) async fn confirm(
    connection: &mut Connection,
    person: &PersonId,
    now: Timestamp,
) -> Result<bool, AccountsError> {
    let statement =
        query("UPDATE accounts_second_steps SET confirmed_at = $2 WHERE person = $1 AND confirmed_at IS NULL");
    Ok(statement.bind(person.to_string()).bind(stamp(now)).execute(connection).await?.rows_affected() == 1)
}

/// Uses the code of a time step up; false when it or a later one was used.
pub(crate) async fn use_step(connection: &mut Connection, person: &PersonId, step: i64) -> Result<bool, AccountsError> {
    let statement = query("UPDATE accounts_second_steps SET last_step = $2 WHERE person = $1 AND last_step < $2");
    Ok(statement.bind(person.to_string()).bind(step).execute(connection).await?.rows_affected() == 1)
}

/// Keeps the hashes of recovery codes in place of all earlier ones.
pub(crate) async fn set_codes(
    connection: &mut Connection,
    person: &PersonId,
    hashes: &[String],
) -> Result<(), AccountsError> {
    let statement = query("DELETE FROM accounts_recovery_codes WHERE person = $1");
    statement.bind(person.to_string()).execute(&mut *connection).await?;
    let insert = ("INSERT INTO accounts_recovery_codes (person, hash)", 2, "");
    let bind = |query: database::Query<'static>, hash: &String| query.bind(person.to_string()).bind(hash.clone());
    database::insert_rows(connection, insert, hashes, bind).await?;
    Ok(())
}

/// Uses a recovery code up; false when there is none such.
pub(crate) async fn use_code(
    connection: &mut Connection,
    person: &PersonId,
    hash: &str,
) -> Result<bool, AccountsError> {
    let statement = query("DELETE FROM accounts_recovery_codes WHERE person = $1 AND hash = $2");
    Ok(statement.bind(person.to_string()).bind(hash.to_owned()).execute(connection).await?.rows_affected() == 1)
}

/// How many recovery codes are left.
pub(crate) async fn codes_left(connection: &mut Connection, person: &PersonId) -> Result<u64, AccountsError> {
    let statement = query("SELECT COUNT(*) FROM accounts_recovery_codes WHERE person = $1");
    let row = statement.bind(person.to_string()).fetch_one(connection).await?;
    Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0))
}

/// Removes the second step with its codes; false when there is none.
pub(crate) async fn remove(connection: &mut Connection, person: &PersonId) -> Result<bool, AccountsError> {
    let statement = query("DELETE FROM accounts_recovery_codes WHERE person = $1");
    statement.bind(person.to_string()).execute(&mut *connection).await?;
    let statement = query("DELETE FROM accounts_second_steps WHERE person = $1");
    Ok(statement.bind(person.to_string()).execute(connection).await?.rows_affected() == 1)
}
