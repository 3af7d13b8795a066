//! The follow-up of a bad rating: verify, mend, answer, call back.

use accounts::{Actor, Entry, Permission, PersonId, record};
use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, OrganisationId, derived};
use notices::{Notice, Recipient};
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::office_day;
use utoipa::ToSchema;

use crate::rateable::{beginning, client_of};
use crate::sql::{follow_ups, ratings};
use crate::{Action, CONTACT_DAYS, Ending, MEND_DAYS, RatingId, RatingsError, State, Step, What, step};

/// Characters of what is said in a step at most.
const MOST_WORDS: usize = 2000;

network::named! {
    /// The name of a follow-up.
    FollowUpId
}

/// The follow-up of a bad rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FollowUp {
    /// Its name.
    pub id: FollowUpId,
    /// Counts the changes; every step names it.
    pub version: i64,
    /// Of which rating.
    pub rating: RatingId,
    /// Who was rated and works it.
    pub outlet: OrganisationId,
    /// Where it stands.
    pub state: State,
    /// The day of the rating.
    #[schema(value_type = String, format = Date)]
    pub opened_on: Date,
    /// The day by whose end the complaint is verified.
    #[schema(value_type = String, format = Date)]
    pub contact_due: Date,
    /// The day by whose end it is mended and answered.
    #[schema(value_type = String, format = Date)]
    pub due: Date,
    /// Who works it.
    pub assignee: Option<PersonId>,
    /// When it was verified.
    #[schema(value_type = Option<String>, format = Date)]
    pub contacted_on: Option<Date>,
    /// When it was first answered.
    #[schema(value_type = Option<String>, format = Date)]
    pub answered_on: Option<Date>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = Date)]
    pub closed_on: Option<Date>,
    /// Whether something was to be mended.
    pub mended: bool,
    /// What the rater was told; shown with the rating.
    pub answer: Option<String>,
    /// What came of it.
    pub result: Option<Ending>,
}

/// What happened in a follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Counts from 1.
    pub number: i64,
    /// When; of what an anonymous rater did, the beginning of the day.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who did it; none for the rater and the program.
    pub by: Option<PersonId>,
    /// What was done.
    pub action: Action,
    /// Where it stood before; none at the opening.
    pub from: Option<State>,
    /// Where it stands after.
    pub to: State,
    /// To whom it was given.
    pub assignee: Option<PersonId>,
    /// What was said.
    pub words: String,
}

/// A step to be taken.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// In which follow-up.
    pub id: &'a FollowUpId,
    /// The version that whoever acts has seen.
    pub version: i64,
    /// What is done.
    pub action: Action,
    /// What was found, done or told.
    pub words: &'a str,
    /// Who is to work it, with [`Action::Assign`].
    pub assignee: Option<&'a PersonId>,
}

impl FollowUp {
    /// Whether a deadline has passed without what was due by it.
    pub fn is_late(&self, today: Date) -> bool {
        match self.state {
            State::Verify => today > self.contact_due || today > self.due,
            State::Mend | State::Answer => today > self.due,
            State::CallBack | State::Closed => false,
        }
    }

    /// What is due next, and by when.
    pub fn next_due(&self) -> Option<Date> {
        match self.state {
            State::Verify => Some(self.contact_due),
            State::Mend | State::Answer => Some(self.due),
            State::CallBack | State::Closed => None,
        }
    }

    /// Whether each of the deadlines was kept; none while it is open and not passed.
    pub fn was_in_time(&self) -> Option<bool> {
        let contacted = self.contacted_on.is_some_and(|on| on <= self.contact_due);
        self.answered_on.map(|on| contacted && on <= self.due)
    }

    /// The state after a step; nothing is asked any more.
    fn after(&self, step: &Step, act: &Act<'_>, today: Date) -> Self {
        let to = step.to.unwrap_or(self.state);
        let mut after = Self { version: self.version + 1, state: to, ..self.clone() };
        match step.action {
            Action::Assign => after.assignee = act.assignee.cloned(),
            Action::Confirm => {
                after.mended = true;
                after.contacted_on = Some(today);
            }
            Action::Explain => after.contacted_on = Some(today),
            Action::NotContent => after.mended = true,
            Action::Answer => {
                after.answer = Some(act.words.trim().to_owned());
                after.answered_on = self.answered_on.or(Some(today));
            }
            _ => (),
        }
        if to == State::Closed {
            after.closed_on = Some(today);
            after.result = Some(if self.mended { Ending::Mended } else { Ending::Explained });
        }
        after
    }
}

