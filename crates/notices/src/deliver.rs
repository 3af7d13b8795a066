//! Sending what lies in the outbox.
//!
//! A claim takes due rows for the time of a lease; who dies in the middle leaves rows that fall due again when the lease
//! ends. So a notice is sent at least once, and twice only when a process dies between the answer of the other side
//! and the commit; both have one id. Rows of one destination go in one lane, one after the other: when the destination
//! is not there, its lane stops and no other waits for it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use database::Database;
use jiff::{SignedDuration, Timestamp};
use network::{Id, OrganisationId};
use serde_json::json;
use tokio::task::JoinSet;

use crate::notices::{Channel, Notices, State};
use crate::template::{self, Values};
use crate::{Letter, NoticesError, Senders, Webhook, sql};

/// For how long a claim keeps others away.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// After how long a sending is given up.
pub const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(72);

/// Rows in one claim at most.
const BATCH: i64 = 64;
/// Lanes to the mail server.
const MAIL_LANES: usize = 4;
/// When a lane hands back what it has not begun, so that the last sending ends within the lease.
const LANE_ENDS: Duration = Duration::from_mins(2);
/// The wait after the first failure; it doubles.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);

/// What one round of sending did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the other side.
    pub sent: usize,
    /// Not wanted, or no way to send.
    pub unwanted: usize,
    /// To be tried again later.
    pub postponed: usize,
    /// Given up for good: notice, channel and what was said last.
    pub given_up: Vec<(Id, Channel, String)>,
    /// Whether more may be due at once.
    pub more: bool,
}

/// Why a sending failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    /// What the other side said, without addresses of people.
    pub(crate) said: String,
}

/// What follows from a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// This one may succeed later.
    Later,
    /// Nothing will succeed there now.
    Unreachable,
    /// This one never will.
    Never,
}

impl Failure {
    pub(crate) fn later(said: &str) -> Self {
        Self { kind: FailureKind::Later, said: said.to_owned() }
    }

    pub(crate) fn unreachable(said: &str) -> Self {
        Self { kind: FailureKind::Unreachable, said: said.to_owned() }
    }

    pub(crate) fn never(said: &str) -> Self {
        Self { kind: FailureKind::Never, said: said.to_owned() }
    }
}

/// A claimed row with its notice.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) notice: Id,
    pub(crate) channel: Channel,
    pub(crate) since: Timestamp,
    /// This try included; proves the claim when it is settled.
    pub(crate) attempts: i64,
    pub(crate) put_at: Timestamp,
    pub(crate) template: String,
    pub(crate) values: Values,
    pub(crate) link: String,
    pub(crate) to: Addressee,
}

/// To whom a stored notice goes.
#[derive(Clone, Debug)]
pub(crate) enum Addressee {
    Person(Id),
    Mail { address: String, lang: String },
    Organisation(OrganisationId),
}

/// How a claimed row is settled.
#[derive(Clone, Debug)]
pub(crate) enum Settled {
    Sent,
    Unwanted(&'static str),
    /// Tried in vain; again then.
    Again(Timestamp, String),
    /// Not tried; due then.
    Untried(Timestamp),
    GivenUp(String),
}

impl Settled {
    pub(crate) fn state(&self) -> State {
        match self {
            Self::Sent => State::Sent,
            Self::Unwanted(_) => State::Unwanted,
            Self::Again(..) | Self::Untried(_) => State::Waiting,
            Self::GivenUp(_) => State::GivenUp,
        }
    }
}

impl Notices {
    /// One round: claims what is due, sends it, writes down what came of it. Any number of processes may do so at once.
    /// To be called every few seconds, and again at once while [`Delivered::more`].
    pub async fn deliver_once(&self, now: Timestamp, senders: &Senders) -> Result<Delivered, NoticesError> {
        let mut write = self.database.write().await?;
        let claimed = sql::outbox::claim(&mut write, now, now + LEASE, BATCH).await?;
        write.commit().await?;
        let mut delivered = Delivered { more: claimed.len() as i64 == BATCH, ..Delivered::default() };
        let mut running = JoinSet::new();
        for lane in lanes(claimed) {
            running.spawn(run(self.database.clone(), senders.clone(), now, lane));
        }
        let mut failed = None;
        while let Some(ended) = running.join_next().await {
            match ended {
                Ok(Ok(part)) => delivered.add(part),
                Ok(Err(error)) => failed = Some(error),
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            }
        }
        failed.map_or(Ok(delivered), Err)
    }
}

impl Delivered {
    fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.unwanted += other.unwanted;
        self.postponed += other.postponed;
        self.given_up.extend(other.given_up);
    }

    fn note(&mut self, row: &Claimed, settled: Settled) {
        match settled {
            Settled::Sent => self.sent += 1,
            Settled::Unwanted(_) => self.unwanted += 1,
            Settled::Again(..) | Settled::Untried(_) => self.postponed += 1,
            Settled::GivenUp(said) => self.given_up.push((row.notice.clone(), row.channel, said)),
        }
    }
}

