//! Reports at rest.

use database::{Connection, Row, query, select_in};
use network::OrganisationId;
use sqlx::Row as _;

use super::{json, or_empty, parse, parse_some, stored, stored_some};
use crate::{PlanId, PlansError, Report, ReportId, ReportState, Said};

/// Reading of reports; the tail goes on.
macro_rules! reports {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, plan, edition, task, unit, number, state, progress, percent, words, figures, public, ",
            "made_at, made_by, submitted_at, submitted_by, decided_at, decided_by, reason FROM plans_reports ",
            $tail
        )
    };
}

/// The report of this name.
pub(crate) async fn get(connection: &mut Connection, id: &ReportId) -> Result<Option<Report>, PlansError> {
    let row = query(reports!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The report that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Report>, PlansError> {
    let row = query(reports!("WHERE make_key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The reports of a unit on a task, latest first.
pub(crate) async fn of_cell(
    connection: &mut Connection,
    (plan, unit, task): (&PlanId, &OrganisationId, &str),
) -> Result<Vec<Report>, PlansError> {
    let statement = query(reports!("WHERE plan = $1 AND unit = $2 AND task = $3 ORDER BY number DESC"));
    let statement = statement.bind(plan.to_string()).bind(unit.to_string()).bind(task.to_owned());
    let rows = statement.fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The latest reports of units on all tasks of a plan, for a table to be filled in.
pub(crate) async fn open_of_units(
    connection: &mut Connection,
    plan: &PlanId,
    units: &[OrganisationId],
) -> Result<Vec<Report>, PlansError> {
    let head = reports!("WHERE state <> 'accepted' AND unit IN");
    let rows = select_in(connection, (head, ""), units.iter().map(OrganisationId::as_str)).await?;
    let read: Result<Vec<Report>, PlansError> = rows.iter().map(read).collect();
    Ok(read?.into_iter().filter(|report| report.plan == *plan).collect())
}

/// What is shown to everyone of a plan, latest first.
pub(crate) async fn public(connection: &mut Connection, plan: &PlanId) -> Result<Vec<Report>, PlansError> {
    let statement = query(reports!(
        "WHERE plan = $1 AND public = 1 AND state = 'accepted' ORDER BY decided_at DESC, id DESC LIMIT 500"
    ));
    let rows = statement.bind(plan.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// What waits to be looked at, longest waiting first.
pub(crate) async fn waiting(connection: &mut Connection) -> Result<Vec<Report>, PlansError> {
    let statement = query(reports!("WHERE state = 'submitted' ORDER BY submitted_at, id"));
    let rows = statement.fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Stores a new one; false when its key was there, or there is an open one on the task.
pub(crate) async fn insert(connection: &mut Connection, new: &Report, key: &str) -> Result<bool, PlansError> {
    let statement = query(
        "INSERT INTO plans_reports (id, make_key, version, plan, edition, task, unit, number, state, progress, percent, \
         words, figures, public, open_key, made_at, made_by, submitted_at, submitted_by, decided_at, decided_by, reason) \
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', '', '', '', '') \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(key.to_owned()).bind(new.plan.to_string());
    let statement = statement.bind(new.edition).bind(new.task.clone()).bind(new.unit.to_string()).bind(new.number);
    let statement = statement.bind(new.state.code()).bind(new.said.progress.code()).bind(new.said.percent);
    let statement = statement.bind(new.said.words.clone()).bind(json(&new.said.figures, new.id.as_str())?);
    let statement = statement.bind(i64::from(new.public)).bind(open_key(new)).bind(stored(new.made_at));
    Ok(statement.bind(or_empty(new.made_by.as_ref())).execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Report, seen: i64) -> Result<bool, PlansError> {
    let statement = query(
        "UPDATE plans_reports SET version = version + 1, state = $3, progress = $4, percent = $5, words = $6, \
         figures = $7, public = $8, open_key = $9, submitted_at = $10, submitted_by = $11, decided_at = $12, \
         decided_by = $13, reason = $14 WHERE id = $1 AND version = $2",
    );
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.state.code());
    let statement = statement.bind(after.said.progress.code()).bind(after.said.percent).bind(after.said.words.clone());
    let statement = statement.bind(json(&after.said.figures, after.id.as_str())?).bind(i64::from(after.public));
    let statement = statement.bind(open_key(after)).bind(stored_some(after.submitted_at));
    let statement = statement.bind(or_empty(after.submitted_by.as_ref())).bind(stored_some(after.decided_at));
    let statement = statement.bind(or_empty(after.decided_by.as_ref())).bind(after.reason.clone());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

fn open_key(report: &Report) -> String {
    if report.state == ReportState::Accepted {
        report.id.to_string()
    } else {
        format!("{}/{}/{}", report.plan, report.unit, report.task)
    }
}

fn read(row: &Row) -> Result<Report, PlansError> {
    let id: String = row.try_get(0)?;
    let figures = serde_json::from_str(row.try_get(11)?).map_err(|error| PlansError::unreadable(&id, error))?;
    let said =
        Said { progress: parse(row.try_get(8)?, &id)?, percent: row.try_get(9)?, words: row.try_get(10)?, figures };
    Ok(Report {
        version: row.try_get(1)?,
        plan: parse(row.try_get(2)?, &id)?,
        edition: row.try_get(3)?,
        task: row.try_get(4)?,
        unit: parse(row.try_get(5)?, &id)?,
        number: row.try_get(6)?,
        state: parse(row.try_get(7)?, &id)?,
        said,
        public: row.try_get::<i64, _>(12)? == 1,
        made_at: parse(row.try_get(13)?, &id)?,
        made_by: parse_some(row.try_get(14)?, &id)?,
        submitted_at: parse_some(row.try_get(15)?, &id)?,
        submitted_by: parse_some(row.try_get(16)?, &id)?,
        decided_at: parse_some(row.try_get(17)?, &id)?,
        decided_by: parse_some(row.try_get(18)?, &id)?,
        reason: row.try_get(19)?,
        id: parse(&id, &id)?,
    })
}
