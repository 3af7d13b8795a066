//! Periods of units at rest: open, closed, declared missing.

use database::{Connection, Row, query};
use network::OrganisationId;
use sqlx::Row as _;

use super::{parse, parse_some, stored};
use crate::{Closing, ClosingState, IndicatorsError, Period};

/// Holds the period of a unit until the commit; false when it is closed.
pub(crate) async fn hold(
    connection: &mut Connection,
    unit: &OrganisationId,
    period: Period,
    at: jiff::Timestamp,
) -> Result<bool, IndicatorsError> {
    let statement = query(
        "INSERT INTO indicators_closings (unit, period, version, state, reason, at) VALUES ($1, $2, 0, 'open', '', $3) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(unit.to_string()).bind(period.to_string()).bind(stored(at));
    statement.execute(&mut *connection).await?;
    let statement =
        query("UPDATE indicators_closings SET version = version WHERE unit = $1 AND period = $2 RETURNING state");
    let row = statement.bind(unit.to_string()).bind(period.to_string()).fetch_one(connection).await?;
    Ok(row.try_get::<String, _>(0)? == ClosingState::Open.code())
}

/// The period of a unit; none when nobody ever touched it.
pub(crate) async fn get(
    connection: &mut Connection,
    unit: &OrganisationId,
    period: Period,
) -> Result<Option<Closing>, IndicatorsError> {
    let statement = query(
        "SELECT unit, period, version, state, reason, person, at FROM indicators_closings \
         WHERE unit = $1 AND period = $2",
    );
    let row = statement.bind(unit.to_string()).bind(period.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// All that were touched in a period.
pub(crate) async fn of_period(connection: &mut Connection, period: Period) -> Result<Vec<Closing>, IndicatorsError> {
    let statement =
        query("SELECT unit, period, version, state, reason, person, at FROM indicators_closings WHERE period = $1");
    statement.bind(period.to_string()).fetch_all(connection).await?.iter().map(read).collect()
}

/// Sets the state of a period that the caller holds.
pub(crate) async fn set(connection: &mut Connection, closing: &Closing) -> Result<(), IndicatorsError> {
    let statement = query(
        "UPDATE indicators_closings SET version = version + 1, state = $3, reason = $4, person = $5, at = $6 \
         WHERE unit = $1 AND period = $2",
    );
    let statement = statement.bind(closing.unit.to_string()).bind(closing.period.to_string());
    let statement = statement.bind(closing.state.code()).bind(closing.reason.clone());
    let statement = statement.bind(closing.person.as_ref().map(ToString::to_string)).bind(stored(closing.at));
    statement.execute(connection).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Closing, IndicatorsError> {
    let unit: String = row.try_get(0)?;
    Ok(Closing {
        unit: parse(&unit, &unit)?,
        period: parse(row.try_get(1)?, &unit)?,
        version: row.try_get(2)?,
        state: parse(row.try_get(3)?, &unit)?,
        reason: row.try_get(4)?,
        person: parse_some(row.try_get(5)?, &unit)?,
        at: parse(row.try_get(6)?, &unit)?,
    })
}
