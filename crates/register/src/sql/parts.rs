//! Statements on `parts` and `part_publications`.

use database::{Connection, DatabaseError, Row, insert_rows, query, select_in};
use records::SourceRef;
use sqlx::Row as _;

use super::{from_lines, lines};
use crate::group::Naming;
use crate::prepare::Version;

/// What is stored of a part, without its body.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) key: String,
    pub(crate) right: String,
    pub(crate) application: Option<String>,
    pub(crate) publications: Vec<String>,
    pub(crate) version: Version,
}

/// A row to be stored.
pub(crate) struct PartRow {
    pub(crate) key: String,
    pub(crate) right: String,
    pub(crate) application: Option<String>,
    pub(crate) publications: Vec<String>,
    pub(crate) version: Version,
    pub(crate) file: String,
    pub(crate) position: u64,
    pub(crate) body: Vec<u8>,
}

/// A part with its body.
pub(crate) struct PartBody {
    pub(crate) key: String,
    pub(crate) right: String,
    pub(crate) body: Vec<u8>,
}

const STORED: &str =
    "SELECT key, right_id, application, publications, as_of, withdrawn, digest FROM parts WHERE key IN";

/// The parts with these keys.
pub(crate) async fn stored(
    connection: &mut Connection,
    keys: impl IntoIterator<Item = &str>,
) -> Result<Vec<Stored>, DatabaseError> {
    select_in(connection, (STORED, ""), keys).await?.iter().map(stored_row).collect()
}

/// The parts whose keys come after `after`, in order of key.
pub(crate) async fn page(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Stored>, DatabaseError> {
    let rows = query(
        "SELECT key, right_id, application, publications, as_of, withdrawn, digest FROM parts \
         WHERE key > $1 ORDER BY key LIMIT $2",
    );
    rows.bind(after.to_owned()).bind(limit).fetch_all(connection).await?.iter().map(stored_row).collect()
}

fn stored_row(row: &Row) -> Result<Stored, DatabaseError> {
    let as_of: Option<&str> = row.try_get(4)?;
    Ok(Stored {
        key: row.try_get(0)?,
        right: row.try_get(1)?,
        application: row.try_get(2)?,
        publications: from_lines(row.try_get(3)?),
        version: Version {
            as_of: as_of.and_then(|day| day.parse().ok()),
            withdrawn: row.try_get::<i64, _>(5)? != 0,
            digest: row.try_get(6)?,
        },
    })
}

/// Bodies of the live parts of these rights.
pub(crate) async fn bodies_of_rights(
    connection: &mut Connection,
    rights: impl IntoIterator<Item = &str>,
) -> Result<Vec<PartBody>, DatabaseError> {
    const SQL: (&str, &str) = ("SELECT key, right_id, body FROM parts WHERE right_id IN", "AND withdrawn = 0");
    let body = |row: &Row| Ok(PartBody { key: row.try_get(0)?, right: row.try_get(1)?, body: row.try_get(2)? });
    select_in(connection, SQL, rights).await?.iter().map(body).collect()
}

/// Everything stored of the parts of one right, tombstones too, in order of key: body and source.
pub(crate) async fn of_right(
    connection: &mut Connection,
    right: &str,
) -> Result<Vec<(Vec<u8>, SourceRef)>, DatabaseError> {
    let rows = query("SELECT right_id, file, position, loaded_at, body FROM parts WHERE right_id = $1 ORDER BY key");
    let rows = rows.bind(right.to_owned()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(4)?, source_row(row)?.1))).collect()
}

/// Where the live parts of these rights came from, with the right.
pub(crate) async fn sources(
    connection: &mut Connection,
    rights: impl IntoIterator<Item = &str>,
) -> Result<Vec<(String, SourceRef)>, DatabaseError> {
    const SQL: (&str, &str) =
        ("SELECT right_id, file, position, loaded_at FROM parts WHERE right_id IN", "AND withdrawn = 0");
    select_in(connection, SQL, rights).await?.iter().map(source_row).collect()
}

fn source_row(row: &Row) -> Result<(String, SourceRef), DatabaseError> {
    let position = row.try_get::<i64, _>(2)? as u64;
    Ok((row.try_get(0)?, SourceRef { file: row.try_get(1)?, position, loaded_at: row.try_get(3)? }))
}

