//! The audit trail read: listed by what one looks for, and verified.

use std::fmt;

use jiff::Timestamp;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::sql::audit;
use crate::{Accounts, AccountsError, Actor, Cover, Entry, Permission, PersonId, record};

/// Entries on a page at most.
pub const MOST_ENTRIES_ON_A_PAGE: usize = 500;

/// What to list of the trail. Empty parts ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditQuery {
    /// Kind of what was acted on: `case`, `person`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// At which organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Beginning of the action: `case.` finds all that was done to cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// Before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Timestamp>,
    /// Mark of the page before ([`AuditPage::next`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many on a page, at most [`MOST_ENTRIES_ON_A_PAGE`]; 0 for fifty.
    #[serde(default)]
    pub limit: usize,
}

/// An entry of the trail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Its chain.
    pub strand: i64,
    /// Its place there.
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who; absent: a visitor or the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The person's name, or the part of the program; empty for visitors and deleted accounts.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// Kind of what it was done to.
    pub kind: String,
    /// Its id.
    pub object: String,
    /// At which organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What changed.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub detail: Value,
}

/// A page of the trail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<AuditEntry>,
    /// Mark for [`AuditQuery::after`]; none on the last page.
    pub next: Option<String>,
}

/// The last entry of a chain. Whoever keeps these outside can tell later whether the whole trail was written anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Head {
    /// Which chain.
    pub strand: i64,
    /// Entries in it.
    pub number: i64,
    /// Hash of the last one.
    pub hash: String,
}

/// What is wrong at a place of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Break {
    /// The entry is not what it was, or stands where it did not stand.
    Changed,
    /// The entry is not there.
    Missing,
    /// The entry follows after the last one that the head tells.
    Surplus,
    /// The head of the chain is not there or tells another hash.
    Head,
    /// The chain does not hold the entry that was noted outside.
    NotAsNoted,
}

/// A place of the trail where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct BrokenAt {
    /// Which chain.
    pub strand: i64,
    /// Which entry.
    pub number: i64,
    /// What is wrong.
    pub what: Break,
}

impl BrokenAt {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        let (zh, en) = match self.what {
            Break::Changed => ("内容或位置被改动", "was changed or moved"),
            Break::Missing => ("缺失", "is missing"),
            Break::Surplus => ("超出链尾记录", "follows after the end that was kept"),
            Break::Head => ("链尾记录缺失或不符", "does not agree with the end that was kept"),
            Break::NotAsNoted => ("与此前另行留存的记录不符", "is not what was noted outside before"),
        };
        let Self { strand, number, .. } = self;
        if lang == "zh" {
            format!("第 {strand} 链第 {number} 条{zh}")
        } else {
            format!("entry {number} of chain {strand} {en}")
        }
    }
}

impl fmt::Display for BrokenAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text("en"))
    }
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verified {
    /// Entries read.
    pub entries: u64,
    /// The ends of the chains, to be noted outside.
    pub heads: Vec<Head>,
    /// Where something is wrong; the first thousand places.
    pub broken: Vec<BrokenAt>,
}

impl Verified {
    /// Whether the trail is whole.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }
}

impl Accounts {
    /// A page of the trail, as far as the actor may read it: entries of organisations, and entries of none only for those
    /// who read it everywhere. That it was read is written down.
    pub async fn audit(&self, actor: &Actor, asked: &AuditQuery, now: Timestamp) -> Result<AuditPage, AccountsError> {
        let cover = actor.cover(Permission::ReadAudit).ok_or_else(|| actor.denied(Permission::ReadAudit))?;
        let limit = if asked.limit == 0 { 50 } else { asked.limit.min(MOST_ENTRIES_ON_A_PAGE) };
        let within = match (cover, &asked.organisation) {
            (Cover::Everywhere, None) => None,
            (Cover::Everywhere, Some(one)) => Some(vec![one.clone()]),
            (Cover::At(organisations), None) => Some(organisations.into_iter().collect()),
            (Cover::At(organisations), Some(one)) => {
                Some(organisations.contains(one).then(|| one.clone()).into_iter().collect::<Vec<_>>())
            }
        };
        let mut write = self.database().write().await?;
        let mut entries = audit::list(&mut write, asked, within.as_deref(), limit + 1).await?;
        let next = (entries.len() > limit).then(|| {
            entries.truncate(limit);
            entries.last().map(audit::mark)
        });
        let detail =
            json!({ "kind": asked.kind, "object": asked.object, "person": asked.person, "action": asked.action });
        let object = asked.object.as_deref().unwrap_or("trail");
        let organisation = asked.organisation.as_ref();
        let entry = Entry { action: "audit.read", kind: "audit", object, organisation, reason: None, detail };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(AuditPage { entries, next: next.flatten() })
    }

    /// Reads the whole trail and tells where it is not whole. `noted` are heads of an earlier verification that were kept
    /// outside; none is as good as no note.
    pub async fn verify_audit(&self, actor: &Actor, noted: &[Head], now: Timestamp) -> Result<Verified, AccountsError> {
        if !actor.may_everywhere(Permission::ReadAudit) {
            return Err(actor.denied(Permission::ReadAudit).into());
        }
        let mut read = self.database().read().await?;
        let verified = audit::verify(&mut read, noted).await?;
        read.close().await?;
        let mut write = self.database().write().await?;
        let detail = json!({ "entries": verified.entries, "broken": verified.broken.len() });
        let entry =
            Entry { action: "audit.verify", kind: "audit", object: "trail", organisation: None, reason: None, detail };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(verified)
    }
}

#[cfg(test)]
#[path = "trail_tests.rs"]
mod tests;
