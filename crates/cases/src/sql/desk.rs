//! What lies beside the flow: messages, notes, tasks, links, labels.

use database::{Connection, Row, query};
use jiff::Timestamp;
use network::Id;
use services::Record;

use super::{moment, number, optional, or_empty, or_never, parsed, text};
use crate::desk::{Message, Task};
use crate::{CaseId, CasesError, Link};

/// A message as it is stored: its words sealed.
pub(crate) struct Stored {
    pub(crate) message: Message,
    pub(crate) sealed: String,
}

/// Adds a message or note; false when its id is there already.
pub(crate) async fn add_message(
    connection: &mut Connection,
    case: &CaseId,
    stored: &Stored,
) -> Result<bool, CasesError> {
    let statement = query(
        "INSERT INTO cases_messages (id, case_id, at, person, name, by_client, internal, record, words) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
    );
    let message = &stored.message;
    let done = statement
        .bind(message.id.to_string())
        .bind(case.to_string())
        .bind(moment(message.at))
        .bind(or_empty(message.person.as_ref()))
        .bind(message.name.clone())
        .bind(i64::from(message.by_client))
        .bind(i64::from(message.internal))
        .bind(or_empty(message.record.as_ref()))
        .bind(stored.sealed.clone())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The messages of a case, and its notes where these are asked for.
pub(crate) async fn messages(
    connection: &mut Connection,
    case: &CaseId,
    with_notes: bool,
) -> Result<Vec<Stored>, CasesError> {
    let statement = query(
        "SELECT id, case_id, at, person, name, by_client, internal, record, words FROM cases_messages \
         WHERE case_id = $1 AND internal <= $2 ORDER BY at, id",
    );
    let rows = statement.bind(case.to_string()).bind(i64::from(with_notes)).fetch_all(connection).await?;
    rows.iter().map(message).collect()
}

/// Of which case a message is.
pub(crate) async fn case_of_message(connection: &mut Connection, id: &Id) -> Result<Option<CaseId>, CasesError> {
    let statement = query("SELECT case_id FROM cases_messages WHERE id = $1");
    let row = statement.bind(id.to_string()).fetch_optional(connection).await?;
    row.map(|row| parsed(&row, "case_id")).transpose()
}

fn message(row: &Row) -> Result<Stored, CasesError> {
    let message = Message {
        id: parsed(row, "id")?,
        at: parsed(row, "at")?,
        person: optional(row, "person")?,
        name: text(row, "name")?,
        by_client: number(row, "by_client")? != 0,
        internal: number(row, "internal")? != 0,
        record: optional(row, "record")?,
        words: String::new(),
    };
    Ok(Stored { message, sealed: text(row, "words")? })
}

/// The records that documents, notes and links of a case leave.
pub(crate) async fn records(connection: &mut Connection, case: &CaseId) -> Result<Vec<Record>, CasesError> {
    let statement = query(
        "SELECT record FROM cases_documents WHERE case_id = $1 AND withdrawn = 0 AND record <> '' \
         UNION SELECT record FROM cases_messages WHERE case_id = $1 AND record <> '' \
         UNION SELECT CASE kind WHEN 'search' THEN 'search-record' ELSE 'rights-ledger' END AS record \
         FROM cases_links WHERE case_id = $1 AND kind IN ('search', 'right')",
    );
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| parsed(row, "record")).collect()
}

