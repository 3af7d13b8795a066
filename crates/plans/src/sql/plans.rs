//! Plans at rest.

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::{or_empty, parse, parse_some, stored, stored_some};
use crate::{Plan, PlanId, PlansError, Text};

/// Reading of plans; the tail goes on.
macro_rules! plans {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, issuer, state, edition, drafted, public, title_zh, title_en, year, from_day, to_day, ",
            "copied_from, made_at, issued_at FROM plans_plans ",
            $tail
        )
    };
}

/// The plan of this name.
pub(crate) async fn get(connection: &mut Connection, id: &PlanId) -> Result<Option<Plan>, PlansError> {
    let row = query(plans!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The plan that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Plan>, PlansError> {
    let row = query(plans!("WHERE make_key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// All plans, latest years first.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Plan>, PlansError> {
    let rows = query(plans!("ORDER BY year DESC, id DESC")).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Stores a new one; false when its key was there.
pub(crate) async fn insert(connection: &mut Connection, new: &Plan, key: &str) -> Result<bool, PlansError> {
    let statement = query(
        "INSERT INTO plans_plans (id, make_key, version, issuer, state, edition, drafted, public, title_zh, title_en, \
         year, from_day, to_day, copied_from, made_at, issued_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(key.to_owned()).bind(new.version);
    let statement = statement.bind(new.issuer.to_string()).bind(new.state.code()).bind(new.edition);
    let statement = statement.bind(i64::from(new.drafted)).bind(i64::from(new.public));
    let statement = statement.bind(new.title.zh.clone()).bind(new.title.en.clone()).bind(i64::from(new.year));
    let statement = statement.bind(new.from.to_string()).bind(new.to.to_string());
    let statement = statement.bind(or_empty(new.copied_from.as_ref())).bind(stored(new.made_at));
    let done = statement.bind(stored_some(new.issued_at)).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Plan, seen: i64) -> Result<bool, PlansError> {
    let statement = query(
        "UPDATE plans_plans SET version = version + 1, state = $3, edition = $4, drafted = $5, public = $6, \
         title_zh = $7, title_en = $8, year = $9, from_day = $10, to_day = $11, issued_at = $12 \
         WHERE id = $1 AND version = $2",
    );
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.state.code()).bind(after.edition);
    let statement = statement.bind(i64::from(after.drafted)).bind(i64::from(after.public));
    let statement = statement.bind(after.title.zh.clone()).bind(after.title.en.clone()).bind(i64::from(after.year));
    let statement = statement.bind(after.from.to_string()).bind(after.to.to_string());
    Ok(statement.bind(stored_some(after.issued_at)).execute(connection).await?.rows_affected() == 1)
}

fn read(row: &Row) -> Result<Plan, PlansError> {
    let id: String = row.try_get(0)?;
    Ok(Plan {
        version: row.try_get(1)?,
        issuer: parse(row.try_get(2)?, &id)?,
        state: parse(row.try_get(3)?, &id)?,
        edition: row.try_get(4)?,
        drafted: row.try_get::<i64, _>(5)? == 1,
        public: row.try_get::<i64, _>(6)? == 1,
        title: Text { zh: row.try_get(7)?, en: row.try_get(8)? },
        year: i16::try_from(row.try_get::<i64, _>(9)?).unwrap_or_default(),
        from: parse(row.try_get(10)?, &id)?,
        to: parse(row.try_get(11)?, &id)?,
        copied_from: parse_some(row.try_get(12)?, &id)?,
        made_at: parse(row.try_get(13)?, &id)?,
        issued_at: parse_some(row.try_get(14)?, &id)?,
        id: parse(&id, &id)?,
    })
}
