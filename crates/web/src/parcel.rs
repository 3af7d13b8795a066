//! Files that forms bring, and files as downloads.

use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use charts::{Table, TableCell};
use sheets::Cell;
use uploads::{FileKind, MOST_BYTES, USUAL};

use crate::link::encoded;
use crate::problem::Failure;
use crate::sent::Sent;

/// Room for one file of the largest kind and the texts beside it.
pub(crate) fn large() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MOST_BYTES + (1 << 20))
}

/// What a browser is told to let people choose.
pub(crate) fn accepted() -> String {
    USUAL.iter().map(|kind| format!(".{}", kind.code())).collect::<Vec<_>>().join(",")
}

/// A file as a download that no browser runs.
pub(crate) fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let encoded = encoded(name).replace('*', "%2A").replace('/', "%2F");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// How a list is downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Xlsx,
}

/// A list as a download: `name` without its end.
pub(crate) fn listing(name: &str, form: Form, list: &sheets::Template) -> Result<Response, Failure> {
    Ok(match form {
        Form::Csv => download(&format!("{name}.csv"), FileKind::Csv.media_type(), csv(list).into_bytes()),
        Form::Xlsx => {
            let bytes = list.write().map_err(|error| Failure::Broken(error.into()))?;
            download(&format!("{name}.xlsx"), FileKind::Xlsx.media_type(), bytes)
        }
    })
}

/// The headings and rows of a list, written as the tables of figures are.
fn csv(list: &sheets::Template) -> String {
    let cell = |cell: &Cell| {
        let (text, value) = match cell {
            Cell::Empty => (String::new(), None),
            Cell::Text(text) => (text.clone(), None),
            Cell::Number(number) => (number.to_string(), Some(*number)),
            Cell::Date(day) => (day.to_string(), None),
        };
        TableCell { text, value, href: None }
    };
    let headings = list.columns.iter().map(|column| column.heading.clone()).collect();
    let rows = list.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    Table { caption: list.title.clone(), headings, rows }.csv()
}

/// A file with the texts beside it.
#[derive(Default)]
pub(crate) struct Parcel {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) texts: Sent,
}

impl Parcel {
    pub(crate) async fn read(mut form: Multipart) -> Result<Self, Failure> {
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

/// Bytes for people.
pub(crate) fn size(bytes: i64) -> String {
    match bytes {
        ..=1_023 => format!("{bytes} B"),
        1_024..=1_048_575 => format!("{} KB", bytes / 1_024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
#[path = "parcel_tests.rs"]
mod tests;
