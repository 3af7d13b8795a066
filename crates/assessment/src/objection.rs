//! Objections of units, and what the keeper decides.

use accounts::{Actor, Permission, record};
use database::Write;
use jiff::Timestamp;
use network::OrganisationId;
use serde_json::json;

use crate::access::hidden;
use crate::error::fault;
use crate::open::scheme_of;
use crate::sql::{assessments, objections, snapshots, units};
use crate::take::keep;
use crate::told::{derived, entry, kept, key_faults, office_day, tell, tidy, value_is_sound, words_faults};
use crate::{
    Assessment, AssessmentError, AssessmentId, Datum, Decision, Item, Objection, ObjectionId, Origin, State, What,
};

/// An objection to be made.
#[derive(Clone, Debug)]
pub struct NewObjection<'a> {
    /// Made by the client: the same key again answers the first objection again.
    pub key: &'a str,
    /// Which unit objects.
    pub unit: &'a OrganisationId,
    /// To which item.
    pub item: &'a str,
    /// Why.
    pub reasons: &'a str,
    /// The value that the unit holds right.
    pub wanted: Option<f64>,
}

/// Objects to an item of one's own result, once, until the last day of objections. The keeper is told.
pub async fn object(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    id: &AssessmentId,
    new: &NewObjection<'_>,
) -> Result<Objection, AssessmentError> {
    if !actor.may_at(Permission::ReportProgress, new.unit) {
        return Err(hidden(actor, What::Unit, new.unit));
    }
    let assessment = assessments::hold(write, id).await?.filter(|it| it.state > State::Prepared);
    let assessment = assessment.ok_or_else(|| hidden(actor, What::Assessment, id))?;
    let unit = units::get(write, id, new.unit).await?.ok_or_else(|| hidden(actor, What::Unit, new.unit))?;
    let scheme = scheme_of(write, &assessment).await?;
    let mut wrong: Vec<_> = key_faults(new.key).into_iter().chain(words_faults("reasons", new.reasons)).collect();
    if scheme.item(new.item).is_none() {
        wrong.push(fault("item", "请选择指标", "choose an item"));
    }
    if new.wanted.is_some_and(|value| !value_is_sound(value)) {
        wrong.push(fault("wanted", "数值超出范围", "is out of range"));
    }
    if !wrong.is_empty() {
        return Err(AssessmentError::Invalid(wrong));
    }
    if let Some(first) = objections::by_key(write, new.key).await? {
        let same = first.assessment == *id && first.unit == *new.unit && first.item == new.item;
        return if same { Ok(first) } else { Err(AssessmentError::KeyTaken) };
    }
    if assessment.state != State::Objection {
        return Err(AssessmentError::State(assessment.state));
    }
    if let Some(until) = assessment.until.filter(|until| office_day(now) > *until) {
        return Err(AssessmentError::TooLate { until });
    }
    let objection = Objection {
        id: ObjectionId(derived(now, "assessment objection", new.key)),
        version: 1,
        assessment: id.clone(),
        unit: new.unit.clone(),
        item: new.item.to_owned(),
        reasons: new.reasons.trim().to_owned(),
        wanted: new.wanted.map(tidy),
        snapshot: assessment.snapshots,
        made_by: actor.id().cloned(),
        made_at: kept(now),
        decision: None,
        value: None,
        reason: None,
        decided_by: None,
        decided_at: None,
        after_snapshot: None,
    };
    if !objections::insert(write, &objection, new.key).await? {
        return Err(AssessmentError::AlreadyObjected);
    }
    let link = format!("/governance/assessments/{id}/objections/{}", objection.id);
    let more = [("unit.zh", unit.name.zh.as_str()), ("unit.en", unit.name.text("en"))];
    let mark = ("assessment.objection", objection.id.as_str());
    tell(write, now, mark, &assessment.keeper, (&assessment, &more), &link).await?;
    let detail = json!({ "objection": objection.id, "item": objection.item });
    record(write, now, actor, &entry("assessment.object", &assessment, new.unit, None, detail)).await?;
    Ok(objection)
}

/// What the keeper decides on an objection.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling<'a> {
    /// On which one, as it was seen.
    pub objection: &'a ObjectionId,
    /// The version that was seen.
    pub version: i64,
    /// Upheld or not.
    pub decision: Decision,
    /// The value that is set, when upheld: of the item's input, or the score of reviewers.
    pub value: Option<f64>,
    /// The value of the period before, where growth is asked.
    pub before: Option<f64>,
    /// Why.
    pub reason: &'a str,
}

