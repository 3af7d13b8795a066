//! `/cases/drafts/{id}/review`: everything once more before it is sent, and the sending.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::{CasesError, Channel, DraftRequest, NewCase};
use network::{Fault, Id};

use super::access::{self, Held};
use super::stages::{Stage, StageView, Writing, contact};
use crate::App;
use crate::form::form_status;
use crate::frame::{Visit, page};
use crate::pages::network::failed;
use crate::pages::request_form::{Shown, Told, told};
use crate::problem::Failure;
use crate::sent::Sent;

/// Bytes of what is sent at most: the answers written out.
pub(super) const LARGEST: usize = 4 << 20;

#[derive(Template)]
#[template(path = "cases/review.html")]
struct ReviewPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    item: String,
    outlet: Option<(String, String)>,
    steps: Vec<StageView>,
    parts: Vec<Part>,
    links: Vec<(String, String)>,
    faults: Vec<(String, String)>,
    warnings: Vec<String>,
    request: String,
    heading: String,
    key: String,
    version: i64,
    address: String,
    back: String,
    dates: Vec<String>,
    stale: bool,
}

/// A step with its answers.
struct Part {
    name: String,
    address: String,
    answers: Vec<Told>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    held: Held,
) -> Result<Response, Failure> {
    let writing = Writing::open(&app, &visit, &held, &id).await?;
    let heading = writing.draft.request.title.clone();
    answer(&visit, &app, &writing, (&heading, &[], false)).await
}

async fn answer(
    visit: &Visit,
    app: &App,
    writing: &Writing,
    (heading, more, stale): (&str, &[Fault], bool),
) -> Result<Response, Failure> {
    let (draft, lang) = (&writing.draft, visit.lang.code());
    let request = &draft.request;
    let mut faults = writing.faults(request, visit);
    faults.extend(more.iter().filter(|one| !faults.contains(one)).cloned().collect::<Vec<_>>());
    let outlet = match &request.outlet {
        Some(outlet) => app.network.organisation(outlet, super::today(app)).await.map_err(failed)?,
        None => None,
    };
    let stages = writing.stages(&request.answers);
    let back = stages.last().map_or_else(|| writing.address(), |stage| writing.step(stage.key()));
    let html = page(&ReviewPage {
        visit,
        title: visit.t("核对并提交", "Look it over and send"),
        item: writing.version.item.title.text(lang).to_owned(),
        outlet: outlet.map(|one| (format!("/network/{}", one.id), one.profile.name(lang).to_owned())),
        steps: writing.list(request, "review", visit),
        parts: parts(writing, &stages, visit),
        links: request.links.iter().map(|link| (link.kind.label(lang).to_owned(), link.label.clone())).collect(),
        faults: faults.iter().map(|fault| placed(writing, &stages, fault, visit)).collect(),
        warnings: services::warnings(writing.form(), &request.answers)
            .iter()
            .map(|fault| fault.text(lang).to_owned())
            .collect(),
        request: serde_json::to_string(request).map_err(|error| Failure::Broken(error.into()))?,
        heading: heading.to_owned(),
        key: app.random().id((app.clock.now)()).to_string() + &app.random().id((app.clock.now)()).to_string(),
        version: draft.version,
        address: writing.address(),
        back,
        dates: super::course::dates(app, &writing.version.item, visit).await?,
        stale,
    })?;
    let status = form_status(stale, more.is_empty());
    Ok((status, html).into_response())
}

/// Where a fault is mended, and its words.
fn placed(writing: &Writing, stages: &[Stage<'_>], fault: &Fault, visit: &Visit) -> (String, String) {
    let stage = stages.iter().find(|stage| stage.has(fault, writing.form()));
    let address = stage.map_or_else(String::new, |stage| format!("{}#f-{}", writing.step(stage.key()), fault.field));
    (address, fault.text(visit.lang.code()).to_owned())
}

fn parts(writing: &Writing, stages: &[Stage<'_>], visit: &Visit) -> Vec<Part> {
    let documents = |id: &str| {
        let file = writing.draft.files.iter().find(|file| file.id.as_str() == id)?;
        Some(format!("{} ({})", file.name, crate::parcel::size(file.length)))
    };
    let shown = Shown { documents: &documents, ..Shown::plain(visit.lang) };
    let mut steps = told(writing.form(), &writing.draft.request.answers, &shown);
    let part = |stage: &Stage<'_>| {
        let name = stage.name(visit);
        let answers = match stage {
            Stage::Form(_) => {
                let at = steps.iter().position(|step| step.title == name);
                at.map_or_else(Vec::new, |at| steps.remove(at).answers)
            }
            Stage::Reach => {
                let contact = contact(writing.form(), &writing.draft.request);
                let lines = [
                    (visit.t("联系人姓名", "Contact person"), contact.name),
                    (visit.t("联系电话", "Telephone"), contact.telephone),
                    (visit.t("电子邮箱", "E-mail"), contact.email),
                    (visit.t("单位", "Organisation"), contact.organisation),
                ];
                let line = |(label, text): (&str, String)| Told {
                    label: label.to_owned(),
                    text,
                    files: Vec::new(),
                    personal: true,
                    is_right: false,
                    rows: Vec::new(),
                };
                lines.into_iter().filter(|(_, text)| !text.is_empty()).map(line).collect()
            }
        };
        Part { name, address: writing.step(stage.key()), answers }
    };
    stages.iter().map(part).collect()
}

/// Sends what the page showed. The page brings all of it, so that a form that was sent twice is answered by the first receipt although
/// its draft is gone.
pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    held: Held,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let incomplete = || Failure::wrong("没有收到完整的表单，请重试。", "The form did not arrive whole; send it again.");
    let request: DraftRequest = serde_json::from_str(sent.get("request")).map_err(|_| incomplete())?;
    let seen: i64 = sent.get("seen-version").parse().map_err(|_| incomplete())?;
    let writing = match Writing::open(&app, &visit, &held, id.as_str()).await {
        Ok(writing) => Some(writing),
        Err(Failure::Missing(..)) => None,
        Err(failure) => return Err(failure),
    };
    if let Some(writing) = writing.as_ref().filter(|writing| writing.draft.version != seen) {
        return answer(&visit, &app, writing, (sent.get("heading"), &[], true)).await;
    }
    let item = app.services.version_on(&request.item, super::today(&app)).await?.ok_or(Failure::NotFound)?;
    let new = NewCase {
        key: sent.get("key").to_owned(),
        item: request.item.clone(),
        outlet: request.outlet.clone().ok_or_else(incomplete)?,
        title: sent.get("heading").trim().to_owned(),
        contact: contact(&item.item.form, &request),
        answers: request.answers,
        channel: Channel::Web,
        lang: visit.lang.code().to_owned(),
        client: None,
        links: request.links,
        parent: None,
        draft: Some(id.clone()),
        draft_code: held.0.clone(),
    };
    match app.cases.submit((app.clock.now)(), held.by(&visit), &new).await {
        Ok(receipt) => {
            let address = access::case(&receipt.case.id);
            let mut response = Redirect::to(&format!("{address}/receipt")).into_response();
            access::keep_case(&app, &mut response, &receipt.case.id, &receipt.tracking);
            Ok(response)
        }
        Err(CasesError::Invalid(faults)) if writing.is_some() => {
            let writing = writing.ok_or(Failure::NotFound)?;
            let faults: Vec<Fault> = faults.into_iter().map(|fault| writing.placed(fault)).collect();
            answer(&visit, &app, &writing, (sent.get("heading"), &faults, false)).await
        }
        Err(error) => Err(error.into()),
    }
}
