//! Credit events: drafted, announced, in force.

use accounts::{Actor, Entry, Permission, PersonId, record};
use database::{Connection, Database, Write};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use network::{Fault, OrganisationId, derived, office_day};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::agency::kept;
use crate::sql::{editions, events};
use crate::{Act, AgencyId, Counted, CreditError, EventState, LeadId, What, steps};

/// Characters of a long text at most.
pub(crate) const MOST_WORDS: usize = 2000;
/// Characters of a name or number at most.
pub(crate) const MOST_OF_A_NAME: usize = 200;
/// Pieces of evidence at most.
const MOST_EVIDENCE: usize = 20;

network::named! {
    /// The name of an event.
    EventId
}

/// What is written of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CreditEventTold)]
pub struct Told {
    /// The code of its rule.
    pub rule: String,
    /// The day on which it happened.
    #[schema(value_type = String, format = Date)]
    pub happened: Date,
    /// What happened, in words that may be published.
    pub facts: String,
    /// Number of the decision or document behind it.
    #[serde(default)]
    pub document: String,
    /// The legal ground, where it says more than the rule's own.
    #[serde(default)]
    pub ground: String,
    /// Paths of pages, addresses, names of files: one a line. Seen by keepers only.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// A credit event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CreditEvent)]
pub struct Event {
    /// Its name.
    pub id: EventId,
    /// Counts the changes.
    pub version: i64,
    /// Of which agency.
    pub agency: AgencyId,
    /// Who keeps the agency's credit.
    pub keeper: OrganisationId,
    /// Where it stands.
    pub state: EventState,
    /// What is written of it.
    pub told: Told,
    /// The edition of the rules that was in force on the day it happened.
    pub edition: i64,
    /// Points of the rule there.
    pub points: i64,
    /// The lead that it was made of.
    pub lead: Option<LeadId>,
    /// Who entered it; none for the program.
    pub entered_by: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub entered_at: Timestamp,
    /// When it was announced.
    #[schema(value_type = Option<String>, format = Date)]
    pub announced_on: Option<Date>,
    /// The last day for objections.
    #[schema(value_type = Option<String>, format = Date)]
    pub objections_until: Option<Date>,
    /// The first day on which it counts.
    #[schema(value_type = Option<String>, format = Date)]
    pub counts_from: Option<Date>,
    /// The day from which it counts no more.
    #[schema(value_type = Option<String>, format = Date)]
    pub ended: Option<Date>,
}

impl Event {
    /// Whether everyone may see it: what was announced, and what has ever counted.
    pub fn is_public(&self) -> bool {
        self.state.is_public() || (self.state == EventState::Withdrawn && self.counts_from.is_some())
    }

    /// What the score looks at.
    pub fn counted(&self) -> Counted {
        Counted {
            event: self.id.clone(),
            edition: self.edition,
            rule: self.told.rule.clone(),
            from: self.counts_from,
            ended: self.ended,
        }
    }
}

/// What was done to an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CreditEventPart)]
pub struct EventPart {
    /// Counts from 1.
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who did it; none for the program.
    pub by: Option<PersonId>,
    /// What was done.
    pub act: Act,
    /// Where it stands after.
    pub to: EventState,
    /// What was said; seen by keepers only.
    pub words: String,
}

/// An event to be drafted.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// Made by the client: the same key again answers the first event again.
    pub key: &'a str,
    /// Of which agency.
    pub agency: &'a AgencyId,
    /// What is written of it.
    pub told: &'a Told,
}

/// An act on an event.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// On which event.
    pub id: &'a EventId,
    /// The version that its author saw.
    pub version: i64,
    /// Why, or what was found.
    pub words: &'a str,
}

/// Enters a draft. Whoever keeps the agency's credit may; nobody else sees it.
pub async fn draft(write: &mut Write, now: Timestamp, actor: &Actor, new: &NewEvent<'_>) -> Result<Event, CreditError> {
    draft_of(write, now, actor, new, None).await
}

