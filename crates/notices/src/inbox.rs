//! Notices in the portal.

use database::{Connection, Write};
use jiff::Timestamp;
use network::{Id, OrganisationId};

use crate::template::{self, Values};
use crate::{NoticesError, Text, sql};

/// Notices on a page at most.
pub const MOST_ON_A_PAGE: usize = 100;

/// Whose inbox. The staff of an organisation share one: what one of them has read is read.
#[derive(Clone, Copy, Debug)]
pub enum Inbox<'a> {
    /// A person's.
    Person(&'a Id),
    /// An organisation's.
    Organisation(&'a OrganisationId),
}

/// A notice in an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The notice.
    pub id: Id,
    /// When it was put.
    pub put_at: Timestamp,
    /// Key of its text.
    pub template: String,
    /// Path of the page it is about.
    pub link: String,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// Who of an organisation read it.
    pub read_by: Option<Id>,
    pub(crate) values: Values,
}

impl Item {
    /// The notice in words, with its path for a link.
    pub fn text(&self, lang: &str) -> Text {
        template::text(&self.template, lang, &self.values, &self.link)
    }

    /// The words without the address at their end, for pages that link the subject.
    pub fn summary(&self, lang: &str) -> String {
        let body = self.text(lang).body;
        let paragraphs: Vec<&str> = body.split("\n\n").collect();
        paragraphs[..paragraphs.len().saturating_sub(1).max(1)].join("\n\n")
    }
}

/// A page of an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub items: Vec<Item>,
    /// Mark of the next page; none on the last.
    pub next: Option<String>,
}

/// One page; see [`crate::Notices::inbox`].
pub(crate) async fn page(
    connection: &mut Connection,
    of: Inbox<'_>,
    after: Option<&str>,
    limit: usize,
) -> Result<Page, NoticesError> {
    let limit = limit.clamp(1, MOST_ON_A_PAGE);
    let after = after.map(place).transpose()?;
    let mut items = sql::inbox::page(connection, of, after, limit + 1).await?;
    let next = (items.len() > limit).then(|| {
        items.truncate(limit);
        items.last().map(|last| format!("{}-{}", last.put_at.as_millisecond(), last.id))
    });
    Ok(Page { items, next: next.flatten() })
}

/// Moment and id after which a page begins.
fn place(mark: &str) -> Result<(Timestamp, Id), NoticesError> {
    let wrong = || NoticesError::Mark(mark.to_owned());
    let (at, id) = mark.split_once('-').ok_or_else(wrong)?;
    let at = at.parse().ok().and_then(|at| Timestamp::from_millisecond(at).ok()).ok_or_else(wrong)?;
    Ok((at, id.parse().map_err(|_| wrong())?))
}

/// Says that a notice of this inbox was read; false when it is not there or was read before.
pub async fn mark_read(
    write: &mut Write,
    now: Timestamp,
    of: Inbox<'_>,
    id: &Id,
    by: &Id,
) -> Result<bool, NoticesError> {
    sql::inbox::mark_read(write, now, of, Some(id), by).await.map(|marked| marked > 0)
}

/// Says that everything in this inbox was read; answers how many were new.
pub async fn mark_all_read(write: &mut Write, now: Timestamp, of: Inbox<'_>, by: &Id) -> Result<u64, NoticesError> {
    sql::inbox::mark_read(write, now, of, None, by).await
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;
