//! Items of a file brought in as drafts, or as versions in force: all of them or none.

use std::collections::BTreeMap;

use accounts::{Actor, Permission};
use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Id, OrganisationId, Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sqlx::Connection as _;
use utoipa::ToSchema;

use crate::sql::version as at_rest;
use crate::standard_file::{self, VERSION, problem};
use crate::write::{self, Made};
use crate::{Item, ItemCode, NewDraft, Seen, ServicesError, Version, VersionState, table};

/// Bytes of a file at most.
const MOST_BYTES: usize = 32 << 20;
/// Items of a file at most.
const MOST_ITEMS: usize = 2_000;

/// How an import runs.
pub struct Import<'a> {
    /// The moment noted beside the changes.
    pub now: Timestamp,
    /// Puts what came in force from this day; else it stays drafts.
    pub publish: Option<Date>,
    /// Who is to keep items that are new.
    pub keeper: Option<&'a OrganisationId>,
    /// Does everything and takes it back, to see what would happen.
    pub dry_run: bool,
    /// Makes keys of drafts.
    pub ids: &'a mut (dyn FnMut() -> Id + Send),
}

/// What became of an item of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowOutcome {
    /// A new item.
    Created,
    /// A new version of an item.
    Drafted,
    /// Its open draft was written anew.
    Edited,
    /// It said what was known.
    Unchanged,
}

/// An item of the file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedRow {
    /// Line of the file, or number of the item in it.
    pub line: u64,
    /// Which item.
    pub code: ItemCode,
    /// Which of its versions.
    pub number: i64,
    /// What became of it.
    pub outcome: RowOutcome,
}

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// Whether it was stored: not on a dry run, and not when there is any problem.
    pub stored: bool,
    /// Item by item, in the order of the file.
    pub rows: Vec<ImportedRow>,
    /// All that is wrong, by line.
    pub problems: Vec<Problem>,
}

/// Brings in a file as [`crate::export_json`] writes it, or a bare list of such objects.
pub async fn import_json(
    write: &mut Write,
    actor: &Actor,
    file: &[u8],
    import: Import<'_>,
) -> Result<Imported, ServicesError> {
    bring(write, actor, import, file, read_json).await
}

/// Brings in a file as [`crate::export_csv`] writes it. Columns may be left out where their elements may.
pub async fn import_csv(
    write: &mut Write,
    actor: &Actor,
    file: &[u8],
    import: Import<'_>,
) -> Result<Imported, ServicesError> {
    bring(write, actor, import, file, table::read).await
}

fn read_json(file: &[u8]) -> table::Rows {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let list = match serde_json::from_slice(file) {
        Ok(Value::Array(list)) => list,
        Ok(Value::Object(mut map)) => match map.remove("事项") {
            Some(Value::Array(list)) => list,
            _ => return (Vec::new(), vec![problem(1, "事项", "缺少「事项」列表", "there is no list «事项»")]),
        },
        Ok(_) => return (Vec::new(), vec![problem(1, "", "须为对象或列表", "takes an object or a list")]),
        Err(error) => {
            let (zh, en) = (format!("不是有效的 JSON:{error}"), format!("this is no JSON: {error}"));
            return (Vec::new(), vec![problem(error.line() as u64, "", zh, en)]);
        }
    };
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (at, value) in list.into_iter().enumerate() {
        match value {
            Value::Object(map) => rows.push((at as u64 + 1, map)),
            _ => problems.push(problem(at as u64 + 1, "", "须为对象", "takes an object")),
        }
    }
    (rows, problems)
}

