//! Reminders that were given.

use std::collections::BTreeSet;

use database::{Connection, query};
use jiff::Timestamp;
use network::Id;
use sqlx::Row as _;

use super::stored;
use crate::{PlanId, PlansError};

/// Those of a plan.
pub(crate) async fn of(connection: &mut Connection, plan: &PlanId) -> Result<BTreeSet<String>, PlansError> {
    let statement = query("SELECT id FROM plans_reminded WHERE plan = $1");
    let rows = statement.bind(plan.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Notes one; false when it was given before.
pub(crate) async fn put(
    connection: &mut Connection,
    id: &Id,
    plan: &PlanId,
    now: Timestamp,
) -> Result<bool, PlansError> {
    let statement = query("INSERT INTO plans_reminded (id, plan, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    let statement = statement.bind(id.to_string()).bind(plan.to_string()).bind(stored(now));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}
