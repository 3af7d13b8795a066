//! Statements on `feed` and `feed_head`.

use database::{Connection, DatabaseError, insert_rows, query};
use sqlx::Row as _;

/// The one row of `feed_head`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Last entry of the feed.
    pub(crate) seq: i64,
    /// One more with every batch.
    pub(crate) revision: i64,
}

/// Where feed and register stand.
pub(crate) async fn head(connection: &mut Connection) -> Result<Head, DatabaseError> {
    let row = query("SELECT seq, revision FROM feed_head WHERE id = 1").fetch_one(connection).await?;
    Ok(Head { seq: row.try_get(0)?, revision: row.try_get(1)? })
}

/// Takes hold of the head until the end of the transaction and answers its new state.
///
/// This is why a reader never skips an entry. In PostgreSQL a sequence is not commit order: a writer that drew 7
/// may commit after one that drew 8, and a reader that has seen 8 would never look back at 7. Here the numbers come
/// from a row: its update is the first thing a writer does and the row stays locked until the commit, so the next
/// writer draws its numbers only after the last one's are visible to all. SQLite has one writer at a time anyway.
pub(crate) async fn hold(connection: &mut Connection) -> Result<Head, DatabaseError> {
    let row = query("UPDATE feed_head SET revision = revision + 1 WHERE id = 1 RETURNING seq, revision");
    let row = row.fetch_one(connection).await?;
    Ok(Head { seq: row.try_get(0)?, revision: row.try_get(1)? })
}

/// Appends entries after `seq` (the head that is held): right and change. Answers the new last entry.
pub(crate) async fn append(
    connection: &mut Connection,
    seq: i64,
    entries: &[(String, &'static str)],
    at: &str,
) -> Result<i64, DatabaseError> {
    const SQL: (&str, usize, &str) = ("INSERT INTO feed (seq, right_id, change, at)", 4, "");
    insert_rows(connection, SQL, (seq + 1..).zip(entries), |query, (seq, (right, change))| {
        query.bind(seq).bind(right.clone()).bind(*change).bind(at.to_owned())
    })
    .await?;
    let last = seq + entries.len() as i64;
    query("UPDATE feed_head SET seq = $1 WHERE id = 1").bind(last).execute(connection).await?;
    Ok(last)
}

/// Entries after `after`: seq, right, change, at.
pub(crate) async fn after(
    connection: &mut Connection,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String, String, String)>, DatabaseError> {
    let rows = query("SELECT seq, right_id, change, at FROM feed WHERE seq > $1 ORDER BY seq LIMIT $2");
    let rows = rows.bind(after).bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?))).collect()
}

/// How many entries there are: as many as the last number, if none is missing.
pub(crate) async fn count(connection: &mut Connection) -> Result<i64, DatabaseError> {
    Ok(query("SELECT COUNT(*) FROM feed").fetch_one(connection).await?.try_get(0)?)
}
