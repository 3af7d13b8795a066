//! Leads: signs that people look into. A lead says what was counted, never that someone did wrong.

use accounts::{Actor, Entry, Permission, PersonId, record};
use database::{Connection, Write};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::{Fault, OrganisationId, derived, office_day};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::event::{MOST_WORDS, draft_of};
use crate::sql::{agencies, leads};
use crate::{
    Agency, AgencyId, Credit, CreditError, Event, LeadKind, LeadState, Limits, NewEvent, Sign, Told, What, profile,
    signs,
};

/// Filings of an agency are looked at again after so long; a little less than a day, so that the hour of the day stays.
const LOOK_AFTER: SignedDuration = SignedDuration::from_hours(23);

network::named! {
    /// The name of a lead.
    LeadId
}

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = LeadFigure)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// What it is compared with: the year before, peers.
    pub against: Option<f64>,
}

/// A lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = CreditLead)]
pub struct Lead {
    /// Its name.
    pub id: LeadId,
    /// Counts the changes.
    pub version: i64,
    /// Of which agency.
    pub agency: AgencyId,
    /// Who keeps the agency's credit.
    pub keeper: OrganisationId,
    /// Of which kind.
    pub kind: LeadKind,
    /// What it is about.
    pub subject: String,
    /// What was counted when it was last looked at.
    pub figure: Figure,
    /// The query text of the rights behind it.
    pub query: String,
    /// When it was first seen.
    #[schema(value_type = String, format = Date)]
    pub first_seen: Date,
    /// When it was last seen.
    #[schema(value_type = String, format = Date)]
    pub last_seen: Date,
    /// What became of it.
    pub state: LeadState,
    /// Who worked it.
    pub worked_by: Option<PersonId>,
    /// When.
    #[schema(value_type = Option<String>, format = Date)]
    pub worked_on: Option<Date>,
    /// What was found.
    pub words: String,
    /// The draft event that was made of it.
    pub event: Option<crate::EventId>,
}

impl Credit {
    /// Looks at an agency's filings and keeps what it finds: new signs become leads, known ones are brought up to date, those
    /// worked before stay as they were worked. Whoever keeps the agency's credit may. Answers the number of new leads.
    pub async fn look_for_leads(&self, now: Timestamp, actor: &Actor, id: &AgencyId) -> Result<usize, CreditError> {
        let agency = self.kept_agency(actor, id).await?;
        Ok(self.look(now, actor, (&agency, Timestamp::MAX)).await?.unwrap_or(0))
    }

    /// Looks at the filings of every agency that is open and was not looked at for a day. To be called every hour or so, by
    /// any number of processes: each agency is looked at once. Answers how many were looked at, and the number of new leads.
    pub async fn look_daily(&self, now: Timestamp) -> Result<(usize, usize), CreditError> {
        let (program, before) = (Actor::system("credit"), now - LOOK_AFTER);
        let due = agencies::not_looked_at(&mut *self.database().read().await?, before).await?;
        let (mut looked, mut fresh) = (0, 0);
        for agency in &due {
            if let Some(new) = self.look(now, &program, (agency, before)).await? {
                looked += 1;
                fresh += new;
            }
        }
        Ok((looked, fresh))
    }

    /// None when another process has looked since `before`. Filings are read before the transaction begins: they may be many.
    async fn look(
        &self,
        now: Timestamp,
        actor: &Actor,
        (agency, before): (&Agency, Timestamp),
    ) -> Result<Option<usize>, CreditError> {
        let (names, filings) = (agency.names(), self.filings()?);
        let own = filings.of(&names).await?;
        let found = signs(&own, &profile(&own, &filings.peers().await?), &Limits::default());
        let mut write = self.database().write().await?;
        if !agencies::look(&mut write, &agency.id, now, before).await? {
            return Ok(None);
        }
        let mut fresh = 0;
        for sign in &found {
            let lead = lead_of(agency, sign, filings.query(&sign.conditions(&names)), (now, office_day(now)));
            if leads::insert(&mut write, &lead).await? {
                fresh += 1;
            } else {
                leads::see(&mut write, &lead).await?;
            }
        }
        let (detail, object) = (json!({ "signs": found.len(), "new": fresh }), ("agency", agency.id.as_str()));
        let entry = Entry::new("credit-lead.find", object, Some(&agency.keeper), None, detail);
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(Some(fresh))
    }
}

