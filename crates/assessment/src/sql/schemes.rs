//! Versions of schemes at rest.

use database::{Connection, Row, query};
use jiff::Timestamp;

use super::{moment, read, read_some, some, unreadable, whole, words};
use crate::{AssessmentError, SchemeState, SchemeVersion};

/// The latest version of every scheme, by code.
pub(crate) async fn latest(connection: &mut Connection) -> Result<Vec<SchemeVersion>, AssessmentError> {
    let rows = query(
        "SELECT code, number, revision, state, keeper, body, hash, changed_at, published_at FROM assessment_schemes s \
         WHERE number = (SELECT MAX(number) FROM assessment_schemes o WHERE o.code = s.code) ORDER BY code",
    );
    rows.fetch_all(connection).await?.iter().map(version).collect()
}

/// All versions of a scheme, newest first.
pub(crate) async fn versions(connection: &mut Connection, code: &str) -> Result<Vec<SchemeVersion>, AssessmentError> {
    let rows = query(
        "SELECT code, number, revision, state, keeper, body, hash, changed_at, published_at FROM assessment_schemes \
         WHERE code = $1 ORDER BY number DESC",
    );
    rows.bind(code.to_owned()).fetch_all(connection).await?.iter().map(version).collect()
}

/// One version.
pub(crate) async fn get(
    connection: &mut Connection,
    code: &str,
    number: i64,
) -> Result<Option<SchemeVersion>, AssessmentError> {
    let row = query(
        "SELECT code, number, revision, state, keeper, body, hash, changed_at, published_at FROM assessment_schemes \
         WHERE code = $1 AND number = $2",
    );
    row.bind(code.to_owned()).bind(number).fetch_optional(connection).await?.as_ref().map(version).transpose()
}

/// Stores a new version; false when another has taken its number.
pub(crate) async fn insert(
    connection: &mut Connection,
    new: &SchemeVersion,
    by: Option<String>,
) -> Result<bool, AssessmentError> {
    let statement = query(
        "INSERT INTO assessment_schemes (code, number, revision, state, keeper, body, hash, changed_at, changed_by, \
         published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    );
    let done = statement
        .bind(new.scheme.code.clone())
        .bind(new.number)
        .bind(new.revision)
        .bind(new.state.code())
        .bind(some(new.keeper.as_ref()).unwrap_or_default())
        .bind(body(new)?)
        .bind(new.hash.clone())
        .bind(moment(new.changed_at))
        .bind(by)
        .bind(new.published_at.map(moment))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a draft anew; false when another came between, or it is published.
pub(crate) async fn change(
    connection: &mut Connection,
    after: &SchemeVersion,
    seen: i64,
    by: Option<String>,
) -> Result<bool, AssessmentError> {
    let statement = query(
        "UPDATE assessment_schemes SET revision = $4, state = $5, body = $6, hash = $7, changed_at = $8, \
         changed_by = $9, published_at = $10 WHERE code = $1 AND number = $2 AND revision = $3 AND state = 'draft'",
    );
    let done = statement
        .bind(after.scheme.code.clone())
        .bind(after.number)
        .bind(seen)
        .bind(after.revision)
        .bind(after.state.code())
        .bind(body(after)?)
        .bind(after.hash.clone())
        .bind(moment(after.changed_at))
        .bind(by)
        .bind(after.published_at.map(moment))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes a draft; false when another came between, or it is published.
pub(crate) async fn remove(
    connection: &mut Connection,
    (code, number): (&str, i64),
    seen: i64,
) -> Result<bool, AssessmentError> {
    let statement =
        query("DELETE FROM assessment_schemes WHERE code = $1 AND number = $2 AND revision = $3 AND state = 'draft'");
    let done = statement.bind(code.to_owned()).bind(number).bind(seen).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

fn body(version: &SchemeVersion) -> Result<String, AssessmentError> {
    serde_json::to_string(&version.scheme).map_err(|error| unreadable(&version.scheme.code, error))
}

fn version(row: &Row) -> Result<SchemeVersion, AssessmentError> {
    let (code, body): (String, String) = (words(row, "code")?, words(row, "body")?);
    let state: SchemeState = read(row, "state")?;
    let changed_at: Timestamp = read(row, "changed_at")?;
    let keeper = words(row, "keeper")?;
    Ok(SchemeVersion {
        scheme: serde_json::from_str(&body).map_err(|error| unreadable(&code, error))?,
        number: whole(row, "number")?,
        revision: whole(row, "revision")?,
        state,
        keeper: if keeper.is_empty() { None } else { Some(super::parse(&keeper, "keeper")?) },
        hash: words(row, "hash")?,
        changed_at,
        published_at: read_some(row, "published_at")?,
    })
}