async fn bring(
    write: &mut Write,
    actor: &Actor,
    mut import: Import<'_>,
    file: &[u8],
    read: fn(&[u8]) -> table::Rows,
) -> Result<Imported, ServicesError> {
    actor.require(Permission::EditItems)?;
    if import.publish.is_some() {
        actor.require(Permission::PublishItems)?;
    }
    let (rows, mut problems) = if file.len() > MOST_BYTES {
        (Vec::new(), vec![problem(0, "", "文件超过 32 MB", "the file is larger than 32 MB")])
    } else {
        read(file)
    };
    if rows.len() > MOST_ITEMS {
        problems.push(problem(0, "", "最多 2000 个事项", "a file holds 2,000 items at most"));
    }
    if problems.is_empty() && rows.is_empty() {
        problems.push(problem(0, "", "文件中没有事项", "there are no items in the file"));
    }
    let items = if problems.is_empty() { sound(rows, &mut problems) } else { Vec::new() };
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.line);
        return Ok(Imported { stored: false, rows: Vec::new(), problems });
    }
    let mut step = write.begin().await?;
    let mut done = Vec::new();
    for (line, seen, item) in &items {
        match one(&mut step, actor, &mut import, *seen, item).await {
            Ok((version, outcome)) => done.push((*line, version, outcome)),
            Err(error @ ServicesError::Denied(_)) => return Err(error),
            Err(error) if error.is_about_what_was_asked() => problems.extend(told(*line, &error)),
            Err(error) => return Err(error),
        }
    }
    let stored = problems.is_empty() && !import.dry_run;
    if stored {
        step.commit().await?;
        for (_, version, _) in done.iter().filter(|(_, _, outcome)| *outcome != RowOutcome::Unchanged) {
            let detail = json!({ "from": version.from });
            write::audit(write, (import.now, actor), version, ("services.import", None), detail).await?;
        }
    } else {
        step.rollback().await?;
    }
    let row = |(line, version, outcome): (u64, Version, RowOutcome)| ImportedRow {
        line,
        code: version.code,
        number: version.number,
        outcome,
    };
    Ok(Imported { stored, rows: done.into_iter().map(row).collect(), problems })
}

/// Items with the version that their row says was seen.
fn sound(rows: Vec<(u64, Map<String, Value>)>, problems: &mut Vec<Problem>) -> Vec<(u64, Option<i64>, Item)> {
    let (mut items, mut lines) = (Vec::new(), BTreeMap::new());
    for (line, row) in rows {
        let seen = row.get(VERSION).and_then(Value::as_i64);
        match standard_file::read(line, row) {
            Err(mut wrong) => problems.append(&mut wrong),
            Ok(item) => {
                problems.extend(
                    crate::faults(&item).into_iter().map(|fault| problem(line, &fault.field, fault.zh, fault.en)),
                );
                if let Some(first) = lines.insert(item.code.clone(), line) {
                    let zh = format!("与第 {first} 行重复");
                    problems.push(problem(line, "事项代码", zh, format!("stands in line {first} already")));
                }
                items.push((line, seen, item));
            }
        }
    }
    items
}

async fn one(
    connection: &mut Connection,
    actor: &Actor,
    import: &mut Import<'_>,
    seen: Option<i64>,
    item: &Item,
) -> Result<(Version, RowOutcome), ServicesError> {
    let who = (import.now, actor);
    // Holds the item from here on, so that what is read below stays so.
    at_rest::hold(&mut *connection, &item.code).await?;
    let known = at_rest::of(&mut *connection, &item.code).await?;
    let last = known.iter().rfind(|version| version.state != VersionState::Discarded);
    if let (Some(last), Some(_)) = (last, seen.filter(|seen| last.is_none_or(|last| last.number != *seen))) {
        return Err(ServicesError::Stale { now: Box::new(last.clone()) });
    }
    let (version, outcome) = match last {
        Some(last) if last.item == *item && last.state != VersionState::Withdrawn => {
            (last.clone(), RowOutcome::Unchanged)
        }
        Some(draft) if draft.state == VersionState::Draft => {
            let seen = Seen { code: &draft.code, number: draft.number, revision: draft.revision };
            (write::edit_in(&mut *connection, who, seen, item).await?, RowOutcome::Edited)
        }
        other => {
            let outcome = if other.is_some() { RowOutcome::Drafted } else { RowOutcome::Created };
            let key = (import.ids)();
            let new = NewDraft { key: &key, keeper: import.keeper, item };
            let (Made::Now(version) | Made::Before(version)) = write::draft_in(&mut *connection, who, &new).await?;
            (version, outcome)
        }
    };
    match import.publish {
        Some(from) if version.state == VersionState::Draft => {
            let seen = Seen { code: &version.code, number: version.number, revision: version.revision };
            let published = write::publish_in(connection, who, seen, (from, None), None).await?;
            let outcome = if outcome == RowOutcome::Unchanged { RowOutcome::Edited } else { outcome };
            Ok((published, outcome))
        }
        _ => Ok((version, outcome)),
    }
}

/// An error as problems of its row.
fn told(line: u64, error: &ServicesError) -> Vec<Problem> {
    match error {
        ServicesError::Invalid(faults) => {
            faults.iter().map(|fault| problem(line, &fault.field, &*fault.zh, &*fault.en)).collect()
        }
        error => vec![problem(line, "", error.text("zh"), error.text("en"))],
    }
}

#[cfg(test)]
#[path = "transfer_tests.rs"]
mod tests;
