//! Changes. Each takes an open writing transaction, decides whether the actor may, and leaves an event and an audit entry
//! in it. After an error the caller drops the transaction: parts of the change may have been written into it.
//!
//! A published version is never rewritten. A change is a draft, and the draft becomes the version in force from a day
//! on; what was in force ends on that day.

use accounts::{Actor, Entry, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Id, OrganisationId};
use serde_json::{Value, json};

use crate::kinds::fault;
use crate::sql::event;
use crate::sql::version::{self as at_rest, Held};
use crate::{EventKind, Item, ItemCode, Seen, ServicesError, Version, VersionState, faults, keeper, office_day};

/// Characters of a reason at most.
const LONGEST_REASON: usize = 1_000;

/// A draft to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewDraft<'a> {
    /// Made by whoever sends it: the same key again answers the draft that it made.
    pub key: &'a Id,
    /// Who is to keep a new item; an item that is there keeps its keeper.
    pub keeper: Option<&'a OrganisationId>,
    /// What it says.
    pub item: &'a Item,
}

/// Begins a new version of an item, or a new item. One draft of an item can be open.
pub async fn draft(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewDraft<'_>,
) -> Result<Version, ServicesError> {
    let made = draft_in(write, (now, actor), new).await?;
    if let Made::Now(version) = &made {
        audit(write, (now, actor), version, ("services.draft", None), Value::Null).await?;
    }
    Ok(made.version())
}

/// Writes a draft anew.
pub async fn edit(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    seen: Seen<'_>,
    item: &Item,
) -> Result<Version, ServicesError> {
    let after = edit_in(write, (now, actor), seen, item).await?;
    audit(write, (now, actor), &after, ("services.edit", None), Value::Null).await?;
    Ok(after)
}

/// Puts a draft in force from a day on, until another where one is given. What was in force ends on that day; what was
/// planned for later stays, and the new version ends where it begins. The day may lie in the past only for an item
/// that was never in force.
pub async fn publish(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    seen: Seen<'_>,
    (from, to): (Date, Option<Date>),
    reason: Option<&str>,
) -> Result<Version, ServicesError> {
    let after = publish_in(write, (now, actor), seen, (from, to), reason).await?;
    let detail = json!({ "from": after.from, "to": after.to });
    audit(write, (now, actor), &after, ("services.publish", reason), detail).await?;
    Ok(after)
}

/// Ends a published version on a day, today or later: from then on nothing is in force. Requests that were sent before
/// go on under it.
pub async fn withdraw(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    seen: Seen<'_>,
    on: Date,
    reason: &str,
) -> Result<Version, ServicesError> {
    let reason = said(reason)?;
    let before = held(write, actor, Permission::PublishItems, seen).await?;
    expect(&before, seen, VersionState::Published)?;
    day_from_now(now, on)?;
    let from = before.from.unwrap_or(on);
    if before.to.is_some_and(|to| on >= to) {
        return Err(day(on, "该版本届时已不再有效", "the version is no longer in force on that day"));
    }
    let after = turn(write, seen, VersionState::Withdrawn, (before.from, Some(on.max(from)))).await?;
    event::put(write, (now, actor), (seen.code, seen.number), EventKind::Withdrawn, Some(reason)).await?;
    audit(write, (now, actor), &after, ("services.withdraw", Some(reason)), json!({ "on": on })).await?;
    Ok(after)
}

/// Gives a draft up.
pub async fn discard(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    seen: Seen<'_>,
    reason: Option<&str>,
) -> Result<Version, ServicesError> {
    let reason = reason.map(said).transpose()?;
    let before = held(write, actor, Permission::EditItems, seen).await?;
    expect(&before, seen, VersionState::Draft)?;
    let after = turn(write, seen, VersionState::Discarded, (None, None)).await?;
    event::put(write, (now, actor), (seen.code, seen.number), EventKind::Discarded, reason).await?;
    audit(write, (now, actor), &after, ("services.discard", reason), Value::Null).await?;
    Ok(after)
}

/// A draft that was made now, or when the same key came before.
pub(crate) enum Made {
    Now(Version),
    Before(Version),
}

