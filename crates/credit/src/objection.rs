//! Objections to announced events, and their decision.

use accounts::{Actor, Permission, PersonId};
use database::Write;
use jiff::Timestamp;
use network::OrganisationId;
use notices::{Notice, Recipient};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::event::{keep, kept_event, office_day, open};
use crate::named::{MOST_OF_A_NAME, MOST_WORDS, derived, evidence_fault, fault, key_fault, length_fault, words_fault};
use crate::sql::{agencies, editions, events, objections};
use crate::{Act, CreditError, Event, EventId, ObjectionOutcome, What};

network::named! {
    /// The name of an objection.
    ObjectionId
}

/// An objection to an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CreditObjection)]
pub struct Objection {
    /// Its name.
    pub id: ObjectionId,
    /// Counts the changes.
    pub version: i64,
    /// Against which event.
    pub event: EventId,
    /// Who keeps the event.
    pub keeper: OrganisationId,
    /// In whose name, and in which capacity.
    pub capacity: String,
    /// Why.
    pub words: String,
    /// What shows it.
    pub evidence: Vec<String>,
    /// Who made it.
    pub made_by: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// What was decided; none while it waits.
    pub outcome: Option<ObjectionOutcome>,
    /// The rule under which the event stands after a grant in part.
    pub rule: Option<String>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// Why it was decided so.
    pub reason: Option<String>,
}

/// An objection to be made.
#[derive(Clone, Debug)]
pub struct NewObjection<'a> {
    /// Made by the client: the same key again answers the first objection again.
    pub key: &'a str,
    /// Against which event.
    pub event: &'a EventId,
    /// In whose name, and in which capacity.
    pub capacity: &'a str,
    /// Why.
    pub words: &'a str,
    /// What shows it, one a line.
    pub evidence: &'a [String],
}

/// A decision on an objection.
#[derive(Clone, Debug)]
pub struct Ruling<'a> {
    /// On which objection.
    pub id: &'a ObjectionId,
    /// The version that was seen.
    pub version: i64,
    /// What is decided.
    pub outcome: ObjectionOutcome,
    /// The rule under which the event is to stand, with [`ObjectionOutcome::Partly`].
    pub rule: Option<&'a str>,
    /// Why; the objector reads it.
    pub reason: &'a str,
}

