//! A notice and the outbox it is put into.

use database::Write;
use jiff::Timestamp;
use network::{Id, OrganisationId};

use crate::sql::{notice, outbox};
use crate::{Channel, NoticesError, template};

/// Who is told.
#[derive(Clone, Debug)]
pub enum Recipient<'a> {
    /// A person, by the id of the account: in the portal, and by e-mail where the person wants that.
    Person(&'a Id),
    /// Someone without an account who left an address.
    Mail {
        /// The address.
        address: &'a str,
        /// `zh` or `en`.
        lang: &'a str,
    },
    /// The staff of an organisation: in their portal, and by its webhook where one is set.
    Organisation(&'a OrganisationId),
}

/// What someone is to be told.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// Id of the notice; the same id put twice is one notice.
    pub id: Id,
    /// Key of the text template: `case.received`; [`crate::templates`] has them all.
    pub template: &'a str,
    /// What stands in the places of the template: `[("reference", "…")]`; what differs by language is given twice, as
    /// `item.zh` and `item.en`.
    pub values: &'a [(&'a str, &'a str)],
    /// Who is told.
    pub to: Recipient<'a>,
    /// Path of the page it is about (`/cases/…`).
    pub link: &'a str,
}

/// Puts a notice into the outbox, in the caller's transaction. A missing value is an error, in both languages at once:
/// whoever tests the act sees it.
pub async fn put(write: &mut Write, now: Timestamp, notice: &Notice<'_>) -> Result<(), NoticesError> {
    let (template, values) = template::checked(notice.template, notice.values)?;
    if !is_path(notice.link) {
        return Err(NoticesError::Link(notice.link.to_owned()));
    }
    let portal = template.is_shown_in_portal() && !matches!(notice.to, Recipient::Mail { .. });
    if !notice::insert(write, now, notice, &values, portal).await? {
        return Ok(());
    }
    match notice.to {
        Recipient::Person(_) | Recipient::Mail { .. } => outbox::queue(write, now, &notice.id, Channel::Mail).await,
        Recipient::Organisation(organisation) => outbox::queue_webhook(write, now, &notice.id, organisation).await,
    }
}

/// Whether a link stays on this site.
fn is_path(link: &str) -> bool {
    link.starts_with('/')
        && !link.starts_with("//")
        && !link.contains(|c: char| c == '\\' || c.is_control() || c == ' ')
}

#[cfg(test)]
#[path = "notice_tests.rs"]
mod tests;
