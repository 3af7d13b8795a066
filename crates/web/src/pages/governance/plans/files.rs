//! Files of reports: in, out, taken back.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use plans::{FileId, PlansError, ReportId, Seen};

use super::report::{Told, shown};
use super::{begin, named};
use crate::App;
use crate::frame::Visit;
use crate::parcel::{Parcel, download};
use crate::problem::Failure;
use crate::sent::Sent;

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: FileId = named(&id)?;
    let (file, bytes) = app.plans.file(&visit.actor, &id).await?;
    Ok(download(&file.name, file.kind.media_type(), bytes))
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
