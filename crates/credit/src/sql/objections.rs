//! Objections at rest.

use database::{Connection, query};

use super::{body, written};
use crate::{CreditError, EventId, Objection, ObjectionId};

/// The one of this name.
pub(crate) async fn get(connection: &mut Connection, id: &ObjectionId) -> Result<Option<Objection>, CreditError> {
    let statement = query("SELECT body FROM credit_objections WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The one that a form with this key made.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Objection>, CreditError> {
    let statement = query("SELECT body FROM credit_objections WHERE key = $1").bind(key.to_owned());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The one to an event.
pub(crate) async fn of_event(connection: &mut Connection, id: &EventId) -> Result<Option<Objection>, CreditError> {
    let statement = query("SELECT body FROM credit_objections WHERE event = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// Stores a new one; false when there is one.
pub(crate) async fn insert(connection: &mut Connection, new: &Objection, key: &str) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_objections (id, version, key, event, body) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(key.to_owned());
    let statement = statement.bind(new.event.to_string()).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Objection, seen: i64) -> Result<bool, CreditError> {
    let statement = query("UPDATE credit_objections SET version = $3, body = $4 WHERE id = $1 AND version = $2");
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.version).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}
