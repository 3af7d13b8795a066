//! Reviewers called, and the marks that they gave.

use accounts::PersonId;
use database::{Connection, Row, insert_rows, query};
use jiff::Timestamp;
use network::OrganisationId;
use sqlx::Row as _;

use super::units::stored;
use super::{moment, read, unreadable, whole, words};
use crate::{AssessmentError, AssessmentId, Call, GivenMark};

/// All calls of an assessment.
pub(crate) async fn of(connection: &mut Connection, id: &AssessmentId) -> Result<Vec<Call>, AssessmentError> {
    let rows = query(
        "SELECT person, unit, number, items, conflict FROM assessment_calls WHERE assessment = $1 ORDER BY number, unit",
    );
    rows.bind(id.to_string()).fetch_all(connection).await?.iter().map(call).collect()
}

/// The number that stands for a person; a new one for who has none yet.
pub(crate) async fn number_of(
    connection: &mut Connection,
    id: &AssessmentId,
    person: &PersonId,
) -> Result<i64, AssessmentError> {
    let row = query(
        "SELECT MAX(CASE WHEN person = $2 THEN number END) AS own, MAX(number) AS last FROM assessment_calls \
         WHERE assessment = $1",
    );
    let row = row.bind(id.to_string()).bind(person.to_string()).fetch_one(connection).await?;
    let (own, last): (Option<i64>, Option<i64>) = (row.try_get("own")?, row.try_get("last")?);
    Ok(own.unwrap_or(last.unwrap_or(0) + 1))
}

/// Calls a person for units, or changes for which items.
pub(crate) async fn put(
    connection: &mut Connection,
    id: &AssessmentId,
    (person, number): (&PersonId, i64),
    (units, items): (&[OrganisationId], &[String]),
    at: Timestamp,
) -> Result<(), AssessmentError> {
    let items = serde_json::to_string(items).map_err(|error| unreadable(id.as_str(), error))?;
    let head = "INSERT INTO assessment_calls (assessment, person, unit, number, items, called_at)";
    let tail = "ON CONFLICT (assessment, person, unit) DO UPDATE SET items = excluded.items";
    insert_rows(connection, (head, 6, tail), units, |statement, unit| {
        let statement = statement.bind(id.to_string()).bind(person.to_string()).bind(unit.to_string());
        statement.bind(number).bind(items.clone()).bind(moment(at))
    })
    .await?;
    Ok(())
}

/// Writes down a conflict of interest; false when there is no call.
pub(crate) async fn declare(
    connection: &mut Connection,
    id: &AssessmentId,
    (person, unit): (&PersonId, &OrganisationId),
    reason: &str,
) -> Result<bool, AssessmentError> {
    let statement =
        query("UPDATE assessment_calls SET conflict = $4 WHERE assessment = $1 AND person = $2 AND unit = $3");
    let statement = statement.bind(id.to_string()).bind(person.to_string()).bind(unit.to_string());
    Ok(statement.bind(reason.to_owned()).execute(connection).await?.rows_affected() == 1)
}

/// Takes a call back, with its marks; false when there is none.
pub(crate) async fn remove(
    connection: &mut Connection,
    id: &AssessmentId,
    (person, unit): (&PersonId, &OrganisationId),
) -> Result<bool, AssessmentError> {
    let marks = query("DELETE FROM assessment_marks WHERE assessment = $1 AND person = $2 AND unit = $3");
    marks.bind(id.to_string()).bind(person.to_string()).bind(unit.to_string()).execute(&mut *connection).await?;
    let call = query("DELETE FROM assessment_calls WHERE assessment = $1 AND person = $2 AND unit = $3");
    let done = call.bind(id.to_string()).bind(person.to_string()).bind(unit.to_string()).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// All marks of an assessment.
pub(crate) async fn marks(connection: &mut Connection, id: &AssessmentId) -> Result<Vec<GivenMark>, AssessmentError> {
    let rows = query(
        "SELECT person, unit, item, version, score, words FROM assessment_marks WHERE assessment = $1 \
         ORDER BY unit, item, person",
    );
    rows.bind(id.to_string()).fetch_all(connection).await?.iter().map(mark).collect()
}

/// The marks that a person gave to a unit.
pub(crate) async fn marks_of(
    connection: &mut Connection,
    id: &AssessmentId,
    (person, unit): (&PersonId, &OrganisationId),
) -> Result<Vec<GivenMark>, AssessmentError> {
    let rows = query(
        "SELECT person, unit, item, version, score, words FROM assessment_marks \
         WHERE assessment = $1 AND person = $2 AND unit = $3 ORDER BY item",
    );
    let rows = rows.bind(id.to_string()).bind(person.to_string()).bind(unit.to_string());
    rows.fetch_all(connection).await?.iter().map(mark).collect()
}

/// Writes a mark; `mark.version` is what the reviewer saw, 0 for none. False when another came between.
pub(crate) async fn put_mark(
    connection: &mut Connection,
    id: &AssessmentId,
    mark: &GivenMark,
    at: Timestamp,
) -> Result<bool, AssessmentError> {
    let statement = if mark.version == 0 {
        query(
            "INSERT INTO assessment_marks (assessment, person, unit, item, version, score, words, at) \
             VALUES ($1, $2, $3, $4, $5 + 1, $6, $7, $8) ON CONFLICT DO NOTHING",
        )
    } else {
        query(
            "UPDATE assessment_marks SET version = version + 1, score = $6, words = $7, at = $8 \
             WHERE assessment = $1 AND person = $2 AND unit = $3 AND item = $4 AND version = $5",
        )
    };
    let statement = statement.bind(id.to_string()).bind(mark.person.to_string()).bind(mark.unit.to_string());
    let statement = statement.bind(mark.item.clone()).bind(mark.version).bind(stored(mark.score));
    Ok(statement.bind(mark.words.clone()).bind(moment(at)).execute(connection).await?.rows_affected() == 1)
}

fn call(row: &Row) -> Result<Call, AssessmentError> {
    let items = words(row, "items")?;
    Ok(Call {
        person: read(row, "person")?,
        unit: read(row, "unit")?,
        number: whole(row, "number")? as u32,
        items: serde_json::from_str(&items).map_err(|error| unreadable("items", error))?,
        conflict: row.try_get("conflict")?,
    })
}

fn mark(row: &Row) -> Result<GivenMark, AssessmentError> {
    Ok(GivenMark {
        person: read(row, "person")?,
        unit: read(row, "unit")?,
        item: words(row, "item")?,
        version: whole(row, "version")?,
        score: read(row, "score")?,
        words: words(row, "words")?,
    })
}
