//! Making, changing, issuing and closing plans, and choosing optional tasks.

use accounts::{Actor, Entry, Permission, record};
use database::Write;
use jiff::Timestamp;
use network::OrganisationId;
use serde_json::json;

use crate::check::key_faults;
use crate::day::derived;
use crate::sql::{cells, editions, plans};
use crate::trail::note_plan;
use crate::{Contents, Duty, NewPlan, Plan, PlanAct, PlanId, PlanState, Plans, PlansError, Seen, What, differences};

impl Plans {
    /// Makes a plan with a first draft.
    pub async fn make(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        new: &NewPlan<'_>,
    ) -> Result<Plan, PlansError> {
        actor.require_at(Permission::EditPlans, new.issuer)?;
        if let Some(fault) = key_faults(new.key) {
            return Err(PlansError::Invalid(vec![fault]));
        }
        let contents = new.contents;
        let plan = Plan {
            id: PlanId(derived(now, "plan", new.key)),
            version: 1,
            issuer: new.issuer.clone(),
            state: PlanState::Draft,
            edition: 0,
            drafted: true,
            public: false,
            title: contents.title.clone(),
            year: contents.year,
            from: contents.from,
            to: contents.to,
            copied_from: new.copied_from.cloned(),
            made_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
            issued_at: None,
        };
        if !plans::insert(write, &plan, new.key).await? {
            let first = plans::by_key(write, new.key).await?;
            return first.filter(|first| first.issuer == plan.issuer).ok_or(PlansError::KeyTaken);
        }
        editions::put_draft(write, &plan.id, 1, contents).await?;
        let detail = json!({ "title": plan.title.zh, "copied_from": plan.copied_from });
        note_plan(write, now, actor, (PlanAct::Make, "", detail), &plan).await?;
        Ok(plan)
    }

    /// Writes the draft of the next edition; what is in force stays until that is issued.
    pub async fn write(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, PlanId>,
        contents: &Contents,
    ) -> Result<Plan, PlansError> {
        let before = kept(write, actor, seen).await?;
        refuse_closed(&before)?;
        let first = before.edition == 0;
        let mut after = Plan { drafted: true, ..before };
        if first {
            head(&mut after, contents);
        }
        let after = store(write, seen, after).await?;
        if !editions::put_draft(write, &after.id, after.edition + 1, contents).await? {
            return Err(PlansError::unreadable(after.id.as_str(), "an issued edition stands where the draft belongs"));
        }
        note_plan(write, now, actor, (PlanAct::Write, "", json!({ "edition": after.edition + 1 })), &after).await?;
        Ok(after)
    }

    /// Throws the draft of a next edition away; the first draft of a plan stays.
    pub async fn discard(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, PlanId>,
    ) -> Result<Plan, PlansError> {
        let before = kept(write, actor, seen).await?;
        if !before.drafted || before.edition == 0 {
            return Err(PlansError::NoDraft);
        }
        let after = store(write, seen, Plan { drafted: false, ..before }).await?;
        note_plan(write, now, actor, (PlanAct::Discard, "", json!({ "edition": after.edition + 1 })), &after).await?;
        Ok(after)
    }

    /// Issues the draft: from now on it is in force and frozen. Whatever is wrong with it is named.
    pub async fn issue(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, PlanId>,
        note: &str,
    ) -> Result<Plan, PlansError> {
        let before = kept(write, actor, seen).await?;
        refuse_closed(&before)?;
        if !before.drafted {
            return Err(PlansError::NoDraft);
        }
        let number = before.edition + 1;
        let (_, contents) = self.edition_in(write, &before.id, number).await?;
        let faults = contents.faults();
        if !faults.is_empty() {
            return Err(PlansError::Invalid(faults));
        }
        let old = before.edition;
        let issued_at = now.round(jiff::Unit::Millisecond).unwrap_or(now);
        let mut after =
            Plan { drafted: false, edition: number, state: PlanState::Issued, issued_at: Some(issued_at), ..before };
        head(&mut after, &contents);
        let after = store(write, seen, after).await?;
        if !editions::issue(write, (&after.id, number), now, actor.id(), note.trim()).await? {
            return Err(PlansError::NoDraft);
        }
        let changed = if old > 0 {
            let (_, before) = self.edition_in(write, &after.id, old).await?;
            differences(&before, &contents).len()
        } else {
            0
        };
        let detail = json!({ "edition": number, "differences": changed });
        note_plan(write, now, actor, (PlanAct::Issue, note.trim(), detail), &after).await?;
        Ok(after)
    }

