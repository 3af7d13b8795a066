//! Appeals of outlets against ratings.

use accounts::{Actor, Entry, Permission, PersonId, record};
use database::Write;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::{Fault, OrganisationId, derived};
use notices::{Notice, Recipient};
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::office_day;
use utoipa::ToSchema;

use crate::rating::key_faults;
use crate::sql::{appeals, ratings};
use crate::{Decision, Ground, RatingId, RatingsError, What};

/// Days after a rating in which its outlet may appeal.
pub const APPEAL_DAYS: i64 = 30;
/// Pieces of evidence at most.
pub const MOST_EVIDENCE: usize = 10;
/// Characters of the words of an appeal at most.
const MOST_WORDS: usize = 2000;

network::named! {
    /// The name of an appeal.
    AppealId
}

/// An appeal against a rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Appeal {
    /// Its name.
    pub id: AppealId,
    /// Counts the changes.
    pub version: i64,
    /// Against which rating.
    pub rating: RatingId,
    /// Who was rated and appeals.
    pub outlet: OrganisationId,
    /// On which ground.
    pub ground: Ground,
    /// Why, in words.
    pub words: String,
    /// Paths of pages and documents of this site that show it.
    pub evidence: Vec<String>,
    /// Who wrote it.
    pub made_by: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// What was decided; none while it waits.
    pub decision: Option<Decision>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// Why it was decided so.
    pub reason: Option<String>,
}

/// An appeal to be made.
#[derive(Clone, Debug)]
pub struct NewAppeal<'a> {
    /// Made by the client: the same key again answers the first appeal again.
    pub key: &'a str,
    /// Against which rating.
    pub rating: &'a RatingId,
    /// On which ground.
    pub ground: Ground,
    /// Why, in words.
    pub words: &'a str,
    /// Paths of pages and documents of this site, [`MOST_EVIDENCE`] at most.
    pub evidence: &'a [String],
}

/// Appeals, once for a rating and within [`APPEAL_DAYS`]. Whoever may answer ratings at the outlet may. The organisation
/// above is told.
pub async fn appeal(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewAppeal<'_>,
) -> Result<Appeal, RatingsError> {
    let rating = ratings::get(write, new.rating).await?;
    let rating = rating.filter(|found| actor.may_at(Permission::AnswerRatings, &found.rating.outlet));
    let rating = rating.ok_or_else(|| RatingsError::not_found(What::Rating, new.rating))?;
    let faults = faults(new);
    if !faults.is_empty() {
        return Err(RatingsError::Invalid(faults));
    }
    let until = last_day(rating.rating.day);
    if office_day(now) > until {
        return Err(RatingsError::TooLate { until });
    }
    let appeal = Appeal {
        id: AppealId(derived(now, "appeal", new.key)),
        version: 1,
        rating: new.rating.clone(),
        outlet: rating.rating.outlet.clone(),
        ground: new.ground,
        words: new.words.trim().to_owned(),
        evidence: new.evidence.to_vec(),
        made_by: actor.id().cloned(),
        made_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
        decision: None,
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    if !appeals::insert(write, &appeal, new.key).await? {
        let same = appeals::by_key(write, new.key).await?.filter(|found| found.rating == *new.rating);
        return same.ok_or(RatingsError::AlreadyAppealed);
    }
    tell_above(write, now, &rating, &appeal).await?;
    let entry = Entry {
        action: "appeal.make",
        kind: "appeal",
        object: appeal.id.as_str(),
        organisation: Some(&appeal.outlet),
        reason: None,
        detail: json!({ "rating": appeal.rating, "ground": appeal.ground }),
    };
    record(write, now, actor, &entry).await?;
    Ok(appeal)
}

/// The last day on which a rating may be appealed against.
pub(crate) fn last_day(rated: Date) -> Date {
    rated.saturating_add(SignedDuration::from_hours(24 * APPEAL_DAYS))
}

fn faults(new: &NewAppeal<'_>) -> Vec<Fault> {
    let fault =
        |field: &str, zh: &str, en: &str| Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() };
    let mut faults: Vec<Fault> = key_faults(new.key).into_iter().collect();
    let words = new.words.trim().chars().count();
    if words == 0 || words > MOST_WORDS {
        faults.push(fault("words", "请说明申诉理由，最多 2000 个字符", "say why, in 2000 characters at most"));
    }
    let path = |path: &String| path.starts_with('/') && !path.starts_with("//") && path.len() <= 300;
    if new.evidence.len() > MOST_EVIDENCE || !new.evidence.iter().all(path) {
        let (zh, en) = ("最多 10 项，均为本站页面路径", "ten at most, each a path of a page of this site");
        faults.push(fault("evidence", zh, en));
    }
    faults
}

/// Tells the organisation above the outlet; without one, no one waits and lists show it.
async fn tell_above(
    write: &mut Write,
    now: Timestamp,
    rating: &ratings::Stored,
    appeal: &Appeal,
) -> Result<(), RatingsError> {
    let path = network::last_path(write, &appeal.outlet, office_day(now)).await?;
    let Some([above, outlet]) = path.last_chunk::<2>() else { return Ok(()) };
    let title = crate::rateable::title(write, rating.rating.item.as_deref(), rating.rating.day).await?;
    let (zh, en) = rating.matter(&title);
    let values = [("matter.zh", zh.as_str()), ("matter.en", en.as_str()), ("outlet", outlet.name_zh.as_str())];
    let link = format!("/desk/appeals/{}", appeal.id);
    let id = derived(now, "appeal.made", appeal.id.as_str());
    let to = Recipient::Organisation(&above.id);
    Ok(notices::put(write, now, &Notice { id, template: "appeal.made", values: &values, to, link: &link }).await?)
}
