//! Statements on `loads`.

use database::{Connection, DatabaseError, Row, insert_rows, query, select_in};
use sqlx::Row as _;

use crate::{Checkpoint, Counts, Load, LoadState};

/// Stores how far files have been read; no file twice.
pub(crate) async fn put(
    connection: &mut Connection,
    rows: Vec<(&Checkpoint, Counts)>,
    at: &str,
) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) = (
        "INSERT INTO loads (file, fingerprint, entry, record, position, state, fresh, changed, unchanged, older, \
         withdrawn, quarantined, at)",
        13,
        "ON CONFLICT (file) DO UPDATE SET fingerprint = excluded.fingerprint, entry = excluded.entry, \
         record = excluded.record, position = excluded.position, state = excluded.state, fresh = excluded.fresh, \
         changed = excluded.changed, unchanged = excluded.unchanged, older = excluded.older, \
         withdrawn = excluded.withdrawn, quarantined = excluded.quarantined, at = excluded.at",
    );
    insert_rows(connection, SQL, rows, |query, (checkpoint, counts)| {
        query
            .bind(checkpoint.file.clone())
            .bind(checkpoint.fingerprint.clone())
            .bind(checkpoint.entry as i64)
            .bind(checkpoint.record as i64)
            .bind(checkpoint.position as i64)
            .bind(checkpoint.state.code())
            .bind(counts.new as i64)
            .bind(counts.changed as i64)
            .bind(counts.unchanged as i64)
            .bind(counts.older as i64)
            .bind(counts.withdrawn as i64)
            .bind(counts.quarantined as i64)
            .bind(at.to_owned())
    })
    .await?;
    Ok(())
}

/// The loads of these files.
pub(crate) async fn of_files(
    connection: &mut Connection,
    files: impl IntoIterator<Item = &str>,
) -> Result<Vec<Load>, DatabaseError> {
    const SQL: (&str, &str) = (
        "SELECT file, fingerprint, entry, record, position, state, fresh, changed, unchanged, older, withdrawn, \
         quarantined, at FROM loads WHERE file IN",
        "",
    );
    select_in(connection, SQL, files).await?.iter().map(load).collect()
}

/// All loads in order of file.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Load>, DatabaseError> {
    let rows = query(
        "SELECT file, fingerprint, entry, record, position, state, fresh, changed, unchanged, older, withdrawn, \
         quarantined, at FROM loads ORDER BY file",
    );
    rows.fetch_all(connection).await?.iter().map(load).collect()
}

fn load(row: &Row) -> Result<Load, DatabaseError> {
    let number = |column: usize| row.try_get::<i64, _>(column).map(|n| n as u64);
    Ok(Load {
        checkpoint: Checkpoint {
            file: row.try_get(0)?,
            fingerprint: row.try_get(1)?,
            entry: number(2)?,
            record: number(3)?,
            position: number(4)?,
            state: if row.try_get::<&str, _>(5)? == LoadState::Done.code() {
                LoadState::Done
            } else {
                LoadState::Running
            },
        },
        counts: Counts {
            new: number(6)?,
            changed: number(7)?,
            unchanged: number(8)?,
            older: number(9)?,
            withdrawn: number(10)?,
            quarantined: number(11)?,
        },
        at: row.try_get(12)?,
    })
}
