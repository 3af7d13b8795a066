//! Rating, and correcting a rating.

use accounts::{Actor, Permission, record};
use database::{Connection, Write};
use jiff::{SignedDuration, Timestamp};
use network::{Fault, Id, derived};
use serde_json::json;
use services::office_day;

use crate::rateable::{Place, Rateable, beginning, entry};
use crate::rating::key_faults;
use crate::sql::{follow_ups, ratings, visits};
use crate::{
    CORRECTION_DAYS, Channel, MOST_BY_POSTER, NewRating, Opinion, OwnRating, Progress, Rating, RatingId, RatingsError,
    Standing, Subject, Visit, VisitCode, VisitId, What, follow_up,
};

/// Rates, once. The same key again answers the first rating again; another key for the same thing is refused with the
/// first rating. A bad rating opens its follow-up.
pub async fn rate(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    what: &Rateable,
    new: &NewRating<'_>,
) -> Result<OwnRating, RatingsError> {
    actor.require(Permission::Rate)?;
    let opinion = checked(&new.opinion, Some((what, new)))?;
    let subject = match &what.place {
        Place::Subject(subject) => subject.clone(),
        Place::Poster(..) => match by_poster(write, actor, what, new).await? {
            Ok(subject) => subject,
            Err(first) => return Ok(first),
        },
    };
    let stored = stored(write, now, actor, (what, subject), (new, opinion)).await?;
    if !ratings::insert(write, &stored, new.key).await? {
        return again(write, &stored, new.key).await;
    }
    if stored.rating.opinion.level.is_bad() {
        follow_up::open(write, now, &stored, &what.title).await?;
    }
    let told = stored.rating.entered_by.is_some();
    let nobody = Actor::visitor();
    let by = if new.anonymous && !told { &nobody } else { actor };
    let (rating, level) = (&stored.rating, stored.rating.opinion.level);
    let detail = json!({ "level": level, "channel": rating.channel, "anonymous": rating.anonymous });
    record(write, now, by, &entry("rating.give", "rating", rating.id.as_str(), &rating.outlet, detail)).await?;
    own(write, &stored).await
}

/// Corrects a rating within [`CORRECTION_DAYS`]; `version` is what the rater saw. What it said before is kept.
pub async fn correct(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (what, version): (&Rateable, i64),
    opinion: &Opinion,
) -> Result<OwnRating, RatingsError> {
    actor.require(Permission::Rate)?;
    let opinion = checked(opinion, None)?;
    let Place::Subject(subject) = &what.place else { return Err(missing(what)) };
    let before = ratings::of_subject(write, subject).await?.ok_or_else(|| missing(what))?;
    if before.rating.standing != Standing::Counted {
        return Err(RatingsError::Excluded);
    }
    let until = correct_until(before.at);
    if now > until {
        return Err(RatingsError::TooLate { until: office_day(until) });
    }
    // Sent again after it was taken, it is nothing new.
    if before.rating.opinion == opinion && version <= before.rating.version {
        return own(write, &before).await;
    }
    let mut after = before.clone();
    after.rating.version = version + 1;
    after.rating.corrections += 1;
    after.rating.opinion = opinion;
    if !ratings::correct(write, &after, version).await? {
        let now = ratings::of_subject(write, subject).await?.ok_or_else(|| missing(what))?;
        return Err(RatingsError::StaleRating { now: Box::new(own(write, &now).await?) });
    }
    ratings::keep(write, now, &before).await?;
    let followed = follow_up::corrected(write, now, &after).await?;
    if !followed && after.rating.opinion.level.is_bad() {
        follow_up::open(write, now, &after, &what.title).await?;
    }
    let nobody = Actor::visitor();
    let by = if after.rating.anonymous && what.told_to.is_none() { &nobody } else { actor };
    let detail = json!({ "from": before.rating.opinion.level, "to": after.rating.opinion.level });
    let rating = &after.rating;
    record(write, now, by, &entry("rating.correct", "rating", rating.id.as_str(), &rating.outlet, detail)).await?;
    own(write, &after).await
}

/// The rating that there is of something, for the one who may rate it.
pub(crate) async fn own_of(connection: &mut Connection, what: &Rateable) -> Result<Option<OwnRating>, RatingsError> {
    let Place::Subject(subject) = &what.place else { return Ok(None) };
    match ratings::of_subject(connection, subject).await? {
        Some(stored) => own(connection, &stored).await.map(Some),
        None => Ok(None),
    }
}

fn missing(what: &Rateable) -> RatingsError {
    RatingsError::not_found(What::Rating, &what.reference)
}

