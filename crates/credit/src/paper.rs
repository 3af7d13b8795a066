//! Papers: objections to announced events and applications for the repair of events in force, and their decision. What was
//! repaired counts no more, and stays in the history.

use accounts::{Actor, Permission, PersonId};
use database::Write;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use network::{Fault, OrganisationId, derived, office_day};
use notices::{Notice, Recipient};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::event::{MOST_OF_A_NAME, MOST_WORDS, evidence_fault, keep, kept_event, open};
use crate::sql::{agencies, editions, events, papers};
use crate::{Act, Book, CreditError, Event, EventId, EventState, Outcome, PaperKind, What};

network::named! {
    /// The name of an objection or an application for repair.
    PaperId
}

/// An objection to an event, or an application for its repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its name.
    pub id: PaperId,
    /// Counts the changes.
    pub version: i64,
    /// Which of the two.
    pub kind: PaperKind,
    /// About which event.
    pub event: EventId,
    /// Who keeps the event.
    pub keeper: OrganisationId,
    /// In whose name, and in which capacity.
    pub capacity: String,
    /// Why, or how the conditions are met.
    pub words: String,
    /// What shows it.
    pub evidence: Vec<String>,
    /// Who made it.
    pub made_by: Option<PersonId>,
    /// When.
    pub made_at: Timestamp,
    /// What was decided; none while it waits.
    pub outcome: Option<Outcome>,
    /// The rule under which the event stands after a grant in part.
    #[serde(default)]
    pub rule: Option<String>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was decided so.
    pub reason: Option<String>,
}

impl Paper {
    /// What was decided, in `zh` or, for every other language, English.
    pub fn outcome_label(&self, lang: &str) -> Option<&'static str> {
        Some(self.kind.outcome_label(self.outcome?, lang))
    }

    /// Whether a person made it.
    pub(crate) fn is_of(&self, actor: &Actor) -> bool {
        self.made_by.is_some() && self.made_by.as_ref() == actor.id()
    }

    /// Whether someone may see it: keepers of the event, and whoever made it.
    pub(crate) fn is_seen_by(&self, actor: &Actor) -> bool {
        actor.may_at(Permission::KeepCredit, &self.keeper) || self.is_of(actor)
    }
}

/// A paper to be made.
#[derive(Clone, Debug)]
pub struct NewPaper<'a> {
    /// Made by the client: the same key again answers the first paper again.
    pub key: &'a str,
    /// Which of the two.
    pub kind: PaperKind,
    /// About which event.
    pub event: &'a EventId,
    /// In whose name, and in which capacity.
    pub capacity: &'a str,
    /// Why, or how the conditions are met.
    pub words: &'a str,
    /// What shows it, one a line.
    pub evidence: &'a [String],
}

/// A decision on a paper.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// On which paper.
    pub id: &'a PaperId,
    /// The version that was seen.
    pub version: i64,
    /// What is decided.
    pub outcome: Outcome,
    /// The rule under which the event is to stand, with [`Outcome::Partly`].
    pub rule: Option<&'a str>,
    /// Why; whoever made the paper reads it.
    pub reason: &'a str,
}

/// The first day on which the repair of an event may be applied for; none when its rule knows no repair.
pub(crate) fn repairable_from(event: &Event, book: &Book) -> Option<Date> {
    let months = book.rule(event.edition, &event.told.rule)?.repair_after_months?;
    event.counts_from?.checked_add(i64::from(months).months()).ok().filter(|_| event.points < 0)
}

