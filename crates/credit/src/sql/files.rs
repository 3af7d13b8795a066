//! Files of evidence at rest.

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::{parse, stored};
use crate::{CreditError, File, FileId, Shown};

/// Adds a file; false when its id is there.
pub(crate) async fn add(connection: &mut Connection, file: &File) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_files (id, event, paper, name, kind, length, hash, at, person, withdrawn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) ON CONFLICT DO NOTHING",
    );
    let (event, paper) = match &file.of {
        Shown::Event(id) => (Some(id.to_string()), None),
        Shown::Paper(id) => (None, Some(id.to_string())),
    };
    let statement = statement.bind(file.id.to_string()).bind(event).bind(paper).bind(file.name.clone());
    let statement = statement.bind(file.kind.code()).bind(file.length).bind(file.hash.clone()).bind(stored(file.at));
    let statement = statement.bind(file.person.as_ref().map(ToString::to_string));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// A file that was not taken out.
pub(crate) async fn get(connection: &mut Connection, id: &FileId) -> Result<Option<File>, CreditError> {
    let statement = query(
        "SELECT id, event, paper, name, kind, length, hash, at, person FROM credit_files \
         WHERE id = $1 AND withdrawn = 0",
    );
    statement.bind(id.to_string()).fetch_optional(connection).await?.as_ref().map(read).transpose()
}

/// The files of an event or paper, oldest first, without those taken out.
pub(crate) async fn of(connection: &mut Connection, shown: &Shown) -> Result<Vec<File>, CreditError> {
    let statement = query(
        "SELECT id, event, paper, name, kind, length, hash, at, person FROM credit_files \
         WHERE (event = $1 OR paper = $1) AND withdrawn = 0 ORDER BY id",
    );
    let id = match shown {
        Shown::Event(id) => id.to_string(),
        Shown::Paper(id) => id.to_string(),
    };
    statement.bind(id).fetch_all(connection).await?.iter().map(read).collect()
}

/// Takes a file out; what was there stays on record.
pub(crate) async fn withdraw(connection: &mut Connection, id: &FileId) -> Result<(), CreditError> {
    query("UPDATE credit_files SET withdrawn = 1 WHERE id = $1").bind(id.to_string()).execute(connection).await?;
    Ok(())
}

fn read(row: &Row) -> Result<File, CreditError> {
    let id: String = row.try_get(0)?;
    let (event, paper): (Option<String>, Option<String>) = (row.try_get(1)?, row.try_get(2)?);
    let of = match (event, paper) {
        (Some(event), _) => Shown::Event(parse(&event, &id)?),
        (None, paper) => Shown::Paper(parse(&paper.unwrap_or_default(), &id)?),
    };
    let person: Option<String> = row.try_get(8)?;
    Ok(File {
        of,
        name: row.try_get(3)?,
        kind: parse(row.try_get(4)?, &id)?,
        length: row.try_get(5)?,
        hash: row.try_get(6)?,
        at: parse(row.try_get(7)?, &id)?,
        person: person.map(|person| parse(&person, &id)).transpose()?,
        id: parse(&id, &id)?,
    })
}
