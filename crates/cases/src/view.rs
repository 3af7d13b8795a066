//! A case as it is shown: to staff with personal data masked, to the client without what is internal.

use accounts::{Actor, Permission};
use database::Connection;
use jiff::Timestamp;
use network::Id;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use services::{Answers, Field, FieldKind, Form, office_day};
use utoipa::ToSchema;

use crate::apply::clock;
use crate::cases::{Part, find, find_as_staff};
use crate::desk::{Message, Task};
use crate::flow::{self, Who};
use crate::sql::{blob, case, desk, event};
use crate::trail::note_case;
use crate::{
    Action, By, Case, CaseId, Cases, CasesError, Clock, Contact, Document, Event, Link, Party, Plan, Reference, State,
    TrackingCode, level,
};

/// All of a case that whoever asks may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Its deadlines.
    pub clock: Clock,
    /// Whether it is shown to its client and not to staff.
    pub for_client: bool,
    /// How to reach the client; masked but for the client's own account.
    pub contact: Contact,
    /// The answers to the form; those about persons masked but for the client's own account.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// The parties of a dispute, names masked.
    pub parties: Vec<Party>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Messages, and for staff notes.
    pub messages: Vec<Message>,
    /// Tasks; for staff.
    pub tasks: Vec<Task>,
    /// Documents with all their versions.
    pub documents: Vec<Document>,
    /// What it is tied to.
    pub links: Vec<Link>,
    /// What it is about; for staff.
    pub labels: Vec<String>,
    /// Cases that went on in this one; for staff.
    pub merged: Vec<MergedCase>,
    /// Cases that belong to this one, as far as whoever asks may see them.
    pub children: Vec<MergedCase>,
    /// The case it goes on in.
    pub goes_on_in: Option<MergedCase>,
    /// What whoever asks may do now.
    pub can: Vec<Action>,
}

/// Another case, as it is pointed to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MergedCase {
    /// Its name for machines.
    pub id: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
}

/// What of a case is personal, in clear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Personal {
    /// How to reach the client.
    pub contact: Contact,
    /// The answers to the form.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// The parties of a dispute.
    pub parties: Vec<Party>,
}

impl Cases {
    /// A case with all that whoever asks may see.
    pub async fn case(&self, now: Timestamp, by: By<'_>, id: &CaseId) -> Result<CaseFile, CasesError> {
        let mut read = self.database.read().await?;
        let (case, part) = find(&mut read, by, id).await?;
        let clock = self.clock_of(&mut read, now, &case).await?;
        let mut personal = self.personal_of(&mut read, id).await?;
        if !part.own {
            self.mask(&mut read, &case, &mut personal).await?;
        }
        let mut documents = blob::of(&mut read, &id.0).await?;
        let mut messages = self.messages_of(&mut read, id, part.staff).await?;
        let mut merged = Vec::new();
        if part.staff {
            for from in desk::merged_into(&mut read, id).await? {
                documents.extend(blob::of(&mut read, &from.0).await?);
                messages.extend(self.messages_of(&mut read, &from, true).await?);
                merged.extend(pointed_to(&mut read, &from).await?);
            }
            messages.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        }
        let mut children = Vec::new();
        for child in desk::children(&mut read, id).await? {
            if let Ok((child, _)) = find(&mut read, by, &child).await {
                children.push(MergedCase { id: child.id, reference: child.reference, state: child.state });
            }
        }
        let goes_on_in = match &case.merged_into {
            Some(into) => pointed_to(&mut read, into).await?,
            None => None,
        };
        let file = CaseFile {
            clock,
            for_client: !part.staff,
            contact: personal.contact,
            answers: personal.answers,
            parties: personal.parties,
            events: event::since(&mut read, id, 0).await?,
            messages,
            tasks: desk::tasks(&mut read, id).await?,
            documents,
            links: desk::links(&mut read, id).await?,
            labels: desk::labels(&mut read, id).await?,
            merged,
            children,
            goes_on_in,
            can: can(by.actor, &case, part),
            case,
        };
        read.close().await?;
        Ok(if part.staff { file } else { file.without_internals() })
    }