    /// Ends a plan that is in force: nothing is reported any more, all stays to be read.
    pub async fn close(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, PlanId>,
        reason: &str,
    ) -> Result<Plan, PlansError> {
        let before = kept(write, actor, seen).await?;
        if before.state != PlanState::Issued {
            return Err(PlansError::NotInForce);
        }
        let after = store(write, seen, Plan { state: PlanState::Closed, drafted: false, ..before }).await?;
        note_plan(write, now, actor, (PlanAct::Close, reason.trim(), json!({})), &after).await?;
        Ok(after)
    }

    /// Shows visitors how an issued plan goes, or stops to.
    pub async fn show(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, PlanId>,
        public: bool,
    ) -> Result<Plan, PlansError> {
        let before = kept(write, actor, seen).await?;
        if before.state == PlanState::Draft {
            return Err(PlansError::NotInForce);
        }
        let after = store(write, seen, Plan { public, ..before }).await?;
        note_plan(write, now, actor, (PlanAct::Show, "", json!({ "public": public })), &after).await?;
        Ok(after)
    }

    /// Chooses an optional task for a unit, or takes that back while nothing was reported. Doing it twice is doing it once.
    pub async fn choose(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        (plan, unit, task): (&PlanId, &OrganisationId, &str),
        chosen: bool,
    ) -> Result<(), PlansError> {
        actor.require_at(Permission::ReportProgress, unit)?;
        let ground = self.ground_of(write, plan, now).await?;
        if ground.plan.state != PlanState::Issued {
            return Err(PlansError::NotInForce);
        }
        if ground.duty(task, unit)? != Some(Duty::Optional) {
            return Err(PlansError::NotConcerned { task: task.to_owned() });
        }
        let place = (plan, unit, task);
        let changed = if chosen {
            cells::choose(write, place, now, actor.id()).await?
        } else {
            let gone = cells::unchoose(write, place).await?;
            if !gone && cells::is_chosen(write, place).await? {
                return Err(PlansError::Reported { task: task.to_owned() });
            }
            gone
        };
        if !changed {
            return Ok(());
        }
        let entry = Entry {
            action: if chosen { "plan.choose" } else { "plan.unchoose" },
            kind: "plan",
            object: plan.as_str(),
            organisation: Some(unit),
            reason: None,
            detail: json!({ "task": task }),
        };
        Ok(record(write, now, actor, &entry).await?)
    }
}

/// A plan whose plans the actor keeps, at the version seen.
async fn kept(write: &mut Write, actor: &Actor, seen: Seen<'_, PlanId>) -> Result<Plan, PlansError> {
    actor.require(Permission::EditPlans)?;
    let found = plans::get(write, seen.id).await?.ok_or_else(|| PlansError::not_found(What::Plan, seen.id))?;
    actor.require_at(Permission::EditPlans, &found.issuer)?;
    if found.version != seen.version {
        return Err(PlansError::StalePlan { now: Box::new(found) });
    }
    Ok(found)
}

fn refuse_closed(plan: &Plan) -> Result<(), PlansError> {
    if plan.state == PlanState::Closed { Err(PlansError::NotInForce) } else { Ok(()) }
}

/// Tells of a plan what its contents say.
fn head(plan: &mut Plan, contents: &Contents) {
    plan.title = contents.title.clone();
    (plan.year, plan.from, plan.to) = (contents.year, contents.from, contents.to);
}

async fn store(write: &mut Write, seen: Seen<'_, PlanId>, after: Plan) -> Result<Plan, PlansError> {
    if !plans::update(write, &after, seen.version).await? {
        let now = plans::get(write, seen.id).await?.ok_or_else(|| PlansError::not_found(What::Plan, seen.id))?;
        return Err(PlansError::StalePlan { now: Box::new(now) });
    }
    Ok(Plan { version: seen.version + 1, ..after })
}

#[cfg(test)]
#[path = "writing_tests.rs"]
mod tests;
