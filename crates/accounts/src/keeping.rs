//! Keeping the network: who may change which organisation, and the entry that every change leaves.
//!
//! Crate `network` knows no people; its changes come through here. Each function decides whether the actor may, lets
//! `network` do it, and writes the entry of the audit trail last, in the caller's transaction. A change that was sent
//! twice is done once: when an organisation stands already as the edit wants it, one version on, the edit is answered
//! with that and nothing is written.

mod import;

use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Edit, Fault, Heir, NetworkError, NewOrganisation, Organisation, OrganisationId, Part, Profile, Status};
use serde_json::{Value, json};
use thiserror::Error;

pub use self::import::{NetworkFile, import};

use crate::{AccountsError, Actor, Cover, Denied, Entry, Permission, record, record_all};

/// Why a change of the network was not made.
#[derive(Debug, Error)]
pub enum KeepingError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The network refuses.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The trail could not be written.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
}

impl From<database::DatabaseError> for KeepingError {
    fn from(error: database::DatabaseError) -> Self {
        Self::Network(error.into())
    }
}

impl KeepingError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        match self {
            Self::Denied(denied) => denied.text(lang),
            Self::Network(error) => error.text(lang),
            Self::Accounts(_) if lang == "zh" => "审计日志暂不可写，未保存任何内容".to_owned(),
            Self::Accounts(error) => error.to_string(),
        }
    }
}

/// What an actor may do with an organisation, for pages that offer it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keeps {
    /// Everything: [`Permission::EditNetwork`].
    pub all: bool,
    /// Confirm it and change [`OWN_FIELDS`]: [`Permission::ConfirmOutlet`].
    pub own: bool,
}

/// What the lead of an outlet may change without the administration.
pub const OWN_FIELDS: &[&str] =
    &["hours", "telephone", "complaint_telephone", "email", "website", "accessibility", "promise"];

/// What an actor may do with an organisation.
pub fn keeps(actor: &Actor, id: &OrganisationId) -> Keeps {
    let all = actor.may_at(Permission::EditNetwork, id);
    Keeps { all, own: all || actor.may_at(Permission::ConfirmOutlet, id) }
}

/// Refuses whoever keeps nothing of an organisation; otherwise tells what.
pub fn keeps_some(actor: &Actor, id: &OrganisationId) -> Result<Keeps, Denied> {
    let keeps = keeps(actor, id);
    if keeps.own { Ok(keeps) } else { Err(actor.denied(Permission::ConfirmOutlet)) }
}

/// Refuses whoever does not keep all of an organisation.
pub fn keeps_all(actor: &Actor, id: &OrganisationId) -> Result<(), Denied> {
    actor.require_at(Permission::EditNetwork, id)
}

/// Whether the actor may enter organisations or import files somewhere.
pub fn may_enter(actor: &Actor) -> bool {
    actor.may(Permission::EditNetwork)
}

/// Refuses whoever may enter nothing anywhere.
pub fn enters(actor: &Actor) -> Result<(), Denied> {
    actor.require(Permission::EditNetwork)
}

/// What an organisation lacks of the requirements, for those who keep it; others are told nothing.
pub fn shortcomings(actor: &Actor, organisation: &Organisation, today: Date) -> Vec<Fault> {
    if keeps(actor, &organisation.id).own { network::shortcomings(organisation, today) } else { Vec::new() }
}

/// Enters an organisation under one that the actor keeps. Its id is made by the client: sent twice, it is entered once.
pub async fn create(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewOrganisation,
) -> Result<Organisation, KeepingError> {
    at_parent(actor, new.parent.as_ref())?;
    if let Some(made) = network::organisation(write, &new.id, new.from).await? {
        let same = made.version == 1 && made.profile == new.profile && made.parent == new.parent;
        return if same { Ok(made) } else { Err(NetworkError::Exists(new.id.clone()).into()) };
    }
    let made = network::create(write, now, new).await?;
    let detail = json!({ "from": made.opened, "parent": made.parent, "kind": made.profile.kind });
    note(write, now, actor, ("network.create", &made.id), None, detail).await?;
    Ok(made)
}