/// Adds a task; false when its id is there already.
pub(crate) async fn add_task(connection: &mut Connection, case: &CaseId, task: &Task) -> Result<bool, CasesError> {
    let statement = query(
        "INSERT INTO cases_tasks (id, case_id, version, title, assignee, due_on, made_at, done_at, done_by) \
         VALUES ($1, $2, 1, $3, $4, $5, $6, '', '') ON CONFLICT (id) DO NOTHING",
    );
    let done = statement
        .bind(task.id.to_string())
        .bind(case.to_string())
        .bind(task.title.clone())
        .bind(or_empty(task.assignee.as_ref()))
        .bind(or_never(task.due_on))
        .bind(moment(task.made_at))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes a task that is in the version seen; false when it is not.
pub(crate) async fn change_task(connection: &mut Connection, task: &Task, seen: i64) -> Result<bool, CasesError> {
    let statement = query(
        "UPDATE cases_tasks SET version = version + 1, title = $3, assignee = $4, due_on = $5, done_at = $6, done_by = $7 \
         WHERE id = $1 AND version = $2",
    );
    let done = statement
        .bind(task.id.to_string())
        .bind(seen)
        .bind(task.title.clone())
        .bind(or_empty(task.assignee.as_ref()))
        .bind(or_never(task.due_on))
        .bind(task.done_at.map_or_else(String::new, moment))
        .bind(or_empty(task.done_by.as_ref()))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The tasks of a case, open ones first.
pub(crate) async fn tasks(connection: &mut Connection, case: &CaseId) -> Result<Vec<Task>, CasesError> {
    let statement = query(
        "SELECT id, case_id, version, title, assignee, due_on, made_at, done_at, done_by FROM cases_tasks \
         WHERE case_id = $1 ORDER BY done_at, due_on, id",
    );
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(task).collect()
}

/// The open tasks of a person, by what is due.
pub(crate) async fn tasks_of(connection: &mut Connection, person: &str, limit: i64) -> Result<Vec<Task>, CasesError> {
    let statement = query(
        "SELECT id, case_id, version, title, assignee, due_on, made_at, done_at, done_by FROM cases_tasks \
         WHERE assignee = $1 AND done_at = '' ORDER BY due_on, id LIMIT $2",
    );
    let rows = statement.bind(person.to_owned()).bind(limit).fetch_all(connection).await?;
    rows.iter().map(task).collect()
}

/// The task.
pub(crate) async fn task_by_id(connection: &mut Connection, id: &Id) -> Result<Option<Task>, CasesError> {
    let statement = query(
        "SELECT id, case_id, version, title, assignee, due_on, made_at, done_at, done_by FROM cases_tasks WHERE id = $1",
    );
    let row = statement.bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(task).transpose()
}

fn task(row: &Row) -> Result<Task, CasesError> {
    let due = text(row, "due_on")?;
    Ok(Task {
        id: parsed(row, "id")?,
        case: parsed(row, "case_id")?,
        version: number(row, "version")?,
        title: text(row, "title")?,
        assignee: optional(row, "assignee")?,
        due_on: if due == super::NEVER { None } else { Some(parsed(row, "due_on")?) },
        made_at: parsed(row, "made_at")?,
        done_at: optional(row, "done_at")?,
        done_by: optional(row, "done_by")?,
    })
}

/// Ties a case to something; again changes the label alone.
pub(crate) async fn add_link(
    connection: &mut Connection,
    case: &CaseId,
    link: &Link,
    now: Timestamp,
) -> Result<(), CasesError> {
    let statement = query(
        "INSERT INTO cases_links (case_id, kind, target, label, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (case_id, kind, target) DO UPDATE SET label = excluded.label",
    );
    statement
        .bind(case.to_string())
        .bind(link.kind.code().to_owned())
        .bind(link.target.clone())
        .bind(link.label.clone())
        .bind(moment(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Unties it.
pub(crate) async fn remove_link(connection: &mut Connection, case: &CaseId, link: &Link) -> Result<u64, CasesError> {
    let statement = query("DELETE FROM cases_links WHERE case_id = $1 AND kind = $2 AND target = $3");
    let statement = statement.bind(case.to_string()).bind(link.kind.code().to_owned()).bind(link.target.clone());
    Ok(statement.execute(connection).await?.rows_affected())
}

/// What a case is tied to, in the order in which it was.
pub(crate) async fn links(connection: &mut Connection, case: &CaseId) -> Result<Vec<Link>, CasesError> {
    let statement = query("SELECT kind, target, label FROM cases_links WHERE case_id = $1 ORDER BY at, kind, target");
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    let read =
        |row: &Row| Ok(Link { kind: parsed(row, "kind")?, target: text(row, "target")?, label: text(row, "label")? });
    rows.iter().map(read).collect()
}

/// The labels of a case.
pub(crate) async fn labels(connection: &mut Connection, case: &CaseId) -> Result<Vec<String>, CasesError> {
    let statement = query("SELECT label FROM cases_labels WHERE case_id = $1 ORDER BY label");
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| text(row, "label")).collect()
}

/// Puts labels in the place of those that were there.
pub(crate) async fn set_labels(
    connection: &mut Connection,
    case: &CaseId,
    labels: &[String],
) -> Result<(), CasesError> {
    let clear = query("DELETE FROM cases_labels WHERE case_id = $1");
    clear.bind(case.to_string()).execute(&mut *connection).await?;
    for label in labels {
        let insert = query("INSERT INTO cases_labels (case_id, label) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        insert.bind(case.to_string()).bind(label.clone()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The cases that go on in another one.
pub(crate) async fn merged_into(connection: &mut Connection, case: &CaseId) -> Result<Vec<CaseId>, CasesError> {
    let statement = query("SELECT id FROM cases_cases WHERE merged_into = $1 ORDER BY id");
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| parsed(row, "id")).collect()
}

/// The cases that belong to a case.
pub(crate) async fn children(connection: &mut Connection, case: &CaseId) -> Result<Vec<CaseId>, CasesError> {
    let statement = query("SELECT id FROM cases_cases WHERE parent = $1 ORDER BY id");
    let rows = statement.bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| parsed(row, "id")).collect()
}

/// What pointed on to a case points on to where that goes on.
pub(crate) async fn point_on(connection: &mut Connection, from: &CaseId, into: &CaseId) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_cases SET merged_into = $2 WHERE merged_into = $1");
    statement.bind(from.to_string()).bind(into.to_string()).execute(connection).await?;
    Ok(())
}
