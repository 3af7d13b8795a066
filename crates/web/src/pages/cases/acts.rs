//! What clients do with their requests: confirm, hand back, withdraw, supplement, say.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::{Act, CaseId, CasesError, Step, Words};
use services::Answers;

use super::access::{self, Held};
use super::brought::Brought;
use super::case::{self, Typed};
use super::{documents, timeline};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Back to the page, which says what was done.
pub(super) fn done(id: &CaseId, what: &str) -> Response {
    Redirect::to(&format!("{}?done={what}", access::case(id))).into_response()
}

/// The page as it is now with what was typed.
pub(super) async fn refused(
    visit: &Visit,
    app: &App,
    (id, held): (&CaseId, &Held),
    typed: Typed<'_>,
) -> Result<Response, Failure> {
    let file = app.cases.case((app.clock.now)(), held.by(visit), id).await?;
    case::page_of(visit, app, (&file, held), typed).await
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, name)): Path<(CaseId, String)>,
    held: Held,
    sent: Sent,
) -> Result<Response, Failure> {
    let text = |name: &str| sent.get(name).trim().to_owned();
    let act = match name.as_str() {
        "withdraw" => Act::Withdraw { reason: text("reason") },
        "return" => Act::Return { reason: text("reason") },
        "reopen" => Act::Reopen { reason: text("reason") },
        "confirm" => {
            let Ok(solved) = sent.get("solved").parse() else {
                let faults = vec![fault("solved", "请选择解决程度", "say how far it is solved")];
                return refused(&visit, &app, (&id, &held), Typed { faults, ..Typed::of("confirm", &sent) }).await;
            };
            Act::Confirm { solved, words: text("words") }
        }
        _ => return Err(Failure::NotFound),
    };
    perform(&visit, &app, (&id, &held), &act, (&name, &sent)).await
}

/// Does an act in the version that the sender saw.
async fn perform(
    visit: &Visit,
    app: &App,
    (id, held): (&CaseId, &Held),
    act: &Act,
    (name, sent): (&str, &Sent),
) -> Result<Response, Failure> {
    let key = if sent.get("key").is_empty() { String::new() } else { format!("{} {name}", sent.get("key")) };
    let step = Step { by: held.by(visit), case: id, version: sent.version()?, key: &key };
    let typed = match app.cases.act((app.clock.now)(), &step, act).await {
        Ok(_) => return Ok(done(id, name)),
        Err(CasesError::Invalid(faults)) => Typed { faults, ..Typed::of(name, sent) },
        Err(CasesError::Stale { since, .. }) => {
            let mut told: Vec<String> = since
                .iter()
                .filter(|event| event.public)
                .map(|event| format!("{} {}", super::local(event.at), timeline::what(event.action, visit)))
                .collect();
            told.dedup();
            Typed { stale: Some(told), ..Typed::of(name, sent) }
        }
        Err(error @ (CasesError::NotNow { .. } | CasesError::Paused(_) | CasesError::Over { .. })) => {
            Typed { stale: Some(vec![error.text(visit.lang.code())]), ..Typed::of(name, sent) }
        }
        Err(error) => return Err(error.into()),
    };
    refused(visit, app, (id, held), typed).await
}

pub(crate) async fn supplement(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<CaseId>,
    held: Held,
    brought: Brought,
) -> Result<Response, Failure> {
    let sent = &brought.sent;
    let files = brought.files.iter().filter(|file| file.field == documents::FILES);
    let faults = documents::bring(&app, &visit, (&id, &held), files, sent.get("key")).await?;
    if !faults.is_empty() {
        return refused(&visit, &app, (&id, &held), Typed { faults, ..Typed::of("supplement", sent) }).await;
    }
    let act = Act::Supplement { answers: Answers::new(), note: sent.get("note").trim().to_owned() };
    perform(&visit, &app, (&id, &held), &act, ("supplement", sent)).await
}

pub(crate) async fn say(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<CaseId>,
    held: Held,
    sent: Sent,
) -> Result<Response, Failure> {
    let key = sent.get("id").parse().unwrap_or_else(|_| app.random().id((app.clock.now)()));
    let said = Words { id: &key, words: sent.get("words"), internal: false, record: None };
    match app.cases.say((app.clock.now)(), held.by(&visit), &id, &said).await {
        Ok(_) => Ok(done(&id, "message")),
        Err(CasesError::Invalid(_)) => {
            let faults =
                vec![fault("message", "请写下留言，最多 10000 个字符", "write a message of at most 10,000 characters")];
            refused(&visit, &app, (&id, &held), Typed { faults, ..Typed::of("message", &sent) }).await
        }
        Err(error) => Err(error.into()),
    }
}
