//! What can be taken away: pictures, JSON, CSV, the parts and the original records.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use figures::{PictureError, Pictures, Size};
use records::Right;

use crate::App;
use crate::frame::Visit;
use crate::language::Lang;
use crate::link;
use crate::problem::Failure;

/// A picture as a page shows it.
pub(crate) struct PictureView {
    pub(crate) label: String,
    pub(crate) thumb: String,
    pub(crate) full: String,
    /// Kept by its office: a link, never loaded from here.
    pub(crate) remote: Option<String>,
}

/// Where a part came from.
pub(crate) struct SourceView {
    pub(crate) number: usize,
    pub(crate) file: String,
    pub(crate) position: u64,
    pub(crate) loaded: String,
}

pub(crate) fn pictures(right: &Right, lang: Lang) -> Vec<PictureView> {
    let address = link::right(right.id.as_str());
    let view = |picture: figures::Picture| PictureView {
        label: picture.label(lang.code()),
        thumb: format!("{address}/figures/{}/thumb", picture.index),
        full: format!("{address}/figures/{}", picture.index),
        remote: picture.remote,
    };
    Pictures::list(right).into_iter().map(view).collect()
}

pub(crate) fn sources(right: &Right, _lang: Lang) -> Vec<SourceView> {
    let view = |(at, source): (usize, &records::SourceRef)| SourceView {
        number: at + 1,
        // The folder of a server is nobody's business: the name of the file with its archive.
        file: short(&source.file),
        position: source.position,
        loaded: source.loaded_at.clone(),
    };
    right.sources.iter().enumerate().map(view).collect()
}

/// The file name, and what lies inside it.
fn short(file: &str) -> String {
    let (outer, inner) = file.split_once("!/").map_or((file, ""), |(outer, inner)| (outer, inner));
    let name = outer.rsplit(['/', '\\']).next().unwrap_or(outer);
    if inner.is_empty() { name.to_owned() } else { format!("{name}!/{inner}") }
}

/// The right with this id, or nothing.
async fn right(app: &App, id: &str) -> Result<Right, Failure> {
    let mut rights = app.searcher().show(id).await?;
    if rights.len() == 1 { Ok(rights.remove(0)) } else { Err(Failure::NotFound) }
}

/// `/rights/{id}/figures/{n}` and `…/thumb`.
pub(crate) async fn figure(
    State(app): State<Arc<App>>,
    Path(place): Path<Vec<String>>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let [id, index, rest @ ..] = place.as_slice() else { return Err(Failure::NotFound) };
    let size = match rest {
        [] => Size::Full,
        [thumb] if thumb == "thumb" => Size::Thumb,
        _ => return Err(Failure::NotFound),
    };
    let index: usize = index.parse().map_err(|_| Failure::NotFound)?;
    let right = right(&app, id).await?;
    let pictures = Arc::clone(&app.pictures);
    let served = tokio::task::spawn_blocking(move || pictures.get(&right, index, size));
    let served = match served.await.map_err(|error| Failure::Broken(error.into()))? {
        Ok(served) => served,
        Err(PictureError::Remote(url)) => {
            return Err(Failure::wrong(
                format!("这幅图由原局提供，本站不转载：{url}"),
                format!("This picture is kept by its office and not shown from here: {url}"),
            ));
        }
        Err(error) => {
            tracing::info!(%error, "a picture cannot be shown");
            return Err(Failure::NotFound);
        }
    };
    let caching = [(header::ETAG, served.etag.clone()), (header::CACHE_CONTROL, "public, max-age=86400".to_owned())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == served.etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, served.media_type)], served.bytes).into_response())
}

fn attachment(name: &str) -> [(header::HeaderName, String); 1] {
    [(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))]
}

/// `/rights/{id}/json`.
pub(crate) async fn json(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let right = right(&app, &id).await?;
    Ok((attachment(&format!("{}.json", right.id)), Json(right)).into_response())
}

/// `/rights/{id}/csv`: one row below its heading.
pub(crate) async fn csv(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let right = right(&app, &id).await?;
    let bytes = search::rights_csv(std::slice::from_ref(&right), visit.lang.code())?;
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok((attachment(&format!("{}.csv", right.id)), kind, bytes).into_response())
}

/// `/rights/{id}/parts`: every part as stored, with its source.
pub(crate) async fn part(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let right = right(&app, &id).await?;
    let parts = app.searcher().parts(&right.id).await?;
    Ok((attachment(&format!("{}.parts.json", right.id)), Json(parts)).into_response())
}

/// `/rights/{id}/sources/{n}`: the record as its office delivered it, read again from the office file.
pub(crate) async fn original(
    State(app): State<Arc<App>>,
    Path((id, number)): Path<(String, usize)>,
) -> Result<Response, Failure> {
    let right = right(&app, &id).await?;
    let source = number.checked_sub(1).and_then(|at| right.sources.get(at)).cloned().ok_or(Failure::NotFound)?;
    let raw = tokio::task::spawn_blocking(move || sources::raw_record(&source.file, source.position)).await;
    match raw.map_err(|error| Failure::Broken(error.into()))? {
        Ok(record) => {
            let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
            Ok((attachment(&format!("{}-{number}.{}", right.id, extension(&record.bytes))), kind, record.bytes)
                .into_response())
        }
        Err(error) => {
            tracing::info!(%error, "an original record cannot be read again");
            Err(Failure::wrong(
                "原始文件已不在服务器上或已改变。其内容仍可以“部分”的形式下载。",
                "The office file is no longer on this server, or it has changed. What it said can still be downloaded as parts.",
            ))
        }
    }
}

/// What a record's bytes look like.
fn extension(bytes: &[u8]) -> &'static str {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'<') => "xml",
        Some(b'{' | b'[') => "json",
        _ => "txt",
    }
}
