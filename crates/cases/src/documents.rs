//! Documents of cases and drafts: who may add, see and take back which.

use accounts::{Actor, Permission, PersonId};
use database::{Connection, Write};
use jiff::Timestamp;
use network::Id;
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::{FieldKind, FileKind, Record};
use utoipa::ToSchema;

use crate::cases::{Part, find};
use crate::sql::{blob, case, event};
use crate::trail::{note_case, note_draft};
use crate::{Action, By, Case, CaseId, Cases, CasesError, Event, State, TrackingCode, Upload, UploadError};
use uploads::MOST_BYTES;

/// Documents of one case at most.
pub const MOST_DOCUMENTS: usize = 500;
/// Files of one draft at most.
const MOST_FILES: usize = 50;
/// Where contents are kept.
const BLOBS: &str = "cases_blobs";

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// Which document.
    #[schema(value_type = String)]
    pub id: Id,
    /// 1, 2, 3 …
    pub version: i64,
    #[serde(skip, default = "nobody")]
    #[schema(ignore)]
    pub(crate) owner: Id,
    /// The field of the form that it answers; empty for none.
    pub field: String,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
    /// The step of the work that it records.
    pub record: Option<Record>,
    /// Whether the client sees it.
    pub public: bool,
    /// Whether the client added it.
    pub by_client: bool,
    /// Who added it: the account, for staff.
    pub person: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Bytes.
    pub length: i64,
    /// BLAKE3 of its content, in hexadecimal.
    pub hash: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

fn nobody() -> Id {
    Id::make(Timestamp::UNIX_EPOCH, [0; 10])
}

/// A document to be added, or a new version of one.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    /// Made by the client: sent again, it is one document. The id of a document that is there adds a version.
    pub id: &'a Id,
    /// The version seen; 0 for a new document.
    pub version: i64,
    /// Its name.
    pub name: &'a str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The field of the form that it answers, for files of the client.
    pub field: Option<&'a str>,
    /// The step of the work that it records.
    pub record: Option<Record>,
    /// Whether the client sees it; what clients add they see.
    pub public: bool,
}

impl Cases {
    /// Adds a document, or a version of one, to a case.
    pub async fn add_document(
        &self,
        now: Timestamp,
        by: By<'_>,
        id: &CaseId,
        new: NewDocument<'_>,
    ) -> Result<Document, CasesError> {
        let mut write = self.database.write().await?;
        let (case, part) = find(&mut write, by, id).await?;
        let by_client = may_add(by.actor, &case, part)?;
        let rule = match new.field {
            Some(field) => Some(file_rule(&mut write, &case.item, case.item_version, field).await?),
            None => None,
        };
        let upload = judged(&new, rule.as_ref())?;
        let before = blob::versions(&mut write, new.id).await?;
        if let Some(done) = replayed(&before, &id.0, &upload, new.version)? {
            return Ok(done);
        }
        if before.first().is_some_and(|last| by_client && !last.by_client) {
            return Err(by.actor.denied(Permission::WorkCases).into());
        }
        let count = blob::of(&mut write, &id.0).await?.len();
        if count >= MOST_DOCUMENTS {
            return Err(UploadError::TooMany { count: count + 1, most: MOST_DOCUMENTS }.into());
        }
        let document = made(now, by.actor, &id.0, &new, &upload, by_client);
        database::keep_content(&mut write, BLOBS, &upload.hash(), &upload.bytes).await?;
        if !blob::add(&mut write, &id.0, &document).await? {
            return Err(CasesError::KeyTaken);
        }
        let detail = json!({ "document": document.id, "version": document.version, "name": document.name });
        happened(&mut write, now, by, &case, (by_client, document.public), detail).await?;
        let what = json!({ "document": document.id, "version": document.version, "hash": document.hash });
        note_case(&mut write, now, by.actor, &case, ("case.document.add", what)).await?;
        write.commit().await?;
        Ok(document)
    }

