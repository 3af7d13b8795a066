//! Reviewers: called by name, free of conflicts, each with marks of their own.

use accounts::{Actor, Permission, PersonId, Role, record};
use database::Write;
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use notices::{Notice, Recipient};
use serde_json::json;

use crate::access::{hidden, is_bound};
use crate::error::fault;
use crate::open::scheme_of;
use crate::sql::{assessments, calls, units};
use crate::told::{MOST_WORDS, derived, entry, office_day, tidy, words_faults};
use crate::{Assessment, AssessmentError, AssessmentId, Call, GivenMark, Item, State, What};

/// Calls someone with the role of an expert to review units: all items that are reviewed, or some. Who is bound to a unit
/// is not called for it. Until there is a result.
pub async fn call(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    id: &AssessmentId,
    (reviewer, called, items): (&Actor, &[OrganisationId], &[String]),
) -> Result<usize, AssessmentError> {
    let assessment = kept_by(write, actor, id).await?;
    if assessment.state.has_result() {
        return Err(AssessmentError::State(assessment.state));
    }
    let person = reviewer.id().filter(|_| reviewer.has(Role::Expert)).ok_or(AssessmentError::NoExpert)?;
    let scheme = scheme_of(write, &assessment).await?;
    if let Some(item) = items.iter().find(|item| !scheme.item(item).is_some_and(Item::is_reviewed)) {
        return Err(AssessmentError::not_found(What::Item, item));
    }
    let there = units::of(write, id).await?;
    for unit in called {
        if !there.iter().any(|it| it.id == *unit) {
            return Err(AssessmentError::not_found(What::Unit, unit));
        }
        if is_bound(write, reviewer, unit, office_day(now)).await? {
            return Err(AssessmentError::Conflict);
        }
    }
    let number = calls::number_of(write, id, person).await?;
    calls::put(write, id, (person, number), (called, items), now).await?;
    if assessment.state == State::Review {
        let until = assessment.until.map(|day| day.to_string()).unwrap_or_default();
        tell_person(write, now, &assessment, person, &until).await?;
    }
    let detail = json!({ "reviewer": number, "person": person, "units": called.len() });
    record(write, now, actor, &entry("assessment.call", &assessment, &assessment.keeper, None, detail)).await?;
    Ok(called.len())
}

/// Takes a call back, with the marks that came of it. Until there is a result.
pub async fn uncall(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    id: &AssessmentId,
    (person, unit): (&PersonId, &OrganisationId),
) -> Result<(), AssessmentError> {
    let assessment = kept_by(write, actor, id).await?;
    if assessment.state.has_result() {
        return Err(AssessmentError::State(assessment.state));
    }
    if !calls::remove(write, id, (person, unit)).await? {
        return Ok(());
    }
    let detail = json!({ "person": person });
    record(write, now, actor, &entry("assessment.uncall", &assessment, unit, None, detail)).await?;
    Ok(())
}

async fn kept_by(write: &mut Write, actor: &Actor, id: &AssessmentId) -> Result<Assessment, AssessmentError> {
    let found = assessments::hold(write, id).await?;
    let found = found.filter(|it| actor.may_at(Permission::KeepAssessments, &it.keeper));
    found.ok_or_else(|| hidden(actor, What::Assessment, id))
}

/// Declares a conflict of interest with a unit: one's marks for it do not count, and no more are taken.
pub async fn declare_conflict(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, unit): (&AssessmentId, &OrganisationId),
    reason: &str,
) -> Result<(), AssessmentError> {
    let (assessment, call) = called(write, actor, id, unit).await?;
    if assessment.state.has_result() {
        return Err(AssessmentError::State(assessment.state));
    }
    if let Some(wrong) = words_faults("reason", reason) {
        return Err(AssessmentError::Invalid(vec![wrong]));
    }
    calls::declare(write, id, (&call.person, unit), reason.trim()).await?;
    let detail = json!({ "reviewer": call.number });
    record(write, now, actor, &entry("assessment.conflict", &assessment, unit, None, detail)).await?;
    Ok(())
}

/// A mark as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct NewMark {
    /// Which item.
    pub item: String,
    /// The version that was seen; 0 for none.
    pub version: i64,
    /// 0 to 100.
    pub score: f64,
    /// Why.
    pub words: String,
}