/// Changes the particulars: all of them with [`Permission::EditNetwork`], [`OWN_FIELDS`] with
/// [`Permission::ConfirmOutlet`].
pub async fn update(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: Edit<'_>,
    profile: &Profile,
) -> Result<Organisation, KeepingError> {
    let before = network::organisation(write, edit.id, edit.from).await?;
    if !keeps(actor, edit.id).all {
        actor.require_at(Permission::ConfirmOutlet, edit.id)?;
        let seen = before.as_ref().filter(|before| before.version == edit.version);
        if seen.is_some_and(|before| !is_own(&before.profile, profile)) {
            return Err(actor.denied(Permission::EditNetwork).into());
        }
    }
    let done = network::update(write, now, edit, profile).await;
    let changed = match unless_done(done, edit, |now| now.profile == *profile)? {
        Done::Now(changed) => changed,
        Done::Before(already) => return Ok(already),
    };
    let fields = before.map_or_else(Vec::new, |before| changed_fields(&before.profile, profile));
    let detail = json!({ "version": changed.version, "from": edit.from, "fields": fields });
    note(write, now, actor, ("network.update", edit.id), None, detail).await?;
    Ok(changed)
}

/// Says that all is as written, in the actor's name, which people see.
pub async fn confirm(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: Edit<'_>,
) -> Result<Organisation, KeepingError> {
    actor.require_at(Permission::ConfirmOutlet, edit.id)?;
    let done = network::confirm(write, now, edit, actor.name()).await;
    let by_me = |now: &Organisation| now.confirmed.as_ref().is_some_and(|confirmed| confirmed.by == actor.name());
    match unless_done(done, edit, by_me)? {
        Done::Before(already) => Ok(already),
        Done::Now(confirmed) => {
            let detail = json!({ "version": confirmed.version, "from": edit.from });
            note(write, now, actor, ("network.confirm", edit.id), None, detail).await?;
            Ok(confirmed)
        }
    }
}

/// Lets an organisation rest, or work again.
pub async fn set_status(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: Edit<'_>,
    works: bool,
    reason: &str,
) -> Result<Organisation, KeepingError> {
    actor.require_at(Permission::EditNetwork, edit.id)?;
    let reason = given(reason)?;
    let (done, action, status) = if works {
        (network::resume(write, now, edit, Some(reason)).await, "network.resume", Status::Active)
    } else {
        (network::suspend(write, now, edit, Some(reason)).await, "network.suspend", Status::Suspended)
    };
    match unless_done(done, edit, |now| now.status == status)? {
        Done::Before(already) => Ok(already),
        Done::Now(changed) => {
            let detail = json!({ "version": changed.version, "from": edit.from });
            note(write, now, actor, (action, edit.id), Some(reason), detail).await?;
            Ok(changed)
        }
    }
}

/// Closes an organisation, naming those that go on with its work.
pub async fn close(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: Edit<'_>,
    reason: &str,
    successors: &[OrganisationId],
) -> Result<Organisation, KeepingError> {
    actor.require_at(Permission::EditNetwork, edit.id)?;
    let reason = given(reason)?;
    let done = network::close(write, now, edit, Some(reason), successors).await;
    match unless_done(done, edit, |now| now.status == Status::Closed)? {
        Done::Before(already) => Ok(already),
        Done::Now(closed) => {
            let detail = json!({ "version": closed.version, "from": edit.from, "successors": successors });
            note(write, now, actor, ("network.close", edit.id), Some(reason), detail).await?;
            Ok(closed)
        }
    }
}