fn lead_of(agency: &Agency, sign: &Sign, query: String, (now, today): (Timestamp, Date)) -> Lead {
    let key = format!("{}/{}/{}", agency.id, sign.kind, sign.subject);
    Lead {
        id: LeadId(derived(now, "credit-lead", &key)),
        version: 1,
        agency: agency.id.clone(),
        keeper: agency.keeper.clone(),
        kind: sign.kind,
        subject: sign.subject.clone(),
        figure: Figure { value: sign.figure, against: sign.against },
        query,
        first_seen: today,
        last_seen: today,
        state: LeadState::Open,
        worked_by: None,
        worked_on: None,
        words: String::new(),
        event: None,
    }
}

/// Says that a lead was looked into and nothing is to be done; `words` say what was found.
pub async fn dismiss_lead(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, version): (&LeadId, i64),
    words: &str,
) -> Result<Lead, CreditError> {
    let before = open(write, actor, id, version).await?;
    if let Some(fault) = Fault::of_words("words", words, MOST_WORDS) {
        return Err(CreditError::Invalid(vec![fault]));
    }
    let after = worked(before, now, actor, (LeadState::Dismissed, words));
    keep(write, now, actor, &after, "credit-lead.dismiss", Value::Null).await?;
    Ok(after)
}

/// Makes a draft event of a lead; the person says what happened and under which rule.
pub async fn take_lead_up(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, version): (&LeadId, i64),
    (key, told): (&str, &Told),
) -> Result<Event, CreditError> {
    let before = open(write, actor, id, version).await?;
    let agency = before.agency.clone();
    let mut after = worked(before, now, actor, (LeadState::Taken, ""));
    let event = derived(now, "credit-event", key);
    after.event = Some(crate::EventId(event));
    if !leads::update(write, &after).await? {
        return Err(CreditError::LeadWorked);
    }
    let new = NewEvent { key, agency: &agency, told };
    let event = draft_of(write, now, actor, &new, Some(id)).await?;
    if after.event.as_ref() != Some(&event.id) {
        return Err(CreditError::KeyTaken);
    }
    let detail = json!({ "event": event.id });
    let entry = Entry::new("credit-lead.take-up", ("credit-lead", id.as_str()), Some(&after.keeper), None, detail);
    record(write, now, actor, &entry).await?;
    Ok(event)
}

async fn open(connection: &mut Connection, actor: &Actor, id: &LeadId, version: i64) -> Result<Lead, CreditError> {
    let found = leads::get(connection, id).await?;
    let found = found.filter(|found| actor.may_at(Permission::KeepCredit, &found.keeper));
    let found = found.ok_or_else(|| CreditError::not_found(What::Lead, id))?;
    if found.state != LeadState::Open {
        return Err(CreditError::LeadWorked);
    }
    if found.version != version {
        return Err(CreditError::Stale { version: found.version });
    }
    Ok(found)
}

fn worked(before: Lead, now: Timestamp, actor: &Actor, (state, words): (LeadState, &str)) -> Lead {
    Lead {
        version: before.version + 1,
        state,
        worked_by: actor.id().cloned(),
        worked_on: Some(office_day(now)),
        words: words.trim().to_owned(),
        ..before
    }
}

async fn keep(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    after: &Lead,
    action: &str,
    detail: Value,
) -> Result<(), CreditError> {
    if !leads::update(write, after).await? {
        return Err(CreditError::LeadWorked);
    }
    let entry = Entry::new(action, ("credit-lead", after.id.as_str()), Some(&after.keeper), None, detail);
    Ok(record(write, now, actor, &entry).await?)
}

#[cfg(test)]
#[path = "lead_tests.rs"]
mod tests;
