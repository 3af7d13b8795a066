//! Sign-ins under way at a provider, and accounts there that were linked.

use database::{Connection, Row, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{parsed, parsed_or_none, stamp};
use crate::oidc::Identity;
use crate::{AccountsError, PersonId, Sealed, Secret, Token};

/// A sign-in under way.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) provider: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    /// Who links an account, having signed in.
    pub(crate) person: Option<PersonId>,
    pub(crate) back: String,
}

/// Keeps a sign-in under way, by the hash of its state and of what the browser holds.
pub(crate) async fn insert(
    connection: &mut Connection,
    secret: &Secret,
    (state, browser): (&Token, &Token),
    flow: &Flow,
    ends_at: Timestamp,
) -> Result<(), AccountsError> {
    let key = state.hash();
    let seal = |column: &str, text: &str| String::from(secret.seal(&place(column, &key), text));
    let statement = query(
        "INSERT INTO accounts_flows (state, browser, provider, nonce, verifier, person, back, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let statement = statement
        .bind(key.clone())
        .bind(browser.hash())
        .bind(flow.provider.clone())
        .bind(seal("nonce", &flow.nonce))
        .bind(seal("verifier", &flow.verifier))
        .bind(flow.person.as_ref().map(ToString::to_string).unwrap_or_default())
        .bind(flow.back.clone())
        .bind(stamp(ends_at));
    statement.execute(connection).await?;
    Ok(())
}

fn place(column: &str, key: &str) -> String {
    format!("accounts_flows.{column} {key}")
}

/// Takes the sign-in that this browser began; there is none a second time.
pub(crate) async fn take(
    connection: &mut Connection,
    secret: &Secret,
    (state, browser): (&Token, &Token),
    now: Timestamp,
) -> Result<Option<Flow>, AccountsError> {
    let key = state.hash();
    let statement = query(
        "DELETE FROM accounts_flows WHERE state = $1 AND browser = $2 AND ends_at > $3 \
         RETURNING provider, nonce, verifier, person, back",
    );
    let statement = statement.bind(key.clone()).bind(browser.hash()).bind(stamp(now));
    let Some(row) = statement.fetch_optional(connection).await? else { return Ok(None) };
    let open = |column: &str, at: usize| -> Result<String, AccountsError> {
        let sealed = Sealed::stored(row.try_get(at)?);
        secret.open(&place(column, &key), &sealed).map_err(AccountsError::unopened(key.clone()))
    };
    Ok(Some(Flow {
        provider: row.try_get(0)?,
        nonce: open("nonce", 1)?,
        verifier: open("verifier", 2)?,
        person: parsed_or_none(&row, 3)?,
        back: row.try_get(4)?,
    }))
}

/// Removes those that are over.
pub(crate) async fn sweep(connection: &mut Connection, now: Timestamp) -> Result<u64, AccountsError> {
    let statement = query("DELETE FROM accounts_flows WHERE ends_at <= $1");
    Ok(statement.bind(stamp(now)).execute(connection).await?.rows_affected())
}

/// Whose account at a provider this is.
pub(crate) async fn owner(
    connection: &mut Connection,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, AccountsError> {
    let statement = query("SELECT person FROM accounts_identities WHERE issuer = $1 AND subject = $2");
    let row = statement.bind(issuer.to_owned()).bind(subject.to_owned()).fetch_optional(connection).await?;
    row.map(|row| parsed(&row, 0)).transpose()
}

/// Links an account at a provider; false when it is linked to someone.
pub(crate) async fn link(
    connection: &mut Connection,
    (issuer, subject): (&str, &str),
    person: &PersonId,
    now: Timestamp,
) -> Result<bool, AccountsError> {
    let statement = query(
        "INSERT INTO accounts_identities (issuer, subject, person, linked_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(issuer.to_owned()).bind(subject.to_owned()).bind(person.to_string());
    Ok(statement.bind(stamp(now)).execute(connection).await?.rows_affected() == 1)
}

/// The accounts of a person at providers.
pub(crate) async fn identities(connection: &mut Connection, person: &PersonId) -> Result<Vec<Identity>, AccountsError> {
    let statement = query(
        "SELECT issuer, subject, linked_at FROM accounts_identities WHERE person = $1 ORDER BY linked_at, issuer",
    );
    let identity =
        |row: &Row| Ok(Identity { issuer: row.try_get(0)?, subject: row.try_get(1)?, linked_at: parsed(row, 2)? });
    statement.bind(person.to_string()).fetch_all(connection).await?.iter().map(identity).collect()
}

/// Unlinks one; false when there is none.
pub(crate) async fn unlink(
    connection: &mut Connection,
    person: &PersonId,
    (issuer, subject): (&str, &str),
) -> Result<bool, AccountsError> {
    let statement = query("DELETE FROM accounts_identities WHERE person = $1 AND issuer = $2 AND subject = $3");
    let statement = statement.bind(person.to_string()).bind(issuer.to_owned()).bind(subject.to_owned());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Unlinks all of a person.
pub(crate) async fn unlink_all(connection: &mut Connection, person: &PersonId) -> Result<(), AccountsError> {
    query("DELETE FROM accounts_identities WHERE person = $1").bind(person.to_string()).execute(connection).await?;
    Ok(())
}
