//! Files of reports.

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::{or_empty, parse, parse_some, stored};
use crate::{File, FileId, PlansError, ReportId};

/// Reading of files; the tail goes on.
macro_rules! files {
    ($tail:literal) => {
        concat!("SELECT id, report, name, kind, length, hash, at, person, withdrawn FROM plans_files ", $tail)
    };
}

/// Adds a file; false when its id is there.
pub(crate) async fn add(connection: &mut Connection, file: &File) -> Result<bool, PlansError> {
    let statement = query(
        "INSERT INTO plans_files (id, report, name, kind, length, hash, at, person, withdrawn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(file.id.to_string()).bind(file.report.to_string()).bind(file.name.clone());
    let statement = statement.bind(file.kind.code()).bind(file.length).bind(file.hash.clone());
    let statement = statement.bind(stored(file.at)).bind(or_empty(file.person.as_ref()));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// A file.
pub(crate) async fn get(connection: &mut Connection, id: &FileId) -> Result<Option<File>, PlansError> {
    let row = query(files!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The files of a report, oldest first, without those taken out.
pub(crate) async fn of(connection: &mut Connection, report: &ReportId) -> Result<Vec<File>, PlansError> {
    let statement = query(files!("WHERE report = $1 AND withdrawn = 0 ORDER BY id"));
    let rows = statement.bind(report.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Takes a file out; what was there stays on record.
pub(crate) async fn withdraw(connection: &mut Connection, id: &FileId) -> Result<bool, PlansError> {
    let statement = query("UPDATE plans_files SET withdrawn = 1 WHERE id = $1 AND withdrawn = 0");
    Ok(statement.bind(id.to_string()).execute(connection).await?.rows_affected() == 1)
}

fn read(row: &Row) -> Result<File, PlansError> {
    let id: String = row.try_get(0)?;
    Ok(File {
        report: parse(row.try_get(1)?, &id)?,
        name: row.try_get(2)?,
        kind: parse(row.try_get(3)?, &id)?,
        length: row.try_get(4)?,
        hash: row.try_get(5)?,
        at: parse(row.try_get(6)?, &id)?,
        person: parse_some(row.try_get(7)?, &id)?,
        withdrawn: row.try_get::<i64, _>(8)? == 1,
        id: parse(&id, &id)?,
    })
}