/// Gives or changes marks for a unit. Only who was called, only what one was called for, and nobody who is bound.
pub async fn give_marks(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, unit): (&AssessmentId, &OrganisationId),
    sent: &[NewMark],
) -> Result<Vec<GivenMark>, AssessmentError> {
    let (assessment, call) = called(write, actor, id, unit).await?;
    if assessment.state != State::Review {
        return Err(AssessmentError::State(assessment.state));
    }
    if let Some(until) = assessment.until.filter(|until| office_day(now) > *until) {
        return Err(AssessmentError::TooLate { until });
    }
    if call.conflict.is_some() || is_bound(write, actor, unit, office_day(now)).await? {
        return Err(AssessmentError::Conflict);
    }
    let scheme = scheme_of(write, &assessment).await?;
    let faults: Vec<Fault> = sent.iter().flat_map(mark_faults).collect();
    if !faults.is_empty() {
        return Err(AssessmentError::Invalid(faults));
    }
    let mut given = calls::marks_of(write, id, (&call.person, unit)).await?;
    let before = given.clone();
    for mark in sent {
        if !call.is_for(&mark.item) || !scheme.item(&mark.item).is_some_and(Item::is_reviewed) {
            return Err(AssessmentError::NotCalled);
        }
        let (person, unit) = (call.person.clone(), unit.clone());
        let new = GivenMark {
            person,
            unit,
            item: mark.item.clone(),
            version: mark.version,
            score: tidy(mark.score),
            words: mark.words.trim().to_owned(),
        };
        let there = before.iter().find(|old| old.item == new.item);
        // Sent again after it was taken, it is nothing new.
        if there.is_some_and(|old| old.score.total_cmp(&new.score).is_eq() && old.words == new.words) {
            continue;
        }
        if !calls::put_mark(write, id, &new, now).await? {
            return Err(AssessmentError::Stale { version: there.map_or(0, |old| old.version) });
        }
        given.retain(|old| old.item != new.item);
        given.push(GivenMark { version: new.version + 1, ..new });
    }
    let detail = json!({ "reviewer": call.number, "marks": sent.len() });
    record(write, now, actor, &entry("assessment.mark", &assessment, unit, None, detail)).await?;
    given.sort_by(|a, b| a.item.cmp(&b.item));
    Ok(given)
}

fn mark_faults(mark: &NewMark) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !(0.0..=100.0).contains(&mark.score) {
        faults.push(fault(&mark.item, "分数应为 0 至 100", "a mark is 0 to 100"));
    }
    if mark.words.chars().count() > MOST_WORDS {
        faults.push(fault(&mark.item, "评语最多 4000 个字符", "4000 characters at most"));
    }
    faults
}

/// The assessment and the call of the actor for a unit of it.
async fn called(
    write: &mut Write,
    actor: &Actor,
    id: &AssessmentId,
    unit: &OrganisationId,
) -> Result<(Assessment, Call), AssessmentError> {
    actor.require(Permission::ReviewAssessments)?;
    let assessment = assessments::hold(write, id).await?;
    let all = calls::of(write, id).await?;
    let call = all.into_iter().find(|call| Some(&call.person) == actor.id() && call.unit == *unit);
    match (assessment, call) {
        (Some(assessment), Some(call)) => Ok((assessment, call)),
        _ => Err(AssessmentError::NotCalled),
    }
}

/// Tells a person of the call, once for each phase of review.
pub(crate) async fn tell_person(
    write: &mut Write,
    now: Timestamp,
    assessment: &Assessment,
    person: &PersonId,
    until: &str,
) -> Result<(), AssessmentError> {
    let (zh, en) = (assessment.title.zh.as_str(), assessment.title.text("en"));
    let values = [("title.zh", zh), ("title.en", en), ("until", until)];
    let mark = format!("{} {person} {until}", assessment.id);
    let notice = Notice {
        id: derived(assessment.made_at, "assessment.called", &mark),
        template: "assessment.called",
        values: &values,
        to: Recipient::Person(&person.0),
        link: &format!("/governance/assessments/{}/review", assessment.id),
    };
    Ok(notices::put(write, now, &notice).await?)
}

#[cfg(test)]
#[path = "reviewers_tests.rs"]
mod tests;