/// Objects to an announced event, once, within its days for objections; or applies for the repair of one in force. Whoever
/// has signed in may.
pub async fn hand_in(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewPaper<'_>,
) -> Result<Paper, CreditError> {
    actor.require(Permission::OwnAccount)?;
    let found = events::get(write, new.event).await?.filter(Event::is_public);
    let event = found.ok_or_else(|| CreditError::not_found(What::Event, new.event))?;
    if let Some(first) = papers::by_key(write, new.kind, new.key).await? {
        return if first.event == event.id { Ok(first) } else { Err(CreditError::KeyTaken) };
    }
    let (act, template) = match new.kind {
        PaperKind::Objection => (Act::Object, "credit.objected"),
        PaperKind::Repair => (Act::ApplyForRepair, "credit.repair-asked"),
    };
    let state = timely(write, now, &event, (new.kind, act)).await?;
    let mut faults: Vec<Fault> = Fault::of_key(new.key).into_iter().collect();
    faults.extend(Fault::of_words("words", new.words, MOST_WORDS));
    faults.extend(Fault::of_length("capacity", new.capacity, MOST_OF_A_NAME));
    faults.extend(evidence_fault(new.evidence));
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    let paper = Paper {
        id: PaperId(derived(now, &format!("credit-{}", new.kind), new.key)),
        version: 1,
        kind: new.kind,
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
    if !papers::insert(write, &paper, new.key).await? {
        return Err(match new.kind {
            PaperKind::Objection => CreditError::AlreadyObjected,
            PaperKind::Repair => CreditError::KeyTaken,
        });
    }
    tell(write, now, (template, &paper), (&event, &[]), Recipient::Organisation(&event.keeper)).await?;
    let after = Event { version: event.version + 1, state, ..event };
    keep(write, now, actor, &after, (act, ""), json!({ paper.kind.code(): paper.id })).await?;
    Ok(paper)
}

/// Where the event stands with a new paper, when this is the time for one.
async fn timely(
    write: &mut Write,
    now: Timestamp,
    event: &Event,
    (kind, act): (PaperKind, Act),
) -> Result<EventState, CreditError> {
    let today = office_day(now);
    if kind == PaperKind::Objection {
        if papers::of_event(write, &event.id).await?.iter().any(|paper| paper.kind == kind) {
            return Err(CreditError::AlreadyObjected);
        }
        let state = open(event, event.version, act)?;
        return match event.objections_until.filter(|until| today > *until) {
            Some(until) => Err(CreditError::TooLate { until }),
            None => Ok(state),
        };
    }
    let state = open(event, event.version, act)?;
    match repairable_from(event, &editions::book(write).await?) {
        None => Err(CreditError::NoRepair),
        Some(from) if from > today => Err(CreditError::TooEarly { from }),
        Some(_) => Ok(state),
    }
}

/// Decides a paper. Whoever keeps the agency's credit may, or an organisation above; never the person who entered the event
/// or who made the paper.
pub async fn decide(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    decision: &Decision<'_>,
) -> Result<Paper, CreditError> {
    let before = papers::get(write, decision.id).await?;
    let before = before.ok_or_else(|| CreditError::not_found(What::Paper, decision.id))?;
    let event = kept_event(write, actor, &before.event).await?;
    let own = [&event.entered_by, &before.made_by];
    if own.into_iter().flatten().any(|person| Some(person) == actor.id()) {
        return Err(CreditError::OwnMatter);
    }
    if before.version != decision.version || before.outcome.is_some() {
        return Err(CreditError::Stale { version: before.version });
    }
    let Some((act, template)) = act_of(before.kind, decision.outcome) else {
        return Err(CreditError::Invalid(vec![Fault::new("outcome", "请选择结论", "choose a decision")]));
    };
    let state = open(&event, event.version, act)?;
    let mut faults: Vec<Fault> = Fault::of_words("reason", decision.reason, MOST_WORDS).into_iter().collect();
    let book = editions::book(write).await?;
    let changed = decision.rule.filter(|_| act == Act::Change).and_then(|rule| book.rule(event.edition, rule));
    if act == Act::Change && changed.is_none_or(|rule| rule.code == event.told.rule) {
        faults.push(Fault::new("rule", "请选择另一条规则", "choose another rule"));
    }
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    let after = Paper {
        version: before.version + 1,
        outcome: Some(decision.outcome),
        rule: changed.map(|rule| rule.code.clone()),
        decided_by: actor.id().cloned(),
        decided_at: Some(now.round(jiff::Unit::Millisecond).unwrap_or(now)),
        reason: Some(decision.reason.trim().to_owned()),
        ..before
    };
    if !papers::update(write, &after).await? {
        return Err(CreditError::Stale { version: decision.version + 1 });
    }
    let label = |lang: &str| after.kind.outcome_label(decision.outcome, lang);
    let values = [("outcome.zh", label("zh")), ("outcome.en", label("en"))];
    if let Some(person) = &after.made_by {
        tell(write, now, (template, &after), (&event, &values), Recipient::Person(&person.0)).await?;
    }
    let mut event = Event { version: event.version + 1, state, ..event };
    if let Some(rule) = changed {
        event.told.rule.clone_from(&rule.code);
        event.points = rule.points;
    }
    match act {
        Act::Uphold | Act::Change => event.objections_until = event.objections_until.max(Some(office_day(now))),
        Act::Repair => event.ended = Some(office_day(now)),
        _ => {}
    }
    let mut detail = json!({ after.kind.code(): after.id, "outcome": after.outcome });
    if after.kind == PaperKind::Objection {
        detail["rule"] = json!(after.rule);
    }
    keep(write, now, actor, &event, (act, decision.reason), detail).await?;
    Ok(after)
}

/// What an outcome does to the event, and the notice about it; none where the kind of paper does not know the outcome.
fn act_of(kind: PaperKind, outcome: Outcome) -> Option<(Act, &'static str)> {
    let act = match (kind, outcome) {
        (PaperKind::Objection, Outcome::Rejected) => Act::Uphold,
        (PaperKind::Objection, Outcome::Partly) => Act::Change,
        (PaperKind::Objection, Outcome::Granted) => Act::Cancel,
        (PaperKind::Repair, Outcome::Granted) => Act::Repair,
        (PaperKind::Repair, Outcome::Refused) => Act::RefuseRepair,
        _ => return None,
    };
    let template = match kind {
        PaperKind::Objection => "credit.objection-decided",
        PaperKind::Repair => "credit.repair-decided",
    };
    Some((act, template))
}

/// Puts a notice about a paper.
async fn tell(
    write: &mut Write,
    now: Timestamp,
    (template, paper): (&str, &Paper),
    (event, values): (&Event, &[(&str, &str)]),
    to: Recipient<'_>,
) -> Result<(), CreditError> {
    let agency = agencies::get(write, &event.agency).await?;
    let agency = agency.map_or_else(String::new, |agency| agency.particulars.name);
    let values: Vec<(&str, &str)> = values.iter().copied().chain([("agency", agency.as_str())]).collect();
    let link = format!("/governance/credit/events/{}", event.id);
    let id = derived(now, template, paper.id.as_str());
    Ok(notices::put(write, now, &Notice { id, template, values: &values, to, link: &link }).await?)
}

#[cfg(test)]
#[path = "objection_tests.rs"]
mod objection_tests;
#[cfg(test)]
#[path = "repair_tests.rs"]
mod repair_tests;
