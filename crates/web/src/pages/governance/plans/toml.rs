//! `/governance/plans/{id}/toml`: a plan as a file, out and in.

use std::sync::Arc;

use axum::extract::{Multipart, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use plans::{Contents, PlanId, Seen};
use serde::Deserialize;

use super::edit::drafted;
use super::{begin, named};
use crate::App;
use crate::frame::Visit;
use crate::parcel::Parcel;
use crate::problem::Failure;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    edition: String,
}

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, contents) = match asked.edition.as_str() {
        "" => app.plans.plan(&visit.actor, &id).await?,
        text => {
            let number = text.parse().map_err(|_| Failure::parameter("edition", text, "1, 2, 3…"))?;
            app.plans.edition(&visit.actor, &id, number).await?
        }
    };
    let text = contents.to_toml().map_err(|error| Failure::Broken(Box::new(error)))?;
    let name = format!("attachment; filename=\"plan-{}-{}.toml\"", plan.year, plan.edition);
    Ok(([(header::CONTENT_TYPE, "application/toml".to_owned()), (header::CONTENT_DISPOSITION, name)], text)
        .into_response())
}

/// Writes the file over the draft.
pub(crate) async fn bring(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    drafted(&visit, &app, &id).await?;
    let parcel = Parcel::read(form).await?;
    let text = std::str::from_utf8(&parcel.bytes)
        .map_err(|_| Failure::wrong("文件不是 UTF-8 文本。", "The file is no UTF-8 text."))?;
    let contents = Contents::from_toml(text).map_err(|error| Failure::wrong(error.text("zh"), error.text("en")))?;
    let seen = Seen::new(&id, parcel.texts.version()?);
    let mut write = begin(&app).await?;
    app.plans.write(&mut write, (app.clock.now)(), &visit.actor, seen, &contents).await?;
    write.commit().await?;
    Ok(Redirect::to(&format!("/governance/plans/{id}/edit")).into_response())
}
