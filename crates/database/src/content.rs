//! Contents of files, each kept once by its hash: a room has a table `(hash, length, content)` of its own.

use sqlx::{AssertSqlSafe, Row as _};

use crate::{Connection, DatabaseError};

/// Keeps a content in `table`, once. A content that is there is touched, so that no sweep of the same moment takes it away.
pub async fn keep_content(
    connection: &mut Connection,
    table: &'static str,
    hash: &str,
    bytes: &[u8],
) -> Result<(), DatabaseError> {
    let sql = format!(
        "INSERT INTO {table} (hash, length, content) VALUES ($1, $2, $3) \
         ON CONFLICT (hash) DO UPDATE SET length = excluded.length"
    );
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let statement = sqlx::query(AssertSqlSafe(sql)).bind(hash.to_owned()).bind(length).bind(bytes.to_vec());
    statement.execute(connection).await?;
    Ok(())
}

/// A content of `table` by its hash.
pub async fn content(connection: &mut Connection, table: &'static str, hash: &str) -> Result<Vec<u8>, DatabaseError> {
    let statement = sqlx::query(AssertSqlSafe(format!("SELECT content FROM {table} WHERE hash = $1")));
    Ok(statement.bind(hash.to_owned()).fetch_one(connection).await?.try_get(0)?)
}
