//! Units of assessments and their values at rest.

use std::collections::BTreeMap;

use accounts::PersonId;
use database::{Connection, Row, insert_rows, query};
use jiff::Timestamp;
use network::OrganisationId;

use super::{moment, read, read_some, some, whole, words};
use crate::{AssessmentError, AssessmentId, Origin, Text, Unit, Value};

/// A number as it is stored: it reads back exactly.
pub(crate) fn stored(value: f64) -> String {
    format!("{value}")
}

/// The units of an assessment, by id.
pub(crate) async fn of(connection: &mut Connection, id: &AssessmentId) -> Result<Vec<Unit>, AssessmentError> {
    let rows = query(
        "SELECT unit, name_zh, name_en, version, words, submitted_at, submitted_by FROM assessment_units \
         WHERE assessment = $1 ORDER BY unit",
    );
    rows.bind(id.to_string()).fetch_all(connection).await?.iter().map(unit).collect()
}

/// One unit of an assessment.
pub(crate) async fn get(
    connection: &mut Connection,
    id: &AssessmentId,
    organisation: &OrganisationId,
) -> Result<Option<Unit>, AssessmentError> {
    let row = query(
        "SELECT unit, name_zh, name_en, version, words, submitted_at, submitted_by FROM assessment_units \
         WHERE assessment = $1 AND unit = $2",
    );
    let row = row.bind(id.to_string()).bind(organisation.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(unit).transpose()
}

/// Every unit of every assessment, for finding out in which ones an asker's units are.
pub(crate) async fn everywhere(
    connection: &mut Connection,
) -> Result<BTreeMap<AssessmentId, Vec<OrganisationId>>, AssessmentError> {
    let rows =
        query("SELECT assessment, unit FROM assessment_units ORDER BY assessment, unit").fetch_all(connection).await?;
    let mut all: BTreeMap<AssessmentId, Vec<OrganisationId>> = BTreeMap::new();
    for row in &rows {
        all.entry(read(row, "assessment")?).or_default().push(read(row, "unit")?);
    }
    Ok(all)
}

/// Stores units with their names.
pub(crate) async fn insert(
    connection: &mut Connection,
    id: &AssessmentId,
    units: &[(OrganisationId, Text)],
) -> Result<(), AssessmentError> {
    let head = "INSERT INTO assessment_units (assessment, unit, name_zh, name_en, version, words)";
    insert_rows(connection, (head, 6, ""), units, |statement, (unit, name)| {
        let statement = statement.bind(id.to_string()).bind(unit.to_string()).bind(name.zh.clone());
        statement.bind(name.en.clone()).bind(1_i64).bind(String::new())
    })
    .await?;
    Ok(())
}

/// Writes what a unit says of itself; false when another came between.
pub(crate) async fn change(
    connection: &mut Connection,
    id: &AssessmentId,
    after: &Unit,
    seen: i64,
) -> Result<bool, AssessmentError> {
    let statement = query(
        "UPDATE assessment_units SET version = version + 1, words = $4, submitted_at = $5, submitted_by = $6 \
         WHERE assessment = $1 AND unit = $2 AND version = $3",
    );
    let statement = statement.bind(id.to_string()).bind(after.id.to_string()).bind(seen).bind(after.words.clone());
    let statement = statement.bind(after.submitted_at.map(moment)).bind(some(after.submitted_by.as_ref()));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// The values of an assessment, by unit.
pub(crate) async fn values(
    connection: &mut Connection,
    id: &AssessmentId,
) -> Result<BTreeMap<OrganisationId, Vec<Value>>, AssessmentError> {
    let rows = query(
        "SELECT unit, item, value, before_value, origin, note, at FROM assessment_values WHERE assessment = $1 \
         ORDER BY unit, item",
    );
    let mut all: BTreeMap<OrganisationId, Vec<Value>> = BTreeMap::new();
    for row in &rows.bind(id.to_string()).fetch_all(connection).await? {
        all.entry(read(row, "unit")?).or_default().push(value(row)?);
    }
    Ok(all)
}

/// The values of one unit.
pub(crate) async fn values_of(
    connection: &mut Connection,
    id: &AssessmentId,
    unit: &OrganisationId,
) -> Result<Vec<Value>, AssessmentError> {
    let rows = query(
        "SELECT unit, item, value, before_value, origin, note, at FROM assessment_values \
         WHERE assessment = $1 AND unit = $2 ORDER BY item",
    );
    rows.bind(id.to_string()).bind(unit.to_string()).fetch_all(connection).await?.iter().map(value).collect()
}

/// Writes values, over those that are there.
pub(crate) async fn put(
    connection: &mut Connection,
    id: &AssessmentId,
    person: Option<&PersonId>,
    values: &[(OrganisationId, Value)],
) -> Result<(), AssessmentError> {
    let head = "INSERT INTO assessment_values (assessment, unit, item, value, before_value, origin, note, at, person)";
    let tail = "ON CONFLICT (assessment, unit, item) DO UPDATE SET value = excluded.value, \
        before_value = excluded.before_value, origin = excluded.origin, note = excluded.note, at = excluded.at, \
        person = excluded.person";
    insert_rows(connection, (head, 9, tail), values, |statement, (unit, value)| {
        let statement = statement.bind(id.to_string()).bind(unit.to_string()).bind(value.item.clone());
        let statement = statement.bind(stored(value.value)).bind(value.before.map(stored)).bind(value.origin.code());
        statement.bind(value.note.clone()).bind(moment(value.at)).bind(some(person))
    })
    .await?;
    Ok(())
}

/// Takes a value away.
pub(crate) async fn clear(
    connection: &mut Connection,
    id: &AssessmentId,
    unit: &OrganisationId,
    item: &str,
) -> Result<(), AssessmentError> {
    let statement = query("DELETE FROM assessment_values WHERE assessment = $1 AND unit = $2 AND item = $3");
    statement.bind(id.to_string()).bind(unit.to_string()).bind(item.to_owned()).execute(connection).await?;
    Ok(())
}

/// Takes all values away that were copied from indicators.
pub(crate) async fn clear_copied(connection: &mut Connection, id: &AssessmentId) -> Result<(), AssessmentError> {
    let statement = query("DELETE FROM assessment_values WHERE assessment = $1 AND origin = $2");
    statement.bind(id.to_string()).bind(Origin::Indicator.code()).execute(connection).await?;
    Ok(())
}

fn unit(row: &Row) -> Result<Unit, AssessmentError> {
    let submitted_at: Option<Timestamp> = read_some(row, "submitted_at")?;
    Ok(Unit {
        id: read(row, "unit")?,
        name: Text { zh: words(row, "name_zh")?, en: words(row, "name_en")? },
        version: whole(row, "version")?,
        words: words(row, "words")?,
        submitted_at,
        submitted_by: read_some(row, "submitted_by")?,
    })
}

fn value(row: &Row) -> Result<Value, AssessmentError> {
    Ok(Value {
        item: words(row, "item")?,
        value: read(row, "value")?,
        before: read_some(row, "before_value")?,
        origin: read(row, "origin")?,
        note: words(row, "note")?,
        at: read(row, "at")?,
    })
}
