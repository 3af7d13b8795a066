//! `/api/v1/export`: every hit as a file, written while it is read, without a row limit.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderName, header};
use search::{Column, ExportFormat, Exporting};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};

use super::asked::{As, Asked};
use crate::App;
use crate::frame::Visit;
use crate::problem::{Failure, told};

/// Pieces made ahead of a slow reader.
const AHEAD: usize = 2;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Query; an empty one asks for everything.
    q: String,
    /// Spelling of the query.
    #[serde(rename = "as")]
    #[param(inline)]
    spelling: As,
    /// Form of the file.
    #[param(inline)]
    format: Format,
    /// Columns of a table in their order, such as `id`, `title`, `applicants`; all unless asked otherwise. JSON lines
    /// always give whole rights.
    #[serde(deserialize_with = "super::asked::list")]
    #[param(value_type = Vec<String>, example = json!(["id", "title", "status"]))]
    columns: Vec<ColumnAsked>,
}

/// Form of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Format {
    /// Comma-separated, UTF-8 with byte-order mark.
    #[default]
    Csv,
    /// Excel workbook.
    Xlsx,
    /// One right in JSON a line.
    Jsonl,
}

impl Format {
    /// The form, the media type, and the end of the file's name.
    const fn told(self) -> (ExportFormat, &'static str, &'static str) {
        match self {
            Self::Csv => (ExportFormat::Csv, "text/csv; charset=utf-8", "csv"),
            Self::Xlsx => {
                (ExportFormat::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
            }
            Self::Jsonl => (ExportFormat::JsonLines, "application/x-ndjson", "jsonl"),
        }
    }
}

/// A column that is asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ColumnAsked(&'static Column);

impl TryFrom<String> for ColumnAsked {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let columns = search::columns_named([name.as_str()]).unwrap_or_default();
        let unknown = || {
            let known: Vec<&str> = search::COLUMNS.iter().map(|column| column.name).collect();
            format!("there is no column «{name}»: expected one of {}", known.join(", "))
        };
        columns.first().copied().map(Self).ok_or_else(unknown)
    }
}

/// Take away everything a query finds.
#[utoipa::path(get, operation_id = "export", path = "/export", tag = "search", params(Parameters), responses(
    (status = 200, description = "The file, in the order of ids.", content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (String = "application/x-ndjson"),
    )),
))]
pub(crate) async fn export(
    visit: Visit,
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<([(HeaderName, String); 2], Body), Failure> {
    let (format, media_type, end) = asked.format.told();
    let text = asked.spelling.own_words(asked.q)?;
    let columns: Vec<&'static Column> = asked.columns.iter().map(|column| column.0).collect();
    let mut exporting = app.searcher().exporting(&text, format, visit.lang.code(), &columns)?;
    // What goes wrong before anything was sent can still be told.
    let first = exporting.next().await?.unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"huizhi-export.{end}\"")),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces(exporting, first)))))
}

/// The pieces of the file as they are made; making them stops when nobody takes them any more.
fn pieces(mut exporting: Exporting, first: Vec<u8>) -> mpsc::Receiver<io::Result<Bytes>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut piece = Ok(Some(first));
        loop {
            let made = match piece {
                Ok(Some(bytes)) => Ok(Bytes::from(bytes)),
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(error = %told(&error), "an export broke off");
                    Err(io::Error::other(error))
                }
            };
            let last = made.is_err();
            let empty = made.as_ref().is_ok_and(Bytes::is_empty);
            if sender.is_closed() || (!empty && sender.send(made).await.is_err()) || last {
                return;
            }
            piece = exporting.next().await;
        }
    });
    receiver
}
