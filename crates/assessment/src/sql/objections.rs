//! Objections at rest.

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::units::stored;
use super::{moment, read, read_some, some, whole, words};
use crate::{AssessmentError, AssessmentId, Objection, ObjectionId};

/// Reading of objections; the tail goes on.
macro_rules! objections {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, assessment, unit, item, reasons, wanted, snapshot, made_by, made_at, decision, value, ",
            "reason, decided_by, decided_at, after_snapshot FROM assessment_objections ",
            $tail
        )
    };
}

/// The objection of this name.
pub(crate) async fn get(connection: &mut Connection, id: &ObjectionId) -> Result<Option<Objection>, AssessmentError> {
    let row = query(objections!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(objection).transpose()
}

/// The objection that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Objection>, AssessmentError> {
    let row = query(objections!("WHERE key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(objection).transpose()
}

/// The objections of an assessment, those that wait first.
pub(crate) async fn of(connection: &mut Connection, id: &AssessmentId) -> Result<Vec<Objection>, AssessmentError> {
    let rows =
        query(objections!("WHERE assessment = $1 ORDER BY CASE WHEN decision IS NULL THEN 0 ELSE 1 END, made_at, id"));
    rows.bind(id.to_string()).fetch_all(connection).await?.iter().map(objection).collect()
}

/// Stores a new objection; false when there is one of the unit to the item, or with its key.
pub(crate) async fn insert(connection: &mut Connection, new: &Objection, key: &str) -> Result<bool, AssessmentError> {
    let statement = query(
        "INSERT INTO assessment_objections (id, key, version, assessment, unit, item, reasons, wanted, snapshot, \
         made_by, made_at) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(key.to_owned()).bind(new.assessment.to_string());
    let statement = statement.bind(new.unit.to_string()).bind(new.item.clone()).bind(new.reasons.clone());
    let statement = statement.bind(new.wanted.map(stored)).bind(new.snapshot).bind(some(new.made_by.as_ref()));
    Ok(statement.bind(moment(new.made_at)).execute(connection).await?.rows_affected() == 1)
}

/// Writes the decision; false when another came between.
pub(crate) async fn decide(connection: &mut Connection, after: &Objection, seen: i64) -> Result<bool, AssessmentError> {
    let statement = query(
        "UPDATE assessment_objections SET version = version + 1, decision = $3, value = $4, reason = $5, \
         decided_by = $6, decided_at = $7, after_snapshot = $8 WHERE id = $1 AND version = $2 AND decision IS NULL",
    );
    let statement = statement.bind(after.id.to_string()).bind(seen);
    let statement = statement.bind(after.decision.map(|decision| decision.code().to_owned()));
    let statement = statement.bind(after.value.map(stored)).bind(after.reason.clone());
    let statement = statement.bind(some(after.decided_by.as_ref())).bind(after.decided_at.map(moment));
    Ok(statement.bind(after.after_snapshot).execute(connection).await?.rows_affected() == 1)
}

fn objection(row: &Row) -> Result<Objection, AssessmentError> {
    Ok(Objection {
        id: read(row, "id")?,
        version: whole(row, "version")?,
        assessment: read(row, "assessment")?,
        unit: read(row, "unit")?,
        item: words(row, "item")?,
        reasons: words(row, "reasons")?,
        wanted: read_some(row, "wanted")?,
        snapshot: whole(row, "snapshot")?,
        made_by: read_some(row, "made_by")?,
        made_at: read(row, "made_at")?,
        decision: read_some(row, "decision")?,
        value: read_some(row, "value")?,
        reason: row.try_get("reason")?,
        decided_by: read_some(row, "decided_by")?,
        decided_at: read_some(row, "decided_at")?,
        after_snapshot: row.try_get("after_snapshot")?,
    })
}
