//! When the platform measured.

use database::{Connection, query};
use sqlx::Row as _;

use super::{parse, stored, unreadable};
use crate::{IndicatorsError, Refresh};

/// Stores what a refresh did.
pub(crate) async fn insert(connection: &mut Connection, refresh: &Refresh) -> Result<(), IndicatorsError> {
    let failures = serde_json::to_string(&refresh.failures).map_err(|error| unreadable("refresh", error))?;
    let statement = query(
        "INSERT INTO indicators_refreshes (at, took, measured, changed, failures) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(stored(refresh.at)).bind(refresh.took).bind(refresh.measured);
    statement.bind(refresh.changed).bind(failures).execute(connection).await?;
    Ok(())
}

/// The last one.
pub(crate) async fn last(connection: &mut Connection) -> Result<Option<Refresh>, IndicatorsError> {
    let statement =
        query("SELECT at, took, measured, changed, failures FROM indicators_refreshes ORDER BY at DESC LIMIT 1");
    let Some(row) = statement.fetch_optional(connection).await? else { return Ok(None) };
    let at: String = row.try_get(0)?;
    Ok(Some(Refresh {
        at: parse(&at, &at)?,
        took: row.try_get(1)?,
        measured: row.try_get(2)?,
        changed: row.try_get(3)?,
        failures: serde_json::from_str(row.try_get(4)?).map_err(|error| unreadable(&at, error))?,
    }))
}
