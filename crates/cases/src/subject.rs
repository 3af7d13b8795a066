//! What people may have done with the data about them: taken along, and forgotten.

use accounts::{Actor, Permission, PersonId};
use jiff::Timestamp;
use network::Id;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::Answers;
use utoipa::ToSchema;

use crate::sql::{blob, case, draft};
use crate::trail::{note_case, note_draft};
use crate::{By, CaseFile, CaseId, Cases, CasesError, Draft};

/// All that is kept here about an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SubjectData {
    /// Its cases, with messages and a list of documents.
    pub cases: Vec<CaseFile>,
    /// Its drafts.
    pub drafts: Vec<Draft>,
}

/// What forgetting did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Forgotten {
    /// Closed cases from which the client is gone.
    pub cases: usize,
    /// Drafts thrown away.
    pub drafts: usize,
    /// Open cases, which keep the contact until they are closed: forget again then.
    pub open: usize,
}

impl Cases {
    /// All that is kept here about the account that asks.
    pub async fn own_data(&self, now: Timestamp, by: By<'_>) -> Result<SubjectData, CasesError> {
        by.actor.require(Permission::OwnAccount)?;
        let mut cases = Vec::new();
        if let Some(person) = by.actor.id() {
            let ids = case::of_client(&mut *self.database.read().await?, person.as_str()).await?;
            for id in ids {
                cases.push(self.case(now, by, &id).await?);
            }
        }
        Ok(SubjectData { cases, drafts: self.my_drafts(by).await? })
    }

    /// Takes an account out of its closed cases: its name, contact, the parties, the answers about persons, and the link to
    /// the account. What was asked, answered and handed over stays on file. For the person, or the program when the
    /// account is deleted.
    pub async fn forget(&self, now: Timestamp, by: By<'_>, person: &PersonId) -> Result<Forgotten, CasesError> {
        if by.actor.id() != Some(person) {
            by.actor.require(Permission::Operate)?;
        }
        let mut forgotten = Forgotten::default();
        let (ids, drafts) = {
            let mut read = self.database.read().await?;
            (case::of_client(&mut read, person.as_str()).await?, draft::of(&mut read, person.as_str()).await?)
        };
        for id in ids {
            if self.forget_in(now, by, &id).await? {
                forgotten.cases += 1;
            } else {
                forgotten.open += 1;
            }
        }
        for draft in drafts {
            self.forget_draft(now, by, &draft.id).await?;
            forgotten.drafts += 1;
        }
        Ok(forgotten)
    }

    async fn forget_in(&self, now: Timestamp, by: By<'_>, id: &CaseId) -> Result<bool, CasesError> {
        let mut write = self.database.write().await?;
        let Some(case) = case::get(&mut write, id).await? else { return Ok(true) };
        let (_, _, sealed) = case::sealed(&mut write, id).await?;
        let mut answers: Answers = self.unseal_or_default("answers", id, sealed)?;
        let program = Actor::system("cases");
        let version = services::version(&mut write, &program, &case.item, case.item_version).await?;
        crate::view::drop_personal(&version.item.form, &mut answers);
        let answers = self.seal("answers", id.as_str(), &answers)?;
        if !case::forget_client(&mut write, id, &answers).await? {
            return Ok(false);
        }
        note_case(&mut write, now, by.actor, &case, ("case.forget", Value::Null)).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn forget_draft(&self, now: Timestamp, by: By<'_>, id: &Id) -> Result<(), CasesError> {
        let mut write = self.database.write().await?;
        blob::drop_all(&mut write, id).await?;
        draft::delete(&mut write, id).await?;
        note_draft(&mut write, now, by.actor, id, ("draft.forget", Value::Null)).await?;
        Ok(write.commit().await?)
    }
}

#[cfg(test)]
#[path = "subject_tests.rs"]
mod tests;
