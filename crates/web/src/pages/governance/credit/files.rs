//! Files of evidence beside events, objections and applications: in, out, taken back.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{CreditError, EventId, FileId, Shown};

use super::event::{Told, shown};
use super::{begin, key, named};
use crate::App;
use crate::frame::Visit;
use crate::parcel::{Parcel, download, size};
use crate::problem::Failure;
use crate::sent::Sent;

/// Where objections and applications stand on the page of an event.
pub(super) const PAPERS: &str = "#rights-h";

/// The files of an event or paper on a page.
#[derive(Default)]
pub(super) struct FilesView {
    pub(super) rows: Vec<FileRow>,
    pub(super) adding: Option<Adding>,
}

/// A file in a list.
pub(super) struct FileRow {
    pub(super) id: String,
    pub(super) address: String,
    pub(super) name: String,
    pub(super) size: String,
}

/// Where more are added, by whoever may.
pub(super) struct Adding {
    pub(super) action: String,
    /// The paper; none for the event itself.
    pub(super) paper: String,
    pub(super) version: i64,
    pub(super) key: String,
}

impl FilesView {
    pub(super) async fn new(app: &App, visit: &Visit, of: &Shown) -> Result<Self, Failure> {
        let row = |file: credit::File| FileRow {
            address: format!("/governance/credit/files/{}", file.id),
            id: file.id.to_string(),
            name: file.name,
            size: size(file.length),
        };
        let rows = app.credit.files_of(&visit.actor, of).await?.into_iter().map(row).collect();
        Ok(Self { rows, adding: None })
    }

    /// With a form for more.
    pub(super) fn adding(self, app: &App, (event, paper): (&EventId, String), version: i64) -> Self {
        let action = format!("/governance/credit/events/{event}/files");
        Self { adding: Some(Adding { action, paper, version, key: key(app) }), ..self }
    }
}

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (file, bytes) = app.credit.file(&visit.actor, &named(&id)?).await?;
    Ok(download(&file.name, file.kind.media_type(), bytes))
}

pub(crate) async fn attach(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let id: EventId = named(&id)?;
    visit.actor.require(Permission::OwnAccount)?;
    let parcel = Parcel::read(form).await?;
    let file: FileId = named(parcel.texts.get("key"))?;
    let of = match parcel.texts.get("paper") {
        "" => Shown::Event(id.clone()),
        paper => Shown::Paper(named(paper)?),
    };
    let seen = (&of, parcel.texts.version()?);
    let mut write = begin(&app).await?;
    let new = (&file, parcel.name.as_str(), parcel.bytes);
    match credit::attach(&mut write, (app.clock.now)(), &visit.actor, seen, new).await {
        Ok(_) => {
            write.commit().await?;
            Ok(back(&id, if matches!(of, Shown::Event(_)) { "#files" } else { PAPERS }))
        }
        Err(error) => {
            drop(write);
            refused(&visit, &app, &id, error).await
        }
    }
}

pub(crate) async fn detach(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, file)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: EventId = named(&id)?;
    visit.actor.require(Permission::OwnAccount)?;
    let mut write = begin(&app).await?;
    match credit::detach(&mut write, (app.clock.now)(), &visit.actor, (&named(&file)?, sent.version()?)).await {
        Ok(()) => {
            write.commit().await?;
            Ok(back(&id, ""))
        }
        Err(error) => {
            drop(write);
            refused(&visit, &app, &id, error).await
        }
    }
}

/// The page of the event, at a place of it.
pub(super) fn back(event: &EventId, place: &str) -> Response {
    Redirect::to(&format!("/governance/credit/events/{event}{place}")).into_response()
}

/// The page of the event with what was wrong about the file, or that something changed meanwhile.
async fn refused(visit: &Visit, app: &App, event: &EventId, error: CreditError) -> Result<Response, Failure> {
    let told = match error {
        CreditError::Upload(error) => Told { file: Some(error.text(visit.lang.code())), ..Told::default() },
        CreditError::Stale { .. } | CreditError::Step { .. } => Told { stale: true, ..Told::default() },
        error => return Err(error.into()),
    };
    shown(visit, app, event, told).await
}