/// Puts an organisation, with all under it, under another; the actor keeps both.
pub async fn move_to(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: Edit<'_>,
    parent: Option<&OrganisationId>,
    reason: &str,
) -> Result<Organisation, KeepingError> {
    actor.require_at(Permission::EditNetwork, edit.id)?;
    at_parent(actor, parent)?;
    let reason = given(reason)?;
    let done = network::move_to(write, now, edit, parent, Some(reason)).await;
    match unless_done(done, edit, |now| now.parent.as_ref() == parent)? {
        Done::Before(already) => Ok(already),
        Done::Now(moved) => {
            let detail = json!({ "version": moved.version, "from": edit.from, "parent": parent });
            note(write, now, actor, ("network.move", edit.id), Some(reason), detail).await?;
            Ok(moved)
        }
    }
}

/// Merges organisations into one that is there, each in the version that was seen; the actor keeps all of them.
pub async fn merge(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    merged: &[(OrganisationId, i64)],
    (heir, version): (&OrganisationId, i64),
    on: Date,
    reason: &str,
) -> Result<Organisation, KeepingError> {
    actor.require_at(Permission::EditNetwork, heir)?;
    // Those that were merged are closed and in nobody's keeping any more.
    if was_merged(write, merged, on).await? {
        let found = network::organisation(write, heir, on).await?;
        return found.ok_or_else(|| NetworkError::NotFound { id: heir.clone(), as_of: on }.into());
    }
    for (id, _) in merged {
        actor.require_at(Permission::EditNetwork, id)?;
    }
    let reason = given(reason)?;
    let made = network::merge(write, now, merged, Heir::Existing(heir, version), on, Some(reason)).await?;
    let merged: Vec<&OrganisationId> = merged.iter().map(|(id, _)| id).collect();
    let closed = merged.iter().map(|id| (*id, json!({ "from": on, "into": made.id })));
    let heir = (&made.id, json!({ "from": on, "merged": merged, "version": made.version }));
    note_all(write, now, actor, "network.merge", Some(reason), closed.chain([heir])).await?;
    Ok(made)
}

/// Whether all of these closed in the version after the one that was seen: the merger was sent twice.
async fn was_merged(write: &mut Write, merged: &[(OrganisationId, i64)], on: Date) -> Result<bool, NetworkError> {
    for (id, version) in merged {
        let found = network::organisation(write, id, on).await?;
        if found.is_none_or(|found| found.status != Status::Closed || found.version != version + 1) {
            return Ok(false);
        }
    }
    Ok(!merged.is_empty())
}

/// Splits an organisation that the actor keeps into new ones, which stand where it stood. The ids of the parts are made by the client: sent twice, it is done once.
pub async fn split(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: Edit<'_>,
    parts: &[Part],
    keep: bool,
    reason: &str,
) -> Result<Vec<Organisation>, KeepingError> {
    actor.require_at(Permission::EditNetwork, edit.id)?;
    let reason = given(reason)?;
    let above = network::organisation(write, edit.id, edit.from).await?.and_then(|old| old.parent);
    for part in parts.iter().filter(|part| part.new.parent != above) {
        at_parent(actor, part.new.parent.as_ref())?;
    }
    let mut made = Vec::with_capacity(parts.len());
    for part in parts {
        made.extend(network::organisation(write, &part.new.id, edit.from.max(part.new.from)).await?);
    }
    if made.len() == parts.len() && !parts.is_empty() {
        return Ok(made);
    }
    let made = network::split(write, now, edit, parts, keep, Some(reason)).await?;
    let ids: Vec<&OrganisationId> = made.iter().map(|part| &part.id).collect();
    let entered = ids.iter().map(|id| (*id, json!({ "from": edit.from, "out_of": edit.id })));
    let old = (edit.id, json!({ "from": edit.from, "parts": ids, "keeps": keep }));
    note_all(write, now, actor, "network.split", Some(reason), entered.chain([old])).await?;
    Ok(made)
}

