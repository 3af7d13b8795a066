//! What sending needs from outside: who people are, the mail server, the site's address.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use network::Id;

use crate::{Mailer, Webhooks};

/// How a person is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address in clear; none where there is none or it was never confirmed.
    pub address: Option<String>,
    /// `zh` or `en`.
    pub lang: String,
    /// Whether the person wants mail.
    pub wants_mail: bool,
}

/// The answer of a [`Directory`]: none when there is no such person (any more), a message when it could not look.
pub type DirectoryAnswer<'a> = Pin<Box<dyn Future<Output = Result<Option<Contact>, String>> + Send + 'a>>;

/// Knows how people are reached.
pub trait Directory: Send + Sync {
    /// Looks a person up by the id of the account.
    fn find<'a>(&'a self, person: &'a Id) -> DirectoryAnswer<'a>;
}

/// Everything that sends; clones share it.
#[derive(Clone)]
pub struct Senders {
    /// What stands before a path in a link: `https://ip.example.cn`, without a slash at its end.
    pub site: String,
    /// Who people are.
    pub directory: Arc<dyn Directory>,
    /// The mail server; without one no mail is sent or kept waiting.
    pub mailer: Option<Mailer>,
    /// Sends to organisations.
    pub webhooks: Webhooks,
}
