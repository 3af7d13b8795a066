//! Warnings at rest.

use accounts::Cover;
use database::{Conditions, Connection, Row, query};
use jiff::civil::Date;
use network::office_day;
use sqlx::Row as _;

use super::{body, parse, stored, written};
use crate::list::rank;
use crate::{Event, Severity, State, Warning, WarningId, WarningQuery, WarningsError};

/// The warning of this name.
pub(crate) async fn get(connection: &mut Connection, id: &WarningId) -> Result<Option<Warning>, WarningsError> {
    let statement = query("SELECT body FROM warnings_warnings WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The open warning of a rule and subject.
pub(crate) async fn open_of(connection: &mut Connection, key: &str) -> Result<Option<Warning>, WarningsError> {
    let statement = query("SELECT body FROM warnings_warnings WHERE open_key = $1").bind(key.to_owned());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The open warning of the same rule and subject as one.
pub(crate) async fn open_one(connection: &mut Connection, of: &Warning) -> Result<Option<Warning>, WarningsError> {
    open_of(connection, &format!("{}/{}", of.rule.code, of.reading.subject.key)).await
}

/// All warnings of the same rule and subject, newest first; twenty at most.
pub(crate) async fn of_pair(connection: &mut Connection, of: &Warning) -> Result<Vec<Warning>, WarningsError> {
    let statement =
        query("SELECT body FROM warnings_warnings WHERE rule = $1 AND subject = $2 ORDER BY id DESC LIMIT 20");
    let statement = statement.bind(of.rule.code.to_string()).bind(of.reading.subject.key.clone());
    statement.fetch_all(connection).await?.iter().map(body).collect()
}

/// Stores a new warning; false when one is open for its rule and subject.
pub(crate) async fn insert(connection: &mut Connection, new: &Warning) -> Result<bool, WarningsError> {
    let statement = query(
        "INSERT INTO warnings_warnings (id, version, rule, subject, open_key, unit, severity, rank, state, assignee, \
         day, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(new.rule.code.to_string());
    let statement = statement.bind(new.reading.subject.key.clone()).bind(new.open_key());
    let statement = statement.bind(new.unit.to_string()).bind(new.severity.code()).bind(rank(new.severity));
    let statement = statement.bind(new.state.code()).bind(new.assignee.as_ref().map(ToString::to_string));
    let statement = statement.bind(office_day(new.fired_at).to_string()).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes to this version from the one before; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Warning) -> Result<bool, WarningsError> {
    let statement = query(
        "UPDATE warnings_warnings SET version = $3, open_key = $4, severity = $5, rank = $6, state = $7, \
         assignee = $8, closed_at = $9, body = $10 WHERE id = $1 AND version = $2",
    );
    let statement = statement.bind(after.id.to_string()).bind(after.version - 1).bind(after.version);
    let statement = statement.bind(after.open_key()).bind(after.severity.code()).bind(rank(after.severity));
    let statement = statement.bind(after.state.code()).bind(after.assignee.as_ref().map(ToString::to_string));
    let statement = statement.bind(after.closed_at.map(stored)).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Appends what was done.
pub(crate) async fn append(connection: &mut Connection, id: &WarningId, event: &Event) -> Result<(), WarningsError> {
    let statement = query("INSERT INTO warnings_events (warning, number, body) VALUES ($1, $2, $3)");
    statement.bind(id.to_string()).bind(event.number).bind(written(event)?).execute(connection).await?;
    Ok(())
}

/// All that was done to a warning.
pub(crate) async fn events(connection: &mut Connection, id: &WarningId) -> Result<Vec<Event>, WarningsError> {
    let statement = query("SELECT body FROM warnings_events WHERE warning = $1 ORDER BY number").bind(id.to_string());
    statement.fetch_all(connection).await?.iter().map(body).collect()
}

fn conditions(cover: &Cover, asked: &WarningQuery) -> Conditions {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "unit");
    if let Some(rule) = &asked.rule {
        conditions.and("rule =", rule);
    }
    if let Some(severity) = asked.severity {
        conditions.and("severity =", severity);
    }
    if let Some(state) = asked.state {
        conditions.and("state =", state);
    }
    if asked.open {
        conditions.and_fixed("open_key IS NOT NULL");
    }
    if let Some(assignee) = &asked.assignee {
        conditions.and("assignee =", assignee);
    }
    if let Some(from) = asked.from {
        conditions.and("day >=", from);
    }
    if let Some(to) = asked.to {
        conditions.and("day <=", to);
    }
    conditions
}

/// Warnings that match, the most severe first, then the newest, after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: &Cover,
    asked: &WarningQuery,
    after: Option<(String, String)>,
    limit: usize,
) -> Result<Vec<Warning>, WarningsError> {
    let mut conditions = conditions(cover, asked);
    if let Some(after) = after {
        conditions.and_pair("(rank, id) <", after);
    }
    let tail = format!(" ORDER BY rank DESC, id DESC LIMIT {limit}");
    let rows = conditions.statement("SELECT body FROM warnings_warnings", &tail).fetch_all(connection).await?;
    rows.iter().map(body).collect()
}

/// How many of a severity, state and day.
pub(crate) struct Counted {
    pub(crate) severity: Severity,
    pub(crate) state: State,
    pub(crate) day: Date,
    pub(crate) count: u64,
}

/// Counts of the warnings that match.
pub(crate) async fn counts(
    connection: &mut Connection,
    cover: &Cover,
    asked: &WarningQuery,
) -> Result<Vec<Counted>, WarningsError> {
    let head = "SELECT severity, state, day, COUNT(*) FROM warnings_warnings";
    let statement = conditions(cover, asked).statement(head, " GROUP BY severity, state, day");
    let rows = statement.fetch_all(connection).await?;
    let counted = |row: &Row| -> Result<Counted, WarningsError> {
        Ok(Counted {
            severity: parse(row.try_get(0)?, "severity")?,
            state: parse(row.try_get(1)?, "state")?,
            day: parse(row.try_get(2)?, "day")?,
            count: u64::try_from(row.try_get::<i64, _>(3)?).unwrap_or(0),
        })
    };
    rows.iter().map(counted).collect()
}
