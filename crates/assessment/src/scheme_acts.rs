//! Writing, publishing and discarding versions of schemes.

use accounts::{Actor, Cover, Denied, Entry, Permission, record};
use database::Write;
use jiff::Timestamp;
use network::OrganisationId;
use serde_json::json;

use crate::sql::{schemes, some};
use crate::told::kept;
use crate::{AssessmentError, Scheme, SchemeState, SchemeVersion, What, faults};

/// Whether the actor may keep the schemes of an organisation; what belongs to the whole platform needs a role that holds
/// everywhere.
pub(crate) fn may_keep(actor: &Actor, keeper: Option<&OrganisationId>) -> bool {
    match (actor.cover(Permission::KeepAssessments), keeper) {
        (Some(Cover::Everywhere), _) => true,
        (Some(cover), Some(keeper)) => cover.holds(keeper),
        _ => false,
    }
}

fn require(actor: &Actor, keeper: Option<&OrganisationId>) -> Result<(), Denied> {
    if may_keep(actor, keeper) { Ok(()) } else { Err(actor.denied(Permission::KeepAssessments)) }
}

/// Writes a draft: of a new scheme, as the next version of one that is published, or over the draft that `seen` names by
/// its revision. The same words again change nothing. A scheme stays with its keeper.
pub async fn draft_scheme(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    keeper: Option<&OrganisationId>,
    (scheme, seen): (&Scheme, Option<i64>),
) -> Result<SchemeVersion, AssessmentError> {
    actor.require(Permission::KeepAssessments)?;
    let wrong: Vec<_> = faults(scheme).into_iter().filter(|fault| fault.field == "code").collect();
    if !wrong.is_empty() {
        return Err(AssessmentError::Invalid(wrong));
    }
    let last = schemes::versions(write, &scheme.code).await?.into_iter().next();
    let keeper = last.as_ref().map_or(keeper.cloned(), |last| last.keeper.clone());
    require(actor, keeper.as_ref())?;
    let by = some(actor.id());
    let (number, revision) = match &last {
        Some(last) if last.hash == scheme.hash() => return Ok(last.clone()),
        Some(last) if last.state == SchemeState::Draft => (last.number, last.revision + 1),
        Some(last) => (last.number + 1, 1),
        None => (1, 1),
    };
    let new = SchemeVersion {
        scheme: scheme.clone(),
        number,
        revision,
        state: SchemeState::Draft,
        keeper,
        hash: scheme.hash(),
        changed_at: kept(now),
        published_at: None,
    };
    let stored = if revision == 1 {
        schemes::insert(write, &new, by).await?
    } else {
        let seen = seen.unwrap_or_default();
        schemes::change(write, &SchemeVersion { revision: seen + 1, ..new.clone() }, seen, by).await?
    };
    if !stored {
        let now = schemes::get(write, &scheme.code, number).await?;
        return Err(AssessmentError::Stale { version: now.map_or(0, |now| now.revision) });
    }
    written(write, now, actor, "assessment.scheme-draft", &new).await?;
    schemes::get(write, &scheme.code, number)
        .await?
        .ok_or_else(|| AssessmentError::not_found(What::Scheme, &scheme.code))
}

/// Publishes a draft in which nothing is wrong; it never changes after.
pub async fn publish_scheme(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (code, number, revision): (&str, i64, i64),
) -> Result<SchemeVersion, AssessmentError> {
    let found = kept_version(write, actor, code, number).await?;
    if found.state == SchemeState::Published && found.revision == revision + 1 {
        return Ok(found);
    }
    let wrong = faults(&found.scheme);
    if !wrong.is_empty() {
        return Err(AssessmentError::Invalid(wrong));
    }
    let after = SchemeVersion {
        revision: revision + 1,
        state: SchemeState::Published,
        changed_at: kept(now),
        published_at: Some(kept(now)),
        ..found.clone()
    };
    if !schemes::change(write, &after, revision, some(actor.id())).await? {
        return Err(AssessmentError::Stale { version: found.revision });
    }
    written(write, now, actor, "assessment.scheme-publish", &after).await?;
    Ok(after)
}

/// Removes a draft.
pub async fn discard_scheme(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (code, number, revision): (&str, i64, i64),
) -> Result<(), AssessmentError> {
    let found = kept_version(write, actor, code, number).await?;
    if !schemes::remove(write, (code, number), revision).await? {
        return Err(AssessmentError::Stale { version: found.revision });
    }
    written(write, now, actor, "assessment.scheme-discard", &found).await
}

/// Takes a scheme that comes with the program into use under a keeper, published; one that is there stays as it is.
pub async fn adopt_scheme(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    keeper: Option<&OrganisationId>,
    code: &str,
) -> Result<SchemeVersion, AssessmentError> {
    require(actor, keeper)?;
    let missing = || AssessmentError::not_found(What::Scheme, code);
    let scheme = crate::ready_schemes()?.into_iter().find(|scheme| scheme.code == code).ok_or_else(missing)?;
    if let Some(there) = schemes::versions(write, code).await?.into_iter().next() {
        return Ok(there);
    }
    let new = SchemeVersion {
        hash: scheme.hash(),
        scheme,
        number: 1,
        revision: 1,
        state: SchemeState::Published,
        keeper: keeper.cloned(),
        changed_at: kept(now),
        published_at: Some(kept(now)),
    };
    if !schemes::insert(write, &new, some(actor.id())).await? {
        return schemes::get(write, code, 1).await?.ok_or_else(missing);
    }
    written(write, now, actor, "assessment.scheme-publish", &new).await?;
    Ok(new)
}

async fn kept_version(
    write: &mut Write,
    actor: &Actor,
    code: &str,
    number: i64,
) -> Result<SchemeVersion, AssessmentError> {
    actor.require(Permission::KeepAssessments)?;
    let found = schemes::get(write, code, number).await?;
    let found = found.ok_or_else(|| AssessmentError::not_found(What::Scheme, code))?;
    require(actor, found.keeper.as_ref())?;
    Ok(found)
}

async fn written(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    action: &str,
    version: &SchemeVersion,
) -> Result<(), AssessmentError> {
    let entry = Entry {
        action,
        kind: "assessment-scheme",
        object: &version.scheme.code,
        organisation: version.keeper.as_ref(),
        reason: None,
        detail: json!({ "version": version.number, "hash": version.hash }),
    };
    Ok(record(write, now, actor, &entry).await?)
}

#[cfg(test)]
#[path = "scheme_acts_tests.rs"]
mod tests;
