//! Beside the flow: messages with the client, notes, tasks, links, labels. None of them makes anyone's view of the case
//! stale.

use accounts::{Permission, PersonId};
use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::Id;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use services::Record;
use utoipa::ToSchema;

use crate::act::written;
use crate::cases::{find, find_as_staff};
use crate::notify::{Told, tell_client, tell_staff};
use crate::sql::{case, desk, event};
use crate::trail::note_case;
use crate::{Action, By, Case, CaseId, Cases, CasesError, Event, Link};

/// Characters of a label at most, and labels of a case at most.
const LABELS: (usize, usize) = (40, 20);

/// A message between client and staff, or an internal note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Made by whoever sent it.
    #[schema(value_type = String)]
    pub id: Id,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who: the account, for staff.
    pub person: Option<PersonId>,
    /// Name as it may be shown; for clients, empty when staff wrote it.
    pub name: String,
    /// Whether the client wrote it.
    pub by_client: bool,
    /// Whether staff alone see it.
    pub internal: bool,
    /// The step of the work that a note records.
    pub record: Option<Record>,
    /// What it says.
    pub words: String,
}

/// Something to be done for a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    /// Made by whoever entered it.
    #[schema(value_type = String)]
    pub id: Id,
    /// For which case.
    pub case: CaseId,
    /// Rises by one with every change.
    pub version: i64,
    /// What.
    pub title: String,
    /// Who.
    pub assignee: Option<PersonId>,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// When it was entered.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// When it was done.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub done_at: Option<Timestamp>,
    /// Who did it.
    pub done_by: Option<PersonId>,
}

/// A task to be entered or changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskEdit {
    /// What.
    pub title: String,
    /// Who.
    #[serde(default)]
    pub assignee: Option<PersonId>,
    /// By when.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Whether it is done.
    #[serde(default)]
    pub done: bool,
}

/// Words to be added to a case.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// Made by whoever sends them: sent again, they are added once.
    pub id: &'a Id,
    /// What they say.
    pub words: &'a str,
    /// Whether staff alone see them.
    pub internal: bool,
    /// The step of the work that a note records.
    pub record: Option<Record>,
}

impl Cases {
    /// Adds a message of the client or of staff, or an internal note of staff.
    pub async fn say(&self, now: Timestamp, by: By<'_>, id: &CaseId, said: &Words<'_>) -> Result<Message, CasesError> {
        let mut faults = Vec::new();
        written(&mut faults, "words", said.words, true);
        if !faults.is_empty() {
            return Err(CasesError::Invalid(faults));
        }
        let mut write = self.database.write().await?;
        let (case, part) = find(&mut write, by, id).await?;
        let by_client = part.client && !said.internal && !by.actor.may_at(Permission::WorkCases, &case.outlet);
        if !by_client {
            by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        }
        let message = Message {
            id: said.id.clone(),
            at: now,
            person: by.actor.id().cloned(),
            name: by.actor.name().to_owned(),
            by_client,
            internal: said.internal,
            record: said.record.filter(|_| said.internal),
            words: said.words.trim().to_owned(),
        };
        let sealed = self.seal("message", message.id.as_str(), &message.words)?;
        if !desk::add_message(&mut write, id, &desk::Stored { message: message.clone(), sealed }).await? {
            let there = desk::case_of_message(&mut write, said.id).await?;
            return if there.as_ref() == Some(id) { Ok(message) } else { Err(CasesError::KeyTaken) };
        }
        let action = if said.internal { Action::Note } else { Action::Message };
        let done = Done { now, by, case: &case, action, by_client, detail: json!({ "message": message.id }) };
        let number = done.append(&mut write).await?;
        let told = Told { now, case: &case, event: number, template: "case.message", extra: &[] };
        if by_client {
            tell_staff(&mut write, &told).await?;
        } else if !said.internal {
            let contact = self.contact_of(&mut write, id).await?;
            tell_client(&mut write, &told, &contact).await?;
        }
        done.note(&mut write).await?;
        write.commit().await?;
        Ok(message)
    }

    /// Enters a task.
    pub async fn add_task(
        &self,
        now: Timestamp,
        by: By<'_>,
        case: &CaseId,
        (id, edit): (&Id, &TaskEdit),
    ) -> Result<Task, CasesError> {
        edit.check()?;
        let mut write = self.database.write().await?;
        let case = find_as_staff(&mut write, by, case).await?;
        by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        let task = edit.task(id, &case.id, 1, now, by);
        if !desk::add_task(&mut write, &case.id, &task).await? {
            let there = desk::task_by_id(&mut write, id).await?.filter(|there| there.case == case.id);
            return there.ok_or(CasesError::KeyTaken);
        }
        let done = Done { now, by, case: &case, action: Action::Task, by_client: false, detail: json!({ "task": id }) };
        let number = done.append(&mut write).await?;
        if let Some(assignee) = &task.assignee {
            let given = Case { assignee: Some(assignee.clone()), ..case.clone() };
            let told = Told { now, case: &given, event: number, template: "case.assigned", extra: &[] };
            tell_staff(&mut write, &told).await?;
        }
        done.note(&mut write).await?;
        write.commit().await?;
        Ok(task)
    }

