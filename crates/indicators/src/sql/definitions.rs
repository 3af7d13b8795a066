//! Definitions at rest.

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::{parse, parse_some, stored, unreadable};
use crate::{IndicatorsError, Version};

/// All versions of all definitions, by code and version.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Version>, IndicatorsError> {
    let statement = query(
        "SELECT version, valid_from, valid_to, made_at, made_by, body, code FROM indicators_definitions \
         ORDER BY code, version",
    );
    statement.fetch_all(connection).await?.iter().map(read).collect()
}

/// How many versions there are: another number after every change.
pub(crate) async fn count(connection: &mut Connection) -> Result<i64, IndicatorsError> {
    Ok(query("SELECT COUNT(*) FROM indicators_definitions").fetch_one(connection).await?.try_get(0)?)
}

/// Stores a version; false when there is one of this number.
pub(crate) async fn insert(connection: &mut Connection, version: &Version) -> Result<bool, IndicatorsError> {
    let code = version.definition.code.to_string();
    let body = serde_json::to_string(&version.definition).map_err(|error| unreadable(&code, error))?;
    let statement = query(
        "INSERT INTO indicators_definitions (code, version, valid_from, valid_to, made_at, made_by, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(code).bind(version.number).bind(version.from.to_string());
    let statement = statement.bind(version.to.map(|day| day.to_string())).bind(stored(version.made_at));
    let statement = statement.bind(version.made_by.as_ref().map(ToString::to_string)).bind(body);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

fn read(row: &Row) -> Result<Version, IndicatorsError> {
    let code: String = row.try_get(6)?;
    Ok(Version {
        number: row.try_get(0)?,
        from: parse(row.try_get(1)?, &code)?,
        to: parse_some(row.try_get(2)?, &code)?,
        made_at: parse(row.try_get(3)?, &code)?,
        made_by: parse_some(row.try_get(4)?, &code)?,
        definition: serde_json::from_str(row.try_get(5)?).map_err(|error| unreadable(&code, error))?,
    })
}