/// Opens the follow-up of a bad rating, with its first event.
pub(crate) async fn open(
    write: &mut Write,
    now: Timestamp,
    rating: &ratings::Stored,
    title: &services::Text,
) -> Result<(), RatingsError> {
    let calendar = services::calendar(write).await?;
    let today = office_day(now);
    let follow_up = FollowUp {
        id: FollowUpId(derived(rating.id_moment(), "follow-up", rating.rating.id.as_str())),
        version: 1,
        rating: rating.rating.id.clone(),
        outlet: rating.rating.outlet.clone(),
        state: State::Verify,
        opened_on: today,
        contact_due: calendar.add_working_days(today, CONTACT_DAYS),
        due: calendar.add_working_days(today, MEND_DAYS),
        assignee: None,
        contacted_on: None,
        answered_on: None,
        closed_on: None,
        mended: false,
        answer: None,
        result: None,
    };
    if !follow_ups::insert(write, &follow_up).await? {
        return Ok(());
    }
    let at = if rating.rating.anonymous { rating.id_moment() } else { now };
    let event = Event {
        number: 1,
        at,
        by: None,
        action: Action::Open,
        from: None,
        to: State::Verify,
        assignee: None,
        words: String::new(),
    };
    follow_ups::append(write, &follow_up.id, &event).await?;
    let level = rating.rating.opinion.level;
    let (contact_due, due) = (follow_up.contact_due.to_string(), follow_up.due.to_string());
    let (zh, en) = rating.matter(title);
    let values = [
        ("matter.zh", zh.as_str()),
        ("matter.en", en.as_str()),
        ("level.zh", level.label("zh")),
        ("level.en", level.label("en")),
        ("contact_due", &contact_due),
        ("due", &due),
    ];
    tell(write, at, "rating.bad", &values, Recipient::Organisation(&follow_up.outlet), &follow_up).await
}

/// Takes a step. Whoever may answer ratings at the outlet may.
pub async fn act(write: &mut Write, now: Timestamp, actor: &Actor, act: &Act<'_>) -> Result<FollowUp, RatingsError> {
    let before = follow_ups::get(write, act.id).await?;
    let before = before.filter(|found| actor.may_at(Permission::AnswerRatings, &found.outlet));
    let before = before.ok_or_else(|| RatingsError::not_found(What::FollowUp, act.id))?;
    if before.version != act.version {
        return Err(RatingsError::Stale { now: Box::new(before) });
    }
    let wrong = RatingsError::Step { action: act.action, state: before.state };
    let step = step(act.action, before.state).ok_or(wrong)?;
    let faults = faults(step, act);
    if !faults.is_empty() {
        return Err(RatingsError::Invalid(faults));
    }
    let after = before.after(step, act, office_day(now));
    if !follow_ups::update(write, &after, before.version).await? {
        return Err(stale(write, act.id).await?);
    }
    let event = Event {
        number: after.version,
        at: now,
        by: actor.id().cloned(),
        action: act.action,
        from: Some(before.state),
        to: after.state,
        assignee: act.assignee.filter(|_| act.action == Action::Assign).cloned(),
        words: act.words.trim().to_owned(),
    };
    follow_ups::append(write, &after.id, &event).await?;
    tell_of(write, now, &event, &after).await?;
    let entry = Entry {
        action: &format!("follow-up.{}", act.action),
        kind: "follow-up",
        object: after.id.as_str(),
        organisation: Some(&after.outlet),
        reason: None,
        detail: json!({ "from": before.state, "to": after.state }),
    };
    record(write, now, actor, &entry).await?;
    Ok(after)
}

/// Notes in an open follow-up that the rating was corrected.
pub(crate) async fn corrected(
    write: &mut Write,
    now: Timestamp,
    rating: &ratings::Stored,
) -> Result<bool, RatingsError> {
    let Some(found) = follow_ups::of_rating(write, &rating.rating.id).await? else { return Ok(false) };
    let after = FollowUp { version: found.version + 1, ..found.clone() };
    if !follow_ups::update(write, &after, found.version).await? {
        return Err(stale(write, &found.id).await?);
    }
    let level = rating.rating.opinion.level;
    let event = Event {
        number: after.version,
        at: if rating.rating.anonymous { beginning(office_day(now)) } else { now },
        by: None,
        action: Action::Corrected,
        from: Some(found.state),
        to: found.state,
        assignee: None,
        words: level.code().to_owned(),
    };
    follow_ups::append(write, &after.id, &event).await?;
    Ok(true)
}

