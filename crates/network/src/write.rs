//! Changes. Each takes an open writing transaction, so that the crate above can add its audit entry to the same one.
//!
//! A change is dated: it holds from `Edit::from`, which may be past or to come. It names the version that its author
//! saw; when another change came between, nothing happens and [`NetworkError::Stale`] tells how things stand. After an
//! error the caller drops the transaction: parts of the change may have been written into it.

use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::sql::state::{self, Note, State};
use crate::sql::tree;
use crate::{ChangeKind, Confirmation, Fault, NetworkError, Organisation, OrganisationId, Profile, Status, sound};

/// An organisation to be entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewOrganisation {
    /// Made by [`OrganisationId::make`]; the same id a second time is refused.
    pub id: OrganisationId,
    /// What it stands under; none at the top.
    pub parent: Option<OrganisationId>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Its particulars.
    pub profile: Profile,
}

/// What is changed, as it was seen, and from when.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// Which organisation.
    pub id: &'a OrganisationId,
    /// The version that the author of the change saw.
    pub version: i64,
    /// The day from which the change holds.
    pub from: Date,
}

/// Enters an organisation; it works from its first day.
pub async fn create(write: &mut Write, now: Timestamp, new: &NewOrganisation) -> Result<Organisation, NetworkError> {
    create_in(write, now, new).await
}

/// Changes the particulars. Later states that told the same as before tell the new from now on; what was planned
/// to differ later still will.
pub async fn update(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    profile: &Profile,
) -> Result<Organisation, NetworkError> {
    update_in(write, now, edit, profile).await
}

/// Lets an organisation rest.
pub async fn suspend(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    reason: Option<&str>,
) -> Result<Organisation, NetworkError> {
    status_in(write, now, edit, Status::Suspended, reason).await
}

/// Lets it work again.
pub async fn resume(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    reason: Option<&str>,
) -> Result<Organisation, NetworkError> {
    status_in(write, now, edit, Status::Active, reason).await
}

/// Closes an organisation: from that day it is in no tree. Nothing may stand under it any more; `successors` are
/// named where others go on with its work.
pub async fn close(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    reason: Option<&str>,
    successors: &[OrganisationId],
) -> Result<Organisation, NetworkError> {
    tree::hold(write).await?;
    let note = Note { change: ChangeKind::Closed, now, reason };
    let closed = close_in(write, edit, &note, successors).await?;
    sound::check(write, edit.id).await?;
    Ok(closed)
}

/// Puts an organisation, with all under it, under another from a day on; `None` puts it at the top. A move planned
/// for later is taken back.
pub async fn move_to(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    parent: Option<&OrganisationId>,
    reason: Option<&str>,
) -> Result<Organisation, NetworkError> {
    move_in(write, now, edit, parent, reason).await
}

/// Says that all is as written; `by` is shown to people.
pub async fn confirm(
    write: &mut Write,
    now: Timestamp,
    edit: Edit<'_>,
    by: &str,
) -> Result<Organisation, NetworkError> {
    confirm_in(write, now, edit, Confirmation { by: by.to_owned(), at: now }).await
}

pub(crate) async fn create_in(
    connection: &mut Connection,
    now: Timestamp,
    new: &NewOrganisation,
) -> Result<Organisation, NetworkError> {
    tree::hold(&mut *connection).await?;
    sound::day(new.from)?;
    sound::profile(&mut *connection, &new.profile, None, new.from).await?;
    if let Some(parent) = &new.parent {
        exists(&mut *connection, parent, new.from).await?;
    }
    if !state::found(&mut *connection, &new.id, new.from).await? {
        return Err(NetworkError::Exists(new.id.clone()));
    }
    let first = State {
        version: 1,
        from: new.from,
        to: None,
        status: Status::Active,
        confirmed: None,
        profile: new.profile.clone(),
    };
    let note = Note { change: ChangeKind::Created, now, reason: None };
    state::put_state(&mut *connection, &new.id, &first, &note).await?;
    tree::join(&mut *connection, &new.id, 1, new.parent.as_ref(), (new.from, None)).await?;
    sound::check(&mut *connection, &new.id).await?;
    there(connection, &new.id, new.from).await
}

pub(crate) async fn update_in(
    connection: &mut Connection,
    now: Timestamp,
    edit: Edit<'_>,
    profile: &Profile,
) -> Result<Organisation, NetworkError> {
    let before = state::get(&mut *connection, edit.id, edit.from).await?;
    let relevel = before.as_ref().is_some_and(|before| before.profile.level != profile.level);
    if relevel {
        tree::hold(&mut *connection).await?;
    }
    let region = before.as_ref().map(|before| &before.profile.region);
    sound::profile(&mut *connection, profile, region, edit.from).await?;
    let note = Note { change: ChangeKind::Updated, now, reason: None };
    let after = change(&mut *connection, edit, &note, |state| state.profile = profile.clone()).await?;
    if relevel {
        sound::check(connection, edit.id).await?;
    }
    Ok(after)
}

pub(crate) async fn status_in(
    connection: &mut Connection,
    now: Timestamp,
    edit: Edit<'_>,
    status: Status,
    reason: Option<&str>,
) -> Result<Organisation, NetworkError> {
    let kind = if status == Status::Active { ChangeKind::Resumed } else { ChangeKind::Suspended };
    change(connection, edit, &Note { change: kind, now, reason }, |state| state.status = status).await
}

