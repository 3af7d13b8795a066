//! The way of an assessment from one state to the next.

use accounts::{Actor, Permission, record};
use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use crate::access::hidden;
use crate::error::fault;
use crate::open::scheme_of;
use crate::sql::{assessments, calls, objections, units};
use crate::take::{gather_data, keep};
use crate::told::{entry, kept, office_day, tell};
use crate::{Assessment, AssessmentError, AssessmentId, Item, Shown, State, What};

/// Days that a phase lasts at most.
const LONGEST_PHASE: i32 = 366;
/// Days for objections at least.
pub const LEAST_OBJECTION_DAYS: i32 = 3;

/// What the keeper does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Asks the units for their self-evaluation until the end of a day.
    AskUnits(Date),
    /// Asks the reviewers for their marks until the end of a day.
    AskReviewers(Date),
    /// Takes a snapshot and makes a first result.
    MakeResult,
    /// Goes back to the review; the snapshot stays.
    BackToReview,
    /// Tells the units; they may object until the end of a day.
    TellUnits(Date),
    /// The result stands, and the public sees so much of it.
    Publish(Shown),
    /// Puts it away.
    Archive,
    /// Gives the units or reviewers until another day.
    Extend(Date),
}

impl Step {
    /// Its code in forms and in the audit trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::AskUnits(_) => "ask-units",
            Self::AskReviewers(_) => "ask-reviewers",
            Self::MakeResult => "make-result",
            Self::BackToReview => "back-to-review",
            Self::TellUnits(_) => "tell-units",
            Self::Publish(_) => "publish",
            Self::Archive => "archive",
            Self::Extend(_) => "extend",
        }
    }

    /// The state that it leads to from another; none when it is not open there.
    pub fn leads(self, from: State) -> Option<State> {
        match (self, from) {
            (Self::AskUnits(_), State::Prepared) => Some(State::SelfEvaluation),
            (Self::AskReviewers(_), State::SelfEvaluation) | (Self::BackToReview, State::Provisional) => {
                Some(State::Review)
            }
            (Self::MakeResult, State::SelfEvaluation | State::Review) => Some(State::Provisional),
            (Self::TellUnits(_), State::Provisional) => Some(State::Objection),
            (Self::Publish(_), State::Objection) => Some(State::Published),
            (Self::Archive, State::Published) => Some(State::Archived),
            (Self::Extend(_), State::SelfEvaluation | State::Review | State::Objection) => Some(from),
            _ => None,
        }
    }

    fn until(self) -> Option<Date> {
        match self {
            Self::AskUnits(day) | Self::AskReviewers(day) | Self::TellUnits(day) | Self::Extend(day) => Some(day),
            _ => None,
        }
    }
}

/// Takes a step; `version` is what the keeper saw. Sent again after it was taken, nothing happens twice.
pub async fn step(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, version): (&AssessmentId, i64),
    step: Step,
) -> Result<Assessment, AssessmentError> {
    let before = assessments::hold(write, id).await?;
    let before = before.filter(|it| actor.may_at(Permission::KeepAssessments, &it.keeper));
    let before = before.ok_or_else(|| hidden(actor, What::Assessment, id))?;
    if before.version != version {
        return Err(AssessmentError::Stale { version: before.version });
    }
    let state = step.leads(before.state).ok_or(AssessmentError::State(before.state))?;
    let mut after = Assessment { state, version: version + 1, ..before.clone() };
    after.until = match step {
        Step::MakeResult | Step::BackToReview => None,
        Step::Publish(_) | Step::Archive => before.until,
        _ => Some(sound_day(now, step)?),
    };
    match step {
        Step::MakeResult => make_result(write, now, actor, &before, &mut after).await?,
        Step::Publish(shown) => publish(write, now, &before, &mut after, shown).await?,
        _ => {}
    }
    if !assessments::step(write, &after, version).await? {
        return Err(AssessmentError::Stale { version: before.version });
    }
    notify(write, now, &after, step).await?;
    let detail = json!({ "step": step.code(), "state": state, "until": after.until });
    record(write, now, actor, &entry("assessment.step", &after, &after.keeper, None, detail)).await?;
    Ok(after)
}

fn sound_day(now: Timestamp, step: Step) -> Result<Date, AssessmentError> {
    let today = office_day(now);
    let day = step.until().unwrap_or(today);
    let least = if matches!(step, Step::TellUnits(_)) { LEAST_OBJECTION_DAYS } else { 0 };
    let days = (day - today).get_days();
    if days < least || days > LONGEST_PHASE {
        let zh = format!("截止日期应在 {least} 天之后、一年之内");
        let en = format!("the last day is {least} days from today at least, a year at most");
        return Err(AssessmentError::Invalid(vec![fault("until", &zh, &en)]));
    }
    Ok(day)
}

async fn make_result(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    before: &Assessment,
    after: &mut Assessment,
) -> Result<(), AssessmentError> {
    let scheme = scheme_of(write, before).await?;
    let reviewed = scheme.items().any(|(_, item)| Item::is_reviewed(item));
    if before.state == State::SelfEvaluation && reviewed {
        let (zh, en) = ("方案有专家评审项，请先进入评审", "the scheme has items that reviewers score; ask them first");
        return Err(AssessmentError::unfinished(zh, en));
    }
    let snapshot = gather_data(write, before).await?;
    after.snapshots += 1;
    keep(write, now, actor, before, (after.snapshots, "result", &snapshot)).await?;
    Ok(())
}

async fn publish(
    write: &mut Write,
    now: Timestamp,
    before: &Assessment,
    after: &mut Assessment,
    shown: Shown,
) -> Result<(), AssessmentError> {
    let open = objections::of(write, &before.id).await?.iter().filter(|it| it.decision.is_none()).count();
    if open > 0 {
        let (zh, en) = (format!("还有 {open} 件异议未处理"), format!("{open} objections wait for a decision"));
        return Err(AssessmentError::unfinished(zh, en));
    }
    if let Some(until) = before.until.filter(|until| office_day(now) <= *until) {
        return Err(AssessmentError::TooEarly { until });
    }
    after.shown = shown;
    after.published_at = Some(kept(now));
    Ok(())
}

/// Tells those whose turn it is.
async fn notify(write: &mut Write, now: Timestamp, after: &Assessment, step: Step) -> Result<(), AssessmentError> {
    let until = after.until.map(|day| day.to_string()).unwrap_or_default();
    let mark = after.version.to_string();
    let (template, page) = match step {
        Step::AskUnits(_) => ("assessment.self-evaluation", "/self"),
        Step::TellUnits(_) => ("assessment.result", ""),
        Step::Publish(_) => ("assessment.published", ""),
        Step::AskReviewers(_) => return notify_reviewers(write, now, after, &until).await,
        _ => return Ok(()),
    };
    for unit in units::of(write, &after.id).await? {
        let link = format!("/governance/assessments/{}/units/{}{page}", after.id, unit.id);
        let values = [("until", until.as_str())];
        let values = if template == "assessment.published" { &values[..0] } else { &values[..] };
        tell(write, now, (template, &mark), &unit.id, (after, values), &link).await?;
    }
    Ok(())
}

async fn notify_reviewers(
    write: &mut Write,
    now: Timestamp,
    after: &Assessment,
    until: &str,
) -> Result<(), AssessmentError> {
    let mut people: Vec<_> = calls::of(write, &after.id).await?.into_iter().map(|call| call.person).collect();
    people.sort();
    people.dedup();
    for person in people {
        crate::reviewers::tell_person(write, now, after, &person, until).await?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
