//! Documents of a request: added, taken back, downloaded.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Path, State};
use axum::response::Response;
use cases::{CaseId, CasesError, NewDocument};
use network::{Fault, Id};

use super::access::Held;
use super::acts::{done, refused};
use super::brought::{Brought, File};
use super::case::Typed;
use crate::App;
use crate::frame::Visit;
use crate::parcel;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Name of the field with files.
pub(super) const FILES: &str = "files";

pub(crate) async fn add(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<CaseId>,
    held: Held,
    brought: Brought,
) -> Result<Response, Failure> {
    let files = brought.files.iter().filter(|file| file.field == FILES);
    if files.clone().next().is_none() {
        let faults = vec![fault(FILES, "请选择文件", "choose a file")];
        return refused(&visit, &app, (&id, &held), Typed { faults, ..Typed::of("documents", &brought.sent) }).await;
    }
    let faults = bring(&app, &visit, (&id, &held), files, brought.sent.get("key")).await?;
    if faults.is_empty() {
        return Ok(done(&id, "documents"));
    }
    refused(&visit, &app, (&id, &held), Typed { faults, ..Typed::of("documents", &brought.sent) }).await
}

/// Adds files to a request; what is wrong with those that were not taken.
pub(super) async fn bring<'a>(
    app: &App,
    visit: &Visit,
    (id, held): (&CaseId, &Held),
    files: impl Iterator<Item = &'a File>,
    key: &str,
) -> Result<Vec<Fault>, Failure> {
    let mut faults = Vec::new();
    for file in files {
        let document = file.id(&format!("{id} {key}"));
        let new = NewDocument {
            id: &document,
            version: 0,
            name: &file.name,
            bytes: file.bytes.clone(),
            field: None,
            record: None,
            public: true,
        };
        match app.cases.add_document((app.clock.now)(), held.by(visit), id, new).await {
            Ok(_) => {}
            Err(CasesError::Upload(error)) => {
                faults.push(Fault { field: FILES.to_owned(), zh: error.text("zh"), en: error.text("en") });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(faults)
}

pub(crate) async fn withdraw(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, document)): Path<(CaseId, Id)>,
    held: Held,
    sent: Sent,
) -> Result<Response, Failure> {
    let (now, reason) = ((app.clock.now)(), sent.get("reason").trim());
    match app.cases.withdraw_document(now, held.by(&visit), &id, &document, reason).await {
        Ok(()) => {}
        // Those who read the desk are told that they may not.
        Err(CasesError::Denied(denied)) if visit.actor.may(Permission::ReadCases) => return Err(denied.into()),
        // It could be taken back until the outlet accepted the request.
        Err(CasesError::Denied(_) | CasesError::NotNow { .. }) => {
            let told = visit
                .t("网点已开始处理，文件不能再撤回", "the outlet has gone on: documents cannot be taken back any more");
            let typed = Typed { stale: Some(vec![told.to_owned()]), ..Typed::of("documents", &sent) };
            return refused(&visit, &app, (&id, &held), typed).await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(done(&id, "documents"))
}

/// A document as a download that no browser runs, in the type that its content was found to have.
pub(crate) async fn download(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, document, version)): Path<(CaseId, Id, i64)>,
    held: Held,
) -> Result<Response, Failure> {
    let (found, bytes) = app.cases.document((app.clock.now)(), held.by(&visit), &id, (&document, version)).await?;
    Ok(parcel::download(&found.name, found.kind.media_type(), bytes))
}
