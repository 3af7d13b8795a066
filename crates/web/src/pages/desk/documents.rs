//! Documents of a case: added, in new versions, taken back, given out.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use cases::NewDocument;
use network::Id;

use super::beside::{after, fresh, wrong};
use super::{by, named};
use crate::App;
use crate::frame::Visit;
use crate::pages::cases::brought::Brought;
use crate::parcel::download;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Adds documents, or a new version of one.
pub(crate) async fn add(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Brought { sent, files }: Brought,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    if files.is_empty() {
        let faults = vec![fault("file", "请选择文件", "choose a file")];
        return wrong(&app, &visit, &id, sent, faults).await;
    }
    let base = fresh(&app, &sent, "document_id");
    let version = sent.get("version").parse().unwrap_or(0);
    for (n, file) in files.into_iter().enumerate() {
        // A new version goes to the document that the form names; everything else is a document of its own.
        let (document, version) =
            if n == 0 && version > 0 { (base.clone(), version) } else { (file.id(base.as_str()), 0) };
        let new = NewDocument {
            id: &document,
            version,
            name: &file.name,
            bytes: file.bytes,
            field: None,
            record: sent.get("record").parse().ok(),
            public: sent.get("public") == "yes",
        };
        if let Err(error) = app.cases.add_document((app.clock.now)(), by(&visit), &id, new).await {
            return after(&app, &visit, &id, (sent, &[]), Err(error)).await;
        }
    }
    after(&app, &visit, &id, (sent, &[]), Ok("documents")).await
}

/// The content of a version, to be kept: nothing that was sent here is shown as a page of this site.
pub(crate) async fn content(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, document, version)): Path<(String, String, i64)>,
) -> Result<Response, Failure> {
    let (id, document) = (named(&id)?, document.parse::<Id>().map_err(|_| Failure::NotFound)?);
    let (found, bytes) = app.cases.document((app.clock.now)(), by(&visit), &id, (&document, version)).await?;
    Ok(download(&found.name, found.kind.media_type(), bytes))
}

/// Takes a document back.
pub(crate) async fn withdraw(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, document)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, document) = (named(&id)?, document.parse::<Id>().map_err(|_| Failure::NotFound)?);
    let reason = sent.get("reason").trim();
    let done = app.cases.withdraw_document((app.clock.now)(), by(&visit), &id, &document, reason).await;
    after(&app, &visit, &id, (Sent::default(), &[]), done.map(|()| "documents")).await
}
