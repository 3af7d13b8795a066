//! Files that show something, and their contents.

use database::{Connection, Row, query};
use network::OrganisationId;
use sqlx::Row as _;

use super::{flag, moment, read, some, whole, words};
use crate::{AssessmentError, AssessmentId, File, FileId};

/// The files of a unit, in the order in which they came.
pub(crate) async fn of(
    connection: &mut Connection,
    id: &AssessmentId,
    unit: &OrganisationId,
) -> Result<Vec<File>, AssessmentError> {
    let rows = query(
        "SELECT id, item, name, hash, length, made_at, withdrawn FROM assessment_files \
         WHERE assessment = $1 AND unit = $2 ORDER BY id",
    );
    rows.bind(id.to_string()).bind(unit.to_string()).fetch_all(connection).await?.iter().map(file).collect()
}

/// The hashes of all files that stand, with unit and item.
pub(crate) async fn hashes(
    connection: &mut Connection,
    id: &AssessmentId,
) -> Result<Vec<(OrganisationId, String, String)>, AssessmentError> {
    let rows = query(
        "SELECT unit, item, hash FROM assessment_files WHERE assessment = $1 AND withdrawn = 0 ORDER BY unit, item, hash",
    );
    let rows = rows.bind(id.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((read(row, "unit")?, words(row, "item")?, words(row, "hash")?))).collect()
}

/// A file with its assessment and unit.
pub(crate) async fn get(
    connection: &mut Connection,
    id: &FileId,
) -> Result<Option<(AssessmentId, OrganisationId, File)>, AssessmentError> {
    let row = query(
        "SELECT id, assessment, unit, item, name, hash, length, made_at, withdrawn FROM assessment_files WHERE id = $1",
    );
    let row = row.bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(|row| Ok((read(row, "assessment")?, read(row, "unit")?, file(row)?))).transpose()
}

/// Keeps a file and its content.
pub(crate) async fn insert(
    connection: &mut Connection,
    (id, unit): (&AssessmentId, &OrganisationId),
    new: &File,
    content: Vec<u8>,
    by: Option<String>,
) -> Result<bool, AssessmentError> {
    let keep = query(
        "INSERT INTO assessment_contents (hash, length, content) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
    );
    keep.bind(new.hash.clone()).bind(new.length).bind(content).execute(&mut *connection).await?;
    let statement = query(
        "INSERT INTO assessment_files (id, assessment, unit, item, name, hash, length, made_at, made_by, withdrawn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) ON CONFLICT (id) DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(id.to_string()).bind(unit.to_string());
    let statement = statement.bind(new.item.clone()).bind(new.name.clone()).bind(new.hash.clone()).bind(new.length);
    Ok(statement.bind(moment(new.made_at)).bind(some(by.as_ref())).execute(connection).await?.rows_affected() == 1)
}

/// Takes a file back; its row and content stay, for the snapshots that name it.
pub(crate) async fn withdraw(connection: &mut Connection, id: &FileId) -> Result<bool, AssessmentError> {
    let statement = query("UPDATE assessment_files SET withdrawn = 1 WHERE id = $1 AND withdrawn = 0");
    Ok(statement.bind(id.to_string()).execute(connection).await?.rows_affected() == 1)
}

/// A content by its hash.
pub(crate) async fn content(connection: &mut Connection, hash: &str) -> Result<Vec<u8>, AssessmentError> {
    let statement = query("SELECT content FROM assessment_contents WHERE hash = $1");
    Ok(statement.bind(hash.to_owned()).fetch_one(connection).await?.try_get("content")?)
}

fn file(row: &Row) -> Result<File, AssessmentError> {
    Ok(File {
        id: read(row, "id")?,
        item: words(row, "item")?,
        name: words(row, "name")?,
        hash: words(row, "hash")?,
        length: whole(row, "length")?,
        made_at: read(row, "made_at")?,
        withdrawn: flag(row, "withdrawn")?,
    })
}