/// Who names these publications.
pub(crate) async fn namings(
    connection: &mut Connection,
    publications: impl IntoIterator<Item = &str>,
) -> Result<Vec<Naming>, DatabaseError> {
    const SQL: (&str, &str) = (
        "SELECT pp.publication, pp.part, p.application, p.withdrawn FROM part_publications pp \
         JOIN parts p ON p.key = pp.part WHERE pp.publication IN",
        "",
    );
    let naming = |row: &Row| {
        Ok(Naming {
            publication: row.try_get(0)?,
            part: row.try_get(1)?,
            application: row.try_get(2)?,
            withdrawn: row.try_get::<i64, _>(3)? != 0,
        })
    };
    select_in(connection, SQL, publications).await?.iter().map(naming).collect()
}

/// The right that answers for a waiting id under which no right stands: the application linked to the publication,
/// else the smallest right to which a part went that would wait there.
pub(crate) async fn alias(connection: &mut Connection, waiting: &str) -> Result<Option<String>, DatabaseError> {
    let row = query(
        "SELECT COALESCE(MIN(p.application), MIN(CASE WHEN pp.ordinal = 0 THEN p.right_id END)) \
         FROM part_publications pp JOIN parts p ON p.key = pp.part \
         WHERE pp.publication = $1 AND p.withdrawn = 0",
    );
    Ok(row.bind(waiting.to_owned()).fetch_one(connection).await?.try_get(0)?)
}

/// Stores parts, each in place of the one with its key.
pub(crate) async fn put(connection: &mut Connection, rows: Vec<PartRow>, loaded_at: &str) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) = (
        "INSERT INTO parts (key, source, right_id, application, publications, as_of, withdrawn, digest, file, \
         position, loaded_at, body)",
        12,
        "ON CONFLICT (key) DO UPDATE SET right_id = excluded.right_id, application = excluded.application, \
         publications = excluded.publications, as_of = excluded.as_of, withdrawn = excluded.withdrawn, \
         digest = excluded.digest, file = excluded.file, position = excluded.position, \
         loaded_at = excluded.loaded_at, body = excluded.body",
    );
    insert_rows(connection, SQL, rows, |query, row| {
        let source = row.key.split(':').next().unwrap_or_default().to_owned();
        query
            .bind(row.key)
            .bind(source)
            .bind(row.right)
            .bind(row.application)
            .bind(lines(&row.publications))
            .bind(row.version.as_of.map(|day| day.to_string()))
            .bind(i64::from(row.version.withdrawn))
            .bind(row.version.digest)
            .bind(row.file)
            .bind(row.position as i64)
            .bind(loaded_at.to_owned())
            .bind(row.body)
    })
    .await?;
    Ok(())
}

/// Moves stored parts to a right.
pub(crate) async fn move_to(connection: &mut Connection, right: &str, keys: &[String]) -> Result<(), DatabaseError> {
    for key in keys {
        query("UPDATE parts SET right_id = $1 WHERE key = $2")
            .bind(right.to_owned())
            .bind(key.clone())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Forgets which publications a part names.
pub(crate) async fn unname(
    connection: &mut Connection,
    part: &str,
    publications: &[String],
) -> Result<(), DatabaseError> {
    for publication in publications {
        query("DELETE FROM part_publications WHERE publication = $1 AND part = $2")
            .bind(publication.clone())
            .bind(part.to_owned())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Notes which publications parts name: publication, part, ordinal.
pub(crate) async fn name(connection: &mut Connection, rows: Vec<(String, String, i64)>) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) = (
        "INSERT INTO part_publications (publication, part, ordinal)",
        3,
        "ON CONFLICT (publication, part) DO UPDATE SET ordinal = excluded.ordinal",
    );
    insert_rows(connection, SQL, rows, |query, (publication, part, ordinal)| {
        query.bind(publication).bind(part).bind(ordinal)
    })
    .await?;
    Ok(())
}

/// Per source: parts, tombstones among them, newest day.
pub(crate) async fn by_source(
    connection: &mut Connection,
) -> Result<Vec<(String, i64, i64, Option<String>)>, DatabaseError> {
    let rows = query(
        "SELECT source, COUNT(*), CAST(SUM(withdrawn) AS BIGINT), MAX(as_of) FROM parts GROUP BY source ORDER BY source",
    );
    let rows = rows.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?))).collect()
}

/// Each source with the last time a part of it was stored.
pub(crate) async fn last_loads(connection: &mut Connection) -> Result<Vec<(String, String)>, DatabaseError> {
    let rows = query("SELECT source, MAX(loaded_at) FROM parts GROUP BY source").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