impl Made {
    pub(crate) fn version(self) -> Version {
        let (Self::Now(version) | Self::Before(version)) = self;
        version
    }
}

pub(crate) async fn draft_in(
    connection: &mut Connection,
    who: (Timestamp, &Actor),
    new: &NewDraft<'_>,
) -> Result<Made, ServicesError> {
    let code = &new.item.code;
    who.1.require(Permission::EditItems)?;
    at_rest::found(&mut *connection, code, new.keeper).await?;
    let item = hold(&mut *connection, code).await?;
    keeper::require(who.1, Permission::EditItems, item.keeper.as_ref())?;
    if let Some(before) = at_rest::made_with(&mut *connection, new.key).await? {
        return if before.code == *code {
            Ok(Made::Before(before))
        } else {
            Err(ServicesError::KeyTaken(code.clone()))
        };
    }
    sound(new.item)?;
    if let Some(open) = open_draft(&mut *connection, code).await? {
        return Err(ServicesError::DraftOpen { code: code.clone(), number: open.number });
    }
    let number = item.versions + 1;
    if !at_rest::put_draft(&mut *connection, new.key, number, new.item).await? {
        return Err(ServicesError::KeyTaken(code.clone()));
    }
    event::put(&mut *connection, who, (code, number), EventKind::Drafted, None).await?;
    Ok(Made::Now(there(connection, code, number).await?))
}

pub(crate) async fn edit_in(
    connection: &mut Connection,
    who: (Timestamp, &Actor),
    seen: Seen<'_>,
    item: &Item,
) -> Result<Version, ServicesError> {
    let before = held(&mut *connection, who.1, Permission::EditItems, seen).await?;
    expect(&before, seen, VersionState::Draft)?;
    if item.code != *seen.code {
        let zh = "事项代码不能更改，请另建事项";
        return Err(ServicesError::Invalid(vec![fault("code", zh, "the code stays; begin another item instead")]));
    }
    sound(item)?;
    if before.item == *item {
        return Ok(before);
    }
    if !at_rest::rewrite(&mut *connection, seen, item).await? {
        return Err(ServicesError::Stale { now: Box::new(there(connection, seen.code, seen.number).await?) });
    }
    event::put(&mut *connection, who, (seen.code, seen.number), EventKind::Edited, None).await?;
    there(connection, seen.code, seen.number).await
}

pub(crate) async fn publish_in(
    connection: &mut Connection,
    who: (Timestamp, &Actor),
    seen: Seen<'_>,
    (from, to): (Date, Option<Date>),
    reason: Option<&str>,
) -> Result<Version, ServicesError> {
    let reason = reason.map(said).transpose()?;
    let draft = held(&mut *connection, who.1, Permission::PublishItems, seen).await?;
    expect(&draft, seen, VersionState::Draft)?;
    sound(&draft.item)?;
    if to.is_some_and(|to| to <= from) {
        return Err(day(from, "失效日期须晚于生效日期", "the last day has to be after the first"));
    }
    let others = at_rest::of(&mut *connection, seen.code).await?;
    let others: Vec<Version> = others.into_iter().filter(Version::was_published).collect();
    if others.is_empty() {
        sane_day(from)?;
    } else {
        day_from_now(who.0, from)?;
    }
    let planned =
        others.iter().filter(|other| other.from > Some(from) && other.to.is_none_or(|to| other.from < Some(to)));
    let next = planned.filter_map(|other| other.from).min();
    let to = [to, next].into_iter().flatten().min();
    for other in others.iter().filter(|other| other.holds_on(from)) {
        let of = Seen { code: &other.code, number: other.number, revision: other.revision };
        turn(&mut *connection, of, other.state, (other.from, Some(from))).await?;
        event::put(&mut *connection, who, (&other.code, other.number), EventKind::Superseded, None).await?;
    }
    let after = turn(&mut *connection, seen, VersionState::Published, (Some(from), to)).await?;
    event::put(connection, who, (seen.code, seen.number), EventKind::Published, reason).await?;
    Ok(after)
}

impl Version {
    fn was_published(&self) -> bool {
        matches!(self.state, VersionState::Published | VersionState::Withdrawn)
    }
}

