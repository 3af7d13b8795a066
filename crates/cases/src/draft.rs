//! Requests that are being written: kept, found again, sent or forgotten.

use accounts::Permission;
use database::{Connection, Write};
use jiff::{SignedDuration, Timestamp};
use network::{Id, OrganisationId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::{Answers, ItemCode, office_day};
use utoipa::ToSchema;

use crate::sql::{blob, draft};
use crate::submit::first_bytes;
use crate::trail::note_draft;
use crate::{By, Cases, CasesError, Contact, Document, Link, TrackingCode};

/// Days after which a draft that nobody touched is forgotten.
pub const DRAFT_DAYS: i64 = 30;

/// A request as far as it is written. Sealed at rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftRequest {
    /// Which service.
    pub item: ItemCode,
    /// Which outlet, if chosen.
    #[serde(default)]
    pub outlet: Option<OrganisationId>,
    /// What it is about.
    #[serde(default)]
    pub title: String,
    /// The answers so far.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// How to reach the client, so far.
    #[serde(default)]
    pub contact: Contact,
    /// Rights, searches and analyses it is about.
    #[serde(default)]
    pub links: Vec<Link>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    /// Made by the client.
    #[schema(value_type = String)]
    pub id: Id,
    /// Rises by one with every saving.
    pub version: i64,
    /// What is written.
    pub request: DraftRequest,
    /// When it was last saved.
    #[schema(value_type = String, format = DateTime)]
    pub saved_at: Timestamp,
    /// Its files.
    pub files: Vec<Document>,
    /// Opens it without an account.
    pub code: TrackingCode,
}

impl Cases {
    /// Keeps a draft. `version` is the one seen, 0 for a new draft; saving the same again changes nothing.
    pub async fn save_draft(
        &self,
        now: Timestamp,
        by: By<'_>,
        (id, version, code): (&Id, i64, Option<&TrackingCode>),
        request: &DraftRequest,
    ) -> Result<Draft, CasesError> {
        by.actor.require(Permission::RequestService)?;
        let mut write = self.database.write().await?;
        let found = draft::get(&mut write, id).await?;
        if found.is_some() {
            let there = self.open_draft(&mut write, by, (id, code)).await?;
            if there.version == version + 1 && there.request == *request {
                return Ok(there);
            }
            if there.version != version {
                let (zh, en) = ("草稿已在别处修改，请重新打开", "the draft was changed elsewhere; open it again");
                return Err(CasesError::fault("version", zh, en));
            }
        }
        self.check_draft(&mut write, now, request).await?;
        let stored = draft::Stored {
            id: id.clone(),
            person: by.actor.id().cloned().or(found.as_ref().and_then(|found| found.person.clone())),
            version,
            item: request.item.to_string(),
            content: self.seal("draft", id.as_str(), request)?,
            saved_at: now,
        };
        let done = match found {
            Some(_) => draft::update(&mut write, &stored, version).await?,
            None => draft::insert(&mut write, &stored).await?,
        };
        if !done {
            let (zh, en) = ("草稿已在别处修改，请重新打开", "the draft was changed elsewhere; open it again");
            return Err(CasesError::fault("version", zh, en));
        }
        let files = blob::of(&mut write, id).await?;
        note_draft(&mut write, now, by.actor, id, ("draft.save", Value::Null)).await?;
        write.commit().await?;
        let code = self.draft_code(id);
        Ok(Draft { id: id.clone(), version: version + 1, request: request.clone(), saved_at: now, files, code })
    }

    /// A draft, for whoever has the account that wrote it, or its code.
    pub async fn draft(&self, by: By<'_>, id: &Id, code: Option<&TrackingCode>) -> Result<Draft, CasesError> {
        self.open_draft(&mut *self.database.read().await?, by, (id, code)).await
    }

    /// The drafts of whoever asks, latest first.
    pub async fn my_drafts(&self, by: By<'_>) -> Result<Vec<Draft>, CasesError> {
        by.actor.require(Permission::OwnAccount)?;
        let Some(person) = by.actor.id() else { return Ok(Vec::new()) };
        let mut read = self.database.read().await?;
        let mut drafts = Vec::new();
        for stored in draft::of(&mut read, person.as_str()).await? {
            drafts.push(self.opened(&mut read, stored).await?);
        }
        Ok(drafts)
    }

    /// Throws a draft away, with its files.
    pub async fn discard_draft(
        &self,
        now: Timestamp,
        by: By<'_>,
        id: &Id,
        code: Option<&TrackingCode>,
    ) -> Result<(), CasesError> {
        let mut write = self.database.write().await?;
        self.open_draft(&mut write, by, (id, code)).await?;
        blob::drop_all(&mut write, id).await?;
        draft::delete(&mut write, id).await?;
        note_draft(&mut write, now, by.actor, id, ("draft.discard", Value::Null)).await?;
        Ok(write.commit().await?)
    }

    /// Forgets drafts that nobody touched for [`DRAFT_DAYS`], and contents that nothing holds any more; for the program.
    pub async fn forget_drafts(&self, now: Timestamp, by: By<'_>) -> Result<usize, CasesError> {
        by.actor.require(Permission::Operate)?;
        let before = now - SignedDuration::from_hours(24 * DRAFT_DAYS);
        let mut write = self.database.write().await?;
        let old = draft::old(&mut write, before).await?;
        for id in &old {
            blob::drop_all(&mut write, id).await?;
            draft::delete(&mut write, id).await?;
        }
        blob::sweep(&mut write).await?;
        if let Some(first) = old.first() {
            note_draft(&mut write, now, by.actor, first, ("draft.forget", Value::Null)).await?;
        }
        write.commit().await?;
        Ok(old.len())
    }

    /// A draft that someone may open; to others there is none.
    pub(crate) async fn open_draft(
        &self,
        connection: &mut Connection,
        by: By<'_>,
        (id, code): (&Id, Option<&TrackingCode>),
    ) -> Result<Draft, CasesError> {
        let nothing = || CasesError::NotFound(id.to_string());
        let stored = draft::get(&mut *connection, id).await?.ok_or_else(nothing)?;
        let own = by.actor.id().is_some() && by.actor.id() == stored.person.as_ref();
        if !own && code != Some(&self.draft_code(id)) {
            return Err(nothing());
        }
        self.opened(connection, stored).await
    }

    async fn opened(&self, connection: &mut Connection, stored: draft::Stored) -> Result<Draft, CasesError> {
        let files = blob::of(connection, &stored.id).await?;
        Ok(Draft {
            request: self.unseal("draft", stored.id.as_str(), stored.content)?,
            version: stored.version,
            saved_at: stored.saved_at,
            code: self.draft_code(&stored.id),
            id: stored.id,
            files,
        })
    }

    /// What keeps a draft from being kept: answers that the form does not know or that burst it. What is missing may be.
    async fn check_draft(&self, write: &mut Write, now: Timestamp, request: &DraftRequest) -> Result<(), CasesError> {
        let version = services::version_on(write, &request.item, office_day(now)).await?;
        let Some(version) = version else {
            let (zh, en) = ("没有该服务事项，或该事项现不办理", "there is no such service now");
            return Err(CasesError::fault("item", zh, en));
        };
        let faults = services::check_part(&version.item.form, &request.answers);
        if faults.is_empty() { Ok(()) } else { Err(CasesError::Invalid(faults)) }
    }

    /// The code of a draft follows from its id by the secret of the installation alone.
    fn draft_code(&self, id: &Id) -> TrackingCode {
        TrackingCode::make(first_bytes(&self.secret.lookup("cases.draft", id.as_str())))
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
