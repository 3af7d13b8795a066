//! Statements on `analyses`, in words that SQLite and PostgreSQL share.

use database::{Connection, DatabaseError, query};
use sqlx::Row as _;

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) query: String,
    pub(crate) settings: String,
    pub(crate) seq: i64,
    pub(crate) made_at: String,
    pub(crate) body: Vec<u8>,
}

/// Stores a row unless one with its id is there.
pub(crate) async fn put(connection: &mut Connection, row: Row) -> Result<(), DatabaseError> {
    let statement = query(
        "INSERT INTO analyses (id, query, settings, seq, made_at, body) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO NOTHING",
    );
    let bound =
        statement.bind(row.id).bind(row.query).bind(row.settings).bind(row.seq).bind(row.made_at).bind(row.body);
    bound.execute(connection).await?;
    Ok(())
}

/// The row with this id.
pub(crate) async fn get(connection: &mut Connection, id: &str) -> Result<Option<Row>, DatabaseError> {
    let statement = query("SELECT id, query, settings, seq, made_at, body FROM analyses WHERE id = $1");
    let Some(row) = statement.bind(id.to_owned()).fetch_optional(connection).await? else { return Ok(None) };
    Ok(Some(Row {
        id: row.try_get(0)?,
        query: row.try_get(1)?,
        settings: row.try_get(2)?,
        seq: row.try_get(3)?,
        made_at: row.try_get(4)?,
        body: row.try_get(5)?,
    }))
}

/// Number of rows.
pub(crate) async fn count(connection: &mut Connection) -> Result<i64, DatabaseError> {
    Ok(query("SELECT COUNT(*) FROM analyses").fetch_one(connection).await?.try_get(0)?)
}
