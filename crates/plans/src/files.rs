//! Files of reports.

use accounts::{Actor, Permission, PersonId};
use database::Write;
use jiff::Timestamp;
use serde_json::json;
use uploads::{FileKind, MOST_BYTES, MOST_FILES, Upload, UploadError};

use crate::reporting::store;
use crate::sql::{files, reports};
use crate::trail::note_report;
use crate::{Act, FileId, Plans, PlansError, Report, ReportId, ReportState, Seen, What};

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name for machines.
    pub id: FileId,
    /// Of which report.
    pub report: ReportId,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
    /// Bytes.
    pub length: i64,
    /// BLAKE3 of its content, in hexadecimal.
    pub hash: String,
    /// When it was added.
    pub at: Timestamp,
    /// Who added it.
    pub person: Option<PersonId>,
    /// Whether it was taken out again.
    pub withdrawn: bool,
}

impl Plans {
    /// Adds a file to a draft or a returned report. `id` is made by the client: sent again, it is one file.
    pub async fn attach(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        (id, name, bytes): (&FileId, &str, Vec<u8>),
    ) -> Result<(Report, File), PlansError> {
        if let Some(found) = files::get(write, id).await? {
            let report = reports::get(write, seen.id).await?.filter(|report| found.report == report.id);
            let report = report.ok_or(PlansError::KeyTaken)?;
            actor.require_at(Permission::ReportProgress, &report.unit)?;
            return Ok((report, found));
        }
        let (before, _) = self.reported(write, now, actor, (seen, Act::Attach)).await?;
        let upload = Upload::new(name, bytes, &[], MOST_BYTES)?;
        let count = files::of(write, seen.id).await?.len() + 1;
        if count > MOST_FILES {
            return Err(UploadError::TooMany { count, most: MOST_FILES }.into());
        }
        let after = store(write, seen, before).await?;
        database::keep_content(write, "plans_blobs", &upload.hash(), &upload.bytes).await?;
        let file = File {
            id: id.clone(),
            report: after.id.clone(),
            hash: upload.hash(),
            length: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
            name: upload.name,
            kind: upload.kind,
            at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
            person: actor.id().cloned(),
            withdrawn: false,
        };
        if !files::add(write, &file).await? {
            return Err(PlansError::KeyTaken);
        }
        let detail = json!({ "file": file.id, "name": file.name, "hash": file.hash });
        note_report(write, now, actor, (Act::Attach, "", detail), &after).await?;
        Ok((after, file))
    }

    /// Takes a file out of a draft or a returned report; it stays on record and is given to nobody any more.
    pub async fn detach(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        id: &FileId,
    ) -> Result<Report, PlansError> {
        let (before, _) = self.reported(write, now, actor, (seen, Act::Detach)).await?;
        let found = files::get(write, id).await?.filter(|file| file.report == before.id);
        let found = found.ok_or_else(|| PlansError::not_found(What::File, id))?;
        let after = store(write, seen, before).await?;
        files::withdraw(write, id).await?;
        let detail = json!({ "file": found.id, "name": found.name });
        note_report(write, now, actor, (Act::Detach, "", detail), &after).await?;
        Ok(after)
    }

    /// A file with its content, for those who may read its report; of a report that is shown to everyone, for everyone.
    pub async fn file(&self, actor: &Actor, id: &FileId) -> Result<(File, Vec<u8>), PlansError> {
        let missing = || PlansError::not_found(What::File, id);
        let mut read = self.database().read().await?;
        let file = files::get(&mut read, id).await?.filter(|file| !file.withdrawn).ok_or_else(missing)?;
        let report = reports::get(&mut read, &file.report).await?.ok_or_else(missing)?;
        if !self.may_read(&mut read, actor, &report).await? {
            return Err(missing());
        }
        let bytes = database::content(&mut read, "plans_blobs", &file.hash).await?;
        Ok((file, bytes))
    }

    /// Whether someone may read a report.
    pub(crate) async fn may_read(
        &self,
        connection: &mut database::Connection,
        actor: &Actor,
        report: &Report,
    ) -> Result<bool, PlansError> {
        if actor.may_at(Permission::ReadGovernance, &report.unit) {
            return Ok(true);
        }
        if !report.public || report.state != ReportState::Accepted {
            return Ok(false);
        }
        let plan = crate::sql::plans::get(connection, &report.plan).await?;
        Ok(plan.is_some_and(|plan| plan.public))
    }
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
