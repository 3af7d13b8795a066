//! Rules at rest.

use database::{Connection, query};

use super::{body, written};
use crate::{Rule, RuleCode, WarningsError};

/// All that were made or changed.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Rule>, WarningsError> {
    let rows = query("SELECT body FROM warnings_rules ORDER BY code").fetch_all(connection).await?;
    rows.iter().map(body).collect()
}

/// The one of a code.
pub(crate) async fn get(connection: &mut Connection, code: &RuleCode) -> Result<Option<Rule>, WarningsError> {
    let statement = query("SELECT body FROM warnings_rules WHERE code = $1").bind(code.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// Stores a rule that has no row; false when it has one.
pub(crate) async fn insert(connection: &mut Connection, new: &Rule) -> Result<bool, WarningsError> {
    let statement =
        query("INSERT INTO warnings_rules (code, version, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    let statement = statement.bind(new.code.to_string()).bind(new.version).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Rule, seen: i64) -> Result<bool, WarningsError> {
    let statement = query("UPDATE warnings_rules SET version = $3, body = $4 WHERE code = $1 AND version = $2");
    let statement = statement.bind(after.code.to_string()).bind(seen).bind(after.version).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}
