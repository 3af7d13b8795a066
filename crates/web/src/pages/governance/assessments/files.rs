//! Evidence as a download that no browser runs.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::named;
use crate::App;
use crate::frame::Visit;
use crate::parcel;
use crate::problem::Failure;

pub(crate) async fn download(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (found, bytes) = app.assessments.file(&visit.actor, &named(&file)?).await?;
    Ok(parcel::download(&found.name, "application/octet-stream", bytes))
}