fn checked(opinion: &Opinion, new: Option<(&Rateable, &NewRating<'_>)>) -> Result<Opinion, RatingsError> {
    let opinion = opinion.tidy();
    let mut faults = opinion.faults();
    if let Some((what, new)) = new {
        faults.extend(key_faults(new.key));
        if new.channel.is_told() != what.told_to.is_some() {
            let (zh, en) = (
                "该渠道与评价方式不符",
                "what is told to staff, and nothing else, came by telephone or at the counter",
            );
            faults.push(Fault { field: "channel".into(), zh: zh.into(), en: en.into() });
        }
    }
    if faults.is_empty() { Ok(opinion) } else { Err(RatingsError::Invalid(faults)) }
}

/// The last moment at which a rating may be corrected.
fn correct_until(at: Timestamp) -> Timestamp {
    at + SignedDuration::from_hours(24 * CORRECTION_DAYS)
}

/// A visit for a rating by poster, or the rating that this key gave before.
async fn by_poster(
    write: &mut Write,
    actor: &Actor,
    what: &Rateable,
    new: &NewRating<'_>,
) -> Result<Result<Subject, OwnRating>, RatingsError> {
    let Place::Poster(poster, day) = &what.place else { return Err(missing(what)) };
    // Whoever rates by this poster waits here, so that the count holds and the poster is still there.
    if !visits::hold_poster(write, poster).await? {
        return Err(RatingsError::not_found(What::Poster, poster));
    }
    if let Some(first) = ratings::by_key(write, new.key).await? {
        let here = first.rating.outlet == what.outlet && matches!(first.rating.subject, Some(Subject::Visit(_)));
        return if here { Ok(Err(own(write, &first).await?)) } else { Err(RatingsError::KeyTaken) };
    }
    if visits::by_poster_on(write, &what.outlet, *day).await? >= MOST_BY_POSTER {
        return Err(RatingsError::TooMany(MOST_BY_POSTER));
    }
    let visit = Visit {
        id: VisitId(derived(beginning(*day), "visit", new.key)),
        code: VisitCode::of_key(new.key),
        outlet: what.outlet.clone(),
        day: *day,
        item: None,
        channel: Channel::Qr,
    };
    let by = actor.id().filter(|_| !new.anonymous);
    visits::insert(write, &visit, by, true).await?;
    Ok(Ok(Subject::Visit(visit.id)))
}

/// The row of a new rating.
async fn stored(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (what, subject): (&Rateable, Subject),
    (new, opinion): (&NewRating<'_>, Opinion),
) -> Result<ratings::Stored, RatingsError> {
    let day = office_day(now);
    let outlet = network::organisation(write, &what.outlet, day).await?;
    let missing = || network::NetworkError::NotFound { id: what.outlet.clone(), as_of: day };
    let region = outlet.ok_or_else(missing)?.profile.region;
    let told = what.told_to.is_some();
    let rating = Rating {
        id: RatingId(Id::make(beginning(day), new.random)),
        version: 1,
        subject: Some(subject),
        reference: Some(what.reference.clone()),
        outlet: what.outlet.clone(),
        item: what.item.as_ref().map(ToString::to_string),
        region,
        channel: new.channel,
        opinion,
        anonymous: new.anonymous,
        rater: actor.id().filter(|_| !new.anonymous && !told).cloned(),
        entered_by: what.told_to.clone(),
        day,
        at: Some(now),
        corrections: 0,
        standing: Standing::Counted,
    };
    Ok(ratings::Stored { rating, at: now })
}

/// What to answer when there was a rating before.
async fn again(write: &mut Write, new: &ratings::Stored, key: &str) -> Result<OwnRating, RatingsError> {
    let subject = new.rating.subject.as_ref();
    let first = match subject {
        Some(subject) => ratings::of_subject(write, subject).await?,
        None => None,
    };
    let Some(first) = first else { return Err(RatingsError::KeyTaken) };
    let same = ratings::by_key(write, key).await?.is_some_and(|found| found.rating.id == first.rating.id);
    let first = own(write, &first).await?;
    if same { Ok(first) } else { Err(RatingsError::AlreadyRated { first: Box::new(first) }) }
}

/// A rating as its rater sees it.
async fn own(connection: &mut Connection, stored: &ratings::Stored) -> Result<OwnRating, RatingsError> {
    let rating = &stored.rating;
    let follow_up = follow_ups::of_rating(connection, &rating.id).await?;
    let progress = follow_up.as_ref().map(|follow_up| Progress {
        state: follow_up.state,
        contact_due: follow_up.contact_due,
        due: follow_up.due,
        closed_on: follow_up.closed_on,
    });
    Ok(OwnRating {
        id: rating.id.clone(),
        version: rating.version,
        opinion: rating.opinion.clone(),
        anonymous: rating.anonymous,
        at: stored.at,
        correct_until: correct_until(stored.at),
        answer: follow_up.and_then(|follow_up| follow_up.answer),
        progress,
        standing: rating.standing,
    })
}

#[cfg(test)]
#[path = "rate_tests.rs"]
mod tests;
