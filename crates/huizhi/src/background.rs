//! What a site does besides answering: it sends notices and clears away what is over.

use std::sync::Arc;
use std::time::Duration;

use accounts::{Accounts, Actor, PersonId};
use anyhow::Result;
use network::Id;
use notices::{Contact, Directory, DirectoryAnswer, Mailer, Notices, Senders, Webhooks};

use crate::settings::Settings;
use crate::store::now;

/// How often the outbox is looked into.
const DELIVER: Duration = Duration::from_secs(5);
/// How often what is over is cleared away.
const SWEEP: Duration = Duration::from_mins(15);

/// Tells how people are reached.
struct People {
    accounts: Accounts,
    system: Actor,
}

impl Directory for People {
    fn find<'a>(&'a self, person: &'a Id) -> DirectoryAnswer<'a> {
        Box::pin(async move {
            let found = self.accounts.addressee(&self.system, &PersonId(person.clone())).await;
            let to = found.map_err(|error| error.to_string())?;
            Ok(Some(match to {
                Some(to) => Contact {
                    address: Some(to.email.to_string()),
                    lang: to.language.code().to_owned(),
                    wants_mail: true,
                },
                None => Contact { address: None, lang: "zh".to_owned(), wants_mail: false },
            }))
        })
    }
}

/// Everything that sends, as the settings say.
pub(crate) fn senders(settings: &Settings, accounts: &Accounts, webhooks: &Webhooks) -> Result<Senders> {
    let directory = People { accounts: accounts.clone(), system: Actor::system("notices") };
    Ok(Senders {
        site: settings.site(),
        directory: Arc::new(directory),
        mailer: settings.mail.as_ref().map(Mailer::new).transpose()?,
        webhooks: webhooks.clone(),
    })
}

/// Sends what lies in the outbox, for ever. Any number of processes may.
pub(crate) async fn deliver(notices: Notices, senders: Senders) {
    loop {
        match notices.deliver_once(now(), &senders).await {
            Ok(delivered) => {
                for (notice, channel, said) in &delivered.given_up {
                    tracing::warn!(%notice, %channel, said, "a notice was given up");
                }
                if delivered.more {
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "notices cannot be sent"),
        }
        tokio::time::sleep(DELIVER).await;
    }
}

/// Clears away sessions, links and sendings that are over, for ever.
pub(crate) async fn sweep(accounts: Accounts, notices: Notices) {
    loop {
        if let Err(error) = accounts.sweep(now()).await {
            tracing::warn!(%error, "old sessions cannot be cleared away");
        }
        if let Err(error) = notices.tidy(now()).await {
            tracing::warn!(%error, "the outbox cannot be cleared");
        }
        tokio::time::sleep(SWEEP).await;
    }
}
