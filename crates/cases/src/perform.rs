//! Acts on cases at rest: one act, one transaction.

use accounts::{Actor, Entry, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use serde_json::json;
use services::{Answers, office_day};

use crate::apply::{Effect, Facts, apply};
use crate::cases::{Part, find, part_in};
use crate::flow::{Who, rule_of};
use crate::notify::{Told, tell_client, tell_outlet, tell_staff, texts};
use crate::sql::{blob, case, desk, event};
use crate::submit::outlet_at_work;
use crate::{Act, Action, By, Case, CaseId, Cases, CasesError, Contact, Event, State, Step};

impl Cases {
    /// Does an act to a case: state, event, evidence, notices and the entry of the trail, all or none.
    pub async fn act(&self, now: Timestamp, step: &Step<'_>, act: &Act) -> Result<Case, CasesError> {
        let mut write = self.database.write().await?;
        let case = self.act_in(&mut write, now, step, act).await?;
        write.commit().await?;
        Ok(case)
    }

    /// The same inside an open transaction, as its last statements.
    pub async fn act_in(
        &self,
        write: &mut Write,
        now: Timestamp,
        step: &Step<'_>,
        act: &Act,
    ) -> Result<Case, CasesError> {
        if let Act::Merge { into, .. } = act {
            // Two opposite merges take both cases in the same order, so that neither waits for the other for ever.
            let (first, second) = if into < step.case { (into, step.case) } else { (step.case, into) };
            case::hold(write, first).await?;
            case::hold(write, second).await?;
        }
        let (before, part) = find(write, step.by, step.case).await?;
        let by_client = may(step.by.actor, &before, part, act.action())?;
        let key = if step.key.is_empty() { String::new() } else { self.secret.lookup("cases.act", step.key) };
        if !key.is_empty() && event::was_done(write, step.case, &key).await? {
            return Ok(before);
        }
        if before.version != step.version {
            return Err(stale(write, before, step, part).await?);
        }
        let (facts, answers) = self.facts(write, now, step, act, &before).await?;
        let mut after = before.clone();
        let effect = apply(&mut after, act, &facts)?;
        let Some(number) = case::advance(write, &after, step.version).await? else {
            let now = case::get(write, step.case).await?.unwrap_or(before);
            return Err(stale(write, now, step, part).await?);
        };
        after.version = step.version + 1;
        self.beside(write, act, &after, answers.as_ref()).await?;
        keep_stands(write, &after.id, number, &effect, now).await?;
        let happened = happened(now, step.by, by_client, act, (&before, &after), number, &effect);
        event::append(write, &after.id, after.version, &key, &happened).await?;
        if let Act::Merge { into, .. } = act {
            merge(write, now, step.by, &before, into).await?;
        }
        self.tell(write, now, act, (&before, &after), number).await?;
        note(write, now, step.by.actor, (&before, &after), act, by_client, &effect).await?;
        Ok(after)
    }

    /// What an act is judged by, read from the database; for a supplement, the answers it leads to.
    async fn facts(
        &self,
        write: &mut Write,
        now: Timestamp,
        step: &Step<'_>,
        act: &Act,
        case: &Case,
    ) -> Result<(Facts, Option<Answers>), CasesError> {
        let mut own = Facts {
            now,
            calendar: services::calendar(write).await?,
            stands: event::stands(write, &case.id).await?,
            person: step.by.actor.id().cloned(),
            outlet_name: None,
            has_deliverable: false,
            brought: false,
            records: Vec::new(),
        };
        let mut merged = None;
        match act {
            Act::Transfer { outlet, .. } => own.outlet_name = outlet_at_work(write, outlet, &case.item, now).await?,
            Act::Deliver { .. } => own.has_deliverable = blob::has_deliverable(write, &case.id).await?,
            Act::Archive { .. } => {
                own.has_deliverable = blob::has_deliverable(write, &case.id).await?;
                own.records = desk::records(write, &case.id).await?;
            }
            Act::Supplement { answers, note } => {
                let events = event::since(write, &case.id, 0).await?;
                let asked = events.iter().rev().find(|event| event.action == Action::AskSupplement);
                let since = asked.map_or(case.received_at, |asked| asked.at);
                own.brought = !answers.is_empty()
                    || !note.trim().is_empty()
                    || blob::brought_since(write, &case.id, since).await?;
                if !answers.is_empty() {
                    merged = Some(self.supplemented(write, case, answers).await?);
                }
            }
            Act::Merge { into, .. } => mergeable(write, step.by, case, into).await?,
            _ => {}
        }
        Ok((own, merged))
    }

    /// The answers of a case with others in their place, judged by the form under which it was sent.
    async fn supplemented(&self, write: &mut Write, case: &Case, more: &Answers) -> Result<Answers, CasesError> {
        let (_, _, sealed) = case::sealed(write, &case.id).await?;
        let mut answers: Answers = self.unseal_or_default("answers", &case.id, sealed)?;
        answers.extend(more.clone());
        let program = Actor::system("cases");
        let version = services::version(write, &program, &case.item, case.item_version).await?;
        let mut faults = services::check(&version.item.form, &answers);
        let answers = services::shown(&version.item.form, &answers);
        faults.extend(blob::unknown_files(write, &version.item.form, &answers, Some(&case.id.0)).await?);
        if faults.is_empty() { Ok(answers) } else { Err(CasesError::Invalid(faults)) }
    }

    /// What an act writes in other places.
    async fn beside(
        &self,
        write: &mut Write,
        act: &Act,
        after: &Case,
        answers: Option<&Answers>,
    ) -> Result<(), CasesError> {
        let id = &after.id;
        if let Some(answers) = answers {
            case::set_answers(write, id, &self.seal("answers", id.as_str(), answers)?).await?;
        }
        if let Act::NameParties { parties } = act {
            case::set_parties(write, id, &self.seal("parties", id.as_str(), parties)?).await?;
        }
        Ok(())
    }

    async fn tell(
        &self,
        write: &mut Write,
        now: Timestamp,
        act: &Act,
        (before, after): (&Case, &Case),
        number: i64,
    ) -> Result<(), CasesError> {
        let texts = texts(act.action());
        let other = match &after.merged_into {
            Some(into) => case::get(write, into).await?.map(|case| case.reference.to_string()),
            None => None,
        };
        let extra = [("reason", act.reason().unwrap_or("—")), ("other", other.as_deref().unwrap_or("—"))];
        let told = Told { now, case: after, event: number, template: "", extra: &extra };
        if let Some(template) = texts.client {
            let contact = self.contact_of(write, &after.id).await?;
            tell_client(write, &Told { template, ..told }, &contact).await?;
            if matches!(act.action(), Action::Deliver | Action::Archive) {
                self.tell_merged(write, &Told { template, ..told }).await?;
            }
        }
        if let Some(template) = texts.staff {
            // A case that was withdrawn or opened again concerns whoever had it.
            let case = if after.assignee.is_none() { before } else { after };
            tell_staff(write, &Told { case, template, ..told }).await?;
        }
        if let Some(template) = texts.outlet {
            tell_outlet(write, &Told { template, ..told }).await?;
        }
        Ok(())
    }

    /// Tells the clients whose cases went on in this one, each by the number of the case that was theirs.
    async fn tell_merged(&self, write: &mut Write, told: &Told<'_>) -> Result<(), CasesError> {
        for from in desk::merged_into(write, &told.case.id).await? {
            let Some(from) = case::get(write, &from).await? else { continue };
            let contact = self.contact_of(write, &from.id).await?;
            let (id, reference, client, lang) = (from.id, from.reference, from.client, from.lang);
            let case = Case { id, reference, client, lang, ..told.case.clone() };
            tell_client(write, &Told { case: &case, ..*told }, &contact).await?;
        }
        Ok(())
    }

    /// The contact of a case, for the program's own use.
    pub(crate) async fn contact_of(&self, connection: &mut Connection, id: &CaseId) -> Result<Contact, CasesError> {
        let (sealed, _, _) = case::sealed(connection, id).await?;
        self.unseal_or_default("contact", id, sealed)
    }
}

/// Whether someone may do this to a case, and whether as its client.
fn may(actor: &Actor, case: &Case, part: Part, action: Action) -> Result<bool, CasesError> {
    let Some(rule) = rule_of(action) else { return Err(actor.denied(Permission::WorkCases).into()) };
    match rule.who {
        Who::Client | Who::ClientOr(_) if part.client => Ok(true),
        Who::Staff(permission) | Who::ClientOr(permission) => {
            actor.require_at(permission, &case.outlet)?;
            Ok(false)
        }
        Who::Client => {
            actor.require_at(Permission::WorkCases, &case.outlet)?;
            Ok(false)
        }
    }
}

/// Someone acted meanwhile: how the case is, and what happened since it was seen.
async fn stale(connection: &mut Connection, now: Case, step: &Step<'_>, part: Part) -> Result<CasesError, CasesError> {
    let mut since = event::since(connection, &now.id, step.version).await?;
    if !part.staff {
        since = crate::view::for_client(since);
    }
    Ok(CasesError::Stale { now: Box::new(now), since })
}

/// Whether a case may go on in another one.
async fn mergeable(write: &mut Write, by: By<'_>, case: &Case, into: &CaseId) -> Result<(), CasesError> {
    let refuse = |zh: &str, en: &str| Err(CasesError::fault("into", zh, en));
    if *into == case.id {
        return refuse("办件不能并入自身", "a case cannot go on in itself");
    }
    let target = case::get(&mut *write, into).await?.ok_or_else(|| CasesError::NotFound(into.to_string()))?;
    part_in(write, by, &target).await?;
    by.actor.require_at(Permission::LeadCases, &target.outlet)?;
    if target.state.is_final() {
        return refuse("并入的办件已办结", "the case it would go on in is closed");
    }
    Ok(())
}

/// What a merge does to the case that goes on.
async fn merge(write: &mut Write, now: Timestamp, by: By<'_>, from: &Case, into: &CaseId) -> Result<(), CasesError> {
    desk::point_on(write, &from.id, into).await?;
    let number = case::touch(write, into, now).await?;
    let target = case::get(write, into).await?.ok_or_else(|| CasesError::NotFound(into.to_string()))?;
    let happened = Event {
        number,
        at: now,
        action: Action::Merge,
        person: by.actor.id().cloned(),
        name: by.actor.name().to_owned(),
        by_client: false,
        from: Some(target.state),
        to: target.state,
        reason: None,
        detail: json!({ "from": from.id, "reference": from.reference }),
        public: false,
    };
    event::append(write, into, target.version, "", &happened).await
}

/// The evidence of when the clock stood.
async fn keep_stands(
    write: &mut Write,
    id: &CaseId,
    number: i64,
    effect: &Effect,
    now: Timestamp,
) -> Result<(), CasesError> {
    let today = office_day(now);
    if effect.run_on {
        event::run_on(write, id, today).await?;
    }
    if let Some((kind, reason)) = &effect.stop {
        event::stop(write, id, number, (*kind, today, reason)).await?;
    }
    Ok(())
}

fn happened(
    now: Timestamp,
    by: By<'_>,
    by_client: bool,
    act: &Act,
    (before, after): (&Case, &Case),
    number: i64,
    effect: &Effect,
) -> Event {
    let action = act.action();
    let hidden = matches!(action, Action::Assign | Action::Take | Action::Escalate | Action::NameParties);
    let for_client = !by_client && rule_of(action).is_some_and(|rule| rule.who == Who::Client);
    let mut detail = effect.detail.clone();
    if for_client {
        detail = json!({ "on_behalf": true, "more": detail });
    }
    Event {
        number,
        at: now,
        action,
        person: by.actor.id().cloned(),
        name: by.actor.name().to_owned(),
        by_client,
        from: Some(before.state),
        to: after.state,
        reason: act.reason().map(str::to_owned),
        detail,
        public: !hidden,
    }
}

async fn note(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (before, after): (&Case, &Case),
    act: &Act,
    by_client: bool,
    effect: &Effect,
) -> Result<(), CasesError> {
    let action = format!("case.{}", act.action().code());
    let (from, to): (State, State) = (before.state, after.state);
    // Words of clients and what offices say stay out of the trail: entries outlive the deletion of personal data.
    let detail = match act {
        Act::StatusBack { .. } | Act::TakeBack { .. } | Act::AskSupplement { .. } => serde_json::Value::Null,
        _ => effect.detail.clone(),
    };
    let entry = Entry {
        action: &action,
        kind: "case",
        object: after.id.as_str(),
        organisation: Some(&before.outlet),
        reason: act.reason().filter(|_| !by_client),
        detail: json!({ "from": from, "to": to, "by_client": by_client, "more": detail }),
    };
    Ok(record(write, now, actor, &entry).await?)
}

#[cfg(test)]
#[path = "perform_tests.rs"]
mod tests;
