//! How tasks stand at units, and which optional ones they chose.

use std::collections::{BTreeSet, HashMap};

use accounts::PersonId;
use database::{Connection, query};
use jiff::Timestamp;
use network::OrganisationId;
use sqlx::Row as _;

use super::{or_empty, parse, stored};
use crate::{Cell, PlanId, PlansError};

/// The cells of one unit by task.
pub(crate) type UnitCells = HashMap<String, Cell>;

/// The cells of all units of a plan. One row a unit: rows cost more than text.
pub(crate) async fn of_plan(
    connection: &mut Connection,
    plan: &PlanId,
) -> Result<HashMap<OrganisationId, UnitCells>, PlansError> {
    let statement =
        query("SELECT unit, string_agg(task || ':' || cell, '|') FROM plans_cells WHERE plan = $1 GROUP BY unit");
    let rows = statement.bind(plan.to_string()).fetch_all(connection).await?;
    let mut cells = HashMap::with_capacity(rows.len());
    for row in &rows {
        let unit: &str = row.try_get(0)?;
        cells.insert(parse(unit, unit)?, unit_cells(row.try_get(1)?, unit)?);
    }
    Ok(cells)
}

fn unit_cells(text: &str, unit: &str) -> Result<UnitCells, PlansError> {
    let one = |part: &str| {
        let (task, cell) = part.split_once(':')?;
        Some((task.to_owned(), Cell::read(cell)?))
    };
    text.split('|').map(|part| one(part).ok_or_else(|| PlansError::unreadable(unit, part))).collect()
}

/// The cell of a task of a unit.
pub(crate) async fn get(
    connection: &mut Connection,
    (plan, unit, task): (&PlanId, &OrganisationId, &str),
) -> Result<Cell, PlansError> {
    let statement = query("SELECT cell FROM plans_cells WHERE plan = $1 AND unit = $2 AND task = $3");
    let statement = statement.bind(plan.to_string()).bind(unit.to_string()).bind(task.to_owned());
    let Some(row) = statement.fetch_optional(connection).await? else { return Ok(Cell::default()) };
    let text: &str = row.try_get(0)?;
    Cell::read(text).ok_or_else(|| PlansError::unreadable(unit.as_str(), text))
}

/// Writes a cell.
pub(crate) async fn put(
    connection: &mut Connection,
    (plan, unit, task): (&PlanId, &OrganisationId, &str),
    cell: &Cell,
) -> Result<(), PlansError> {
    let statement = query(
        "INSERT INTO plans_cells (plan, unit, task, cell) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (plan, unit, task) DO UPDATE SET cell = excluded.cell",
    );
    let statement = statement.bind(plan.to_string()).bind(unit.to_string()).bind(task.to_owned());
    statement.bind(cell.stored()).execute(connection).await?;
    Ok(())
}

/// What units have chosen.
pub(crate) async fn chosen(
    connection: &mut Connection,
    plan: &PlanId,
) -> Result<HashMap<OrganisationId, BTreeSet<String>>, PlansError> {
    let statement = query("SELECT unit, task FROM plans_choices WHERE plan = $1");
    let rows = statement.bind(plan.to_string()).fetch_all(connection).await?;
    let mut chosen: HashMap<OrganisationId, BTreeSet<String>> = HashMap::new();
    for row in &rows {
        let unit: &str = row.try_get(0)?;
        chosen.entry(parse(unit, unit)?).or_default().insert(row.try_get(1)?);
    }
    Ok(chosen)
}

/// Whether a unit has chosen a task.
pub(crate) async fn is_chosen(
    connection: &mut Connection,
    (plan, unit, task): (&PlanId, &OrganisationId, &str),
) -> Result<bool, PlansError> {
    let statement = query("SELECT 1 FROM plans_choices WHERE plan = $1 AND unit = $2 AND task = $3");
    let statement = statement.bind(plan.to_string()).bind(unit.to_string()).bind(task.to_owned());
    Ok(statement.fetch_optional(connection).await?.is_some())
}

/// Chooses a task; false when it was chosen before.
pub(crate) async fn choose(
    connection: &mut Connection,
    (plan, unit, task): (&PlanId, &OrganisationId, &str),
    now: Timestamp,
    by: Option<&PersonId>,
) -> Result<bool, PlansError> {
    let statement = query(
        "INSERT INTO plans_choices (plan, unit, task, at, person) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(plan.to_string()).bind(unit.to_string()).bind(task.to_owned());
    Ok(statement.bind(stored(now)).bind(or_empty(by)).execute(connection).await?.rows_affected() == 1)
}

/// Takes a choice back where nothing was reported; false when there was none, or there are reports.
pub(crate) async fn unchoose(
    connection: &mut Connection,
    (plan, unit, task): (&PlanId, &OrganisationId, &str),
) -> Result<bool, PlansError> {
    let statement = query(
        "DELETE FROM plans_choices WHERE plan = $1 AND unit = $2 AND task = $3 AND NOT EXISTS \
         (SELECT 1 FROM plans_reports r WHERE r.plan = $1 AND r.unit = $2 AND r.task = $3)",
    );
    let statement = statement.bind(plan.to_string()).bind(unit.to_string()).bind(task.to_owned());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}
