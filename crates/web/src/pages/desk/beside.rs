//! Beside the flow: messages and notes, tasks, labels.

use std::sync::Arc;

use accounts::PersonId;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::{CaseId, CasesError, TaskEdit, Words};
use jiff::civil::Date;
use network::{Fault, Id};

use super::case::{Beside, Typed, answer};
use super::{address, by, named};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// A message to the client, or a note.
pub(crate) async fn say(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, key) = (named(&id)?, fresh(&app, &sent, "say_id"));
    let said = Words {
        id: &key,
        words: sent.get("words"),
        internal: sent.get("to") == "note",
        record: sent.get("note_record").parse().ok(),
    };
    let done = app.cases.say((app.clock.now)(), by(&visit), &id, &said).await;
    after(&app, &visit, &id, (sent, &[]), done.map(|_| "messages")).await
}

pub(crate) async fn add_task(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, key) = (named(&id)?, fresh(&app, &sent, "task_id"));
    let due_on = match day(&sent, "task_due") {
        Ok(day) => day,
        Err(fault) => return wrong(&app, &visit, &id, sent, vec![fault]).await,
    };
    let assignee: Option<PersonId> = sent.get("task_assignee").parse().ok();
    let edit = TaskEdit { title: sent.get("task").to_owned(), assignee, due_on, done: false };
    let done = app.cases.add_task((app.clock.now)(), by(&visit), &id, (&key, &edit)).await;
    after(&app, &visit, &id, (sent, &[("title", "task")]), done.map(|_| "tasks")).await
}

/// Says that a task is done, or that it is not.
pub(crate) async fn change_task(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, task)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, task) = (named(&id)?, task.parse::<Id>().map_err(|_| Failure::NotFound)?);
    let edit = TaskEdit {
        title: sent.get("title").to_owned(),
        assignee: sent.get("assignee").parse().ok(),
        due_on: day(&sent, "due").unwrap_or_default(),
        done: sent.get("done") == "yes",
    };
    let seen = (&task, sent.version()?);
    let done = app.cases.change_task((app.clock.now)(), by(&visit), seen, &edit).await;
    after(&app, &visit, &id, (Sent::default(), &[]), done.map(|_| "tasks")).await
}

pub(crate) async fn label(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let labels: Vec<String> = sent
        .get("labels")
        .split([',', '，', '、', ';', '；'])
        .map(str::trim)
        .filter(|label| !label.is_empty())
        .map(str::to_owned)
        .collect();
    let done = app.cases.set_labels((app.clock.now)(), by(&visit), &id, &labels).await;
    after(&app, &visit, &id, (sent, &[]), done.map(|()| "labels")).await
}

/// The id that a form brings, so that it is done once; a form without one is done as it comes.
pub(crate) fn fresh(app: &App, sent: &Sent, name: &str) -> Id {
    sent.get(name).parse().unwrap_or_else(|_| app.random().id((app.clock.now)()))
}

fn day(sent: &Sent, name: &str) -> Result<Option<Date>, Fault> {
    match sent.get(name).trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| fault(name, "日期写作 2026-07-01", "write the day as 2026-07-01")),
    }
}

/// Back to the part of the page; or the page again with what is wrong, where names of fields are those of the page.
pub(crate) async fn after(
    app: &App,
    visit: &Visit,
    id: &CaseId,
    (sent, names): (Sent, &[(&str, &str)]),
    done: Result<&'static str, CasesError>,
) -> Result<Response, Failure> {
    match done {
        Ok(part) => Ok(Redirect::to(&format!("{}#{part}", address(id))).into_response()),
        Err(CasesError::Stale { .. }) => {
            let typed = Typed { sent, faults: Vec::new(), stale: true };
            answer(app, visit, id, Beside { typed, ..Beside::default() }).await
        }
        Err(CasesError::Upload(error)) => {
            wrong(app, visit, id, sent, vec![fault("file", &error.text("zh"), &error.text("en"))]).await
        }
        Err(error) if !error.faults().is_empty() => {
            let renamed = |known: &Fault| {
                let name = names.iter().find(|(domain, _)| *domain == known.field).map(|(_, name)| (*name).to_owned());
                Fault { field: name.unwrap_or_else(|| known.field.clone()), ..known.clone() }
            };
            let faults = error.faults().iter().map(renamed).collect();
            wrong(app, visit, id, sent, faults).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn wrong(
    app: &App,
    visit: &Visit,
    id: &CaseId,
    sent: Sent,
    faults: Vec<Fault>,
) -> Result<Response, Failure> {
    let typed = Typed { sent, faults, stale: false };
    answer(app, visit, id, Beside { typed, ..Beside::default() }).await
}
