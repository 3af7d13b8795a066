//! Evidence as a download that no browser runs.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::named;
use crate::App;
use crate::frame::Visit;
use crate::link::encoded;
use crate::problem::Failure;

pub(crate) async fn download(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (found, bytes) = app.assessments.file(&visit.actor, &named(&file)?).await?;
    let plain: String =
        found.name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let name = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        encoded(&found.name).replace('*', "%2A").replace('/', "%2F")
    );
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
