//! `/cases/{id}/receipt`: what the client takes home.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::{CaseId, CasesError, State as CaseState};

use super::access::{self, Held};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "cases/receipt.html")]
struct ReceiptPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    reference: String,
    code: Option<String>,
    item: String,
    heading: String,
    outlet: (String, String),
    received: String,
    dates: Vec<String>,
    address: String,
    own: bool,
    mail: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    held: Held,
) -> Result<Response, Failure> {
    let id: CaseId = id.parse().map_err(|_| Failure::NotFound)?;
    let file = match app.cases.case((app.clock.now)(), held.by(&visit), &id).await {
        // Who has neither account nor code is asked for the code.
        Err(CasesError::NotFound(_)) => return Ok(Redirect::to(&access::case(&id)).into_response()),
        file => file?,
    };
    let (case, lang) = (&file.case, visit.lang.code());
    let own = visit.actor.id().is_some() && visit.actor.id() == case.client.as_ref();
    let version = app.services.version(&visit.actor, &case.item, case.item_version).await?;
    let dates = match case.state {
        CaseState::Received => super::course::dates(&app, &version.item, &visit).await?,
        _ => vec![super::course::awaited(&file, super::today(&app), &visit)],
    };
    page(&ReceiptPage {
        title: visit.t("需求已提交", "Your request has been sent"),
        reference: case.reference.to_string(),
        code: held.code().map(ToString::to_string),
        item: case.item_title.text(lang).to_owned(),
        heading: if case.title == case.item_title.text(lang) { String::new() } else { case.title.clone() },
        outlet: (format!("/network/{}", case.outlet), case.outlet_name.text(lang).to_owned()),
        received: super::local(case.received_at),
        dates,
        address: access::case(&id),
        own,
        mail: !file.contact.email.is_empty(),
        visit: &visit,
    })
}
