//! Forms with files.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use network::Id;

use crate::App;
use crate::problem::Failure;
use crate::sent::Sent;

/// Bytes of a form with its files.
pub(crate) const LARGEST: usize = 3 * cases::MOST_BYTES + (1 << 20);

/// A form that may have files.
#[derive(Default)]
pub(crate) struct Uploaded {
    pub(crate) sent: Sent,
    pub(crate) files: Vec<File>,
}

/// A file as it was sent.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl FromRequest<Arc<App>> for Uploaded {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
        if !kind.is_some_and(|kind| kind.starts_with(b"multipart/form-data")) {
            return Ok(Self { sent: Sent::from_request(request, app).await?, files: Vec::new() });
        }
        let broken = |_| {
            Failure::wrong(
                "没有收到完整的表单；文件可能太大。请分几次上传。",
                "The form did not arrive whole; its files may be too large. Send them one by one.",
            )
        };
        let mut parts = Multipart::from_request(request, app).await.map_err(|error| broken(error.to_string()))?;
        let mut uploaded = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| broken(error.to_string()))? {
            let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
            let bytes = part.bytes().await.map_err(|error| broken(error.to_string()))?;
            match file {
                // A browser sends an empty file where none was chosen.
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) => uploaded.files.push(File { name: file, bytes: bytes.to_vec() }),
                None => uploaded.sent.0.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(uploaded)
    }
}

/// The id of the `n`th file of a form: the same when the form is sent again.
pub(crate) fn nth(base: &Id, n: usize) -> Id {
    if n == 0 {
        return base.clone();
    }
    let hash = blake3::hash(format!("{base} {n}").as_bytes()).to_hex();
    let time = base.to_uuid().replace('-', "");
    Id::from_uuid(&format!("{}{}", &time[..12], &hash[..20])).unwrap_or_else(|_| base.clone())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use network::Id;

    use super::nth;

    #[test]
    fn every_file_of_a_form_has_an_id_of_its_own_and_the_same_again() {
        let base = Id::make(Timestamp::UNIX_EPOCH, [7; 10]);
        let ids: Vec<Id> = (0..4).map(|n| nth(&base, n)).collect();
        assert_eq!(ids[0], base);
        for (n, id) in ids.iter().enumerate() {
            assert!(!ids[..n].contains(id));
            assert_eq!(*id, nth(&base, n));
            assert_eq!(id.as_str()[..10], base.as_str()[..10], "it sorts with the form");
        }
    }
}
