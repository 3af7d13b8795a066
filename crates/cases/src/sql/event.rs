//! What happened, and when clocks stood.

use database::{Connection, Row, query};

use super::{json, moment, number, optional, or_empty, parsed, text};
use crate::{CaseId, CasesError, Event, PauseKind, Stand};

/// Adds an event.
pub(crate) async fn append(
    connection: &mut Connection,
    case: &CaseId,
    version: i64,
    key: &str,
    event: &Event,
) -> Result<(), CasesError> {
    let statement = query(
        "INSERT INTO cases_events (case_id, number, version, at, action, person, name, by_client, from_state, to_state, \
         reason, detail, public, act_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    );
    statement
        .bind(case.to_string())
        .bind(event.number)
        .bind(version)
        .bind(moment(event.at))
        .bind(event.action.code().to_owned())
        .bind(or_empty(event.person.as_ref()))
        .bind(event.name.clone())
        .bind(i64::from(event.by_client))
        .bind(or_empty(event.from.as_ref()))
        .bind(event.to.code().to_owned())
        .bind(event.reason.clone().unwrap_or_default())
        .bind(event.detail.to_string())
        .bind(i64::from(event.public))
        .bind(key.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}

/// Everything that happened after a version; all for 0.
pub(crate) async fn since(connection: &mut Connection, case: &CaseId, version: i64) -> Result<Vec<Event>, CasesError> {
    let statement = query(
        "SELECT number, at, action, person, name, by_client, from_state, to_state, reason, detail, public \
         FROM cases_events WHERE case_id = $1 AND version > $2 ORDER BY number",
    );
    let rows = statement.bind(case.to_string()).bind(version).fetch_all(connection).await?;
    rows.iter().map(event).collect()
}

/// Whether an act with this key was done to the case.
pub(crate) async fn was_done(connection: &mut Connection, case: &CaseId, key: &str) -> Result<bool, CasesError> {
    let statement = query("SELECT 1 AS one FROM cases_events WHERE case_id = $1 AND act_key = $2");
    Ok(statement.bind(case.to_string()).bind(key.to_owned()).fetch_optional(connection).await?.is_some())
}

fn event(row: &Row) -> Result<Event, CasesError> {
    let reason = text(row, "reason")?;
    Ok(Event {
        number: number(row, "number")?,
        at: parsed(row, "at")?,
        action: parsed(row, "action")?,
        person: optional(row, "person")?,
        name: text(row, "name")?,
        by_client: number(row, "by_client")? != 0,
        from: optional(row, "from_state")?,
        to: parsed(row, "to_state")?,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        detail: json(row, "detail")?,
        public: number(row, "public")? != 0,
    })
}

/// The times in which a clock stood.
pub(crate) async fn stands(connection: &mut Connection, case: &CaseId) -> Result<Vec<Stand>, CasesError> {
    let statement = query("SELECT kind, from_on, to_on FROM cases_stands WHERE case_id = $1 ORDER BY number");
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    let read = |row: &Row| {
        Ok(Stand { kind: parsed(row, "kind")?, from: parsed(row, "from_on")?, to: optional(row, "to_on")? })
    };
    rows.iter().map(read).collect()
}

/// The clock stops.
pub(crate) async fn stop(
    connection: &mut Connection,
    case: &CaseId,
    number: i64,
    (kind, from, reason): (PauseKind, jiff::civil::Date, &str),
) -> Result<(), CasesError> {
    let statement = query(
        "INSERT INTO cases_stands (case_id, number, kind, from_on, to_on, reason) VALUES ($1, $2, $3, $4, '', $5)",
    );
    let statement = statement.bind(case.to_string()).bind(number).bind(kind.code().to_owned());
    statement.bind(from.to_string()).bind(reason.to_owned()).execute(connection).await?;
    Ok(())
}

/// The clock runs on.
pub(crate) async fn run_on(
    connection: &mut Connection,
    case: &CaseId,
    to: jiff::civil::Date,
) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_stands SET to_on = $2 WHERE case_id = $1 AND to_on = ''");
    statement.bind(case.to_string()).bind(to.to_string()).execute(connection).await?;
    Ok(())
}