/// Ends the follow-up of a rating that a review took out.
pub(crate) async fn exclude(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    rating: &RatingId,
    (result, reason): (Ending, &str),
) -> Result<(), RatingsError> {
    let Some(found) = follow_ups::of_rating(write, rating).await? else { return Ok(()) };
    let (closed_on, version) = (found.closed_on.or(Some(office_day(now))), found.version + 1);
    let after = FollowUp { version, state: State::Closed, closed_on, result: Some(result), ..found.clone() };
    if !follow_ups::update(write, &after, found.version).await? {
        return Err(stale(write, &found.id).await?);
    }
    let event = Event {
        number: version,
        at: now,
        by: actor.id().cloned(),
        action: Action::Exclude,
        from: Some(found.state),
        to: State::Closed,
        assignee: None,
        words: reason.to_owned(),
    };
    follow_ups::append(write, &after.id, &event).await
}

fn faults(step: &Step, act: &Act<'_>) -> Vec<Fault> {
    let fault =
        |field: &str, zh: &str, en: &str| Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() };
    let mut faults = Vec::new();
    if step.words && act.words.trim().is_empty() {
        faults.push(fault("words", "请写明情况", "say what was found, done or told"));
    }
    if act.words.chars().count() > MOST_WORDS {
        faults.push(fault("words", "最多 2000 个字符", "2000 characters at most"));
    }
    if step.action == Action::Assign && act.assignee.is_none() {
        faults.push(fault("assignee", "请选择处理人", "say who is to work it"));
    }
    faults
}

/// Tells whoever a step concerns: the one to whom it is given, the rater who is answered.
async fn tell_of(write: &mut Write, now: Timestamp, event: &Event, after: &FollowUp) -> Result<(), RatingsError> {
    let rating = ratings::get(write, &after.rating).await?;
    let rating = rating.ok_or_else(|| RatingsError::not_found(What::Rating, &after.rating))?;
    let title = crate::rateable::title(write, rating.rating.item.as_deref(), rating.rating.day).await?;
    let (zh, en) = rating.matter(&title);
    let matter = [("matter.zh", zh.as_str()), ("matter.en", en.as_str())];
    match (event.action, &event.assignee) {
        (Action::Assign, Some(assignee)) => {
            let due = after.next_due().unwrap_or(after.due).to_string();
            let values = [matter[0], matter[1], ("due", &due)];
            tell(write, now, "follow-up.assigned", &values, Recipient::Person(&assignee.0), after).await
        }
        (Action::Answer, _) => {
            let Some(client) = client_of(write, &rating).await? else { return Ok(()) };
            let outlet = network::organisation(write, &after.outlet, office_day(now)).await?;
            let outlet = outlet.map_or_else(String::new, |outlet| outlet.profile.name_zh);
            // The rater knows which matter it is; the place may be named.
            let values = [matter[0], matter[1], ("outlet", outlet.as_str())];
            let id = derived(now, "rating.answered", &format!("{}/{}", after.id, after.version));
            let link = format!("/ratings/{}", after.rating);
            let to = Recipient::Person(&client.0);
            let notice = Notice { id, template: "rating.answered", values: &values, to, link: &link };
            Ok(notices::put(write, now, &notice).await?)
        }
        _ => Ok(()),
    }
}

/// Puts a notice about a follow-up, once for each of its versions.
pub(crate) async fn tell(
    write: &mut Write,
    at: Timestamp,
    template: &str,
    values: &[(&str, &str)],
    to: Recipient<'_>,
    about: &FollowUp,
) -> Result<(), RatingsError> {
    let id = derived(at, template, &format!("{}/{}", about.id, about.version));
    let link = format!("/desk/follow-ups/{}", about.id);
    Ok(notices::put(write, at, &Notice { id, template, values, to, link: &link }).await?)
}

async fn stale(connection: &mut Connection, id: &FollowUpId) -> Result<RatingsError, RatingsError> {
    let now = follow_ups::get(connection, id).await?;
    Ok(now
        .map_or_else(|| RatingsError::not_found(What::FollowUp, id), |now| RatingsError::Stale { now: Box::new(now) }))
}

#[cfg(test)]
#[path = "follow_up_tests.rs"]
mod tests;
