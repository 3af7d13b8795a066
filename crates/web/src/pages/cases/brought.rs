//! Forms with files.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use network::Id;

use crate::App;
use crate::problem::Failure;
use crate::sent::Sent;

/// Bytes of a form with its files at most.
pub(crate) const LARGEST: usize = 64 << 20;

/// What a form with files sends.
#[derive(Default)]
pub(crate) struct Brought {
    pub(crate) sent: Sent,
    pub(crate) files: Vec<File>,
}

/// A file of a form.
pub(crate) struct File {
    /// Name of the field.
    pub(crate) field: String,
    /// Its own name.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl FromRequest<Arc<App>> for Brought {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let incomplete =
            || Failure::wrong("没有收到完整的表单，请重试。", "The form did not arrive whole; send it again.");
        let refused = |status: StatusCode| match status {
            StatusCode::PAYLOAD_TOO_LARGE => status.into_response(),
            _ => incomplete().into_response(),
        };
        let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
        if kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded")) {
            let sent = Sent::from_request(request, app).await.map_err(Failure::into_response)?;
            return Ok(Self { sent, files: Vec::new() });
        }
        let form = Multipart::from_request(request, app).await;
        let mut form = form.map_err(|_| incomplete().into_response())?;
        let mut brought = Self::default();
        while let Some(field) = form.next_field().await.map_err(|error| refused(error.status()))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|error| refused(error.status()))?;
            match file {
                // A field in which no file was chosen.
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) => brought.files.push(File { field: name, name: file, bytes: bytes.to_vec() }),
                None => brought.sent.0.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(brought)
    }
}

impl File {
    /// The id of the document that it becomes: sent again from the same form it is the same one.
    pub(crate) fn id(&self, of: &str) -> Id {
        let mut mark = blake3::Hasher::new();
        mark.update(of.as_bytes()).update(b"\n").update(self.field.as_bytes()).update(b"\n");
        mark.update(self.name.as_bytes()).update(b"\n").update(&self.bytes);
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&mark.finalize().as_bytes()[..10]);
        Id::make(Timestamp::UNIX_EPOCH, bytes)
    }
}