    /// Takes a document back: what was there stays on record, its content is given to nobody any more.
    pub async fn withdraw_document(
        &self,
        now: Timestamp,
        by: By<'_>,
        id: &CaseId,
        document: &Id,
        reason: &str,
    ) -> Result<(), CasesError> {
        let mut write = self.database.write().await?;
        let (case, part) = find(&mut write, by, id).await?;
        let by_client = may_add(by.actor, &case, part)?;
        let found = blob::versions(&mut write, document).await?;
        let Some(last) = found.first().filter(|last| last.owner == id.0) else {
            return Err(CasesError::NotFound(document.to_string()));
        };
        if by_client && (!last.by_client || case.state != State::Received) {
            return Err(by.actor.denied(Permission::WorkCases).into());
        }
        blob::withdraw(&mut write, document).await?;
        let detail = json!({ "document": document, "withdrawn": true, "reason": reason });
        happened(&mut write, now, by, &case, (by_client, last.public), detail).await?;
        note_case(&mut write, now, by.actor, &case, ("case.document.withdraw", json!({ "document": document })))
            .await?;
        Ok(write.commit().await?)
    }

    /// The content of a version of a document, for those who may see it; what holds a client's words is recorded.
    pub async fn document(
        &self,
        now: Timestamp,
        by: By<'_>,
        id: &CaseId,
        document: (&Id, i64),
    ) -> Result<(Document, Vec<u8>), CasesError> {
        let mut read = self.database.read().await?;
        let (case, part) = find(&mut read, by, id).await?;
        let nothing = || CasesError::NotFound(document.0.to_string());
        let versions = blob::versions(&mut read, document.0).await?;
        let found = versions.into_iter().find(|version| version.version == document.1).ok_or_else(nothing)?;
        let merged = part.staff && crate::view::is_merged(&mut read, &found.owner, id).await?;
        if (found.owner != id.0 && !merged) || found.withdrawn || !(part.staff || found.public) {
            return Err(nothing());
        }
        let bytes = database::content(&mut read, BLOBS, &found.hash).await?;
        read.close().await?;
        if found.by_client && !part.client {
            let mut write = self.database.write().await?;
            let what = json!({ "document": found.id, "version": found.version });
            note_case(&mut write, now, by.actor, &case, ("case.document.read", what)).await?;
            write.commit().await?;
        }
        Ok((found, bytes))
    }

    /// Adds a file to a draft.
    pub async fn add_draft_file(
        &self,
        now: Timestamp,
        by: By<'_>,
        draft: (&Id, Option<&TrackingCode>),
        new: NewDocument<'_>,
    ) -> Result<Document, CasesError> {
        let mut write = self.database.write().await?;
        let found = self.open_draft(&mut write, by, draft).await?;
        let field = new.field.unwrap_or_default();
        let rule = match services::version_on(&mut write, &found.request.item, services::office_day(now)).await? {
            Some(version) => rule_in(&version.item.form, field)?,
            None => return Err(no_field(field)),
        };
        let upload = judged(&new, Some(&rule))?;
        let held = blob::of(&mut write, draft.0).await?;
        let before: Vec<Document> = blob::versions(&mut write, new.id).await?;
        if let Some(done) = replayed(&before, draft.0, &upload, new.version)? {
            return Ok(done);
        }
        let most = (rule.count as usize).min(MOST_FILES);
        let count = held.iter().filter(|held| held.field == field && !held.withdrawn).count();
        if count >= most || held.len() >= MOST_FILES {
            return Err(UploadError::TooMany { count: count + 1, most }.into());
        }
        let document = made(now, by.actor, draft.0, &new, &upload, true);
        database::keep_content(&mut write, BLOBS, &upload.hash(), &upload.bytes).await?;
        if !blob::add(&mut write, draft.0, &document).await? {
            return Err(CasesError::KeyTaken);
        }
        let detail = json!({ "document": document.id, "hash": document.hash });
        note_draft(&mut write, now, by.actor, draft.0, ("draft.file.add", detail)).await?;
        write.commit().await?;
        Ok(document)
    }
}

/// Files of drafts that are not wanted after all.
impl Cases {
    /// Takes a file out of a draft; one that is gone already changes nothing.
    pub async fn drop_draft_file(
        &self,
        now: Timestamp,
        by: By<'_>,
        draft: (&Id, Option<&TrackingCode>),
        document: &Id,
    ) -> Result<(), CasesError> {
        let mut write = self.database.write().await?;
        self.open_draft(&mut write, by, draft).await?;
        if !blob::drop_one(&mut write, draft.0, document).await? {
            return Ok(());
        }
        let detail = json!({ "document": document });
        note_draft(&mut write, now, by.actor, draft.0, ("draft.file.drop", detail)).await?;
        Ok(write.commit().await?)
    }
}