/// Decides an objection. When it is upheld, a new snapshot holds the value; the old ones stay. The unit is told.
pub async fn decide(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    ruling: &Ruling<'_>,
) -> Result<Objection, AssessmentError> {
    let found = objections::get(write, ruling.objection).await?;
    let missing = || hidden(actor, What::Objection, ruling.objection);
    let before = found.ok_or_else(missing)?;
    let assessment = assessments::hold(write, &before.assessment).await?;
    let assessment = assessment.filter(|it| actor.may_at(Permission::KeepAssessments, &it.keeper));
    let assessment = assessment.ok_or_else(missing)?;
    // Held now: whoever decided meanwhile is seen.
    let before = objections::get(write, ruling.objection).await?.ok_or_else(missing)?;
    if before.decision.is_some() || before.version != ruling.version {
        return Err(AssessmentError::Stale { version: before.version });
    }
    if assessment.state != State::Objection {
        return Err(AssessmentError::State(assessment.state));
    }
    let item = scheme_of(write, &assessment).await?.item(&before.item).cloned();
    let item = item.ok_or_else(|| AssessmentError::not_found(What::Item, &before.item))?;
    let wrong = faults(&item, ruling);
    if !wrong.is_empty() {
        return Err(AssessmentError::Invalid(wrong));
    }
    let mut after = Objection {
        version: ruling.version + 1,
        decision: Some(ruling.decision),
        value: ruling.value.filter(|_| ruling.decision == Decision::Upheld).map(tidy),
        reason: Some(ruling.reason.trim().to_owned()),
        decided_by: actor.id().cloned(),
        decided_at: Some(kept(now)),
        ..before
    };
    if ruling.decision == Decision::Upheld {
        after.after_snapshot = Some(corrected(write, now, actor, (&assessment, &after), ruling.before).await?);
    }
    if !objections::decide(write, &after, ruling.version).await? {
        return Err(AssessmentError::Stale { version: ruling.version });
    }
    let link = format!("/governance/assessments/{}/objections/{}", assessment.id, after.id);
    let (zh, en) = (ruling.decision.label("zh"), ruling.decision.label("en"));
    let mark = ("assessment.decided", after.id.as_str());
    tell(write, now, mark, &after.unit, (&assessment, &[("decision.zh", zh), ("decision.en", en)]), &link).await?;
    let detail = json!({ "objection": after.id, "decision": ruling.decision, "snapshot": after.after_snapshot });
    let entry = entry("assessment.decide", &assessment, &after.unit, after.reason.as_deref(), detail);
    record(write, now, actor, &entry).await?;
    Ok(after)
}

fn faults(item: &Item, ruling: &Ruling<'_>) -> Vec<network::Fault> {
    let mut wrong: Vec<_> = words_faults("reason", ruling.reason).into_iter().collect();
    if ruling.decision == Decision::Dismissed {
        return wrong;
    }
    match ruling.value {
        None => wrong.push(fault("value", "采纳异议须写明更正后的数值", "say which value holds now")),
        Some(value) if item.is_reviewed() && !(0.0..=100.0).contains(&value) => {
            wrong.push(fault("value", "评审得分应为 0 至 100", "a score of reviewers is 0 to 100"));
        }
        Some(value) if !value_is_sound(value) => wrong.push(fault("value", "数值超出范围", "is out of range")),
        Some(_) => {}
    }
    if ruling.before.is_some_and(|before| !value_is_sound(before)) {
        wrong.push(fault("before", "数值超出范围", "is out of range"));
    }
    wrong
}

/// The next snapshot: the last one with the value of the decision.
async fn corrected(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (assessment, objection): (&Assessment, &Objection),
    before: Option<f64>,
) -> Result<i64, AssessmentError> {
    let missing = || AssessmentError::not_found(What::Snapshot, assessment.snapshots);
    let (_, mut snapshot) = snapshots::get(write, &assessment.id, assessment.snapshots).await?.ok_or_else(missing)?;
    let unit = snapshot.units.get_mut(&objection.unit).ok_or_else(missing)?;
    let old = unit.values.remove(&objection.item);
    let datum = Datum {
        value: objection.value.unwrap_or_default(),
        before: before.map(tidy).or_else(|| old.as_ref().and_then(|old| old.before)),
        origin: Origin::Decision,
        note: objection.reason.clone().unwrap_or_default(),
        at: kept(now),
        evidence: old.map(|old| old.evidence).unwrap_or_default(),
    };
    unit.values.insert(objection.item.clone(), datum);
    let number = assessments::count_snapshot(write, &assessment.id).await?;
    let why = format!("objection {}", objection.id);
    keep(write, now, actor, assessment, (number, &why, &snapshot)).await?;
    Ok(number)
}

#[cfg(test)]
#[path = "objection_tests.rs"]
mod tests;
