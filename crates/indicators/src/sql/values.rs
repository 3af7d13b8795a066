//! Values at rest: one row as it stands, one for every version.

use database::{Connection, Query, Row, insert_rows, query};
use network::OrganisationId;
use sqlx::Row as _;

use super::{parse, parse_some, stored, written};
use crate::{Code, IndicatorsError, Period, Value};

/// Reading of values from a table; the tail goes on.
macro_rules! values {
    ($table:literal, $tail:literal) => {
        concat!(
            "SELECT unit, code, period, version, state, number, note, reason, href, person, at FROM ",
            $table,
            " ",
            $tail
        )
    };
}

/// The value as it stands.
pub(crate) async fn get(
    connection: &mut Connection,
    unit: &OrganisationId,
    code: &Code,
    period: Period,
) -> Result<Option<Value>, IndicatorsError> {
    let statement = query(values!("indicators_values", "WHERE code = $1 AND kind = $2 AND unit = $3 AND period = $4"));
    let statement = statement.bind(code.to_string()).bind(period.kind().code()).bind(unit.to_string());
    let row = statement.bind(period.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// All versions of a value, oldest first.
pub(crate) async fn versions(
    connection: &mut Connection,
    unit: &OrganisationId,
    code: &Code,
    period: Period,
) -> Result<Vec<Value>, IndicatorsError> {
    let statement = query(values!(
        "indicators_versions",
        "WHERE code = $1 AND kind = $2 AND unit = $3 AND period = $4 ORDER BY version"
    ));
    let statement = statement.bind(code.to_string()).bind(period.kind().code()).bind(unit.to_string());
    let rows = statement.bind(period.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Values of an indicator in a period.
pub(crate) async fn of_period(
    connection: &mut Connection,
    code: &Code,
    period: Period,
) -> Result<Vec<Value>, IndicatorsError> {
    let statement = query(values!("indicators_values", "WHERE code = $1 AND kind = $2 AND period = $3 ORDER BY unit"));
    let statement = statement.bind(code.to_string()).bind(period.kind().code()).bind(period.to_string());
    statement.fetch_all(connection).await?.iter().map(read).collect()
}

/// Values of some units, all their indicators, in a period. Of many units all of the period are read.
pub(crate) async fn of_units(
    connection: &mut Connection,
    units: &[OrganisationId],
    period: Period,
) -> Result<Vec<Value>, IndicatorsError> {
    if units.len() > FEW {
        let statement = query(values!("indicators_values", "WHERE period = $1"));
        let rows = statement.bind(period.to_string()).fetch_all(connection).await?;
        let known: std::collections::HashSet<&str> = units.iter().map(OrganisationId::as_str).collect();
        let mine = |row: &&Row| row.try_get::<&str, _>(0).is_ok_and(|unit| known.contains(unit));
        return rows.iter().filter(mine).map(read).collect();
    }
    let mut found = Vec::new();
    for unit in units {
        let statement = query(values!("indicators_values", "WHERE period = $1 AND unit = $2 ORDER BY code"));
        let statement = statement.bind(period.to_string()).bind(unit.to_string());
        for row in statement.fetch_all(&mut *connection).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// Units that are asked for one by one.
const FEW: usize = 40;

/// Values that wait in a state, oldest first: the index on states is small, whose they are is asked afterwards.
pub(crate) async fn in_state(connection: &mut Connection, state: crate::State) -> Result<Vec<Value>, IndicatorsError> {
    let statement = query(values!("indicators_values", "WHERE state = $1 ORDER BY at, unit, code LIMIT 20000"));
    statement.bind(state.code()).fetch_all(connection).await?.iter().map(read).collect()
}

/// Stores the next version of a value after the one seen; false when another came first.
pub(crate) async fn put(connection: &mut Connection, value: &Value) -> Result<bool, IndicatorsError> {
    let statement = if value.version == 1 {
        query(
            "INSERT INTO indicators_values (code, kind, unit, period, version, state, number, note, reason, href, \
             person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
        )
    } else {
        query(
            "UPDATE indicators_values SET version = version + 1, state = $6, number = $7, note = $8, reason = $9, \
             href = $10, person = $11, at = $12 WHERE code = $1 AND kind = $2 AND unit = $3 AND period = $4 \
             AND version + 1 = $5",
        )
    };
    if bind(statement, value).execute(&mut *connection).await?.rows_affected() != 1 {
        return Ok(false);
    }
    insert_rows(connection, VERSIONS, [value], bind).await?;
    Ok(true)
}

const VERSIONS: (&str, usize, &str) = (
    "INSERT INTO indicators_versions (code, kind, unit, period, version, state, number, note, reason, href, person, at)",
    12,
    "",
);

/// Stores many values over what is there, each as its next version, which the caller has read.
pub(crate) async fn put_all(connection: &mut Connection, values: &[Value]) -> Result<(), IndicatorsError> {
    let head = "INSERT INTO indicators_values (code, kind, unit, period, version, state, number, note, reason, href, \
        person, at)";
    let tail = "ON CONFLICT (code, kind, unit, period) DO UPDATE SET version = excluded.version, \
        state = excluded.state, number = excluded.number, note = excluded.note, reason = excluded.reason, \
        href = excluded.href, person = excluded.person, at = excluded.at";
    insert_rows(connection, (head, 12, tail), values, bind).await?;
    // Two programs that measure at once bring the same.
    insert_rows(connection, (VERSIONS.0, VERSIONS.1, "ON CONFLICT DO NOTHING"), values, bind).await?;
    Ok(())
}

/// Stores first versions where there is none; answers how many.
pub(crate) async fn put_new(connection: &mut Connection, values: &[Value]) -> Result<u64, IndicatorsError> {
    let head = "INSERT INTO indicators_values (code, kind, unit, period, version, state, number, note, reason, href, \
        person, at)";
    let count = insert_rows(connection, (head, 12, "ON CONFLICT DO NOTHING"), values, bind).await?;
    insert_rows(connection, (VERSIONS.0, VERSIONS.1, "ON CONFLICT DO NOTHING"), values, bind).await?;
    Ok(count)
}

/// Notes that values were measured again and are as they were.
pub(crate) async fn touch(connection: &mut Connection, values: &[Value]) -> Result<(), IndicatorsError> {
    let head = "INSERT INTO indicators_values (code, kind, unit, period, version, state, number, note, reason, href, \
        person, at)";
    let tail = "ON CONFLICT (code, kind, unit, period) DO UPDATE SET at = excluded.at, href = excluded.href";
    insert_rows(connection, (head, 12, tail), values, bind).await?;
    Ok(())
}

fn bind(statement: Query<'static>, value: &Value) -> Query<'static> {
    let statement = statement.bind(value.code.to_string()).bind(value.period.kind().code());
    let statement = statement.bind(value.unit.to_string()).bind(value.period.to_string()).bind(value.version);
    let statement = statement.bind(value.state.code()).bind(value.number.map(written)).bind(value.note.clone());
    let statement = statement.bind(value.reason.clone()).bind(value.href.clone());
    statement.bind(value.person.as_ref().map(ToString::to_string)).bind(stored(value.at))
}

fn read(row: &Row) -> Result<Value, IndicatorsError> {
    let unit: String = row.try_get(0)?;
    let code: String = row.try_get(1)?;
    let id = format!("{unit} {code}");
    Ok(Value {
        unit: parse(&unit, &id)?,
        code: parse(&code, &id)?,
        period: parse(row.try_get(2)?, &id)?,
        version: row.try_get(3)?,
        state: parse(row.try_get(4)?, &id)?,
        number: parse_some(row.try_get(5)?, &id)?,
        note: row.try_get(6)?,
        reason: row.try_get(7)?,
        href: row.try_get(8)?,
        person: parse_some(row.try_get(9)?, &id)?,
        at: parse(row.try_get(10)?, &id)?,
    })
}