/// Enters a draft, perhaps of a lead.
pub(crate) async fn draft_of(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewEvent<'_>,
    lead: Option<&LeadId>,
) -> Result<Event, CreditError> {
    let agency = kept(write, actor, new.agency).await?;
    let (edition, points) = checked(write, now, new.told, Fault::of_key(new.key)).await?;
    let event = Event {
        id: EventId(derived(now, "credit-event", new.key)),
        version: 1,
        agency: agency.id.clone(),
        keeper: agency.keeper.clone(),
        state: EventState::Draft,
        told: new.told.clone(),
        edition,
        points,
        lead: lead.cloned(),
        entered_by: actor.id().cloned(),
        entered_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
        announced_on: None,
        objections_until: None,
        counts_from: None,
        ended: None,
    };
    if !events::insert(write, &event, new.key).await? {
        let first = events::by_key(write, new.key).await?.filter(|first| first.agency == event.agency);
        return first.ok_or(CreditError::KeyTaken);
    }
    note(write, now, actor, &event, Act::Draft, "").await?;
    finish(write, now, actor, &event, Act::Draft, None, json!({ "rule": event.told.rule })).await?;
    Ok(event)
}

/// Changes a draft.
pub async fn edit_draft(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, version): (&EventId, i64),
    told: &Told,
) -> Result<Event, CreditError> {
    let before = kept_event(write, actor, id).await?;
    open(&before, version, Act::Edit)?;
    let (edition, points) = checked(write, now, told, None).await?;
    let after = Event { version: version + 1, told: told.clone(), edition, points, ..before };
    keep(write, now, actor, &after, (Act::Edit, ""), json!({ "rule": after.told.rule })).await
}

/// Announces a draft: from now on it is public, and counts when the days for objections are over.
pub async fn announce(write: &mut Write, now: Timestamp, actor: &Actor, step: Step<'_>) -> Result<Event, CreditError> {
    let before = kept_event(write, actor, step.id).await?;
    let state = open(&before, step.version, Act::Announce)?;
    let book = editions::book(write).await?;
    let today = office_day(now);
    let days = book.edition(before.edition).map_or(15, |edition| edition.objection_days);
    let after = Event {
        version: step.version + 1,
        state,
        announced_on: Some(today),
        objections_until: today.checked_add(days.days()).ok(),
        ..before
    };
    let detail = json!({ "rule": after.told.rule, "points": after.points, "until": after.objections_until });
    keep(write, now, actor, &after, (Act::Announce, step.words), detail).await
}

/// Takes an event back, with a reason. What counted until now stays in the history and counts no more.
pub async fn withdraw(write: &mut Write, now: Timestamp, actor: &Actor, step: Step<'_>) -> Result<Event, CreditError> {
    let before = kept_event(write, actor, step.id).await?;
    let state = open(&before, step.version, Act::Withdraw)?;
    if let Some(fault) = Fault::of_words("words", step.words, MOST_WORDS) {
        return Err(CreditError::Invalid(vec![fault]));
    }
    let today = office_day(now);
    let ended = before.counts_from.map(|from| today.max(from));
    let after = Event { version: step.version + 1, state, ended, ..before };
    keep(write, now, actor, &after, (Act::Withdraw, step.words), Value::Null).await
}

