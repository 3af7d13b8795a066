//! What happened to versions.

use accounts::Actor;
use database::{Connection, Row, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{maybe, parsed};
use crate::{Event, EventKind, ItemCode, ServicesError};

/// Writes an event; the caller holds the row of the item.
pub(crate) async fn put(
    connection: &mut Connection,
    (now, actor): (Timestamp, &Actor),
    (code, number): (&ItemCode, i64),
    kind: EventKind,
    reason: Option<&str>,
) -> Result<(), ServicesError> {
    let statement = query("UPDATE services_items SET events = events + 1 WHERE code = $1 RETURNING events");
    let sequence: i64 = statement.bind(code.to_string()).fetch_one(&mut *connection).await?.try_get(0)?;
    let statement = query(
        "INSERT INTO services_events (code, sequence, number, kind, at, person, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    let statement = statement.bind(code.to_string()).bind(sequence).bind(number).bind(kind.code());
    let statement = statement.bind(format!("{now:.3}")).bind(actor.id().map(ToString::to_string));
    statement.bind(reason.map(str::to_owned)).execute(connection).await?;
    Ok(())
}

/// All events of an item, oldest first.
pub(crate) async fn of(connection: &mut Connection, code: &ItemCode) -> Result<Vec<Event>, ServicesError> {
    let statement =
        query("SELECT number, kind, at, person, reason FROM services_events WHERE code = $1 ORDER BY sequence");
    let rows = statement.bind(code.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| event(row, code)).collect()
}

fn event(row: &Row, code: &ItemCode) -> Result<Event, ServicesError> {
    Ok(Event {
        number: row.try_get(0)?,
        kind: parsed(row, 1, code.as_str())?,
        at: parsed(row, 2, code.as_str())?,
        by: maybe(row, 3, code.as_str())?,
        reason: row.try_get(4)?,
    })
}