    /// Changes a task, or says that it is done.
    pub async fn change_task(
        &self,
        now: Timestamp,
        by: By<'_>,
        (id, seen): (&Id, i64),
        edit: &TaskEdit,
    ) -> Result<Task, CasesError> {
        edit.check()?;
        let mut write = self.database.write().await?;
        let nothing = || CasesError::NotFound(id.to_string());
        let before = desk::task_by_id(&mut write, id).await?.ok_or_else(nothing)?;
        let case = find_as_staff(&mut write, by, &before.case).await.map_err(|_| nothing())?;
        by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        let mut task = edit.task(id, &case.id, seen + 1, before.made_at, by);
        task.done_at = edit.done.then_some(before.done_at.unwrap_or(now));
        if !desk::change_task(&mut write, &task, seen).await? {
            let since = event::since(&mut write, &case.id, case.version - 1).await?;
            return Err(CasesError::Stale { now: Box::new(case), since });
        }
        let detail = json!({ "task": id, "done": edit.done });
        let done = Done { now, by, case: &case, action: Action::Task, by_client: false, detail };
        done.append(&mut write).await?;
        done.note(&mut write).await?;
        write.commit().await?;
        Ok(task)
    }

    /// The open tasks of whoever asks, by what is due.
    pub async fn my_tasks(&self, by: By<'_>) -> Result<Vec<Task>, CasesError> {
        by.actor.require(Permission::OwnAccount)?;
        let Some(person) = by.actor.id() else { return Ok(Vec::new()) };
        desk::tasks_of(&mut *self.database.read().await?, person.as_str(), 500).await
    }

    /// Ties a case to a right, search, analysis or other case; again changes nothing but the label.
    pub async fn link(&self, now: Timestamp, by: By<'_>, id: &CaseId, link: &Link) -> Result<(), CasesError> {
        if !link.is_sound() {
            return Err(CasesError::fault("target", "请填写关联目标", "name what it is tied to"));
        }
        let mut write = self.database.write().await?;
        let case = find_as_staff(&mut write, by, id).await?;
        by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        desk::add_link(&mut write, id, link, now).await?;
        let detail = json!({ "kind": link.kind, "target": link.target });
        let done = Done { now, by, case: &case, action: Action::Link, by_client: false, detail };
        done.append(&mut write).await?;
        done.note(&mut write).await?;
        Ok(write.commit().await?)
    }

    /// Unties it.
    pub async fn unlink(&self, now: Timestamp, by: By<'_>, id: &CaseId, link: &Link) -> Result<(), CasesError> {
        let mut write = self.database.write().await?;
        let case = find_as_staff(&mut write, by, id).await?;
        by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        if desk::remove_link(&mut write, id, link).await? == 0 {
            return Ok(());
        }
        let detail = json!({ "kind": link.kind, "target": link.target, "removed": true });
        let done = Done { now, by, case: &case, action: Action::Link, by_client: false, detail };
        done.append(&mut write).await?;
        done.note(&mut write).await?;
        Ok(write.commit().await?)
    }

    /// Says what a case is about, for the analysis of topics.
    pub async fn set_labels(
        &self,
        now: Timestamp,
        by: By<'_>,
        id: &CaseId,
        labels: &[String],
    ) -> Result<(), CasesError> {
        let labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
        let (longest, most) = LABELS;
        let sound = |label: &String| {
            !label.is_empty() && label.chars().count() <= longest && !label.chars().any(char::is_control)
        };
        if labels.len() > most || !labels.iter().all(sound) {
            let zh = format!("标签最多 {most} 个，每个 1 至 {longest} 个字符");
            let en = format!("at most {most} labels of 1 to {longest} characters");
            return Err(CasesError::fault("labels", zh, en));
        }
        let mut write = self.database.write().await?;
        let case = find_as_staff(&mut write, by, id).await?;
        by.actor.require_at(Permission::WorkCases, &case.outlet)?;
        desk::set_labels(&mut write, id, &labels).await?;
        let detail = json!({ "labels": labels });
        let done = Done { now, by, case: &case, action: Action::Note, by_client: false, detail };
        done.append(&mut write).await?;
        done.note(&mut write).await?;
        Ok(write.commit().await?)
    }
}

impl TaskEdit {
    fn check(&self) -> Result<(), CasesError> {
        let mut faults = Vec::new();
        written(&mut faults, "title", &self.title, true);
        if faults.is_empty() { Ok(()) } else { Err(CasesError::Invalid(faults)) }
    }

    fn task(&self, id: &Id, case: &CaseId, version: i64, made_at: Timestamp, by: By<'_>) -> Task {
        Task {
            id: id.clone(),
            case: case.clone(),
            version,
            title: self.title.trim().to_owned(),
            assignee: self.assignee.clone(),
            due_on: self.due_on,
            made_at,
            done_at: None,
            done_by: if self.done { by.actor.id().cloned() } else { None },
        }
    }
}

/// Something done beside the flow.
struct Done<'a> {
    now: Timestamp,
    by: By<'a>,
    case: &'a Case,
    action: Action,
    by_client: bool,
    detail: Value,
}

impl Done<'_> {
    async fn append(&self, write: &mut Write) -> Result<i64, CasesError> {
        let number = case::touch(write, &self.case.id, self.now).await?;
        let happened = Event {
            number,
            at: self.now,
            action: self.action,
            person: self.by.actor.id().cloned(),
            name: self.by.actor.name().to_owned(),
            by_client: self.by_client,
            from: Some(self.case.state),
            to: self.case.state,
            reason: None,
            detail: self.detail.clone(),
            public: self.action == Action::Message,
        };
        event::append(write, &self.case.id, self.case.version, "", &happened).await?;
        Ok(number)
    }

    async fn note(&self, write: &mut Write) -> Result<(), CasesError> {
        let action = format!("case.{}", self.action.code());
        note_case(write, self.now, self.by.actor, self.case, (&action, self.detail.clone())).await
    }
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
