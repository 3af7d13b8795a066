//! Editions of plans at rest.

use accounts::PersonId;
use database::{Connection, Row, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{json, or_empty, parse_some, stored};
use crate::{Contents, Edition, PlanId, PlansError};

/// The revision of an edition, by which what was read of it is known again; none: no such edition.
pub(crate) async fn revision(
    connection: &mut Connection,
    plan: &PlanId,
    number: i64,
) -> Result<Option<i64>, PlansError> {
    let statement = query("SELECT revision FROM plans_editions WHERE plan = $1 AND number = $2");
    let row = statement.bind(plan.to_string()).bind(number).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// What an edition says.
pub(crate) async fn contents(
    connection: &mut Connection,
    plan: &PlanId,
    number: i64,
) -> Result<Option<Contents>, PlansError> {
    let statement = query("SELECT contents FROM plans_editions WHERE plan = $1 AND number = $2");
    let row = statement.bind(plan.to_string()).bind(number).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    let error = |error| PlansError::unreadable(plan.as_str(), error);
    serde_json::from_str(row.try_get(0)?).map(Some).map_err(error)
}

/// All editions, latest first.
pub(crate) async fn all(connection: &mut Connection, plan: &PlanId) -> Result<Vec<Edition>, PlansError> {
    let statement =
        query("SELECT number, issued_at, issued_by, note FROM plans_editions WHERE plan = $1 ORDER BY number DESC");
    let rows = statement.bind(plan.to_string()).fetch_all(connection).await?;
    let read = |row: &Row| {
        Ok(Edition {
            number: row.try_get(0)?,
            issued_at: parse_some(row.try_get(1)?, plan.as_str())?,
            issued_by: parse_some(row.try_get(2)?, plan.as_str())?,
            note: row.try_get(3)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Writes a draft; an issued edition stays as it is, and the answer is false.
pub(crate) async fn put_draft(
    connection: &mut Connection,
    plan: &PlanId,
    number: i64,
    contents: &Contents,
) -> Result<bool, PlansError> {
    let statement = query(
        "INSERT INTO plans_editions (plan, number, revision, issued_at, issued_by, note, contents) \
         VALUES ($1, $2, 1, '', '', '', $3) ON CONFLICT (plan, number) DO UPDATE SET \
         contents = excluded.contents, revision = plans_editions.revision + 1 WHERE plans_editions.issued_at = ''",
    );
    let statement = statement.bind(plan.to_string()).bind(number).bind(json(contents, plan.as_str())?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Freezes a draft; false when there is none.
pub(crate) async fn issue(
    connection: &mut Connection,
    (plan, number): (&PlanId, i64),
    now: Timestamp,
    by: Option<&PersonId>,
    note: &str,
) -> Result<bool, PlansError> {
    let statement = query(
        "UPDATE plans_editions SET issued_at = $3, issued_by = $4, note = $5, revision = revision + 1 \
         WHERE plan = $1 AND number = $2 AND issued_at = ''",
    );
    let statement = statement.bind(plan.to_string()).bind(number).bind(stored(now)).bind(or_empty(by));
    Ok(statement.bind(note.to_owned()).execute(connection).await?.rows_affected() == 1)
}
