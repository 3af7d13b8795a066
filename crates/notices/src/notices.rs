//! The outbox as operators see it.

use database::{Database, Migration, Write};
use jiff::Timestamp;
use network::{Id, OrganisationId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::sql::{inbox, notice, outbox, webhook};
use crate::{Inbox, NoticesError, Page, Webhook};

const MIGRATIONS: [Migration; 1] =
    [Migration::new(1, "notices, outbox, webhooks", include_str!("../migrations/0001_notices.sql"))];

/// Days for which what was sent or given up is kept in the outbox.
const KEPT_DAYS: i64 = 90;

network::coded! {
    /// A way out of the house.
    Channel ("channel") {
        /// E-mail.
        Mail = "mail", "邮件", "E-mail";
        /// A POST to the address that an organisation set.
        Webhook = "webhook", "推送", "Webhook";
    }
}

network::coded! {
    /// How far a sending is.
    State ("state") {
        /// To be sent, for the first time or again.
        Waiting = "waiting", "待发送", "Waiting";
        /// Taken by the other side.
        Sent = "sent", "已发送", "Sent";
        /// Not sent: the person wants no mail or has none, or no mail server is set.
        Unwanted = "unwanted", "无需发送", "Not wanted";
        /// Not sent: refused for good, or tried for days.
        GivenUp = "given-up", "放弃", "Given up";
    }
}

/// What lies in the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Backlog {
    /// To be sent.
    pub waiting: u64,
    /// Of these, tried at least once.
    pub retried: u64,
    /// When the longest waiting was put.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub oldest: Option<Timestamp>,
    /// Sent in the last 24 hours.
    pub sent: u64,
    /// Not wanted in the last 24 hours.
    pub unwanted: u64,
    /// Given up and not yet cleared.
    pub given_up: u64,
}

/// A sending that failed, without names and addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Trouble {
    /// The notice.
    pub notice: Id,
    /// How it was to be sent.
    pub channel: Channel,
    /// Key of its text.
    pub template: String,
    /// Whether it is tried again.
    pub state: State,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was put.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// When it is tried next.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// What the other side said.
    pub problem: String,
}

/// All notices. Clones share the database.
#[derive(Clone, Debug)]
pub struct Notices {
    pub(crate) database: Database,
}

impl Notices {
    /// Opens the notices and brings their tables up to date.
    pub async fn open(database: Database) -> Result<Self, NoticesError> {
        database.migrate("notices", &MIGRATIONS).await?;
        Ok(Self { database })
    }

    /// Where they are at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// A page of an inbox, newest first. `after` is [`Page::next`] of the page before.
    pub async fn inbox(&self, of: Inbox<'_>, after: Option<&str>, limit: usize) -> Result<Page, NoticesError> {
        crate::inbox::page(&mut *self.database.read().await?, of, after, limit).await
    }

    /// How many in an inbox nobody has read.
    pub async fn unread(&self, of: Inbox<'_>) -> Result<u64, NoticesError> {
        inbox::unread(&mut *self.database.read().await?, of).await
    }

    /// What lies in the outbox.
    pub async fn backlog(&self, now: Timestamp) -> Result<Backlog, NoticesError> {
        outbox::backlog(&mut *self.database.read().await?, now).await
    }

    /// What failed, newest first.
    pub async fn troubles(&self, limit: usize) -> Result<Vec<Trouble>, NoticesError> {
        outbox::troubles(&mut *self.database.read().await?, limit).await
    }

    /// The webhook of an organisation; none where none was ever set.
    pub async fn webhook(&self, organisation: &OrganisationId) -> Result<Option<Webhook>, NoticesError> {
        webhook::get(&mut *self.database.read().await?, organisation).await
    }

    /// All webhooks that are set, by organisation.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, NoticesError> {
        webhook::all(&mut *self.database.read().await?).await
    }

    /// Clears the outbox of what was done long ago. Notices stay in the portal; those that were mailed alone go.
    pub async fn tidy(&self, now: Timestamp) -> Result<u64, NoticesError> {
        let before = now - jiff::SignedDuration::from_hours(24 * KEPT_DAYS);
        let mut write = self.database.write().await?;
        let cleared = outbox::clear(&mut write, before).await?;
        notice::clear_mailed(&mut write, before).await?;
        write.commit().await?;
        Ok(cleared)
    }
}

/// Tries a sending that was given up from the beginning; false when there is none. The caller decides who may.
pub async fn send_again(write: &mut Write, now: Timestamp, id: &Id, channel: Channel) -> Result<bool, NoticesError> {
    outbox::revive(write, now, id, channel).await
}

/// Forgets all notices to a person, sent or not: for those who delete their account. Answers how many there were.
pub async fn forget(write: &mut Write, person: &Id) -> Result<u64, NoticesError> {
    outbox::forget(write, person).await?;
    notice::forget(write, person).await
}