/// Objects to an announced event, once, within its days for objections. Whoever has signed in may.
pub async fn object(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewObjection<'_>,
) -> Result<Objection, CreditError> {
    actor.require(Permission::OwnAccount)?;
    let found = events::get(write, new.event).await?.filter(Event::is_public);
    let event = found.ok_or_else(|| CreditError::not_found(What::Event, new.event))?;
    if let Some(first) = objections::by_key(write, new.key).await? {
        return if first.event == event.id { Ok(first) } else { Err(CreditError::KeyTaken) };
    }
    if objections::of_event(write, &event.id).await?.is_some() {
        return Err(CreditError::AlreadyObjected);
    }
    let state = open(&event, event.version, Act::Object)?;
    if let Some(until) = event.objections_until.filter(|until| office_day(now) > *until) {
        return Err(CreditError::TooLate { until });
    }
    let mut faults: Vec<network::Fault> = key_fault(new.key).into_iter().collect();
    faults.extend(words_fault("words", new.words, MOST_WORDS));
    faults.extend(length_fault("capacity", new.capacity, MOST_OF_A_NAME));
    faults.extend(evidence_fault(new.evidence));
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    let objection = Objection {
        id: ObjectionId(derived(now, "credit-objection", new.key)),
        version: 1,
        event: event.id.clone(),
        keeper: event.keeper.clone(),
        capacity: new.capacity.trim().to_owned(),
        words: new.words.trim().to_owned(),
        evidence: new.evidence.to_vec(),
        made_by: actor.id().cloned(),
        made_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
        outcome: None,
        rule: None,
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    if !objections::insert(write, &objection, new.key).await? {
        return Err(CreditError::AlreadyObjected);
    }
    let to = Recipient::Organisation(&event.keeper);
    tell(write, now, ("credit.objected", objection.id.as_str()), (&event, &[]), to).await?;
    let after = Event { version: event.version + 1, state, ..event };
    keep(write, now, actor, &after, (Act::Object, ""), json!({ "objection": objection.id })).await?;
    Ok(objection)
}

/// Decides an objection. Whoever keeps the agency's credit may, or an organisation above; never the person who entered the
/// event or who objected.
pub async fn decide_objection(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    ruling: &Ruling<'_>,
) -> Result<Objection, CreditError> {
    let before = objections::get(write, ruling.id).await?;
    let before = before.ok_or_else(|| CreditError::not_found(What::Objection, ruling.id))?;
    let event = kept_event(write, actor, &before.event).await?;
    let own = [&event.entered_by, &before.made_by];
    if own.into_iter().flatten().any(|person| Some(person) == actor.id()) {
        return Err(CreditError::OwnMatter);
    }
    if before.version != ruling.version || before.outcome.is_some() {
        return Err(CreditError::Stale { version: before.version });
    }
    let act = match ruling.outcome {
        ObjectionOutcome::Rejected => Act::Uphold,
        ObjectionOutcome::Partly => Act::Change,
        ObjectionOutcome::Granted => Act::Cancel,
    };
    let state = open(&event, event.version, act)?;
    let mut faults: Vec<network::Fault> = words_fault("reason", ruling.reason, MOST_WORDS).into_iter().collect();
    let book = editions::book(write).await?;
    let changed = ruling.rule.filter(|_| act == Act::Change).and_then(|rule| book.rule(event.edition, rule));
    if act == Act::Change && changed.is_none_or(|rule| rule.code == event.told.rule) {
        faults.push(fault("rule", "请选择另一条规则", "choose another rule"));
    }
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    let after = Objection {
        version: before.version + 1,
        outcome: Some(ruling.outcome),
        rule: changed.map(|rule| rule.code.clone()),
        decided_by: actor.id().cloned(),
        decided_at: Some(now.round(jiff::Unit::Millisecond).unwrap_or(now)),
        reason: Some(ruling.reason.trim().to_owned()),
        ..before
    };
    if !objections::update(write, &after, ruling.version).await? {
        return Err(CreditError::Stale { version: ruling.version + 1 });
    }
    let values = [("outcome.zh", ruling.outcome.label("zh")), ("outcome.en", ruling.outcome.label("en"))];
    if let Some(person) = &after.made_by {
        let to = Recipient::Person(&person.0);
        tell(write, now, ("credit.objection-decided", after.id.as_str()), (&event, &values), to).await?;
    }
    let mut event = Event { version: event.version + 1, state, ..event };
    if let Some(rule) = changed {
        event.told.rule.clone_from(&rule.code);
        event.points = rule.points;
    }
    if act != Act::Cancel {
        event.objections_until = event.objections_until.max(Some(office_day(now)));
    }
    let detail = json!({ "objection": after.id, "outcome": after.outcome, "rule": after.rule });
    keep(write, now, actor, &event, (act, ruling.reason), detail).await?;
    Ok(after)
}

/// Puts a notice about an event.
pub(crate) async fn tell(
    write: &mut Write,
    now: Timestamp,
    (template, of): (&str, &str),
    (event, values): (&Event, &[(&str, &str)]),
    to: Recipient<'_>,
) -> Result<(), CreditError> {
    let agency = agencies::get(write, &event.agency).await?;
    let agency = agency.map_or_else(String::new, |agency| agency.particulars.name);
    let values: Vec<(&str, &str)> = values.iter().copied().chain([("agency", agency.as_str())]).collect();
    let link = format!("/governance/credit/events/{}", event.id);
    let id = derived(now, template, of);
    Ok(notices::put(write, now, &Notice { id, template, values: &values, to, link: &link }).await?)
}

#[cfg(test)]
#[path = "objection_tests.rs"]
mod tests;