/// Rows by destination: one lane for each organisation, a few for the mail server.
fn lanes(claimed: Vec<Claimed>) -> Vec<Vec<Claimed>> {
    let mut lanes: BTreeMap<String, Vec<Claimed>> = BTreeMap::new();
    for (n, row) in claimed.into_iter().enumerate() {
        let lane = match &row.to {
            Addressee::Organisation(organisation) => organisation.to_string(),
            Addressee::Person(_) | Addressee::Mail { .. } => format!("mail {}", n % MAIL_LANES),
        };
        lanes.entry(lane).or_default().push(row);
    }
    lanes.into_values().collect()
}

/// Sends the rows of a lane one after the other.
async fn run(
    database: Database,
    senders: Senders,
    now: Timestamp,
    lane: Vec<Claimed>,
) -> Result<Delivered, NoticesError> {
    let began = Instant::now();
    let mut delivered = Delivered::default();
    let mut stopped = None;
    for row in lane {
        let settled = match stopped {
            Some(until) => Settled::Untried(until),
            None if began.elapsed() > LANE_ENDS => Settled::Untried(now),
            None => match attempt(&database, &senders, now, &row).await? {
                Ok(settled) => settled,
                Err(failure) => {
                    if failure.kind == FailureKind::Unreachable {
                        stopped = Some(now + FIRST_WAIT);
                    }
                    after(&row, now, failure)
                }
            },
        };
        let mut write = database.write().await?;
        if sql::outbox::settle(&mut write, now, &row, &settled).await? {
            write.commit().await?;
            delivered.note(&row, settled);
        }
    }
    Ok(delivered)
}

/// What follows from a failed try.
fn after(row: &Claimed, now: Timestamp, failure: Failure) -> Settled {
    let next = now + wait(row.attempts);
    if failure.kind == FailureKind::Never || next.duration_since(row.since) > GIVE_UP_AFTER {
        return Settled::GivenUp(failure.said);
    }
    Settled::Again(next, failure.said)
}

/// The wait after so many failures: one minute, doubled each time, six hours at most.
fn wait(failures: i64) -> SignedDuration {
    let doublings = u32::try_from(failures.clamp(1, 20) - 1).unwrap_or_default();
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT)
}

/// Sends one row.
async fn attempt(
    database: &Database,
    senders: &Senders,
    now: Timestamp,
    row: &Claimed,
) -> Result<Result<Settled, Failure>, NoticesError> {
    if let Addressee::Organisation(organisation) = &row.to {
        let webhook = sql::webhook::get(&mut *database.read().await?, organisation).await?;
        let Some(webhook) = webhook.filter(|webhook| webhook.address.is_some()) else {
            return Ok(Ok(Settled::Unwanted("the webhook was taken away")));
        };
        return Ok(post(senders, now, row, webhook).await);
    }
    Ok(mail(senders, now, row).await)
}

async fn mail(senders: &Senders, now: Timestamp, row: &Claimed) -> Result<Settled, Failure> {
    let Some(mailer) = senders.mailer.clone() else { return Ok(Settled::Unwanted("no mail server is set")) };
    let always = crate::templates().get(&row.template).is_some_and(crate::Template::is_always_mailed);
    let (address, lang) = match &row.to {
        Addressee::Mail { address, lang } => (address.clone(), lang.clone()),
        Addressee::Organisation(_) => return Ok(Settled::Unwanted("organisations get no mail")),
        Addressee::Person(person) => {
            let found = senders.directory.find(person).await;
            let contact = found.map_err(|said| Failure::later(&format!("the directory does not answer: {said}")))?;
            let Some(contact) = contact else { return Ok(Settled::Unwanted("there is no such person")) };
            if !contact.wants_mail && !always {
                return Ok(Settled::Unwanted("the person wants no mail"));
            }
            let Some(address) = contact.address else { return Ok(Settled::Unwanted("the person has no address")) };
            (address, contact.lang)
        }
    };
    let text = template::text(&row.template, &lang, &row.values, &format!("{}{}", senders.site, row.link));
    let letter = Letter { id: row.notice.clone(), at: now, address, text };
    blocking(move || mailer.send(&letter)).await
}

async fn post(senders: &Senders, now: Timestamp, row: &Claimed, webhook: Webhook) -> Result<Settled, Failure> {
    let link = format!("{}{}", senders.site, row.link);
    let text = |lang| {
        let text = template::text(&row.template, lang, &row.values, &link);
        json!({ "subject": text.subject, "body": text.body })
    };
    let body = json!({
        "id": row.notice,
        "type": row.template,
        "timestamp": format!("{:.3}", row.put_at),
        "organisation": webhook.organisation,
        "link": link,
        "values": row.values,
        "zh": text("zh"),
        "en": text("en"),
    });
    let (webhooks, id) = (senders.webhooks.clone(), row.notice.to_string());
    blocking(move || webhooks.send(&webhook, &id, now, body.to_string())).await
}

/// Sends on a thread that may wait.
async fn blocking(send: impl FnOnce() -> Result<(), Failure> + Send + 'static) -> Result<Settled, Failure> {
    match tokio::task::spawn_blocking(send).await {
        Ok(sent) => sent.map(|()| Settled::Sent),
        Err(stopped) => Err(Failure::later(&stopped.to_string())),
    }
}

#[cfg(test)]
#[path = "deliver_tests.rs"]
mod tests;