    /// Names, telephones, addresses and answers in clear: for the client's own account, and for staff who may; their
    /// look is recorded.
    pub async fn personal(&self, now: Timestamp, by: By<'_>, id: &CaseId) -> Result<Personal, CasesError> {
        let mut read = self.database.read().await?;
        let (case, part) = find(&mut read, by, id).await?;
        if !part.own {
            by.actor.require_at(Permission::ReadPersonalData, &case.outlet)?;
        }
        let personal = self.personal_of(&mut read, id).await?;
        read.close().await?;
        if !part.own {
            let mut write = self.database.write().await?;
            note_case(&mut write, now, by.actor, &case, ("case.personal.read", Value::Null)).await?;
            write.commit().await?;
        }
        Ok(personal)
    }

    /// Gives a client who lost the receipt another tracking code; the one before opens nothing any more. `random` is fresh.
    pub async fn renew_tracking(
        &self,
        now: Timestamp,
        by: By<'_>,
        id: &CaseId,
        random: [u8; 10],
    ) -> Result<TrackingCode, CasesError> {
        let mut write = self.database.write().await?;
        let case = find_as_staff(&mut write, by, id).await?;
        by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        let code = TrackingCode::make(random);
        case::retrack(&mut write, id, &code.hash()).await?;
        note_case(&mut write, now, by.actor, &case, ("case.tracking.renew", Value::Null)).await?;
        write.commit().await?;
        Ok(code)
    }

    async fn clock_of(&self, connection: &mut Connection, now: Timestamp, case: &Case) -> Result<Clock, CasesError> {
        let calendar = services::calendar(&mut *connection).await?;
        let stands = event::stands(connection, &case.id).await?;
        let today = office_day(now);
        let deadlines = clock(case, &calendar, &stands, today);
        let due = case.due_on.filter(|_| !case.state.is_final());
        let last = [Some(deadlines.acceptance), deadlines.promised, deadlines.statutory].into_iter().flatten().max();
        let from = case.clock_on.unwrap_or(today);
        Ok(Clock {
            level: due.map(|due| level(&calendar, Some(due), case.is_standing(), today)),
            unsure: last.map_or_else(Vec::new, |last| calendar.unsure(from, last)),
            stands,
            deadlines,
        })
    }

    async fn personal_of(&self, connection: &mut Connection, id: &CaseId) -> Result<Personal, CasesError> {
        let (contact, parties, answers) = case::sealed(connection, id).await?;
        Ok(Personal {
            contact: self.unseal_or_default("contact", id, contact)?,
            answers: self.unseal_or_default("answers", id, answers)?,
            parties: self.unseal_or_default("parties", id, parties)?,
        })
    }

    async fn messages_of(
        &self,
        connection: &mut Connection,
        id: &CaseId,
        notes: bool,
    ) -> Result<Vec<Message>, CasesError> {
        let stored = desk::messages(connection, id, notes).await?;
        let open = |stored: desk::Stored| {
            let words = self.unseal("message", stored.message.id.as_str(), stored.sealed)?;
            Ok(Message { words, ..stored.message })
        };
        stored.into_iter().map(open).collect()
    }

    async fn mask(&self, connection: &mut Connection, case: &Case, personal: &mut Personal) -> Result<(), CasesError> {
        let program = Actor::system("cases");
        let version = services::version(connection, &program, &case.item, case.item_version).await?;
        personal.contact = personal.contact.masked();
        mask_answers(&version.item.form, &mut personal.answers);
        for party in &mut personal.parties {
            party.name = accounts::masked_name(&party.name);
            party.contact = if party.contact.is_empty() { String::new() } else { "****".to_owned() };
        }
        Ok(())
    }
}

