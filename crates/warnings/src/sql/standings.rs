//! Whether rules fire for subjects, as the last check found it.

use std::collections::BTreeMap;

use database::{Connection, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{parse, stored};
use crate::{RuleCode, WarningsError};

/// The subjects for which a rule fires, with their figure at the last check.
pub(crate) async fn firing(
    connection: &mut Connection,
    rule: &RuleCode,
) -> Result<BTreeMap<String, Option<f64>>, WarningsError> {
    let statement = query("SELECT subject, value FROM warnings_standings WHERE rule = $1 AND firing = 1");
    let rows = statement.bind(rule.to_string()).fetch_all(connection).await?;
    let mut found = BTreeMap::new();
    for row in &rows {
        let subject: String = row.try_get(0)?;
        let value: Option<String> = row.try_get(1)?;
        let value = value.map(|value| parse::<f64>(&value, &subject)).transpose()?;
        found.insert(subject, value);
    }
    Ok(found)
}

/// When the last warning of a rule and subject was closed.
pub(crate) async fn closed_at(
    connection: &mut Connection,
    (rule, subject): (&RuleCode, &str),
) -> Result<Option<Timestamp>, WarningsError> {
    let statement = query("SELECT MAX(closed_at) FROM warnings_warnings WHERE rule = $1 AND subject = $2");
    let statement = statement.bind(rule.to_string()).bind(subject.to_owned());
    let Some(row) = statement.fetch_optional(connection).await? else { return Ok(None) };
    row.try_get::<Option<String>, _>(0)?.map(|at| parse(&at, subject)).transpose()
}

/// Notes that a rule begins to fire for a subject; false when it does already. Of two who note it at once, one is answered true.
pub(crate) async fn begin(
    connection: &mut Connection,
    (rule, subject): (&RuleCode, &str),
    value: Option<f64>,
    now: Timestamp,
) -> Result<bool, WarningsError> {
    let statement = query(
        "INSERT INTO warnings_standings (rule, subject, firing, value, since) VALUES ($1, $2, 1, $3, $4) \
         ON CONFLICT (rule, subject) DO UPDATE SET firing = 1, value = excluded.value, since = excluded.since \
         WHERE warnings_standings.firing = 0",
    );
    let statement = statement.bind(rule.to_string()).bind(subject.to_owned());
    let statement = statement.bind(value.map(|value| value.to_string())).bind(stored(now));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Notes that it fires no more; false when it did not.
pub(crate) async fn end(
    connection: &mut Connection,
    (rule, subject): (&RuleCode, &str),
) -> Result<bool, WarningsError> {
    let statement = query("UPDATE warnings_standings SET firing = 0 WHERE rule = $1 AND subject = $2 AND firing = 1");
    let statement = statement.bind(rule.to_string()).bind(subject.to_owned());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Notes the figure of this check.
pub(crate) async fn set_value(
    connection: &mut Connection,
    (rule, subject): (&RuleCode, &str),
    value: Option<f64>,
) -> Result<(), WarningsError> {
    let statement = query("UPDATE warnings_standings SET value = $3 WHERE rule = $1 AND subject = $2");
    let statement = statement.bind(rule.to_string()).bind(subject.to_owned());
    statement.bind(value.map(|value| value.to_string())).execute(connection).await?;
    Ok(())
}
