//! Reminders: self-evaluations and reviews that are due, objections that wait.

use std::collections::{BTreeMap, BTreeSet};

use accounts::PersonId;
use jiff::Timestamp;
use network::OrganisationId;
use notices::{Notice, Recipient};

use crate::open::scheme_of;
use crate::sql::{assessments, calls, objections, units};
use crate::told::{derived, office_day};
use crate::{Assessment, AssessmentError, Assessments, Item, State};

/// So many days before the last day whoever has not finished is reminded.
const BEFORE: [i32; 2] = [7, 1];
/// After so many days the keeper is reminded of an objection that waits.
const WAITING: [i32; 3] = [3, 7, 14];

/// Reminds units whose self-evaluation is not handed in and reviewers whose marks are missing, a week and a day before the
/// last day, and keepers of objections that wait, after 3, 7 and 14 days. When several rules were missed, the latest is
/// told alone; a last day that is moved begins anew. To be called every hour or so, by any number of processes: each
/// reminder has one id and is put once. Answers how many there were, those put before among them.
pub async fn remind(room: &Assessments, now: Timestamp) -> Result<usize, AssessmentError> {
    let mut read = room.database().read().await?;
    let all = assessments::all(&mut read).await?;
    read.close().await?;
    let mut count = 0;
    for assessment in all {
        let reminders = match assessment.state {
            State::SelfEvaluation => of_units(room, now, &assessment).await?,
            State::Review => of_reviewers(room, now, &assessment).await?,
            State::Objection => of_objections(room, now, &assessment).await?,
            _ => Vec::new(),
        };
        count += reminders.len();
        if reminders.is_empty() {
            continue;
        }
        let mut write = room.database().write().await?;
        for reminder in &reminders {
            reminder.put(&mut write, now, &assessment).await?;
        }
        write.commit().await?;
    }
    Ok(count)
}

/// Something to be told once.
struct Reminder {
    template: &'static str,
    to: To,
    /// Which rule, of what: the same for the same.
    mark: String,
    /// Places of the template besides the title.
    values: Vec<(&'static str, String)>,
    link: String,
}

enum To {
    Unit(OrganisationId),
    Person(PersonId),
}

impl Reminder {
    async fn put(
        &self,
        write: &mut database::Write,
        now: Timestamp,
        assessment: &Assessment,
    ) -> Result<(), AssessmentError> {
        let (to, whom) = match &self.to {
            To::Unit(unit) => (Recipient::Organisation(unit), unit.to_string()),
            To::Person(person) => (Recipient::Person(&person.0), person.to_string()),
        };
        let mut values = vec![("title.zh", assessment.title.zh.as_str()), ("title.en", assessment.title.text("en"))];
        values.extend(self.values.iter().map(|(place, value)| (*place, value.as_str())));
        let id = derived(assessment.made_at, self.template, &format!("{} {whom} {}", assessment.id, self.mark));
        let notice = Notice { id, template: self.template, values: &values, to, link: &self.link };
        Ok(notices::put(write, now, &notice).await?)
    }
}

/// The rule that holds on a day before the last one, with that day.
fn due(now: Timestamp, assessment: &Assessment) -> Option<(i32, String)> {
    let until = assessment.until?;
    let left = (until - office_day(now)).get_days();
    let rule = BEFORE.into_iter().filter(|days| (0..=*days).contains(&left)).min()?;
    Some((rule, until.to_string()))
}

async fn of_units(
    room: &Assessments,
    now: Timestamp,
    assessment: &Assessment,
) -> Result<Vec<Reminder>, AssessmentError> {
    let Some((rule, until)) = due(now, assessment) else { return Ok(Vec::new()) };
    let units = units::of(&mut *room.database().read().await?, &assessment.id).await?;
    let open = units.into_iter().filter(|unit| unit.submitted_at.is_none());
    let reminder = |unit: crate::Unit| Reminder {
        template: "assessment.self-due",
        link: format!("/governance/assessments/{}/units/{}/self", assessment.id, unit.id),
        to: To::Unit(unit.id),
        mark: format!("{until} {rule}"),
        values: vec![("until", until.clone())],
    };
    Ok(open.map(reminder).collect())
}

async fn of_reviewers(
    room: &Assessments,
    now: Timestamp,
    assessment: &Assessment,
) -> Result<Vec<Reminder>, AssessmentError> {
    let Some((rule, until)) = due(now, assessment) else { return Ok(Vec::new()) };
    let mut read = room.database().read().await?;
    let scheme = scheme_of(&mut read, assessment).await?;
    let reviewed: Vec<&str> =
        scheme.items().map(|(_, item)| item).filter(|item| Item::is_reviewed(item)).map(|item| &*item.code).collect();
    let calls = calls::of(&mut read, &assessment.id).await?;
    let marks = calls::marks(&mut read, &assessment.id).await?;
    let given: BTreeSet<_> = marks.iter().map(|mark| (&mark.person, &mark.unit, mark.item.as_str())).collect();
    let mut open: BTreeMap<&PersonId, usize> = BTreeMap::new();
    for call in &calls {
        let lacks = |item: &&str| call.is_for(item) && !given.contains(&(&call.person, &call.unit, *item));
        if reviewed.iter().any(lacks) {
            *open.entry(&call.person).or_default() += 1;
        }
    }
    let reminder = |(person, units): (&PersonId, usize)| Reminder {
        template: "assessment.review-due",
        link: format!("/governance/assessments/{}/review", assessment.id),
        to: To::Person(person.clone()),
        mark: format!("{until} {rule}"),
        values: vec![("until", until.clone()), ("count", units.to_string())],
    };
    Ok(open.into_iter().map(reminder).collect())
}

async fn of_objections(
    room: &Assessments,
    now: Timestamp,
    assessment: &Assessment,
) -> Result<Vec<Reminder>, AssessmentError> {
    let mut all = objections::of(&mut *room.database().read().await?, &assessment.id).await?;
    all.retain(|objection| objection.decision.is_none());
    // The one that waits longest comes first.
    let Some(oldest) = all.first() else { return Ok(Vec::new()) };
    let since = office_day(oldest.made_at);
    let waits = (office_day(now) - since).get_days();
    let Some(rule) = WAITING.into_iter().filter(|days| *days <= waits).max() else { return Ok(Vec::new()) };
    Ok(vec![Reminder {
        template: "assessment.objections-waiting",
        link: format!("/governance/assessments/{}/objections", assessment.id),
        to: To::Unit(assessment.keeper.clone()),
        mark: format!("{} {rule}", oldest.id),
        values: vec![("count", all.len().to_string()), ("since", since.to_string())],
    }])
}

#[cfg(test)]
#[path = "remind_tests.rs"]
mod tests;
