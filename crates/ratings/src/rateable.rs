//! The proof that someone may rate something.

use accounts::{Actor, Entry, Permission, PersonId, record};
use cases::{By, CaseId, CasesError, Matter, State};
use database::{Connection, Write};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::{OrganisationId, derived};
use serde_json::{Value, json};
use services::{ItemCode, Text, office_day};

use crate::sql::ratings::Stored;
use crate::sql::{ratings, visits};
use crate::{Channel, Poster, RatingId, RatingsError, Subject, VISIT_DAYS, Visit, VisitCode, VisitId, What};

/// Something that the one who holds this may rate, once. Made by [`for_case`], [`for_visit`] and [`for_poster`].
#[derive(Clone, Debug)]
pub struct Rateable {
    pub(crate) place: Place,
    pub(crate) reference: String,
    pub(crate) title: Text,
    pub(crate) outlet: OrganisationId,
    pub(crate) item: Option<ItemCode>,
    /// Who of the staff writes down what was told.
    pub(crate) told_to: Option<PersonId>,
}

/// What is rated.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// Something that is there.
    Subject(Subject),
    /// A visit that the rating makes, with the poster's code and its day.
    Poster(VisitCode, Date),
}

impl Rateable {
    /// Who is rated.
    pub fn outlet(&self) -> &OrganisationId {
        &self.outlet
    }

    /// What is rated, in words for a page: the service, or the visit.
    pub fn title(&self, lang: &str) -> &str {
        self.title.text(lang)
    }

    /// Number of the matter, or code of the visit.
    pub fn reference(&self) -> &str {
        &self.reference
    }
}

/// A case that its client may rate, by account or tracking code, once there is a result.
pub async fn for_case(connection: &mut Connection, by: By<'_>, id: &CaseId) -> Result<Rateable, RatingsError> {
    let matter = found(connection, by, id).await?;
    if !matter.is_client {
        return Err(RatingsError::not_found(What::Case, id));
    }
    of_case(matter, None)
}

/// A case whose client tells a rating to the staff of the outlet, who write it down in their own name.
pub async fn for_case_told(connection: &mut Connection, actor: &Actor, id: &CaseId) -> Result<Rateable, RatingsError> {
    let matter = found(connection, By::from(actor), id).await?;
    actor.require_at(Permission::AnswerRatings, &matter.case.outlet)?;
    let staff = actor.id().ok_or_else(|| actor.denied(Permission::AnswerRatings))?;
    of_case(matter, Some(staff.clone()))
}

async fn found(connection: &mut Connection, by: By<'_>, id: &CaseId) -> Result<Matter, RatingsError> {
    match cases::matter(connection, by, id).await {
        Err(CasesError::NotFound(_)) => Err(RatingsError::not_found(What::Case, id)),
        other => Ok(other?),
    }
}

fn of_case(matter: Matter, told_to: Option<PersonId>) -> Result<Rateable, RatingsError> {
    match matter.case.state {
        State::Delivered | State::FollowUp | State::Archived | State::Refused => Ok(about(matter.case, told_to)),
        _ => Err(RatingsError::NotYet),
    }
}

fn about(case: cases::Case, told_to: Option<PersonId>) -> Rateable {
    Rateable {
        place: Place::Subject(Subject::Case(case.id)),
        reference: case.reference.to_string(),
        title: case.item_title,
        outlet: case.outlet,
        item: Some(case.item),
        told_to,
    }
}

/// What a rating is of, for the one who gave it: the client of the case, or whoever rated a visit by name.
pub async fn for_own(connection: &mut Connection, by: By<'_>, id: &RatingId) -> Result<Rateable, RatingsError> {
    let nothing = || RatingsError::not_found(What::Rating, id);
    let rating = ratings::get(connection, id).await?.ok_or_else(nothing)?.rating;
    match rating.subject.clone() {
        Some(Subject::Case(case)) => match found(connection, by, &case).await {
            Ok(matter) if matter.is_client => Ok(about(matter.case, None)),
            Ok(_) | Err(RatingsError::NotFound { .. }) => Err(nothing()),
            Err(error) => Err(error),
        },
        Some(Subject::Visit(visit)) if rating.rater.is_some() && rating.rater.as_ref() == by.actor.id() => {
            Ok(Rateable {
                place: Place::Subject(Subject::Visit(visit)),
                title: title(connection, rating.item.as_deref(), rating.day).await?,
                reference: rating.reference.unwrap_or_default(),
                outlet: rating.outlet,
                item: rating.item.and_then(|item| item.parse().ok()),
                told_to: None,
            })
        }
        _ => Err(nothing()),
    }
}

/// What a ticket lets its holder rate, for [`VISIT_DAYS`] days.
pub async fn for_visit(
    connection: &mut Connection,
    now: Timestamp,
    code: &VisitCode,
) -> Result<Rateable, RatingsError> {
    let visit = visits::by_code(connection, code).await?;
    let visit = visit.ok_or_else(|| RatingsError::not_found(What::Visit, code))?;
    let until = visit.day.saturating_add(jiff::Span::new().days(VISIT_DAYS));
    if office_day(now) > until {
        return Err(RatingsError::TooLate { until });
    }
    let title = title(connection, visit.item.as_deref(), visit.day).await?;
    Ok(Rateable {
        place: Place::Subject(Subject::Visit(visit.id)),
        reference: code.to_string(),
        title,
        outlet: visit.outlet,
        item: visit.item.and_then(|item| item.parse().ok()),
        told_to: None,
    })
}

