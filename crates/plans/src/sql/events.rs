//! What happened to plans and reports.

use accounts::Actor;
use database::{Connection, Row, query};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::Row as _;

use super::{json, or_empty, parse, parse_some, stored};
use crate::{Happened, PlansError};

/// Adds what made this version of an object.
pub(crate) async fn append(
    connection: &mut Connection,
    (object, version): (&str, i64),
    now: Timestamp,
    actor: &Actor,
    (act, reason, detail): (&str, &str, &Value),
) -> Result<(), PlansError> {
    let statement = query(
        "INSERT INTO plans_events (object, version, at, person, name, act, reason, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let statement = statement.bind(object.to_owned()).bind(version).bind(stored(now)).bind(or_empty(actor.id()));
    let statement = statement.bind(actor.name().to_owned()).bind(act.to_owned()).bind(reason.to_owned());
    statement.bind(json(detail, object)?).execute(connection).await?;
    Ok(())
}

/// All that happened to an object, oldest first.
pub(crate) async fn of(connection: &mut Connection, object: &str) -> Result<Vec<Happened>, PlansError> {
    let statement = query(
        "SELECT version, at, person, name, act, reason, detail FROM plans_events WHERE object = $1 ORDER BY version",
    );
    let rows = statement.bind(object.to_owned()).fetch_all(connection).await?;
    let read = |row: &Row| {
        Ok(Happened {
            version: row.try_get(0)?,
            at: parse(row.try_get(1)?, object)?,
            person: parse_some(row.try_get(2)?, object)?,
            name: row.try_get(3)?,
            act: row.try_get(4)?,
            reason: row.try_get(5)?,
            detail: serde_json::from_str(row.try_get(6)?).map_err(|error| PlansError::unreadable(object, error))?,
        })
    };
    rows.iter().map(read).collect()
}
