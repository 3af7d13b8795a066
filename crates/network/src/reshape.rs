//! Merging and splitting: organisations end, others go on with their work, and the history names who.

use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::sql::state::{self, Note};
use crate::sql::tree;
use crate::write::{change, close_in, create_in, head};
use crate::{ChangeKind, Edit, Fault, NetworkError, NewOrganisation, Organisation, OrganisationId, Succession, sound};

/// Which organisation the merged ones go on in.
#[derive(Clone, Copy, Debug)]
pub enum Heir<'a> {
    /// A new one, entered with the merger.
    New(&'a NewOrganisation),
    /// One that is there, in the version that was seen.
    Existing(&'a OrganisationId, i64),
}

/// A part that a split makes.
#[derive(Clone, Debug)]
pub struct Part {
    /// The new organisation.
    pub new: NewOrganisation,
    /// Those under the old one that stand under this part from then on.
    pub takes: Vec<OrganisationId>,
}

/// Merges organisations, each in the version that was seen, into one from a day on. They close; what stood under them
/// stands under the heir.
pub async fn merge(
    write: &mut Write,
    now: Timestamp,
    merged: &[(OrganisationId, i64)],
    heir: Heir<'_>,
    on: Date,
    reason: Option<&str>,
) -> Result<Organisation, NetworkError> {
    tree::hold(write).await?;
    let note = Note { change: ChangeKind::Merged, now, reason };
    let heir = match heir {
        Heir::New(new) => create_in(write, now, new).await?.id,
        Heir::Existing(id, version) => change(write, Edit { id, version, from: on }, &note, |_| ()).await?.id,
    };
    if merged.is_empty() || merged.iter().any(|(id, _)| *id == heir) {
        return Err(wrong("merged", "合并须有其他机构", "name those that are merged, the heir not among them"));
    }
    for (id, version) in merged {
        let above = state::get(write, id, on).await?.and_then(|old| old.parent);
        for membership in tree::members_from(write, id, on).await? {
            // An heir that stood under one of the merged takes its place.
            let parent = if membership.organisation == heir { above.as_ref() } else { Some(&heir) };
            let moved = Note { change: ChangeKind::Moved, ..note };
            rehang(write, &membership, parent, on, &moved).await?;
        }
        close_in(write, Edit { id, version: *version, from: on }, &note, std::slice::from_ref(&heir)).await?;
    }
    for (id, _) in merged {
        sound::check(write, id).await?;
    }
    sound::check(write, &heir).await?;
    crate::write::there(write, &heir, on).await
}

/// Splits an organisation into parts from a day on. With `keep` it goes on beside them; otherwise it closes, and what
/// no part takes stands under the first.
pub async fn split(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    parts: &[Part],
    keep: bool,
    reason: Option<&str>,
) -> Result<Vec<Organisation>, NetworkError> {
    tree::hold(write).await?;
    let [first, ..] = parts else {
        return Err(wrong("parts", "拆分须至少有一个新机构", "name at least one new organisation"));
    };
    let note = Note { change: ChangeKind::Split, now, reason };
    for part in parts {
        create_in(write, now, &part.new).await?;
    }
    let members = tree::members_from(write, edit.id, edit.from).await?;
    if let Some(stranger) =
        parts.iter().flat_map(|part| &part.takes).find(|id| !members.iter().any(|m| m.organisation == **id))
    {
        return Err(wrong(
            "takes",
            format!("{stranger} 不隶属于该机构"),
            format!("{stranger} does not stand under it"),
        ));
    }
    for membership in &members {
        let named = parts.iter().find(|part| part.takes.contains(&membership.organisation));
        let Some(part) = named.or(if keep { None } else { Some(first) }) else { continue };
        let moved = Note { change: ChangeKind::Moved, ..note };
        rehang(write, membership, Some(&part.new.id), edit.from, &moved).await?;
    }
    let successors: Vec<OrganisationId> = parts.iter().map(|part| part.new.id.clone()).collect();
    if keep {
        change(write, edit, &note, |_| ()).await?;
        for successor in &successors {
            let (predecessor, successor) = (edit.id.clone(), successor.clone());
            let succession = Succession { predecessor, successor, on: edit.from, by: note.change };
            state::succeed(write, &succession).await?;
        }
    } else {
        close_in(write, edit, &note, &successors).await?;
    }
    let mut made = Vec::with_capacity(parts.len());
    for id in successors.iter().chain([edit.id]) {
        sound::check(write, id).await?;
    }
    for part in parts {
        made.push(crate::write::there(write, &part.new.id, edit.from.max(part.new.from)).await?);
    }
    Ok(made)
}

/// Hangs a member under another parent from a day on, in the version in which it is.
async fn rehang(
    connection: &mut Connection,
    membership: &crate::Membership,
    parent: Option<&OrganisationId>,
    on: Date,
    note: &Note<'_>,
) -> Result<(), NetworkError> {
    let from = membership.from.max(on);
    let id = &membership.organisation;
    let (version, ..) = head(&mut *connection, id, from).await?;
    let moved = change(&mut *connection, Edit { id, version, from }, note, |_| ()).await?;
    tree::rehang(&mut *connection, membership, moved.version, parent, from).await?;
    sound::check(connection, id).await
}

fn wrong(field: &str, zh: impl Into<String>, en: impl Into<String>) -> NetworkError {
    NetworkError::Invalid(vec![Fault::new(field, zh, en)])
}

#[cfg(test)]
#[path = "reshape_tests.rs"]
mod tests;
