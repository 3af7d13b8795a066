//! The steps that people take.

use accounts::{Actor, Entry, Permission, PersonId, record};
use database::{Connection, Write};
use jiff::Timestamp;
use network::{Fault, derived};
use notices::{Notice, Recipient};
use serde_json::json;

use crate::rule::MOST_WORDS;
use crate::sql::warnings;
use crate::{Act, Event, Outcome, State, Warning, WarningId, WarningsError, What};

/// Every state in which something is to be done.
const OPEN: &[State] = &[State::New, State::Acknowledged];

/// An act: in which states, where it leads (none stays), whether words must say something.
const STEPS: &[(Act, &[State], Option<State>, bool)] = &[
    (Act::Acknowledge, &[State::New], Some(State::Acknowledged), false),
    (Act::Assign, OPEN, Some(State::Acknowledged), false),
    (Act::Comment, &[State::New, State::Acknowledged, State::Closed], None, true),
    (Act::Close, OPEN, Some(State::Closed), true),
    (Act::Reopen, &[State::Closed], Some(State::Acknowledged), true),
];

/// What can be done in a state.
pub fn steps_open(state: State) -> impl Iterator<Item = Act> {
    STEPS.iter().filter(move |(_, from, _, _)| from.contains(&state)).map(|(act, _, _, _)| *act)
}

/// A step to be taken.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// On which warning.
    pub id: &'a WarningId,
    /// The version that its author saw.
    pub version: i64,
    /// What is done.
    pub act: Act,
    /// What is said; closing, commenting and reopening need it.
    pub words: &'a str,
    /// Who is to work it, with [`Act::Assign`].
    pub assignee: Option<&'a PersonId>,
    /// With which result, with [`Act::Close`].
    pub outcome: Option<Outcome>,
}

/// Takes a step. Whoever works warnings at the unit may.
pub async fn step(write: &mut Write, now: Timestamp, actor: &Actor, step: &Step<'_>) -> Result<Warning, WarningsError> {
    let before = warnings::get(write, step.id).await?;
    let reads = |found: &Warning| actor.may_at(Permission::ReadGovernance, &found.unit);
    let works = |found: &Warning| actor.may_at(Permission::WorkWarnings, &found.unit);
    actor.require(Permission::WorkWarnings)?;
    let before = before.filter(|found| reads(found) || works(found));
    let before = before.ok_or_else(|| WarningsError::not_found(What::Warning, step.id))?;
    actor.require_at(Permission::WorkWarnings, &before.unit)?;
    if before.version != step.version {
        return Err(WarningsError::Stale { version: before.version });
    }
    let open = STEPS.iter().find(|(act, from, _, _)| *act == step.act && from.contains(&before.state));
    let (_, _, to, words) = open.ok_or(WarningsError::Step { act: step.act, state: before.state })?;
    let faults = faults(step, *words);
    if !faults.is_empty() {
        return Err(WarningsError::Invalid(faults));
    }
    let mut after = Warning { version: before.version + 1, state: to.unwrap_or(before.state), ..before };
    match step.act {
        Act::Assign => after.assignee = step.assignee.cloned(),
        Act::Close => {
            after.outcome = step.outcome;
            after.reason = Some(step.words.trim().to_owned());
            after.closed_at = Some(now.round(jiff::Unit::Millisecond).unwrap_or(now));
        }
        Act::Reopen => (after.outcome, after.reason, after.closed_at) = (None, None, None),
        _ => {}
    }
    if step.act == Act::Reopen && warnings::open_one(write, &after).await?.is_some() {
        return Err(WarningsError::OpenAlready);
    }
    if !warnings::update(write, &after).await? {
        return Err(stale(write, step.id).await?);
    }
    let event = Event {
        number: after.version,
        at: now,
        by: actor.id().cloned(),
        act: step.act,
        to: after.state,
        assignee: step.assignee.filter(|_| step.act == Act::Assign).cloned(),
        outcome: step.outcome.filter(|_| step.act == Act::Close),
        words: step.words.trim().to_owned(),
    };
    warnings::append(write, &after.id, &event).await?;
    if let Some(person) = &event.assignee {
        tell_assignee(write, now, &after, person).await?;
    }
    let action = format!("warning.{}", step.act);
    let reason = after.reason.as_deref().filter(|_| step.act == Act::Close);
    let detail = json!({ "rule": after.rule.code, "to": after.state, "outcome": event.outcome });
    let entry = Entry::new(&action, ("warning", after.id.as_str()), Some(&after.unit), reason, detail);
    record(write, now, actor, &entry).await?;
    Ok(after)
}

fn faults(step: &Step<'_>, words: bool) -> Vec<Fault> {
    let said = if words {
        Fault::of_words("words", step.words, MOST_WORDS)
    } else {
        Fault::of_length("words", step.words, MOST_WORDS)
    };
    let mut faults: Vec<Fault> = said.into_iter().collect();
    if step.act == Act::Assign && step.assignee.is_none() {
        faults.push(Fault::new("assignee", "请选择处置人", "say who is to work it"));
    }
    if step.act == Act::Close && step.outcome.is_none() {
        faults.push(Fault::new("outcome", "请选择处置结果", "say with which result"));
    }
    faults
}

async fn tell_assignee(
    write: &mut Write,
    now: Timestamp,
    about: &Warning,
    person: &PersonId,
) -> Result<(), WarningsError> {
    let (rule, subject) = (&about.rule.name, &about.reading.subject.name);
    let values = [
        ("rule.zh", rule.zh.as_str()),
        ("rule.en", rule.en.as_str()),
        ("subject.zh", subject.zh.as_str()),
        ("subject.en", subject.en.as_str()),
    ];
    let template = "warning.assigned";
    let id = derived(now, template, &format!("{}/{}", about.id, about.version));
    let link = format!("/governance/warnings/{}", about.id);
    let to = Recipient::Person(&person.0);
    Ok(notices::put(write, now, &Notice { id, template, values: &values, to, link: &link }).await?)
}

async fn stale(connection: &mut Connection, id: &WarningId) -> Result<WarningsError, WarningsError> {
    let now = warnings::get(connection, id).await?;
    Ok(now.map_or_else(
        || WarningsError::not_found(What::Warning, id),
        |now| WarningsError::Stale { version: now.version },
    ))
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
