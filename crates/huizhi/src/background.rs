//! What a site does besides answering: it sends notices, watches over open cases, asks for ratings, and clears away what is over.

use std::sync::Arc;
use std::time::Duration;

use accounts::{Accounts, Actor, PersonId};
use anyhow::Result;
use assessment::Assessments;
use cases::{By, Cases};
use credit::Credit;
use database::Database;
use indicators::{Indicators, Span};
use jiff::SignedDuration;
use network::Id;
use notices::{Contact, Directory, DirectoryAnswer, Mailer, Notices, Senders, Webhooks};
use plans::Plans;
use warnings::Warnings;

use crate::settings::Settings;
use crate::store::now;

/// How often the outbox is looked into.
const DELIVER: Duration = Duration::from_secs(5);
/// How often what is over is cleared away.
const SWEEP: Duration = Duration::from_mins(15);
/// How often clients are asked for ratings and staff are reminded of follow-ups.
const ASK: Duration = Duration::from_hours(1);
/// How often it is asked whether indicators are to be measured.
const LOOK_AT_FIGURES: Duration = Duration::from_mins(30);
/// After so long they are measured again.
const MEASURE: SignedDuration = SignedDuration::from_hours(23);
/// How often the monitoring looks at all open cases.
const MONITOR: Duration = Duration::from_mins(5);

/// How often it is asked whose filings are to be looked at for leads; each agency's are once a day.
const LOOK_AT_FILINGS: Duration = Duration::from_hours(1);

/// How often the rules of warnings are checked, and announced credit events looked at.
const WARN: Duration = Duration::from_mins(15);

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

/// Asks clients for ratings when their case has ended, reminds staff of follow-ups, and units, reviewers and keepers of what
/// plans and assessments want of them, for ever; each is told once.
pub(crate) async fn ask_and_remind(database: Database, plans: Plans, assessments: Assessments) {
    loop {
        if let Err(error) = plans::remind(&plans, now()).await {
            tracing::warn!(%error, "units cannot be reminded of plans");
        }
        if let Err(error) = assessment::remind(&assessments, now()).await {
            tracing::warn!(%error, "nobody can be reminded of assessments");
        }
        if let Err(error) = ratings::ask(&database, now()).await {
            tracing::warn!(%error, "clients cannot be asked for ratings");
        }
        if let Err(error) = ratings::remind(&database, now()).await {
            tracing::warn!(%error, "staff cannot be reminded of follow-ups");
        }
        tokio::time::sleep(ASK).await;
    }
}

/// Warns of cases that are late or lie about, for ever. Every warning is a transaction of its own: stopped anywhere and
/// begun again, or done by several processes, none is given twice and none is left out.
pub(crate) async fn monitor(cases: Cases) {
    let program = Actor::system("monitoring");
    loop {
        match cases.monitor(now(), By::from(&program)).await {
            Ok(done) if done.warnings.is_empty() => {}
            Ok(done) => tracing::info!(warnings = ?done.warnings, "the monitoring warned"),
            Err(error) => tracing::warn!(%error, "the monitoring stopped and will try again"),
        }
        tokio::time::sleep(MONITOR).await;
    }
}

/// Measures the indicators that are counted, once a day for ever.
pub(crate) async fn measure(indicators: Indicators) {
    let program = Actor::system("indicators");
    loop {
        let last = indicators.last_refresh().await.ok().flatten();
        if last.is_none_or(|last| now().duration_since(last.at) >= MEASURE) {
            let milliseconds = || now().as_millisecond();
            match indicators.refresh(now(), &program, Span { back: 1 }, &milliseconds).await {
                Ok(done) => tracing::info!(done.measured, done.changed, done.took, "indicators were measured"),
                Err(error) => tracing::warn!(%error, "indicators cannot be measured"),
            }
        }
        tokio::time::sleep(LOOK_AT_FIGURES).await;
    }
}

/// Looks at the filings of agencies for quality leads, for ever. Any number of processes may: each agency is looked at once a day.
pub(crate) async fn look_for_leads(credit: Credit) {
    loop {
        match credit.look_daily(now()).await {
            Ok((0, _)) => {}
            Ok((looked, fresh)) => tracing::info!(looked, fresh, "filings of agencies were looked at"),
            Err(error) => tracing::warn!(%error, "filings of agencies cannot be looked at and will be tried again"),
        }
        tokio::time::sleep(LOOK_AT_FILINGS).await;
    }
}

/// Checks the rules of warnings and lets announced credit events take effect, for ever. Any number of processes may: each
/// warning fires once, each event takes effect once.
pub(crate) async fn warn(warnings: Warnings) {
    loop {
        match credit::settle(warnings.database(), now()).await {
            Ok(0) => {}
            Ok(settled) => tracing::info!(settled, "credit events took effect"),
            Err(error) => tracing::warn!(%error, "announced credit events cannot be looked at"),
        }
        match warnings.check(now()).await {
            Ok(checked) => {
                for (rule, reason) in &checked.failed {
                    tracing::warn!(%rule, reason, "a rule of warnings cannot be checked and will be tried again");
                }
                if checked.fired + checked.again + checked.cleared > 0 {
                    let (fired, again, cleared) = (checked.fired, checked.again, checked.cleared);
                    tracing::info!(fired, again, cleared, "the rules of warnings were checked");
                }
            }
            Err(error) => tracing::warn!(%error, "the rules of warnings cannot be checked"),
        }
        tokio::time::sleep(WARN).await;
    }
}
