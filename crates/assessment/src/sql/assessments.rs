//! Assessments at rest.

use database::{Connection, Row, query};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row as _;

use super::{flag, moment, read, read_some, some, whole, words};
use crate::{Assessment, AssessmentError, AssessmentId, Shown, State, Text};

/// Reading of assessments; the tail goes on.
macro_rules! assessments {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, keeper, title_zh, title_en, scheme, number, year, state, until_day, snapshots, ",
            "is_public, shows_ranks, shows_arithmetic, made_at, published_at FROM assessment_assessments ",
            $tail
        )
    };
}

/// The assessment of this name.
pub(crate) async fn get(connection: &mut Connection, id: &AssessmentId) -> Result<Option<Assessment>, AssessmentError> {
    let row = query(assessments!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(assessment).transpose()
}

/// The assessment that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Assessment>, AssessmentError> {
    let row = query(assessments!("WHERE key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(assessment).transpose()
}

/// All of them, newest year first.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Assessment>, AssessmentError> {
    let rows = query(assessments!("ORDER BY year DESC, made_at DESC, id LIMIT 1000")).fetch_all(connection).await?;
    rows.iter().map(assessment).collect()
}

/// Those of a scheme, newest first.
pub(crate) async fn of_scheme(connection: &mut Connection, code: &str) -> Result<Vec<Assessment>, AssessmentError> {
    let rows = query(assessments!("WHERE scheme = $1 ORDER BY year DESC, made_at DESC, id"));
    rows.bind(code.to_owned()).fetch_all(connection).await?.iter().map(assessment).collect()
}

/// The ids of assessments in which one of some units is, or to which a person is called.
pub(crate) async fn of_person(connection: &mut Connection, person: &str) -> Result<Vec<AssessmentId>, AssessmentError> {
    let rows = query("SELECT DISTINCT assessment FROM assessment_calls WHERE person = $1").bind(person.to_owned());
    rows.fetch_all(connection).await?.iter().map(|row| read(row, "assessment")).collect()
}

/// Stores a new assessment; false when its key was used.
pub(crate) async fn insert(connection: &mut Connection, new: &Assessment, key: &str) -> Result<bool, AssessmentError> {
    let statement = query(
        "INSERT INTO assessment_assessments (id, key, version, keeper, title_zh, title_en, scheme, number, year, state, \
         snapshots, is_public, shows_ranks, shows_arithmetic, made_at) \
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0, $10) ON CONFLICT DO NOTHING",
    );
    let done = statement
        .bind(new.id.to_string())
        .bind(key.to_owned())
        .bind(new.keeper.to_string())
        .bind(new.title.zh.clone())
        .bind(new.title.en.clone())
        .bind(new.scheme.clone())
        .bind(new.number)
        .bind(i64::from(new.year))
        .bind(new.state.code())
        .bind(moment(new.made_at))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the assessment to another state; false when another came between.
pub(crate) async fn step(connection: &mut Connection, after: &Assessment, seen: i64) -> Result<bool, AssessmentError> {
    let statement = query(
        "UPDATE assessment_assessments SET version = version + 1, state = $3, until_day = $4, snapshots = $5, \
         is_public = $6, shows_ranks = $7, shows_arithmetic = $8, published_at = $9 WHERE id = $1 AND version = $2",
    );
    let done = statement
        .bind(after.id.to_string())
        .bind(seen)
        .bind(after.state.code())
        .bind(some(after.until.as_ref()))
        .bind(after.snapshots)
        .bind(i64::from(after.shown.public))
        .bind(i64::from(after.shown.ranks))
        .bind(i64::from(after.shown.arithmetic))
        .bind(after.published_at.map(moment))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Waits until nobody else changes the assessment, and reads it as it then is: it stays so until the commit.
pub(crate) async fn hold(
    connection: &mut Connection,
    id: &AssessmentId,
) -> Result<Option<Assessment>, AssessmentError> {
    let statement = query("UPDATE assessment_assessments SET version = version WHERE id = $1");
    statement.bind(id.to_string()).execute(&mut *connection).await?;
    get(connection, id).await
}

/// Counts one snapshot more, of an assessment that is held.
pub(crate) async fn count_snapshot(connection: &mut Connection, id: &AssessmentId) -> Result<i64, AssessmentError> {
    let statement = query(
        "UPDATE assessment_assessments SET snapshots = snapshots + 1, version = version + 1 WHERE id = $1 \
         RETURNING snapshots",
    );
    Ok(statement.bind(id.to_string()).fetch_one(connection).await?.try_get(0)?)
}

fn assessment(row: &Row) -> Result<Assessment, AssessmentError> {
    let (until, published_at): (Option<Date>, Option<Timestamp>) =
        (read_some(row, "until_day")?, read_some(row, "published_at")?);
    let state: State = read(row, "state")?;
    Ok(Assessment {
        id: read(row, "id")?,
        version: whole(row, "version")?,
        keeper: read(row, "keeper")?,
        title: Text { zh: words(row, "title_zh")?, en: words(row, "title_en")? },
        scheme: words(row, "scheme")?,
        number: whole(row, "number")?,
        year: whole(row, "year")? as i16,
        state,
        until,
        snapshots: whole(row, "snapshots")?,
        shown: Shown {
            public: flag(row, "is_public")?,
            ranks: flag(row, "shows_ranks")?,
            arithmetic: flag(row, "shows_arithmetic")?,
        },
        made_at: read(row, "made_at")?,
        published_at,
    })
}
