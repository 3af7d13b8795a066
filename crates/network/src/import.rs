//! Rows of a file brought into the network: all of them or none.

use std::collections::{BTreeMap, BTreeSet};

use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::Connection as _;
use utoipa::ToSchema;

use crate::counties::Problem;
use crate::row::Row;
use crate::sql::state::{self, Note};
use crate::sql::tree;
use crate::write::{close_in, confirm_in, create_in, move_in, status_in, update_in};
use crate::{ChangeKind, Edit, NetworkError, NewOrganisation, Organisation, OrganisationId, Status, sound};

/// How an import runs.
pub struct Import<'a> {
    /// The moment noted beside the changes.
    pub now: Timestamp,
    /// The day from which changes hold; new organisations without a first day open on it.
    pub as_of: Date,
    /// Does everything and takes it back, to see what would happen.
    pub dry_run: bool,
    /// Makes ids for rows without one.
    pub ids: &'a mut (dyn FnMut() -> OrganisationId + Send),
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Entered.
    Created,
    /// Told something new.
    Updated,
    /// Closed.
    Closed,
    /// Told what was known.
    Unchanged,
}

/// A row and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedRow {
    /// Line of the file, or number of the organisation in it.
    pub line: u64,
    /// Which organisation.
    pub id: OrganisationId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// Whether it was stored: not on a dry run, and not when there is any problem.
    pub stored: bool,
    /// Row by row, in the order in which they were done.
    pub rows: Vec<ImportedRow>,
    /// All that is wrong, by line.
    pub problems: Vec<Problem>,
}

impl Imported {
    /// How many rows had this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }

    fn refused(problems: Vec<Problem>) -> Self {
        Self { stored: false, rows: Vec::new(), problems }
    }
}

/// Brings rows in, inside a step of the transaction that is taken back on a dry run and when any row is wrong.
pub(crate) async fn rows(
    write: &mut Write,
    import: Import<'_>,
    read: Result<Vec<Row>, Vec<Problem>>,
) -> Result<Imported, NetworkError> {
    let rows = match read {
        Ok(rows) => rows,
        Err(problems) => return Ok(Imported::refused(problems)),
    };
    let dry_run = import.dry_run;
    let mut step = write.begin().await?;
    let (done, mut problems) = all(&mut step, import, rows).await?;
    problems.sort_by_key(|problem| problem.line);
    let stored = problems.is_empty() && !dry_run;
    if stored {
        step.commit().await?;
    } else {
        step.rollback().await?;
    }
    Ok(Imported { stored, rows: done, problems })
}

/// Where the parent of a row is found.
enum Parent {
    None,
    Known(OrganisationId),
    /// In this file, and not done yet.
    Waiting,
}

