//! Objections and applications for repair at rest.

use database::{Connection, query};

use super::{body, written};
use crate::{CreditError, EventId, Paper, PaperId, PaperKind};

/// The one of this name.
pub(crate) async fn get(connection: &mut Connection, id: &PaperId) -> Result<Option<Paper>, CreditError> {
    let statement = query("SELECT body FROM credit_papers WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The one that a form with this key made.
pub(crate) async fn by_key(
    connection: &mut Connection,
    kind: PaperKind,
    key: &str,
) -> Result<Option<Paper>, CreditError> {
    let statement = query("SELECT body FROM credit_papers WHERE kind = $1 AND key = $2");
    let statement = statement.bind(kind.code()).bind(key.to_owned());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// Those of an event: the objection, then applications for repair, newest first.
pub(crate) async fn of_event(connection: &mut Connection, id: &EventId) -> Result<Vec<Paper>, CreditError> {
    let statement = query("SELECT body FROM credit_papers WHERE event = $1 ORDER BY kind, id DESC");
    statement.bind(id.to_string()).fetch_all(connection).await?.iter().map(body).collect()
}

/// Stores a new one; false when there is one with its key, or another objection to the event.
pub(crate) async fn insert(connection: &mut Connection, new: &Paper, key: &str) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_papers (id, version, kind, key, event, body) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(new.kind.code()).bind(key.to_owned());
    let statement = statement.bind(new.event.to_string()).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes to this version from the one before; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Paper) -> Result<bool, CreditError> {
    let statement = query("UPDATE credit_papers SET version = $3, body = $4 WHERE id = $1 AND version = $2");
    let statement = statement.bind(after.id.to_string()).bind(after.version - 1).bind(after.version);
    Ok(statement.bind(written(after)?).execute(connection).await?.rows_affected() == 1)
}