/// Writes the audit entry of a change; the last statement of it.
pub(crate) async fn audit(
    write: &mut Write,
    (now, actor): (Timestamp, &Actor),
    version: &Version,
    (action, reason): (&str, Option<&str>),
    mut detail: Value,
) -> Result<(), ServicesError> {
    if !detail.is_object() {
        detail = json!({});
    }
    detail["version"] = json!(version.number);
    detail["revision"] = json!(version.revision);
    let object = version.code.as_str();
    let organisation = version.keeper.as_ref();
    let entry = Entry { action, kind: "service-item", object, organisation, reason, detail };
    Ok(record(write, now, actor, &entry).await?)
}

async fn hold(connection: &mut Connection, code: &ItemCode) -> Result<Held, ServicesError> {
    at_rest::hold(connection, code).await?.ok_or_else(|| ServicesError::NoItem(code.clone()))
}

/// Holds the item and gives the version, when the actor may do this to it.
async fn held(
    connection: &mut Connection,
    actor: &Actor,
    permission: Permission,
    seen: Seen<'_>,
) -> Result<Version, ServicesError> {
    actor.require(permission)?;
    let item = hold(&mut *connection, seen.code).await?;
    keeper::require(actor, permission, item.keeper.as_ref())?;
    there(connection, seen.code, seen.number).await
}

/// Whether a version is as it was seen and stands where it should.
fn expect(version: &Version, seen: Seen<'_>, expected: VersionState) -> Result<(), ServicesError> {
    if version.revision != seen.revision {
        return Err(ServicesError::Stale { now: Box::new(version.clone()) });
    }
    if version.state == expected {
        return Ok(());
    }
    let (code, number, state) = (version.code.clone(), version.number, version.state);
    Err(ServicesError::State { code, number, state, expected })
}

async fn turn(
    connection: &mut Connection,
    seen: Seen<'_>,
    state: VersionState,
    span: (Option<Date>, Option<Date>),
) -> Result<Version, ServicesError> {
    let turned = at_rest::turn(&mut *connection, seen, state, span).await?;
    let now = there(connection, seen.code, seen.number).await?;
    if turned { Ok(now) } else { Err(ServicesError::Stale { now: Box::new(now) }) }
}

async fn there(connection: &mut Connection, code: &ItemCode, number: i64) -> Result<Version, ServicesError> {
    let found = at_rest::get(connection, code, number).await?;
    found.ok_or_else(|| ServicesError::NoVersion { code: code.clone(), number })
}

pub(crate) async fn open_draft(connection: &mut Connection, code: &ItemCode) -> Result<Option<Version>, ServicesError> {
    let versions = at_rest::of(connection, code).await?;
    Ok(versions.into_iter().find(|version| version.state == VersionState::Draft))
}

fn sound(item: &Item) -> Result<(), ServicesError> {
    let faults = faults(item);
    if faults.is_empty() { Ok(()) } else { Err(ServicesError::Invalid(faults)) }
}

/// A reason without white space at its ends.
fn said(reason: &str) -> Result<&str, ServicesError> {
    let reason = reason.trim();
    let sound = (1..=LONGEST_REASON).contains(&reason.chars().count());
    if sound { Ok(reason) } else { Err(ServicesError::NoReason) }
}

fn day_from_now(now: Timestamp, on: Date) -> Result<(), ServicesError> {
    sane_day(on)?;
    let today = office_day(now);
    if on >= today {
        return Ok(());
    }
    let (zh, en) =
        (format!("已生效的内容不能改动，最早为 {today}"), format!("what was in force stays; {today} at the earliest"));
    Err(day(on, &zh, &en))
}

/// Days of documents lie in these years.
fn sane_day(on: Date) -> Result<(), ServicesError> {
    if (1949..=2199).contains(&on.year()) {
        return Ok(());
    }
    Err(day(on, "年份须在 1949 至 2199 之间", "the year lies between 1949 and 2199"))
}

fn day(day: Date, zh: &str, en: &str) -> ServicesError {
    ServicesError::Day { day, zh: zh.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
