//! Statements on `quarantine`.

use database::{Connection, DatabaseError, Row, insert_rows, query};
use sqlx::Row as _;

use crate::{QuarantineFilter, Quarantined};

/// A row to be stored.
pub(crate) struct QuarantineRow {
    pub(crate) file: String,
    pub(crate) position: u64,
    pub(crate) code: String,
    pub(crate) format: String,
    pub(crate) message: String,
    pub(crate) record_digest: Vec<u8>,
    pub(crate) raw_len: u64,
    pub(crate) raw: Vec<u8>,
}

/// Adds entries; one that is there already stays as it is.
pub(crate) async fn add(connection: &mut Connection, rows: Vec<QuarantineRow>, at: &str) -> Result<u64, DatabaseError> {
    const SQL: (&str, usize, &str) = (
        "INSERT INTO quarantine (file, position, code, format, message, record_digest, raw_len, at, raw)",
        9,
        "ON CONFLICT (file, position, code) DO NOTHING",
    );
    insert_rows(connection, SQL, rows, |query, row| {
        query
            .bind(row.file)
            .bind(row.position as i64)
            .bind(row.code)
            .bind(row.format)
            .bind(row.message)
            .bind(row.record_digest)
            .bind(row.raw_len as i64)
            .bind(at.to_owned())
            .bind(row.raw)
    })
    .await
}

/// Entries of these files between two positions: id, file, position, code.
pub(crate) async fn between(
    connection: &mut Connection,
    files: impl IntoIterator<Item = &str>,
    (first, last): (u64, u64),
) -> Result<Vec<(i64, String, u64, String)>, DatabaseError> {
    let mut entries = Vec::new();
    for file in files {
        let rows =
            query("SELECT id, position, code FROM quarantine WHERE file = $1 AND position >= $2 AND position <= $3");
        let rows = rows.bind(file.to_owned()).bind(first as i64).bind(last as i64).fetch_all(&mut *connection).await?;
        for row in &rows {
            entries.push((row.try_get(0)?, file.to_owned(), row.try_get::<i64, _>(1)? as u64, row.try_get(2)?));
        }
    }
    Ok(entries)
}

/// Whether anything lies in quarantine at all: mostly nothing does, and a load need not look file by file.
pub(crate) async fn is_empty(connection: &mut Connection) -> Result<bool, DatabaseError> {
    Ok(query("SELECT id FROM quarantine LIMIT 1").fetch_optional(connection).await?.is_none())
}

/// Takes entries away.
pub(crate) async fn remove(connection: &mut Connection, ids: &[i64]) -> Result<(), DatabaseError> {
    for id in ids {
        query("DELETE FROM quarantine WHERE id = $1").bind(*id).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Entries that fit, in order of id.
pub(crate) async fn list(
    connection: &mut Connection,
    filter: &QuarantineFilter,
    after: i64,
    limit: i64,
) -> Result<Vec<Quarantined>, DatabaseError> {
    let rows = query(
        "SELECT id, file, position, code, format, message, raw_len, at FROM quarantine WHERE id > $1 \
         AND ($2 = '' OR substr(file, 1, length($2)) = $2) AND ($3 = '' OR code = $3) AND ($4 = '' OR format = $4) \
         ORDER BY id LIMIT $5",
    );
    let rows = rows
        .bind(after)
        .bind(filter.file.clone().unwrap_or_default())
        .bind(filter.code.clone().unwrap_or_default())
        .bind(filter.format.clone().unwrap_or_default())
        .bind(limit)
        .fetch_all(connection)
        .await?;
    rows.iter().map(entry).collect()
}

/// One entry with its packed raw text.
pub(crate) async fn one(connection: &mut Connection, id: i64) -> Result<Option<(Quarantined, Vec<u8>)>, DatabaseError> {
    let row = query("SELECT id, file, position, code, format, message, raw_len, at, raw FROM quarantine WHERE id = $1");
    let row = row.bind(id).fetch_optional(connection).await?;
    row.map(|row| Ok((entry(&row)?, row.try_get(8)?))).transpose()
}

/// Entries by format and code.
pub(crate) async fn counts(connection: &mut Connection) -> Result<Vec<(String, String, i64)>, DatabaseError> {
    let rows = query("SELECT format, code, COUNT(*) FROM quarantine GROUP BY format, code ORDER BY format, code");
    let rows = rows.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
}

fn entry(row: &Row) -> Result<Quarantined, DatabaseError> {
    Ok(Quarantined {
        id: row.try_get(0)?,
        file: row.try_get(1)?,
        position: row.try_get::<i64, _>(2)? as u64,
        code: row.try_get(3)?,
        format: row.try_get(4)?,
        message: row.try_get(5)?,
        raw_len: row.try_get::<i64, _>(6)? as u64,
        at: row.try_get(7)?,
    })
}
