//! What a person may ask of his data: all of it, and its end.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::accounts::day;
use crate::oidc::Identity;
use crate::roles::Given;
use crate::session::{Session, entry, own};
use crate::sql::{flow, grant, link, person, second, session};
use crate::trail::AuditEntry;
use crate::{Accounts, AccountsError, Actor, Person, Proof, Role, record};

/// Entries of the trail in an export at most; the newest.
const MOST_ENTRIES: usize = 10_000;

/// Everything that is kept about a person here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PersonalData {
    /// When it was put together.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// The account.
    pub account: Person,
    /// Whether a second step is asked for.
    pub second_step: bool,
    /// Accounts at other providers.
    pub identities: Vec<Identity>,
    /// Sessions that last.
    pub sessions: Vec<Session>,
    /// Roles, past ones too.
    pub roles: Vec<Given>,
    /// What the person did, and what was done to the account.
    pub trail: Vec<AuditEntry>,
}

impl Accounts {
    /// Everything that is kept here about whoever asks; that it was asked for is written down.
    pub async fn export(&self, actor: &Actor, now: Timestamp) -> Result<PersonalData, AccountsError> {
        let id = own(actor)?;
        let settings = self.settings();
        let mut write = self.database().write().await?;
        let data = PersonalData {
            made_at: now,
            account: self.kept(&mut write, id).await?.person,
            second_step: second::is_confirmed(&mut write, id).await?,
            identities: flow::identities(&mut write, id).await?,
            sessions: session::of_person(&mut write, id, (now - settings.idle, now - settings.longest)).await?,
            roles: grant::all_of(&mut write, id).await?,
            trail: crate::sql::audit::about(&mut write, id, MOST_ENTRIES).await?,
        };
        record(&mut write, now, actor, &entry("person.export", id, json!(null))).await?;
        write.commit().await?;
        Ok(data)
    }

    /// Ends one's own account for good: name and contacts, sessions, roles, second step and links are gone; the id stays,
    /// so that what was done under it keeps its place.
    pub async fn delete(&self, actor: &Actor, proof: &Proof<'_>, now: Timestamp) -> Result<(), AccountsError> {
        let kept = self.own_kept(actor).await?;
        self.prove(&kept, proof, now).await?;
        let id = &kept.person.id;
        let mut write = self.database().write().await?;
        grant::hold(&mut write).await?;
        let roles = grant::active_of(&mut write, id, day(now)).await?;
        if roles.iter().any(|given| given.role == Role::Operator) {
            self.others_operate(&mut write, id, now).await?;
        }
        if !person::bury(&mut write, id, now).await? {
            return Err(AccountsError::NotFound(id.clone()));
        }
        grant::end_all(&mut write, id, day(now)).await?;
        second::remove(&mut write, id).await?;
        flow::unlink_all(&mut write, id).await?;
        link::forget(&mut write, id).await?;
        let ended = session::end_others(&mut write, id, None).await?;
        let detail = json!({ "sessions": ended, "roles": roles.len() });
        record(&mut write, now, actor, &entry("person.delete", id, detail)).await?;
        Ok(write.commit().await?)
    }
}

#[cfg(test)]
#[path = "personal_tests.rs"]
mod tests;
