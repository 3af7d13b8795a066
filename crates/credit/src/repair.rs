//! Repair: what was mended counts no more, and stays in the history.

use accounts::{Actor, Permission, PersonId};
use database::Write;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use network::OrganisationId;
use notices::Recipient;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::event::{keep, kept_event, office_day, open};
use crate::named::{MOST_OF_A_NAME, MOST_WORDS, derived, evidence_fault, key_fault, length_fault, words_fault};
use crate::objection::tell;
use crate::sql::{editions, events, repairs};
use crate::{Act, Book, CreditError, Event, EventId, RepairOutcome, What};

network::named! {
    /// The name of an application for repair.
    RepairId
}

/// An application for the repair of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CreditRepair)]
pub struct Repair {
    /// Its name.
    pub id: RepairId,
    /// Counts the changes.
    pub version: i64,
    /// Of which event.
    pub event: EventId,
    /// Who keeps the event.
    pub keeper: OrganisationId,
    /// In whose name, and in which capacity.
    pub capacity: String,
    /// How the conditions are met.
    pub words: String,
    /// What shows it.
    pub evidence: Vec<String>,
    /// Who made it.
    pub made_by: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// What was decided; none while it waits.
    pub outcome: Option<RepairOutcome>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// Why it was decided so.
    pub reason: Option<String>,
}

/// An application to be made.
#[derive(Clone, Debug)]
pub struct NewRepair<'a> {
    /// Made by the client: the same key again answers the first application again.
    pub key: &'a str,
    /// Of which event.
    pub event: &'a EventId,
    /// In whose name, and in which capacity.
    pub capacity: &'a str,
    /// How the conditions are met.
    pub words: &'a str,
    /// What shows it, one a line.
    pub evidence: &'a [String],
}

/// A decision on an application.
#[derive(Clone, Debug)]
pub struct RepairDecision<'a> {
    /// On which application.
    pub id: &'a RepairId,
    /// The version that was seen.
    pub version: i64,
    /// What is decided.
    pub outcome: RepairOutcome,
    /// Why; the applicant reads it.
    pub reason: &'a str,
}

/// The first day on which the repair of an event may be applied for; none when its rule knows no repair.
pub(crate) fn repairable_from(event: &Event, book: &Book) -> Option<Date> {
    let months = book.rule(event.edition, &event.told.rule)?.repair_after_months?;
    event.counts_from?.checked_add(i64::from(months).months()).ok()
}

/// Applies for the repair of an event in force. Whoever has signed in may.
pub async fn apply_for_repair(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewRepair<'_>,
) -> Result<Repair, CreditError> {
    actor.require(Permission::OwnAccount)?;
    let found = events::get(write, new.event).await?.filter(Event::is_public);
    let event = found.ok_or_else(|| CreditError::not_found(What::Event, new.event))?;
    if let Some(first) = repairs::by_key(write, new.key).await? {
        return if first.event == event.id { Ok(first) } else { Err(CreditError::KeyTaken) };
    }
    let state = open(&event, event.version, Act::ApplyForRepair)?;
    let book = editions::book(write).await?;
    match repairable_from(&event, &book).filter(|_| event.points < 0) {
        None => return Err(CreditError::NoRepair),
        Some(from) if from > office_day(now) => return Err(CreditError::TooEarly { from }),
        Some(_) => {}
    }
    let mut faults: Vec<network::Fault> = key_fault(new.key).into_iter().collect();
    faults.extend(words_fault("words", new.words, MOST_WORDS));
    faults.extend(length_fault("capacity", new.capacity, MOST_OF_A_NAME));
    faults.extend(evidence_fault(new.evidence));
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    let repair = Repair {
        id: RepairId(derived(now, "credit-repair", new.key)),
        version: 1,
        event: event.id.clone(),
        keeper: event.keeper.clone(),
        capacity: new.capacity.trim().to_owned(),
        words: new.words.trim().to_owned(),
        evidence: new.evidence.to_vec(),
        made_by: actor.id().cloned(),
        made_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
        outcome: None,
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    if !repairs::insert(write, &repair, new.key).await? {
        return Err(CreditError::KeyTaken);
    }
    let to = Recipient::Organisation(&event.keeper);
    tell(write, now, ("credit.repair-asked", repair.id.as_str()), (&event, &[]), to).await?;
    let after = Event { version: event.version + 1, state, ..event };
    keep(write, now, actor, &after, (Act::ApplyForRepair, ""), json!({ "repair": repair.id })).await?;
    Ok(repair)
}

/// Decides an application. Whoever keeps the agency's credit may, or an organisation above; never the person who entered
/// the event or who applied.
pub async fn decide_repair(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    decision: &RepairDecision<'_>,
) -> Result<Repair, CreditError> {
    let before = repairs::get(write, decision.id).await?;
    let before = before.ok_or_else(|| CreditError::not_found(What::Repair, decision.id))?;
    let event = kept_event(write, actor, &before.event).await?;
    let own = [&event.entered_by, &before.made_by];
    if own.into_iter().flatten().any(|person| Some(person) == actor.id()) {
        return Err(CreditError::OwnMatter);
    }
    if before.version != decision.version || before.outcome.is_some() {
        return Err(CreditError::Stale { version: before.version });
    }
    let granted = decision.outcome == RepairOutcome::Granted;
    let act = if granted { Act::Repair } else { Act::RefuseRepair };
    let state = open(&event, event.version, act)?;
    if let Some(fault) = words_fault("reason", decision.reason, MOST_WORDS) {
        return Err(CreditError::Invalid(vec![fault]));
    }
    let after = Repair {
        version: before.version + 1,
        outcome: Some(decision.outcome),
        decided_by: actor.id().cloned(),
        decided_at: Some(now.round(jiff::Unit::Millisecond).unwrap_or(now)),
        reason: Some(decision.reason.trim().to_owned()),
        ..before
    };
    if !repairs::update(write, &after, decision.version).await? {
        return Err(CreditError::Stale { version: decision.version + 1 });
    }
    let values = [("outcome.zh", decision.outcome.label("zh")), ("outcome.en", decision.outcome.label("en"))];
    if let Some(person) = &after.made_by {
        let to = Recipient::Person(&person.0);
        tell(write, now, ("credit.repair-decided", after.id.as_str()), (&event, &values), to).await?;
    }
    let ended = if granted { Some(office_day(now)) } else { event.ended };
    let event = Event { version: event.version + 1, state, ended, ..event };
    let detail = json!({ "repair": after.id, "outcome": after.outcome });
    keep(write, now, actor, &event, (act, decision.reason), detail).await?;
    Ok(after)
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod tests;