async fn all(
    connection: &mut Connection,
    import: Import<'_>,
    rows: Vec<Row>,
) -> Result<(Vec<ImportedRow>, Vec<Problem>), NetworkError> {
    tree::hold(&mut *connection).await?;
    let (mut done, mut problems) = (Vec::new(), Vec::new());
    let mut waiting = named(&mut *connection, import.as_of, import.ids, rows, &mut problems).await?;
    let names = names_of(&waiting);
    let mut open: BTreeSet<OrganisationId> = waiting.iter().map(|(id, _)| id.clone()).collect();
    if !problems.is_empty() {
        return Ok((done, problems));
    }
    // A parent is done before those under it, whatever the order in the file; those under a wrong one are left out.
    while !waiting.is_empty() {
        let mut later = Vec::new();
        let before = waiting.len();
        for (id, row) in waiting {
            let parent = match parent(&mut *connection, import.as_of, &row, &names, &open).await? {
                Ok(Parent::Waiting) => {
                    later.push((id, row));
                    continue;
                }
                Ok(Parent::Known(parent)) => Some(parent),
                Ok(Parent::None) => None,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            match one(&mut *connection, (import.now, import.as_of), &id, &row, parent.as_ref()).await {
                Ok(outcome) => {
                    open.remove(&id);
                    done.push(ImportedRow { line: row.line, id, outcome });
                }
                Err(error) if error.is_about_what_was_asked() => problems.extend(told(row.line, &error)),
                Err(error) => return Err(error),
            }
        }
        if later.len() == before {
            if problems.is_empty() {
                let lines = later.iter().map(|(_, row)| row.line);
                problems.extend(lines.map(|line| Problem::new(line, "parent", "上级互为隶属", "stands under itself")));
            }
            break;
        }
        waiting = later;
    }
    Ok((done, problems))
}

/// Gives every row its id: its own, that of the organisation of its name and region, or a new one.
async fn named(
    connection: &mut Connection,
    as_of: Date,
    ids: &mut (dyn FnMut() -> OrganisationId + Send),
    rows: Vec<Row>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<(OrganisationId, Row)>, NetworkError> {
    let mut named = Vec::with_capacity(rows.len());
    let (mut lines, mut places) = (BTreeMap::new(), BTreeMap::new());
    for row in rows {
        let id = if let Some(id) = &row.id {
            id.clone()
        } else {
            let same = state::named(&mut *connection, &row.profile.name_zh, as_of).await?;
            let mut same = same.into_iter().filter(|known| known.profile.region == row.profile.region);
            same.next().map_or_else(&mut *ids, |known| known.id)
        };
        if let Some(line) = lines.insert(id.clone(), row.line) {
            problems.push(twice(row.line, "id", line));
        }
        let place = (row.profile.name_zh.clone(), row.profile.region.clone());
        if let Some(line) = places.insert(place, row.line).filter(|_| row.id.is_none()) {
            problems.push(twice(row.line, "name_zh", line));
        }
        named.push((id, row));
    }
    Ok(named)
}

fn twice(line: u64, column: &str, first: u64) -> Problem {
    Problem::new(line, column, format!("与第 {first} 行重复"), format!("stands in line {first} already"))
}

/// Rows by their Chinese name.
fn names_of(rows: &[(OrganisationId, Row)]) -> BTreeMap<String, Vec<OrganisationId>> {
    let mut names: BTreeMap<String, Vec<OrganisationId>> = BTreeMap::new();
    for (id, row) in rows {
        names.entry(row.profile.name_zh.clone()).or_default().push(id.clone());
    }
    names
}

async fn parent(
    connection: &mut Connection,
    as_of: Date,
    row: &Row,
    names: &BTreeMap<String, Vec<OrganisationId>>,
    open: &BTreeSet<OrganisationId>,
) -> Result<Result<Parent, Problem>, NetworkError> {
    let Some(text) = &row.parent else { return Ok(Ok(Parent::None)) };
    let mut found: Vec<OrganisationId> = match text.parse() {
        Ok(id) => vec![id],
        Err(_) => names.get(text).cloned().unwrap_or_default(),
    };
    if found.is_empty() {
        found = state::named(connection, text, as_of).await?.into_iter().map(|known| known.id).collect();
    }
    Ok(match found.as_slice() {
        [id] if open.contains(id) => Ok(Parent::Waiting),
        [id] => Ok(Parent::Known(id.clone())),
        [] => {
            let zh = format!("找不到上级机构「{text}」");
            Err(Problem::new(row.line, "parent", zh, format!("there is no organisation «{text}» to stand under")))
        }
        _ => {
            let zh = format!("名为「{text}」的机构不止一个，请填写标识");
            Err(Problem::new(row.line, "parent", zh, format!("more than one is named «{text}»: give the id")))
        }
    })
}

/// Enters or changes the organisation of one row.
async fn one(
    connection: &mut Connection,
    (now, as_of): (Timestamp, Date),
    id: &OrganisationId,
    row: &Row,
    parent: Option<&OrganisationId>,
) -> Result<Outcome, NetworkError> {
    let Some(known) = state::get(&mut *connection, id, as_of).await? else {
        if let Some((_, opened, _)) = state::head(&mut *connection, id).await? {
            return Err(NetworkError::BeforeOpened { id: id.clone(), opened });
        }
        let made = enter(&mut *connection, (now, as_of), id, row, parent).await?;
        bring_to(connection, (now, as_of.max(made.opened)), made, row, parent).await?;
        return Ok(Outcome::Created);
    };
    if row.version.is_some_and(|version| version != known.version) {
        return Err(NetworkError::Stale { now: Box::new(known) });
    }
    bring_to(connection, (now, as_of), known, row, parent).await
}

/// Enters an organisation. One that is older than its parent stands at the top until the parent opens.
async fn enter(
    connection: &mut Connection,
    (now, as_of): (Timestamp, Date),
    id: &OrganisationId,
    row: &Row,
    parent: Option<&OrganisationId>,
) -> Result<Organisation, NetworkError> {
    let from = row.from.unwrap_or(as_of);
    let opened = match parent {
        Some(parent) => crate::write::head(&mut *connection, parent, as_of).await?.1,
        None => from,
    };
    let first = if opened <= from { parent.cloned() } else { None };
    let new = NewOrganisation { id: id.clone(), parent: first, from, profile: row.profile.clone() };
    let made = create_in(&mut *connection, now, &new).await?;
    if opened <= from {
        return Ok(made);
    }
    move_in(connection, now, Edit { id, version: made.version, from: opened }, parent, None).await
}

/// Changes what differs from the row, each difference a change of its own.
async fn bring_to(
    connection: &mut Connection,
    (now, from): (Timestamp, Date),
    known: Organisation,
    row: &Row,
    parent: Option<&OrganisationId>,
) -> Result<Outcome, NetworkError> {
    let (id, first) = (known.id.clone(), known.version);
    let mut at = state::get(&mut *connection, &id, from).await?.unwrap_or(known);
    let edit = |version| Edit { id: &id, version, from };
    if row.status == Status::Closed {
        if at.status == Status::Closed {
            return Ok(Outcome::Unchanged);
        }
        let note = Note { change: ChangeKind::Closed, now, reason: None };
        close_in(&mut *connection, edit(at.version), &note, &[]).await?;
        sound::check(connection, &id).await?;
        return Ok(Outcome::Closed);
    }
    if at.profile != row.profile {
        at = update_in(&mut *connection, now, edit(at.version), &row.profile).await?;
    }
    if at.parent.as_ref() != parent {
        at = move_in(&mut *connection, now, edit(at.version), parent, None).await?;
    }
    if at.status != row.status {
        at = status_in(&mut *connection, now, edit(at.version), row.status, None).await?;
    }
    if let Some(confirmation) = row.confirmed.clone().filter(|confirmed| at.confirmed.as_ref() != Some(confirmed)) {
        at = confirm_in(connection, now, edit(at.version), confirmation).await?;
    }
    Ok(if at.version == first { Outcome::Unchanged } else { Outcome::Updated })
}

/// An error as problems of its row.
fn told(line: u64, error: &NetworkError) -> Vec<Problem> {
    match error {
        NetworkError::Invalid(faults) => {
            faults.iter().map(|fault| Problem::new(line, &fault.field, &*fault.zh, &*fault.en)).collect()
        }
        error => vec![Problem::new(line, error.field(), error.text("zh"), error.text("en"))],
    }
}
