//! What people are told, and who may look after it: everyone reads his own notices, operators look into the outbox,
//! those who keep an organisation set its webhook.
//!
//! Crate `notices` knows no people; it is asked through here. Every change leaves an entry in the trail.

use jiff::Timestamp;
use network::{Id, OrganisationId};
use notices::{Backlog, Channel, Inbox, Notices, NoticesError, Page, Trouble, Webhook, WebhookChange, Webhooks};
use serde_json::json;
use thiserror::Error;

use crate::session::own;
use crate::{Accounts, AccountsError, Actor, Denied, Entry, Permission, Proof, record};

/// Failed sendings that a look into the outbox shows at most.
const MOST_TROUBLES: usize = 200;

/// Why it was not done.
#[derive(Debug, Error)]
pub enum SendingError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The notices refuse.
    #[error(transparent)]
    Notices(#[from] NoticesError),
    /// The account or the trail.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
}

impl From<database::DatabaseError> for SendingError {
    fn from(error: database::DatabaseError) -> Self {
        Self::Notices(error.into())
    }
}

impl SendingError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        match self {
            Self::Denied(denied) => denied.text(lang),
            Self::Notices(error) => error.text(lang),
            Self::Accounts(error) => error.text(lang),
        }
    }
}

/// A page of one's own notices, newest first. `after` is the mark of the page before.
pub async fn inbox(notices: &Notices, actor: &Actor, after: Option<&str>, limit: usize) -> Result<Page, SendingError> {
    Ok(notices.inbox(Inbox::Person(&own(actor)?.0), after, limit).await?)
}

/// How many of one's own notices are new; none for a visitor.
pub async fn unread(notices: &Notices, actor: &Actor) -> Result<u64, SendingError> {
    match actor.id() {
        Some(person) => Ok(notices.unread(Inbox::Person(&person.0)).await?),
        None => Ok(0),
    }
}

/// Says that one of one's own notices was read, or all of them. Reading one's own leaves no entry.
pub async fn mark_read(notices: &Notices, actor: &Actor, id: Option<&Id>, now: Timestamp) -> Result<(), SendingError> {
    let person = &own(actor)?.0;
    let mut write = notices.database().write().await?;
    match id {
        Some(id) => {
            notices::mark_read(&mut write, now, Inbox::Person(person), id, person).await?;
        }
        None => {
            notices::mark_all_read(&mut write, now, Inbox::Person(person), person).await?;
        }
    }
    Ok(write.commit().await?)
}

/// Ends one's own account, and all that one was ever told.
pub async fn delete_account(
    accounts: &Accounts,
    notices: &Notices,
    actor: &Actor,
    proof: &Proof<'_>,
    now: Timestamp,
) -> Result<(), SendingError> {
    accounts.delete(actor, proof, now).await?;
    let mut write = notices.database().write().await?;
    notices::forget(&mut write, &own(actor)?.0).await?;
    Ok(write.commit().await?)
}

/// What lies in the outbox, and what failed, newest first.
pub async fn outbox(notices: &Notices, actor: &Actor, now: Timestamp) -> Result<(Backlog, Vec<Trouble>), SendingError> {
    actor.require(Permission::Operate)?;
    Ok((notices.backlog(now).await?, notices.troubles(MOST_TROUBLES).await?))
}

/// Tries a sending that was given up once more; false when there is none, as after the first of two clicks.
pub async fn send_again(
    notices: &Notices,
    actor: &Actor,
    (id, channel): (&Id, Channel),
    now: Timestamp,
) -> Result<bool, SendingError> {
    actor.require(Permission::Operate)?;
    let mut write = notices.database().write().await?;
    let revived = notices::send_again(&mut write, now, id, channel).await?;
    if revived {
        let detail = json!({ "channel": channel });
        let entry = Entry {
            action: "notice.send-again",
            kind: "notice",
            object: id.as_str(),
            organisation: None,
            reason: None,
            detail,
        };
        record(&mut write, now, actor, &entry).await?;
    }
    write.commit().await?;
    Ok(revived)
}

/// The webhook of an organisation that the actor keeps; none where none was ever set.
pub async fn webhook(
    notices: &Notices,
    actor: &Actor,
    organisation: &OrganisationId,
) -> Result<Option<Webhook>, SendingError> {
    actor.require_at(Permission::EditNetwork, organisation)?;
    Ok(notices.webhook(organisation).await?)
}

/// The webhooks that are set at organisations which the actor keeps.
pub async fn webhooks(notices: &Notices, actor: &Actor) -> Result<Vec<Webhook>, SendingError> {
    let cover = actor.cover(Permission::EditNetwork).ok_or_else(|| actor.denied(Permission::EditNetwork))?;
    let mut all = notices.webhooks().await?;
    all.retain(|webhook| cover.holds(&webhook.organisation));
    Ok(all)
}

/// Sets or ends the webhook of an organisation that the actor keeps. The address stays out of the trail: it may hold a
/// secret of the other side.
pub async fn set_webhook(
    notices: &Notices,
    webhooks: &Webhooks,
    actor: &Actor,
    change: &WebhookChange<'_>,
    now: Timestamp,
) -> Result<Webhook, SendingError> {
    let organisation = change.organisation;
    actor.require_at(Permission::EditNetwork, organisation)?;
    let mut write = notices.database().write().await?;
    let set = webhooks.set(&mut write, now, change).await?;
    let detail = json!({ "version": set.version, "set": set.address.is_some() });
    let entry = Entry {
        action: "webhook.set",
        kind: "organisation",
        object: organisation.as_str(),
        organisation: Some(organisation),
        reason: None,
        detail,
    };
    record(&mut write, now, actor, &entry).await?;
    write.commit().await?;
    Ok(set)
}

#[cfg(test)]
#[path = "sending_tests.rs"]
mod tests;
