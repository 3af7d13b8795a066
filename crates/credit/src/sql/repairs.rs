//! Repairs at rest.

use database::{Connection, query};

use super::{body, written};
use crate::{CreditError, EventId, Repair, RepairId};

/// The one of this name.
pub(crate) async fn get(connection: &mut Connection, id: &RepairId) -> Result<Option<Repair>, CreditError> {
    let statement = query("SELECT body FROM credit_repairs WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The one that a form with this key made.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Repair>, CreditError> {
    let statement = query("SELECT body FROM credit_repairs WHERE key = $1").bind(key.to_owned());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// Those of an event, newest first.
pub(crate) async fn of_event(connection: &mut Connection, id: &EventId) -> Result<Vec<Repair>, CreditError> {
    let statement = query("SELECT body FROM credit_repairs WHERE event = $1 ORDER BY id DESC").bind(id.to_string());
    statement.fetch_all(connection).await?.iter().map(body).collect()
}

/// Stores a new one; false when there is one.
pub(crate) async fn insert(connection: &mut Connection, new: &Repair, key: &str) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_repairs (id, version, key, event, body) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(key.to_owned());
    let statement = statement.bind(new.event.to_string()).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Repair, seen: i64) -> Result<bool, CreditError> {
    let statement = query("UPDATE credit_repairs SET version = $3, body = $4 WHERE id = $1 AND version = $2");
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.version).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}
