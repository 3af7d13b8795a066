//! Documents: versions.

use database::{Connection, Row, query};
use jiff::Timestamp;
use network::{Fault, Id};
use services::{Answers, Field, FieldKind, Form};

use super::{moment, number, optional, or_empty, parsed, text};
use crate::error::fault;
use crate::{CaseId, CasesError, Document};

/// Adds a version of a document to a case or draft; false when that version is there already.
pub(crate) async fn add(connection: &mut Connection, owner: &Id, document: &Document) -> Result<bool, CasesError> {
    let statement = query(
        "INSERT INTO cases_documents (id, version, case_id, field, name, kind, record, public, by_client, person, at, \
         length, hash, withdrawn) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0) \
         ON CONFLICT (id, version) DO NOTHING",
    );
    let done = statement
        .bind(document.id.to_string())
        .bind(document.version)
        .bind(owner.to_string())
        .bind(document.field.clone())
        .bind(document.name.clone())
        .bind(document.kind.code().to_owned())
        .bind(or_empty(document.record.as_ref()))
        .bind(i64::from(document.public))
        .bind(i64::from(document.by_client))
        .bind(or_empty(document.person.as_ref()))
        .bind(moment(document.at))
        .bind(document.length)
        .bind(document.hash.clone())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// All versions of the documents of a case or draft, latest first.
pub(crate) async fn of(connection: &mut Connection, owner: &Id) -> Result<Vec<Document>, CasesError> {
    let statement = query(
        "SELECT id, version, case_id, field, name, kind, record, public, by_client, person, at, length, hash, withdrawn \
         FROM cases_documents WHERE case_id = $1 ORDER BY id, version DESC",
    );
    let rows = statement.bind(owner.to_string()).fetch_all(connection).await?;
    rows.iter().map(document).collect()
}

/// All versions of one document, latest first.
pub(crate) async fn versions(connection: &mut Connection, id: &Id) -> Result<Vec<Document>, CasesError> {
    let statement = query(
        "SELECT id, version, case_id, field, name, kind, record, public, by_client, person, at, length, hash, withdrawn \
         FROM cases_documents WHERE id = $1 ORDER BY version DESC",
    );
    let rows = statement.bind(id.to_string()).fetch_all(connection).await?;
    rows.iter().map(document).collect()
}

/// Takes a document back: its rows stay, nobody is given its content any more.
pub(crate) async fn withdraw(connection: &mut Connection, id: &Id) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_documents SET withdrawn = 1 WHERE id = $1");
    statement.bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// The files of a draft become those of its case.
pub(crate) async fn adopt(connection: &mut Connection, draft: &Id, case: &CaseId) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_documents SET case_id = $2 WHERE case_id = $1");
    statement.bind(draft.to_string()).bind(case.to_string()).execute(connection).await?;
    Ok(())
}

/// Removes the files of a draft, and contents that no one else holds.
pub(crate) async fn drop_all(connection: &mut Connection, draft: &Id) -> Result<(), CasesError> {
    let drop = query("DELETE FROM cases_documents WHERE case_id = $1");
    drop.bind(draft.to_string()).execute(&mut *connection).await?;
    Ok(())
}

/// Removes one file of a draft; its content goes with the next sweep.
pub(crate) async fn drop_one(connection: &mut Connection, draft: &Id, document: &Id) -> Result<bool, CasesError> {
    let drop = query("DELETE FROM cases_documents WHERE case_id = $1 AND id = $2");
    let done = drop.bind(draft.to_string()).bind(document.to_string()).execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

/// Removes contents that no document has.
pub(crate) async fn sweep(connection: &mut Connection) -> Result<u64, CasesError> {
    let statement = query(
        "DELETE FROM cases_blobs WHERE NOT EXISTS \
         (SELECT 1 FROM cases_documents d WHERE d.hash = cases_blobs.hash)",
    );
    Ok(statement.execute(connection).await?.rows_affected())
}

/// Whether the client sees a document that staff added.
pub(crate) async fn has_deliverable(connection: &mut Connection, case: &CaseId) -> Result<bool, CasesError> {
    let statement = query(
        "SELECT 1 AS one FROM cases_documents WHERE case_id = $1 AND public = 1 AND by_client = 0 AND withdrawn = 0 LIMIT 1",
    );
    Ok(statement.bind(case.to_string()).fetch_optional(connection).await?.is_some())
}

/// Whether the client added a document since a moment.
pub(crate) async fn brought_since(
    connection: &mut Connection,
    case: &CaseId,
    since: Timestamp,
) -> Result<bool, CasesError> {
    let statement = query(
        "SELECT 1 AS one FROM cases_documents WHERE case_id = $1 AND by_client = 1 AND withdrawn = 0 AND at >= $2 LIMIT 1",
    );
    let statement = statement.bind(case.to_string()).bind(moment(since));
    Ok(statement.fetch_optional(connection).await?.is_some())
}

/// Files that answers name and that were not uploaded for them, with the owner's other limits.
pub(crate) async fn unknown_files(
    connection: &mut Connection,
    form: &Form,
    answers: &Answers,
    owner: Option<&Id>,
) -> Result<Vec<Fault>, CasesError> {
    let fields: Vec<&Field> = form.steps.iter().flat_map(|step| &step.fields).collect();
    let files: Vec<&&Field> = fields.iter().filter(|field| matches!(field.kind, FieldKind::File(_))).collect();
    if files.iter().all(|field| !answers.contains_key(&field.key)) {
        return Ok(Vec::new());
    }
    let held = match owner {
        Some(owner) => of(connection, owner).await?,
        None => Vec::new(),
    };
    let mut faults = Vec::new();
    for field in files {
        let named = answers.get(&field.key).and_then(|value| value.as_array());
        let unknown = named.into_iter().flatten().filter(|id| {
            let id = id.as_str().unwrap_or_default();
            !held.iter().any(|held| held.id.as_str() == id && held.field == field.key && !held.withdrawn)
        });
        if unknown.count() > 0 {
            let zh = format!("「{}」的文件未找到，请重新上传", field.label.zh);
            let en = format!("a file of «{}» was not found; upload it again", field.label.en);
            faults.push(fault(&field.key, zh, en));
        }
    }
    Ok(faults)
}

fn document(row: &Row) -> Result<Document, CasesError> {
    Ok(Document {
        id: parsed(row, "id")?,
        version: number(row, "version")?,
        owner: parsed(row, "case_id")?,
        field: text(row, "field")?,
        name: text(row, "name")?,
        kind: parsed(row, "kind")?,
        record: optional(row, "record")?,
        public: number(row, "public")? != 0,
        by_client: number(row, "by_client")? != 0,
        person: optional(row, "person")?,
        at: parsed(row, "at")?,
        length: number(row, "length")?,
        hash: text(row, "hash")?,
        withdrawn: number(row, "withdrawn")? != 0,
    })
}
