//! Snapshots at rest: appended to, never changed.

use database::{Connection, Row, query};

use super::{moment, read, some, unreadable, whole, words};
use crate::{AssessmentError, AssessmentId, Snapshot, Taken};

/// Keeps a snapshot.
pub(crate) async fn insert(
    connection: &mut Connection,
    id: &AssessmentId,
    taken: &Taken,
    body: String,
    by: Option<String>,
) -> Result<(), AssessmentError> {
    let statement = query(
        "INSERT INTO assessment_snapshots (assessment, number, at, person, why, hash, scores_hash, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let statement = statement.bind(id.to_string()).bind(taken.number).bind(moment(taken.at)).bind(some(by.as_ref()));
    let statement = statement.bind(taken.why.clone()).bind(taken.hash.clone()).bind(taken.scores_hash.clone());
    statement.bind(body).execute(connection).await?;
    Ok(())
}

/// A snapshot with what is known of it.
pub(crate) async fn get(
    connection: &mut Connection,
    id: &AssessmentId,
    number: i64,
) -> Result<Option<(Taken, Snapshot)>, AssessmentError> {
    let row = query(
        "SELECT number, at, why, hash, scores_hash, body FROM assessment_snapshots WHERE assessment = $1 AND number = $2",
    );
    let Some(row) = row.bind(id.to_string()).bind(number).fetch_optional(connection).await? else { return Ok(None) };
    let body = words(&row, "body")?;
    let snapshot = serde_json::from_str(&body).map_err(|error| unreadable(id.as_str(), error))?;
    Ok(Some((taken(&row)?, snapshot)))
}

/// All snapshots that were taken, without their data.
pub(crate) async fn of(connection: &mut Connection, id: &AssessmentId) -> Result<Vec<Taken>, AssessmentError> {
    let rows = query(
        "SELECT number, at, why, hash, scores_hash FROM assessment_snapshots WHERE assessment = $1 ORDER BY number",
    );
    rows.bind(id.to_string()).fetch_all(connection).await?.iter().map(taken).collect()
}

fn taken(row: &Row) -> Result<Taken, AssessmentError> {
    Ok(Taken {
        number: whole(row, "number")?,
        at: read(row, "at")?,
        why: words(row, "why")?,
        hash: words(row, "hash")?,
        scores_hash: words(row, "scores_hash")?,
    })
}
