//! Sessions at rest.

use database::{Connection, Row, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{parsed, stamp};
use crate::session::{Origin, Session, SessionId};
use crate::{AccountsError, PersonId, Token};

/// A session to be begun.
#[derive(Clone, Debug)]
pub(crate) struct NewRow<'a> {
    pub(crate) id: &'a SessionId,
    pub(crate) token: &'a Token,
    pub(crate) person: &'a PersonId,
    pub(crate) pending: bool,
    pub(crate) grants_version: i64,
    pub(crate) origin: &'a Origin,
}

/// A session with its person, as every request asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    pub(crate) id: SessionId,
    pub(crate) person: PersonId,
    pub(crate) pending: bool,
    pub(crate) seen_grants: i64,
    pub(crate) began_at: Timestamp,
    pub(crate) seen_at: Timestamp,
    pub(crate) name: String,
    pub(crate) language: crate::Language,
    pub(crate) grants_version: i64,
}

/// Begins a session.
pub(crate) async fn insert(connection: &mut Connection, new: NewRow<'_>, now: Timestamp) -> Result<(), AccountsError> {
    let statement = query(
        "INSERT INTO accounts_sessions (id, token, rotated_at, person, pending, grants_version, began_at, seen_at, \
         device, address) VALUES ($1, $2, $3, $4, $5, $6, $3, $3, $7, $8)",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.token.hash()).bind(stamp(now));
    let statement = statement.bind(new.person.to_string()).bind(i64::from(new.pending)).bind(new.grants_version);
    let (device, address) = (cut(&new.origin.device, 300), cut(&new.origin.address, 64));
    statement.bind(device).bind(address).execute(connection).await?;
    Ok(())
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// The session of a token, or of the token that it replaced after `grace`.
pub(crate) async fn by_token(
    connection: &mut Connection,
    token: &Token,
    grace: Timestamp,
) -> Result<Option<Live>, AccountsError> {
    let statement = query(
        "SELECT s.id, s.person, s.pending, s.grants_version, s.began_at, s.seen_at, p.name, p.language, \
         p.grants_version FROM accounts_sessions s JOIN accounts_people p ON p.id = s.person \
         WHERE (s.token = $1 OR (s.before = $1 AND s.rotated_at > $2)) AND p.deleted_at IS NULL",
    );
    let row = statement.bind(token.hash()).bind(stamp(grace)).fetch_optional(connection).await?;
    row.map(|row| live(&row)).transpose()
}

fn live(row: &Row) -> Result<Live, AccountsError> {
    Ok(Live {
        id: parsed(row, 0)?,
        person: parsed(row, 1)?,
        pending: row.try_get::<i64, _>(2)? != 0,
        seen_grants: row.try_get(3)?,
        began_at: parsed(row, 4)?,
        seen_at: parsed(row, 5)?,
        name: row.try_get(6)?,
        language: parsed(row, 7)?,
        grants_version: row.try_get(8)?,
    })
}

/// Keeps when a session was seen last; no later time is overwritten.
pub(crate) async fn seen(connection: &mut Connection, id: &SessionId, now: Timestamp) -> Result<(), AccountsError> {
    let statement = query("UPDATE accounts_sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2");
    statement.bind(id.to_string()).bind(stamp(now)).execute(connection).await?;
    Ok(())
}

/// Puts another token in place of one; false when that was done meanwhile. `grants_version` is what the new one knows.
pub(crate) async fn rotate(
    connection: &mut Connection,
    old: &Token,
    new: &Token,
    (grants_version, now): (i64, Timestamp),
) -> Result<bool, AccountsError> {
    let statement = query(
        "UPDATE accounts_sessions SET token = $2, before = $1, rotated_at = $3, grants_version = $4, pending = 0 \
         WHERE token = $1",
    );
    let statement = statement.bind(old.hash()).bind(new.hash()).bind(stamp(now)).bind(grants_version);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Takes the last chance from a token that was replaced.
pub(crate) async fn forget_before(connection: &mut Connection, id: &SessionId) -> Result<(), AccountsError> {
    let statement = query("UPDATE accounts_sessions SET before = NULL WHERE id = $1");
    statement.bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// The sessions of a person that have passed all steps, newest first.
pub(crate) async fn of_person(
    connection: &mut Connection,
    person: &PersonId,
    (idle, oldest): (Timestamp, Timestamp),
) -> Result<Vec<Session>, AccountsError> {
    let statement = query(
        "SELECT id, device, address, began_at, seen_at FROM accounts_sessions \
         WHERE person = $1 AND pending = 0 AND seen_at > $2 AND began_at > $3 ORDER BY id DESC",
    );
    let statement = statement.bind(person.to_string()).bind(stamp(idle)).bind(stamp(oldest));
    let session = |row: &Row| {
        Ok(Session {
            id: parsed(row, 0)?,
            device: row.try_get(1)?,
            address: row.try_get(2)?,
            began_at: parsed(row, 3)?,
            seen_at: parsed(row, 4)?,
        })
    };
    statement.fetch_all(connection).await?.iter().map(session).collect()
}

/// Ends a session of a person; false when there is none.
pub(crate) async fn end(connection: &mut Connection, person: &PersonId, id: &SessionId) -> Result<bool, AccountsError> {
    let statement = query("DELETE FROM accounts_sessions WHERE id = $1 AND person = $2");
    Ok(statement.bind(id.to_string()).bind(person.to_string()).execute(connection).await?.rows_affected() == 1)
}

/// Ends all sessions of a person but one, or all; answers how many.
pub(crate) async fn end_others(
    connection: &mut Connection,
    person: &PersonId,
    kept: Option<&SessionId>,
) -> Result<u64, AccountsError> {
    let statement = query("DELETE FROM accounts_sessions WHERE person = $1 AND id <> $2");
    let kept = kept.map(ToString::to_string).unwrap_or_default();
    Ok(statement.bind(person.to_string()).bind(kept).execute(connection).await?.rows_affected())
}

/// Removes those that are over.
pub(crate) async fn sweep(
    connection: &mut Connection,
    (idle, oldest, pending): (Timestamp, Timestamp, Timestamp),
) -> Result<u64, AccountsError> {
    let statement = query(
        "DELETE FROM accounts_sessions WHERE seen_at <= $1 OR began_at <= $2 OR (pending = 1 AND began_at <= $3)",
    );
    let statement = statement.bind(stamp(idle)).bind(stamp(oldest)).bind(stamp(pending));
    Ok(statement.execute(connection).await?.rows_affected())
}
