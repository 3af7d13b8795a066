//! Reviews: an organisation above decides whether a rating counts.

use accounts::{Actor, Cover, Entry, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use network::{Fault, OrganisationId, derived};
use notices::{Notice, Recipient};
use serde_json::json;
use services::office_day;

use crate::sql::{appeals, ratings};
use crate::{Appeal, AppealId, Decision, RatingsError, What, follow_up};

/// A decision to be taken.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// On which appeal.
    pub appeal: &'a AppealId,
    /// The version that the reviewer has seen.
    pub version: i64,
    /// What is decided.
    pub decision: Decision,
    /// Why; the outlet reads it.
    pub reason: &'a str,
}

/// Decides an appeal, once and for all. A rating that is taken out stays on record, does not count, and its follow-up
/// ends. The outlet is told.
pub async fn decide(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    review: &Review<'_>,
) -> Result<Appeal, RatingsError> {
    let before = appeals::get(write, review.appeal).await?;
    let before = before.ok_or_else(|| RatingsError::not_found(What::Appeal, review.appeal))?;
    may_review(write, now, actor, &before.outlet).await?;
    let reason = review.reason.trim();
    if reason.is_empty() || reason.chars().count() > 2000 {
        let (zh, en) = ("请写明复核理由，最多 2000 个字符", "say why, in 2000 characters at most");
        return Err(RatingsError::Invalid(vec![Fault { field: "reason".into(), zh: zh.into(), en: en.into() }]));
    }
    let after = Appeal {
        version: review.version + 1,
        decision: Some(review.decision),
        decided_by: actor.id().cloned(),
        decided_at: Some(now),
        reason: Some(reason.to_owned()),
        ..before
    };
    if !appeals::decide(write, &after, review.version).await? {
        let now = appeals::get(write, review.appeal).await?;
        return Err(RatingsError::StaleVersion { version: now.map_or(0, |now| now.version) });
    }
    if let Some(result) = review.decision.result() {
        ratings::set_standing(write, &after.rating, review.decision.standing()).await?;
        follow_up::exclude(write, now, actor, &after.rating, (result, reason)).await?;
    }
    tell_outlet(write, now, &after, review.decision).await?;
    let entry = Entry {
        action: "appeal.decide",
        kind: "appeal",
        object: after.id.as_str(),
        organisation: Some(&after.outlet),
        reason: Some(reason),
        detail: json!({ "rating": after.rating, "decision": review.decision }),
    };
    record(write, now, actor, &entry).await?;
    Ok(after)
}

/// Whether the actor may review ratings of an outlet: by a role that holds above it, and not as one of its own staff.
async fn may_review(
    connection: &mut Connection,
    now: Timestamp,
    actor: &Actor,
    outlet: &OrganisationId,
) -> Result<(), RatingsError> {
    actor.require_at(Permission::ReviewRatings, outlet)?;
    if actor.is_system() {
        return Ok(());
    }
    let path = network::last_path(connection, outlet, office_day(now)).await?;
    let above: Vec<&OrganisationId> = path.iter().map(|node| &node.id).filter(|id| *id != outlet).collect();
    let from_above = actor.grants().iter().any(|grant| {
        let reviews = Permission::ReviewRatings.roles().contains(&grant.role);
        let higher = match &grant.cover {
            Cover::Everywhere => true,
            Cover::At(_) => above.iter().any(|id| grant.cover.holds(id)),
        };
        reviews && higher && grant.cover.holds(outlet)
    });
    let own_staff = actor.may_at(Permission::AnswerRatings, outlet);
    if from_above && !own_staff { Ok(()) } else { Err(RatingsError::OwnOutlet) }
}

async fn tell_outlet(
    write: &mut Write,
    now: Timestamp,
    appeal: &Appeal,
    decision: Decision,
) -> Result<(), RatingsError> {
    let rating = ratings::get(write, &appeal.rating).await?;
    let rating = rating.ok_or_else(|| RatingsError::not_found(What::Rating, &appeal.rating))?;
    let title = crate::rateable::title(write, rating.rating.item.as_deref(), rating.rating.day).await?;
    let (zh, en) = rating.matter(&title);
    let values = [
        ("matter.zh", zh.as_str()),
        ("matter.en", en.as_str()),
        ("decision.zh", decision.label("zh")),
        ("decision.en", decision.label("en")),
    ];
    let link = format!("/desk/appeals/{}", appeal.id);
    let id = derived(now, "appeal.decided", appeal.id.as_str());
    let to = Recipient::Organisation(&appeal.outlet);
    Ok(notices::put(write, now, &Notice { id, template: "appeal.decided", values: &values, to, link: &link }).await?)
}

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
