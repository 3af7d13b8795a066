//! Agencies at rest.

use accounts::Cover;
use database::{Conditions, Connection, query};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{body, parse, stored, written};
use crate::{Agency, AgencyId, AgencyQuery, CreditError};

/// The agency of this name.
pub(crate) async fn get(connection: &mut Connection, id: &AgencyId) -> Result<Option<Agency>, CreditError> {
    let statement = query("SELECT body FROM credit_agencies WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The agency that a form with this key entered.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Agency>, CreditError> {
    let statement = query("SELECT body FROM credit_agencies WHERE key = $1").bind(key.to_owned());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// Whether another agency has this code.
pub(crate) async fn has_code(
    connection: &mut Connection,
    code: Option<&str>,
    but: &AgencyId,
) -> Result<bool, CreditError> {
    let Some(code) = code else { return Ok(false) };
    let statement = query("SELECT body FROM credit_agencies WHERE code = $1 AND id <> $2").bind(code.to_owned());
    Ok(statement.bind(but.to_string()).fetch_optional(connection).await?.is_some())
}

/// Stores a new agency; false when its key or code is there.
pub(crate) async fn insert(connection: &mut Connection, new: &Agency, key: &str) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_agencies (id, version, key, keeper, code, kind, region, names, closed, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    );
    let told = &new.particulars;
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(key.to_owned());
    let statement = statement.bind(new.keeper.to_string()).bind(told.code.clone()).bind(told.kind.code());
    let statement = statement.bind(told.region.to_string()).bind(names(new));
    let statement = statement.bind(told.closed.map(|day| day.to_string())).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Agency, seen: i64) -> Result<bool, CreditError> {
    let statement = query(
        "UPDATE credit_agencies SET version = $3, code = $4, kind = $5, region = $6, names = $7, closed = $8, \
         body = $9 WHERE id = $1 AND version = $2",
    );
    let told = &after.particulars;
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.version).bind(told.code.clone());
    let statement = statement.bind(told.kind.code()).bind(told.region.to_string()).bind(names(after));
    let statement = statement.bind(told.closed.map(|day| day.to_string())).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Notes that the filings of an agency are looked at now; false when they were since `before`.
pub(crate) async fn look(
    connection: &mut Connection,
    id: &AgencyId,
    now: Timestamp,
    before: Timestamp,
) -> Result<bool, CreditError> {
    let statement =
        query("UPDATE credit_agencies SET looked_at = $2 WHERE id = $1 AND (looked_at IS NULL OR looked_at <= $3)");
    let statement = statement.bind(id.to_string()).bind(stored(now)).bind(stored(before));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Open agencies whose filings were not looked at since `before`.
pub(crate) async fn not_looked_at(connection: &mut Connection, before: Timestamp) -> Result<Vec<Agency>, CreditError> {
    let statement = query(
        "SELECT body FROM credit_agencies WHERE closed IS NULL AND (looked_at IS NULL OR looked_at <= $1) ORDER BY id",
    );
    statement.bind(stored(before)).fetch_all(connection).await?.iter().map(body).collect()
}

/// When filings were last looked at: of one agency, or of any of those that a cover holds.
pub(crate) async fn looked_at(
    connection: &mut Connection,
    cover: &Cover,
    id: Option<&AgencyId>,
) -> Result<Option<Timestamp>, CreditError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "keeper");
    if let Some(id) = id {
        conditions.and("id =", id);
    }
    let row = conditions.statement("SELECT MAX(looked_at) FROM credit_agencies", "").fetch_one(connection).await?;
    row.try_get::<Option<String>, _>(0)?.map(|at| parse(&at, "agency")).transpose()
}

/// All agencies that match, whatever their level.
pub(crate) async fn matching(connection: &mut Connection, asked: &AgencyQuery) -> Result<Vec<Agency>, CreditError> {
    let mut conditions = Conditions::new();
    for word in asked.words.split_whitespace().take(10) {
        let word = word.to_lowercase().replace('\0', "");
        let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        conditions.and_with("names LIKE", format!("%{escaped}%"), " ESCAPE '!'");
    }
    if let Some(region) = &asked.region {
        let (from, to) = region.range();
        conditions.and("region >=", from);
        conditions.and("region <=", to);
    }
    if let Some(kind) = asked.kind {
        conditions.and("kind =", kind);
    }
    if asked.open {
        conditions.and_fixed("closed IS NULL");
    }
    let rows = conditions.statement("SELECT body FROM credit_agencies", "").fetch_all(connection).await?;
    rows.iter().map(body).collect()
}

fn names(agency: &Agency) -> String {
    let mut names = agency.names();
    names.extend(agency.particulars.code.clone());
    names.join("\n").to_lowercase()
}