/// Whether someone may add documents, and whether as the client.
fn may_add(actor: &Actor, case: &Case, part: Part) -> Result<bool, CasesError> {
    if case.state.is_final() {
        let can = crate::flow::actions(case.state, false).map(|rule| rule.action).collect();
        return Err(CasesError::NotNow { action: Action::Document, state: case.state, can });
    }
    if actor.may_at(Permission::WorkCases, &case.outlet) {
        return Ok(false);
    }
    if part.client { Ok(true) } else { Err(actor.denied(Permission::WorkCases).into()) }
}

/// What a form says of the files of a field.
async fn file_rule(
    connection: &mut Connection,
    item: &services::ItemCode,
    version: i64,
    field: &str,
) -> Result<services::FileRule, CasesError> {
    let program = Actor::system("cases");
    let version = services::version(connection, &program, item, version).await?;
    rule_in(&version.item.form, field)
}

fn rule_in(form: &services::Form, field: &str) -> Result<services::FileRule, CasesError> {
    let fields = form.steps.iter().flat_map(|step| &step.fields);
    let found = fields.filter(|found| found.key == field).find_map(|found| match &found.kind {
        FieldKind::File(rule) => Some(rule.clone()),
        _ => None,
    });
    found.ok_or_else(|| no_field(field))
}

fn no_field(field: &str) -> CasesError {
    let (zh, en) = (format!("表单没有文件项「{field}」"), format!("the form asks for no file «{field}»"));
    CasesError::fault(field, zh, en)
}

fn judged(new: &NewDocument<'_>, rule: Option<&services::FileRule>) -> Result<Upload, CasesError> {
    let (kinds, most) = rule.map_or((Vec::new(), MOST_BYTES), |rule| {
        (rule.kinds.clone(), (rule.megabytes as usize).saturating_mul(1 << 20))
    });
    Ok(Upload::new(new.name, new.bytes.clone(), &kinds, most)?)
}

/// The version that the same upload made before; an error when the id belongs elsewhere or another version came between.
fn replayed(before: &[Document], owner: &Id, upload: &Upload, seen: i64) -> Result<Option<Document>, CasesError> {
    let Some(last) = before.first() else {
        return if seen == 0 { Ok(None) } else { Err(CasesError::NotFound(owner.to_string())) };
    };
    if last.owner != *owner || last.withdrawn {
        return Err(CasesError::KeyTaken);
    }
    let same = before.iter().find(|version| version.version == seen + 1);
    match same {
        Some(same) if same.hash == upload.hash() => Ok(Some(same.clone())),
        None if last.version == seen => Ok(None),
        _ => Err(CasesError::KeyTaken),
    }
}

fn made(
    now: Timestamp,
    actor: &Actor,
    owner: &Id,
    new: &NewDocument<'_>,
    upload: &Upload,
    by_client: bool,
) -> Document {
    Document {
        id: new.id.clone(),
        version: new.version + 1,
        owner: owner.clone(),
        field: new.field.unwrap_or_default().to_owned(),
        name: upload.name.clone(),
        kind: upload.kind,
        record: new.record.filter(|_| !by_client),
        public: by_client || new.public,
        by_client,
        person: actor.id().cloned(),
        at: now,
        length: upload.bytes.len() as i64,
        hash: upload.hash(),
        withdrawn: false,
    }
}

async fn happened(
    write: &mut Write,
    now: Timestamp,
    by: By<'_>,
    case: &Case,
    (by_client, public): (bool, bool),
    detail: serde_json::Value,
) -> Result<(), CasesError> {
    let number = case::touch(write, &case.id, now).await?;
    let happened = Event {
        number,
        at: now,
        action: Action::Document,
        person: by.actor.id().cloned(),
        name: by.actor.name().to_owned(),
        by_client,
        from: Some(case.state),
        to: case.state,
        reason: None,
        detail,
        public,
    };
    event::append(write, &case.id, case.version, "", &happened).await
}
