//! Requests that are being written.

use database::{Connection, Row, query};
use jiff::Timestamp;
use network::Id;

use super::{moment, number, optional, or_empty, parsed, text};
use crate::CasesError;

/// A draft as it is stored: its content sealed.
pub(crate) struct Stored {
    pub(crate) id: Id,
    pub(crate) person: Option<accounts::PersonId>,
    pub(crate) version: i64,
    pub(crate) item: String,
    pub(crate) content: String,
    pub(crate) saved_at: Timestamp,
}

/// Makes a draft; false when its id is there already.
pub(crate) async fn insert(connection: &mut Connection, stored: &Stored) -> Result<bool, CasesError> {
    let statement = query(
        "INSERT INTO cases_drafts (id, person, version, item, content, saved_at) VALUES ($1, $2, 1, $3, $4, $5) \
         ON CONFLICT (id) DO NOTHING",
    );
    let done = statement
        .bind(stored.id.to_string())
        .bind(or_empty(stored.person.as_ref()))
        .bind(stored.item.clone())
        .bind(stored.content.clone())
        .bind(moment(stored.saved_at))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes a draft that is in the version seen; false when it is not.
pub(crate) async fn update(connection: &mut Connection, stored: &Stored, seen: i64) -> Result<bool, CasesError> {
    let statement = query(
        "UPDATE cases_drafts SET version = version + 1, person = $3, item = $4, content = $5, saved_at = $6 \
         WHERE id = $1 AND version = $2",
    );
    let done = statement
        .bind(stored.id.to_string())
        .bind(seen)
        .bind(or_empty(stored.person.as_ref()))
        .bind(stored.item.clone())
        .bind(stored.content.clone())
        .bind(moment(stored.saved_at))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The draft.
pub(crate) async fn get(connection: &mut Connection, id: &Id) -> Result<Option<Stored>, CasesError> {
    let statement = query("SELECT id, person, version, item, content, saved_at FROM cases_drafts WHERE id = $1");
    let row = statement.bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(draft).transpose()
}

/// The drafts of a person, latest first.
pub(crate) async fn of(connection: &mut Connection, person: &str) -> Result<Vec<Stored>, CasesError> {
    let statement = query(
        "SELECT id, person, version, item, content, saved_at FROM cases_drafts WHERE person = $1 \
         ORDER BY saved_at DESC LIMIT 100",
    );
    let rows = statement.bind(person.to_owned()).fetch_all(connection).await?;
    rows.iter().map(draft).collect()
}

/// Removes a draft.
pub(crate) async fn delete(connection: &mut Connection, id: &Id) -> Result<(), CasesError> {
    query("DELETE FROM cases_drafts WHERE id = $1").bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Drafts that were last saved before a moment.
pub(crate) async fn old(connection: &mut Connection, before: Timestamp) -> Result<Vec<Id>, CasesError> {
    let statement = query("SELECT id FROM cases_drafts WHERE saved_at < $1 ORDER BY saved_at LIMIT 500");
    let rows = statement.bind(moment(before)).fetch_all(connection).await?;
    rows.iter().map(|row| parsed(row, "id")).collect()
}

fn draft(row: &Row) -> Result<Stored, CasesError> {
    Ok(Stored {
        id: parsed(row, "id")?,
        person: optional(row, "person")?,
        version: number(row, "version")?,
        item: text(row, "item")?,
        content: text(row, "content")?,
        saved_at: parsed(row, "saved_at")?,
    })
}
