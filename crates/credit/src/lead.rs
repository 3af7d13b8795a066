//! Leads: signs that people look into. A lead says what was counted, never that someone did wrong.

use accounts::{Actor, Permission, PersonId, record};
use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::agency::kept;
use crate::event::{draft_of, office_day};
use crate::named::{MOST_WORDS, derived, entry, words_fault};
use crate::sql::leads;
use crate::{
    AgencyId, CreditError, Event, Filings, LeadKind, LeadState, Limits, NewEvent, Profile, Sign, Told, What, profile,
    signs,
};

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

/// Looks at an agency's filings and keeps what it finds: new signs become leads, known ones are brought up to date, those
/// worked before stay as they were worked. Whoever keeps the agency's credit may. Answers the figures and the number of new leads.
pub async fn refresh_leads(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (agency, limits): (&AgencyId, &Limits),
    filings: &dyn Filings,
) -> Result<(Profile, usize), CreditError> {
    let agency = kept(write, actor, agency).await?;
    let names = agency.names();
    let (own, peers) = (filings.of(&names).await?, filings.peers().await?);
    let profile = profile(&own, &peers);
    let found = signs(&own, &profile, limits);
    let today = office_day(now);
    let mut fresh = 0;
    for sign in &found {
        let lead = lead_of(&agency, sign, filings.query(&sign.conditions(&names)), (now, today));
        if leads::insert(write, &lead).await? {
            fresh += 1;
        } else {
            leads::see(write, &lead).await?;
        }
    }
    let detail = json!({ "signs": found.len(), "new": fresh });
    let entry = entry("credit-lead.find", ("agency", agency.id.as_str()), &agency.keeper, None, detail);
    record(write, now, actor, &entry).await?;
    Ok((profile, fresh))
}

fn lead_of(agency: &crate::Agency, sign: &Sign, query: String, (now, today): (Timestamp, Date)) -> Lead {
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
    if let Some(fault) = words_fault("words", words, MOST_WORDS) {
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
    let entry = entry("credit-lead.take-up", ("credit-lead", id.as_str()), &after.keeper, None, detail);
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
    let entry = entry(action, ("credit-lead", after.id.as_str()), &after.keeper, None, detail);
    Ok(record(write, now, actor, &entry).await?)
}

#[cfg(test)]
#[path = "lead_tests.rs"]
mod tests;