/// What a poster lets its reader rate: a visit of today.
pub async fn for_poster(
    connection: &mut Connection,
    now: Timestamp,
    code: &VisitCode,
) -> Result<Rateable, RatingsError> {
    let poster = visits::poster_by_code(connection, code).await?;
    let poster = poster.ok_or_else(|| RatingsError::not_found(What::Poster, code))?;
    Ok(Rateable {
        place: Place::Poster(code.clone(), office_day(now)),
        reference: String::new(),
        title: visit_title(),
        outlet: poster.outlet,
        item: None,
        told_to: None,
    })
}

/// Makes a ticket for a visit: by the staff, or by a device of the outlet in their name. Ten random bytes make the code.
pub async fn make_visit(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    outlet: &OrganisationId,
    (channel, item): (Channel, Option<&ItemCode>),
    random: [u8; 10],
) -> Result<Visit, RatingsError> {
    actor.require_at(Permission::AnswerRatings, outlet)?;
    let code = VisitCode::make(random);
    let visit = Visit {
        id: VisitId(derived(now, "visit", code.bare())),
        code,
        outlet: outlet.clone(),
        day: office_day(now),
        item: item.map(ToString::to_string),
        channel,
    };
    visits::insert(write, &visit, actor.id(), false).await?;
    record(write, now, actor, &entry("visit.make", "visit", visit.id.as_str(), outlet, Value::Null)).await?;
    Ok(visit)
}

/// Gives an outlet a poster, or a new code that ends the one before; `version` is what the author saw, 0 for none.
pub async fn make_poster(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (outlet, version): (&OrganisationId, i64),
    random: [u8; 10],
) -> Result<Poster, RatingsError> {
    actor.require_at(Permission::AnswerRatings, outlet)?;
    let code = VisitCode::make(random);
    let poster = Poster { outlet: outlet.clone(), version: version + 1, code, made_at: now };
    set_poster(write, now, actor, &poster, poster.code.bare()).await?;
    Ok(poster)
}

/// Ends the poster of an outlet: its code opens nothing any more.
pub async fn end_poster(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (outlet, version): (&OrganisationId, i64),
) -> Result<(), RatingsError> {
    actor.require_at(Permission::AnswerRatings, outlet)?;
    let code = VisitCode::make([0; 10]);
    let poster = Poster { outlet: outlet.clone(), version: version + 1, code, made_at: now };
    set_poster(write, now, actor, &poster, "").await
}

async fn set_poster(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    poster: &Poster,
    code: &str,
) -> Result<(), RatingsError> {
    if !visits::set_poster(write, poster, code).await? {
        let version = visits::poster_version(write, &poster.outlet).await?;
        return Err(RatingsError::StaleVersion { version });
    }
    let detail = json!({ "version": poster.version, "ended": code.is_empty() });
    record(write, now, actor, &entry("poster.set", "poster", poster.outlet.as_str(), &poster.outlet, detail)).await?;
    Ok(())
}

/// An audit entry without reason.
pub(crate) fn entry<'a>(
    action: &'a str,
    kind: &'a str,
    object: &'a str,
    organisation: &'a OrganisationId,
    detail: Value,
) -> Entry<'a> {
    Entry { action, kind, object, organisation: Some(organisation), reason: None, detail }
}

/// The name of an item on a day; of a visit without one, that it is a visit.
pub(crate) async fn title(connection: &mut Connection, item: Option<&str>, day: Date) -> Result<Text, RatingsError> {
    let code: Option<ItemCode> = item.and_then(|item| item.parse().ok());
    let Some(code) = code else { return Ok(visit_title()) };
    let version = services::version_on(connection, &code, day).await?;
    Ok(version.map_or_else(|| Text::new(code.to_string(), code.to_string()), |version| version.item.title))
}

fn visit_title() -> Text {
    Text::new("现场服务", "Service on site")
}

/// Who is told of an answer: the client of the case, who is not named to anyone by that; else whoever rated by name.
pub(crate) async fn client_of(connection: &mut Connection, rating: &Stored) -> Result<Option<PersonId>, RatingsError> {
    let Some(Subject::Case(id)) = &rating.rating.subject else { return Ok(rating.rating.rater.clone()) };
    match cases::matter(connection, By::from(&Actor::system("ratings")), id).await {
        Ok(matter) => Ok(matter.case.client),
        Err(CasesError::NotFound(_)) => Ok(rating.rating.rater.clone()),
        Err(error) => Err(error.into()),
    }
}

/// The first moment of a day of the offices.
pub(crate) fn beginning(day: Date) -> Timestamp {
    services::end_of_day(day) - SignedDuration::from_hours(24)
}

#[cfg(test)]
#[path = "rateable_tests.rs"]
mod tests;
