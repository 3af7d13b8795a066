//! Files of the network brought in by those who keep it.

use database::{Connection, Database};
use jiff::civil::Date;
use network::{Import, Imported, OrganisationId, Outcome, Problem};
use serde_json::json;

use super::{KeepingError, note_all};
use crate::{Actor, Cover, Permission};

/// A file of the network.
#[derive(Clone, Copy, Debug)]
pub enum NetworkFile<'f> {
    /// See [`network::import_csv`].
    Csv(&'f [u8]),
    /// See [`network::import_hsds`].
    Hsds(&'f [u8]),
}

/// Brings a file in, in a transaction of its own. Who keeps a part of the network alone changes nothing outside it: such rows are
/// problems, and with any problem nothing is stored.
pub async fn import(
    database: &Database,
    actor: &Actor,
    file: NetworkFile<'_>,
    import: Import<'_>,
) -> Result<Imported, KeepingError> {
    let cover = actor.cover(Permission::EditNetwork).ok_or_else(|| actor.denied(Permission::EditNetwork))?;
    let (now, as_of, dry_run) = (import.now, import.as_of, import.dry_run);
    let mut write = database.write().await?;
    // Done in earnest on a dry run too, so that one can look at what it did; the transaction is dropped.
    let import = Import { dry_run: false, ..import };
    let mut imported = match file {
        NetworkFile::Csv(csv) => network::import_csv(&mut write, csv, import).await?,
        NetworkFile::Hsds(json) => network::import_hsds(&mut write, json, import).await?,
    };
    if imported.stored && cover != Cover::Everywhere {
        let mut before = database.read().await?;
        imported.problems = outside(&mut write, &mut before, &cover, &imported, as_of).await?;
    }
    imported.stored = imported.problems.is_empty() && !dry_run;
    if imported.stored {
        let changed = imported.rows.iter().filter(|row| row.outcome != Outcome::Unchanged);
        let entries = changed.map(|row| (&row.id, json!({ "from": as_of, "outcome": row.outcome, "line": row.line })));
        note_all(&mut write, now, actor, "network.import", None, entries).await?;
        write.commit().await?;
    }
    Ok(imported)
}

/// Rows that touch what the actor does not keep.
async fn outside(
    after: &mut Connection,
    before: &mut Connection,
    cover: &Cover,
    imported: &Imported,
    as_of: Date,
) -> Result<Vec<Problem>, KeepingError> {
    let made = |id: &OrganisationId| imported.rows.iter().any(|row| row.id == *id && row.outcome == Outcome::Created);
    let mut problems = Vec::new();
    for row in imported.rows.iter().filter(|row| row.outcome != Outcome::Unchanged) {
        let is_new = row.outcome == Outcome::Created;
        let parent = network::organisation(&mut *after, &row.id, as_of).await?.and_then(|now| now.parent);
        let was = if is_new {
            None
        } else {
            network::organisation(&mut *before, &row.id, as_of).await?.and_then(|old| old.parent)
        };
        let moved = is_new || (row.outcome == Outcome::Updated && was != parent);
        let parent_is_kept = parent.is_some_and(|parent| cover.holds(&parent) || made(&parent));
        let (line, column) = (row.line, if is_new || cover.holds(&row.id) { "parent" } else { "id" });
        if (!is_new && !cover.holds(&row.id)) || (moved && !parent_is_kept) {
            let (zh, en) = ("不在您管理的范围内", "lies outside what you keep");
            problems.push(Problem { line, column: column.to_owned(), zh: zh.to_owned(), en: en.to_owned() });
        }
    }
    Ok(problems)
}