impl CaseFile {
    /// What the client sees of it: nothing internal, no names and accounts of staff but the contact of the plan.
    fn without_internals(mut self) -> Self {
        self.case.assignee = None;
        self.case.escalated = false;
        if let Some(plan) = &mut self.case.plan {
            *plan = Plan { staff: Vec::new(), ..plan.clone() };
        }
        self.events = for_client(self.events);
        self.messages.retain(|message| !message.internal);
        for message in self.messages.iter_mut().filter(|message| !message.by_client) {
            (message.person, message.name) = (None, String::new());
        }
        self.documents.retain(|document| document.public && !document.withdrawn);
        for document in &mut self.documents {
            document.person = None;
        }
        self.links.retain(|link| link.kind != crate::LinkKind::Case);
        (self.tasks, self.labels, self.merged) = (Vec::new(), Vec::new(), Vec::new());
        self
    }
}

/// Events as clients see them.
pub(crate) fn for_client(events: Vec<Event>) -> Vec<Event> {
    let told = |event: &Event| {
        let kept = [
            Action::Submit,
            Action::AskSupplement,
            Action::Extend,
            Action::HandOn,
            Action::StatusBack,
            Action::TakeBack,
            Action::Deliver,
            Action::Confirm,
            Action::Archive,
        ];
        kept.contains(&event.action)
    };
    let mut events: Vec<Event> = events.into_iter().filter(|event| event.public).collect();
    for event in &mut events {
        event.person = None;
        if !event.by_client {
            event.name = String::new();
        }
        if !told(event) {
            event.detail = Value::Null;
        }
    }
    events
}

/// What someone may do to a case now.
fn can(actor: &Actor, case: &Case, part: Part) -> Vec<Action> {
    let may = |who| match who {
        Who::Staff(permission) => part.staff && actor.may_at(permission, &case.outlet),
        Who::Client => part.client || actor.may_at(Permission::WorkCases, &case.outlet),
        Who::ClientOr(permission) => part.client || actor.may_at(permission, &case.outlet),
    };
    let rules = flow::actions(case.state, case.paused.is_some());
    rules.filter(|rule| may(rule.who)).map(|rule| rule.action).collect()
}

async fn pointed_to(connection: &mut Connection, id: &CaseId) -> Result<Option<MergedCase>, CasesError> {
    let case = case::get(connection, id).await?;
    Ok(case.map(|case| MergedCase { id: case.id, reference: case.reference, state: case.state }))
}

/// Whether what belonged to `owner` went on in a case.
pub(crate) async fn is_merged(connection: &mut Connection, owner: &Id, into: &CaseId) -> Result<bool, CasesError> {
    let merged = desk::merged_into(connection, into).await?;
    Ok(merged.iter().any(|from| from.0 == *owner))
}

/// Hides the answers that are about persons.
fn mask_answers(form: &Form, answers: &mut Answers) {
    for field in form.steps.iter().flat_map(|step| &step.fields) {
        let Some(answer) = answers.get_mut(&field.key) else { continue };
        mask_answer(field, answer);
    }
}

fn mask_answer(field: &Field, answer: &mut Value) {
    if let (FieldKind::Group { fields, .. }, Value::Array(rows)) = (&field.kind, &mut *answer) {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            for field in fields {
                if let Some(answer) = row.get_mut(&field.key) {
                    mask_answer(field, answer);
                }
            }
        }
        return;
    }
    if field.personal {
        *answer = match &*answer {
            Value::String(text) => json!(accounts::masked_name(text)),
            _ => json!("****"),
        };
    }
}

/// Takes the answers that are about persons away.
pub(crate) fn drop_personal(form: &Form, answers: &mut Answers) {
    for field in form.steps.iter().flat_map(|step| &step.fields) {
        if field.personal {
            answers.remove(&field.key);
            continue;
        }
        let (FieldKind::Group { fields, .. }, Some(Value::Array(rows))) = (&field.kind, answers.get_mut(&field.key))
        else {
            continue;
        };
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.retain(|key, _| !fields.iter().any(|inner| inner.personal && inner.key == *key));
        }
    }
}
