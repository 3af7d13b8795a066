//! Files of reports: in, out, taken back.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Multipart, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use plans::{FileId, PlansError, ReportId, Seen};

use super::report::{Told, shown};
use super::{begin, named};
use crate::App;
use crate::frame::Visit;
use crate::link::encoded;
use crate::problem::Failure;
use crate::sent::Sent;

/// A file with the texts beside it.
#[derive(Default)]
pub(super) struct Parcel {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) texts: Sent,
}

impl Parcel {
    pub(super) async fn read(mut form: Multipart) -> Result<Self, Failure> {
        let broken =
            |_| Failure::wrong("没有收到完整的文件，请重试。", "The file did not arrive whole; send it again.");
        let mut parcel = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(broken)?;
            if name == "file" {
                parcel.name = file.unwrap_or_default();
                parcel.bytes = bytes.to_vec();
            } else {
                parcel.texts.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Ok(parcel)
    }
}

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: FileId = named(&id)?;
    let (file, bytes) = app.plans.file(&visit.actor, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, file.kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(&file.name))),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

pub(crate) async fn attach(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let id: ReportId = named(&id)?;
    visit.actor.require(Permission::ReportProgress)?;
    let parcel = Parcel::read(form).await?;
    let file: FileId = named(parcel.texts.get("key"))?;
    let seen = Seen::new(&id, parcel.texts.version()?);
    let mut write = begin(&app).await?;
    let now = (app.clock.now)();
    match app.plans.attach(&mut write, now, &visit.actor, seen, (&file, &parcel.name, parcel.bytes)).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/plans/reports/{id}")).into_response())
        }
        Err(error @ (PlansError::Upload(_) | PlansError::StaleReport { .. })) => {
            drop(write);
            let stale = matches!(error, PlansError::StaleReport { .. });
            let fault = Some(error.text(visit.lang.code()));
            shown(&visit, &app, &id, Told { reason: String::new(), fault, stale }).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn detach(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, file)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, file): (ReportId, FileId) = (named(&id)?, named(&file)?);
    visit.actor.require(Permission::ReportProgress)?;
    let seen = Seen::new(&id, sent.version()?);
    let mut write = begin(&app).await?;
    app.plans.detach(&mut write, (app.clock.now)(), &visit.actor, seen, &file).await?;
    write.commit().await?;
    Ok(Redirect::to(&format!("/governance/plans/reports/{id}")).into_response())
}