pub(crate) async fn move_in(
    connection: &mut Connection,
    now: Timestamp,
    edit: Edit<'_>,
    parent: Option<&OrganisationId>,
    reason: Option<&str>,
) -> Result<Organisation, NetworkError> {
    tree::hold(&mut *connection).await?;
    if let Some(parent) = parent {
        exists(&mut *connection, parent, edit.from).await?;
    }
    let note = Note { change: ChangeKind::Moved, now, reason };
    let moved = change(&mut *connection, edit, &note, |_| ()).await?;
    tree::join(&mut *connection, edit.id, moved.version, parent, (edit.from, moved.closed)).await?;
    sound::check(&mut *connection, edit.id).await?;
    there(connection, edit.id, edit.from).await
}

pub(crate) async fn confirm_in(
    connection: &mut Connection,
    now: Timestamp,
    edit: Edit<'_>,
    confirmation: Confirmation,
) -> Result<Organisation, NetworkError> {
    if confirmation.by.trim().is_empty() || confirmation.by.chars().count() > 200 {
        let fault =
            Fault::new("confirmed_by", "须写明核实人，最多 200 个字符", "say who confirms, in 200 characters at most");
        return Err(NetworkError::Invalid(vec![fault]));
    }
    let note = Note { change: ChangeKind::Confirmed, now, reason: None };
    change(connection, edit, &note, |state| state.confirmed = Some(confirmation)).await
}

/// Ends the states and memberships of an organisation; the caller holds the tree and checks it afterwards.
pub(crate) async fn close_in(
    connection: &mut Connection,
    edit: Edit<'_>,
    note: &Note<'_>,
    successors: &[OrganisationId],
) -> Result<Organisation, NetworkError> {
    for successor in successors {
        exists(&mut *connection, successor, edit.from).await?;
    }
    let later = state::states_from(&mut *connection, edit.id, edit.from).await?;
    change(&mut *connection, edit, note, |state| {
        state.status = Status::Closed;
        state.to = None;
    })
    .await?;
    for planned in later.iter().filter(|planned| planned.from > edit.from) {
        state::end_state(&mut *connection, edit.id, planned.version, planned.from).await?;
    }
    state::set_closed(&mut *connection, edit.id, edit.from).await?;
    tree::leave(&mut *connection, edit.id, edit.from).await?;
    for successor in successors {
        let (predecessor, successor) = (edit.id.clone(), successor.clone());
        let succession = crate::Succession { predecessor, successor, on: edit.from, by: note.change };
        state::succeed(&mut *connection, &succession).await?;
    }
    there(connection, edit.id, edit.from).await
}

/// Cuts the state that holds on the day of the edit and puts the changed one behind the cut.
pub(crate) async fn change(
    connection: &mut Connection,
    edit: Edit<'_>,
    note: &Note<'_>,
    alter: impl FnOnce(&mut State),
) -> Result<Organisation, NetworkError> {
    sound::day(edit.from)?;
    let id = edit.id;
    if !state::advance(&mut *connection, id, edit.version).await? {
        return Err(stale(connection, edit).await?);
    }
    let states = state::states_from(&mut *connection, id, edit.from).await?;
    let Some(old) = states.first().filter(|state| state.from <= edit.from) else {
        let (_, opened, _) = head(connection, id, edit.from).await?;
        return Err(NetworkError::BeforeOpened { id: id.clone(), opened });
    };
    if old.status == Status::Closed {
        return Err(NetworkError::Closed { id: id.clone(), on: old.from });
    }
    let mut new = State { version: edit.version + 1, from: edit.from, ..old.clone() };
    alter(&mut new);
    state::end_state(&mut *connection, id, old.version, edit.from).await?;
    state::put_state(&mut *connection, id, &new, note).await?;
    carry_on(&mut *connection, id, (old, &new), &states[1..]).await?;
    there(connection, id, edit.from).await
}

/// What later states tell unchanged from the old, they tell from the new; each part of a state until the first that
/// told something else.
async fn carry_on(
    connection: &mut Connection,
    id: &OrganisationId,
    (old, new): (&State, &State),
    later: &[State],
) -> Result<(), NetworkError> {
    let (mut profile, mut status, mut confirmed) =
        (old.profile != new.profile, old.status != new.status, old.confirmed != new.confirmed);
    for state in later {
        profile &= state.profile == old.profile;
        status &= state.status == old.status;
        confirmed &= state.confirmed == old.confirmed;
        if !(profile || status || confirmed) {
            break;
        }
        let mut told = state.clone();
        if profile {
            told.profile.clone_from(&new.profile);
        }
        if status {
            told.status = new.status;
        }
        if confirmed {
            told.confirmed.clone_from(&new.confirmed);
        }
        state::retell(&mut *connection, id, &told).await?;
    }
    Ok(())
}

/// Why an edit did not meet its version: another came first, or there is no such organisation.
async fn stale(connection: &mut Connection, edit: Edit<'_>) -> Result<NetworkError, NetworkError> {
    let (_, opened, _) = head(&mut *connection, edit.id, edit.from).await?;
    let now = there(connection, edit.id, edit.from.max(opened)).await?;
    Ok(NetworkError::Stale { now: Box::new(now) })
}

/// Version, first day and closing day, or that there is no such organisation.
pub(crate) async fn head(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<(i64, Date, Option<Date>), NetworkError> {
    state::head(connection, id).await?.ok_or_else(|| NetworkError::NotFound { id: id.clone(), as_of })
}

/// The organisation on a day on which it must be there.
pub(crate) async fn there(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Organisation, NetworkError> {
    state::get(connection, id, as_of).await?.ok_or_else(|| NetworkError::NotFound { id: id.clone(), as_of })
}

async fn exists(connection: &mut Connection, id: &OrganisationId, as_of: Date) -> Result<(), NetworkError> {
    head(connection, id, as_of).await.map(|_| ())
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
