//! Notices: what people are told, in the portal, by e-mail and by webhook.
//!
//! A domain function puts a [`Notice`] into the outbox inside its own transaction ([`put`]); a background task calls
//! [`Notices::deliver_once`], which sends what lies there again and again until it is taken or given up. Texts are
//! templates in both languages. Who may read or set what is decided by the rooms above: this one knows ids alone.

mod address;
mod deliver;
mod error;
mod inbox;
mod mail;
mod notice;
mod notices;
mod senders;
mod sql;
mod template;
#[cfg(test)]
mod testing;
mod webhook;

pub use address::Refused;
pub use deliver::{Delivered, GIVE_UP_AFTER, LEASE};
pub use error::NoticesError;
pub use inbox::{Inbox, Item, MOST_ON_A_PAGE, Page, mark_all_read, mark_read};
pub use mail::{Letter, MailSettings, Mailer, Security};
pub use notice::{Notice, Recipient, put};
pub use notices::{Backlog, Channel, Notices, State, Trouble, forget, send_again};
pub use senders::{Contact, Directory, DirectoryAnswer, Senders};
pub use template::{Template, Text, templates};
pub use webhook::{Webhook, WebhookChange, Webhooks};