/// Whether two profiles differ in nothing but what the lead of an outlet may change.
fn is_own(before: &Profile, after: &Profile) -> bool {
    changed_fields(before, after).iter().all(|field| OWN_FIELDS.contains(field))
}

/// The fields in which two profiles differ.
fn changed_fields(before: &Profile, after: &Profile) -> Vec<&'static str> {
    let pairs = network::write_profile(before).into_iter().zip(network::write_profile(after));
    pairs.filter(|(before, after)| before != after).map(|((field, _), _)| field).collect()
}

/// The top of the tree is kept by those who keep all of it.
fn at_parent(actor: &Actor, parent: Option<&OrganisationId>) -> Result<(), Denied> {
    match parent {
        Some(parent) => actor.require_at(Permission::EditNetwork, parent),
        None if actor.cover(Permission::EditNetwork) == Some(Cover::Everywhere) => Ok(()),
        None => Err(actor.denied(Permission::EditNetwork)),
    }
}

/// A reason that says something.
fn given(reason: &str) -> Result<&str, NetworkError> {
    let reason = reason.trim();
    let (zh, en) = match reason.chars().count() {
        0 => ("请写明理由", "say why"),
        1..=1000 => return Ok(reason),
        _ => ("理由最多 1000 个字符", "takes 1000 characters at most"),
    };
    let fault = Fault { field: "reason".to_owned(), zh: zh.to_owned(), en: en.to_owned() };
    Err(NetworkError::Invalid(vec![fault]))
}

/// A change that was made now, or by an earlier sending of the same.
enum Done {
    Now(Organisation),
    Before(Organisation),
}

/// Takes a stale edit for one that was sent twice when it is already as wanted, one version on.
fn unless_done(
    done: Result<Organisation, NetworkError>,
    edit: Edit<'_>,
    is_wanted: impl FnOnce(&Organisation) -> bool,
) -> Result<Done, NetworkError> {
    match done {
        Ok(changed) => Ok(Done::Now(changed)),
        Err(NetworkError::Stale { now }) if now.version == edit.version + 1 && is_wanted(&now) => {
            Ok(Done::Before(*now))
        }
        Err(error) => Err(error),
    }
}

/// The entry of a change, last in its transaction.
async fn note(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (action, id): (&str, &OrganisationId),
    reason: Option<&str>,
    detail: Value,
) -> Result<(), AccountsError> {
    let entry = Entry { action, kind: "organisation", object: id.as_str(), organisation: Some(id), reason, detail };
    record(write, now, actor, &entry).await
}

/// The entries of a change of several organisations, last in its transaction.
async fn note_all<'a>(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    action: &'a str,
    reason: Option<&'a str>,
    changed: impl Iterator<Item = (&'a OrganisationId, Value)>,
) -> Result<(), AccountsError> {
    let entry = |(id, detail): (&'a OrganisationId, Value)| Entry {
        action,
        kind: "organisation",
        object: id.as_str(),
        organisation: Some(id),
        reason,
        detail,
    };
    let entries: Vec<Entry<'_>> = changed.map(entry).collect();
    record_all(write, now, actor, &entries).await
}

/// Code, Chinese and English name of every act that this module writes into the trail.
const LABELS: [(&str, &str, &str); 10] = [
    ("network.create", "登记机构", "entered an organisation"),
    ("network.update", "修改机构信息", "changed an organisation"),
    ("network.confirm", "核实机构信息", "confirmed an organisation"),
    ("network.suspend", "暂停机构", "let an organisation rest"),
    ("network.resume", "恢复机构", "let an organisation work again"),
    ("network.close", "撤销机构", "closed an organisation"),
    ("network.move", "调整隶属", "moved an organisation"),
    ("network.merge", "合并机构", "merged organisations"),
    ("network.split", "拆分机构", "split an organisation"),
    ("network.import", "导入服务网络", "imported the network"),
];

/// What an act of keeping is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, ..)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}

#[cfg(test)]
#[path = "keeping_tests.rs"]
mod tests;