/// Lets every announced event whose days for objections are over take effect, from the day after the last of them. To be
/// called every hour or so, by any number of processes. Answers how many took effect.
pub async fn settle(database: &Database, now: Timestamp) -> Result<usize, CreditError> {
    let today = office_day(now);
    let program = Actor::system("credit");
    let mut read = database.read().await?;
    let due = events::due(&mut read, today).await?;
    read.close().await?;
    let mut settled = 0;
    for before in due {
        let mut write = database.write().await?;
        let counts_from = before.objections_until.and_then(|until| until.tomorrow().ok());
        let version = before.version + 1;
        let after = Event { version, state: EventState::InForce, counts_from, ..before };
        match keep(&mut write, now, &program, &after, (Act::TakeEffect, ""), json!({ "from": counts_from })).await {
            Ok(_) => {
                write.commit().await?;
                settled += 1;
            }
            // Another process was first, or someone objected at the last moment.
            Err(CreditError::Stale { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

/// The event, for whoever keeps its agency's credit.
pub(crate) async fn kept_event(connection: &mut Connection, actor: &Actor, id: &EventId) -> Result<Event, CreditError> {
    let found = events::get(connection, id).await?.ok_or_else(|| CreditError::not_found(What::Event, id))?;
    if actor.may_at(Permission::KeepCredit, &found.keeper) {
        return Ok(found);
    }
    if found.is_public() || !actor.may(Permission::KeepCredit) {
        return Err(actor.denied(Permission::KeepCredit).into());
    }
    Err(CreditError::not_found(What::Event, id))
}

/// Where an act leads, when the version is the present one and the act is open.
pub(crate) fn open(event: &Event, version: i64, act: Act) -> Result<EventState, CreditError> {
    if event.version != version {
        return Err(CreditError::Stale { version: event.version });
    }
    steps::after(act, event.state).ok_or(CreditError::Step { act, state: event.state })
}

/// Stores the next version of an event with its part and its entry in the trail.
pub(crate) async fn keep(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    after: &Event,
    (act, words): (Act, &str),
    detail: Value,
) -> Result<Event, CreditError> {
    if !events::update(write, after, after.version - 1).await? {
        let now = events::get(write, &after.id).await?;
        return Err(CreditError::Stale { version: now.map_or(0, |now| now.version) });
    }
    note(write, now, actor, after, act, words).await?;
    let reason = Some(words.trim()).filter(|words| !words.is_empty() && act == Act::Withdraw);
    finish(write, now, actor, after, act, reason, detail).await?;
    Ok(after.clone())
}

async fn note(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    after: &Event,
    act: Act,
    words: &str,
) -> Result<(), CreditError> {
    let (by, words) = (actor.id().cloned(), words.trim().to_owned());
    let part = EventPart { number: after.version, at: now, by, act, to: after.state, words };
    events::append(write, &after.id, &part).await
}

async fn finish(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    after: &Event,
    act: Act,
    reason: Option<&str>,
    detail: Value,
) -> Result<(), CreditError> {
    let action = format!("credit-event.{act}");
    let entry = Entry::new(&action, ("credit-event", after.id.as_str()), Some(&after.keeper), reason, detail);
    Ok(record(write, now, actor, &entry).await?)
}

/// The edition and points of the rule, when all that is written is sound.
async fn checked(
    connection: &mut Connection,
    now: Timestamp,
    told: &Told,
    key: Option<Fault>,
) -> Result<(i64, i64), CreditError> {
    let mut faults: Vec<Fault> = key.into_iter().collect();
    faults.extend(Fault::of_words("facts", &told.facts, MOST_WORDS));
    faults.extend(Fault::of_length("document", &told.document, MOST_OF_A_NAME));
    faults.extend(Fault::of_length("ground", &told.ground, MOST_OF_A_NAME));
    faults.extend(evidence_fault(&told.evidence));
    if told.happened > office_day(now) {
        faults.push(Fault::new("happened", "不能晚于今天", "cannot be later than today"));
    }
    let book = editions::book(connection).await?;
    let edition = book.on(told.happened);
    let rule = edition.and_then(|edition| Some((edition.edition, edition.rule(&told.rule)?.points)));
    match rule {
        Some(found) if faults.is_empty() => Ok(found),
        found => {
            if found.is_none() {
                let (zh, en) = ("请选择当日有效的规则", "choose a rule that was in force on that day");
                faults.push(Fault::new("rule", zh, en));
            }
            Err(CreditError::Invalid(faults))
        }
    }
}

/// What is wrong with pieces of evidence: each is a line of text, a path of this site or an address.
pub(crate) fn evidence_fault(evidence: &[String]) -> Option<Fault> {
    let sound = |line: &String| !line.trim().is_empty() && line.chars().count() <= 500 && !line.contains(['\0', '\n']);
    let wrong = evidence.len() > MOST_EVIDENCE || !evidence.iter().all(sound);
    let (zh, en) = ("最多 20 项，每项一行，500 个字符以内", "twenty at most, a line of 500 characters each");
    wrong.then(|| Fault::new("evidence", zh, en))
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
