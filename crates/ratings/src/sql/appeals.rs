//! Appeals at rest.

use accounts::Cover;
use database::{Conditions, Connection, Row, query};
use sqlx::Row as _;

use super::{parse, parse_some, stored, unreadable};
use crate::{Appeal, AppealId, AppealQuery, RatingId, RatingsError};

const COLUMNS: &str = "SELECT id, version, rating, outlet, ground, words, evidence, made_by, made_at, decision, \
    decided_by, decided_at, reason FROM ratings_appeals";

/// Reading of appeals; the tail goes on.
macro_rules! appeals {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, rating, outlet, ground, words, evidence, made_by, made_at, decision, decided_by, ",
            "decided_at, reason FROM ratings_appeals ",
            $tail
        )
    };
}

/// The appeal of this name.
pub(crate) async fn get(connection: &mut Connection, id: &AppealId) -> Result<Option<Appeal>, RatingsError> {
    let row = query(appeals!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The appeal against a rating.
pub(crate) async fn of_rating(connection: &mut Connection, id: &RatingId) -> Result<Option<Appeal>, RatingsError> {
    let row = query(appeals!("WHERE rating = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The appeal that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Appeal>, RatingsError> {
    let row = query(appeals!("WHERE key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Appeals that match, newest first, after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: &Cover,
    asked: &AppealQuery,
    after: Option<(String, String)>,
    limit: usize,
) -> Result<Vec<Appeal>, RatingsError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "outlet");
    if asked.open {
        conditions.and_fixed("decision IS NULL");
    }
    if let Some(after) = after {
        conditions.and_pair("(made_at, id) <", after);
    }
    let tail = format!(" ORDER BY made_at DESC, id DESC LIMIT {limit}");
    let rows = conditions.statement(COLUMNS, &tail).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Stores a new appeal; false when there is one against the rating, or with its key.
pub(crate) async fn insert(connection: &mut Connection, new: &Appeal, key: &str) -> Result<bool, RatingsError> {
    let statement = query(
        "INSERT INTO ratings_appeals (id, version, rating, key, outlet, ground, words, evidence, made_by, made_at) \
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    );
    let evidence = serde_json::to_string(&new.evidence).map_err(|error| unreadable(new.id.as_str(), error))?;
    let statement = statement.bind(new.id.to_string()).bind(new.rating.to_string()).bind(key.to_owned());
    let statement = statement.bind(new.outlet.to_string()).bind(new.ground.code()).bind(new.words.clone());
    let statement = statement.bind(evidence).bind(new.made_by.as_ref().map(ToString::to_string));
    Ok(statement.bind(stored(new.made_at)).execute(connection).await?.rows_affected() == 1)
}

/// Writes the decision; false when another came between.
pub(crate) async fn decide(connection: &mut Connection, after: &Appeal, seen: i64) -> Result<bool, RatingsError> {
    let statement = query(
        "UPDATE ratings_appeals SET version = version + 1, decision = $3, decided_by = $4, decided_at = $5, \
         reason = $6 WHERE id = $1 AND version = $2 AND decision IS NULL",
    );
    let statement = statement.bind(after.id.to_string()).bind(seen);
    let statement = statement.bind(after.decision.map(|decision| decision.code().to_owned()));
    let statement = statement.bind(after.decided_by.as_ref().map(ToString::to_string));
    let statement = statement.bind(after.decided_at.map(stored)).bind(after.reason.clone());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

fn read(row: &Row) -> Result<Appeal, RatingsError> {
    let id: String = row.try_get(0)?;
    Ok(Appeal {
        id: parse(&id, &id)?,
        version: row.try_get(1)?,
        rating: parse(row.try_get(2)?, &id)?,
        outlet: parse(row.try_get(3)?, &id)?,
        ground: parse(row.try_get(4)?, &id)?,
        words: row.try_get(5)?,
        evidence: serde_json::from_str(row.try_get(6)?).map_err(|error| unreadable(&id, error))?,
        made_by: parse_some(row.try_get(7)?, &id)?,
        made_at: parse(row.try_get(8)?, &id)?,
        decision: parse_some(row.try_get(9)?, &id)?,
        decided_by: parse_some(row.try_get(10)?, &id)?,
        decided_at: parse_some(row.try_get(11)?, &id)?,
        reason: row.try_get(12)?,
    })
}
