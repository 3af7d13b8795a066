//! `/cases/drafts/{id}`: a request that is being written, a page a step, kept with every step.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::{CasesError, DraftRequest, NewDocument};
use network::Fault;
use serde::Deserialize;
use serde_json::{Value, json};
use services::{FieldKind, FormStep};

use super::access::{self, Held};
use super::brought::Brought;
use super::stages::{Stage, StageView, Writing};
use crate::App;
use crate::form::{FieldView, GroupView, form_status};
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::request_form::{ADD, RequestForm, Shown, UPLOAD};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    code: String,
}

#[derive(Template)]
#[template(path = "cases/step.html")]
struct StepPage<'a> {
    visit: &'a Visit,
    title: String,
    item: String,
    action: String,
    version: i64,
    steps: Vec<StageView>,
    place: String,
    /// Scalars of other steps, for the script that hides what is not asked.
    others: Vec<(String, String)>,
    request: Option<RequestForm>,
    groups: Vec<GroupView>,
    first: bool,
    /// Whether someone else, or another window, changed the draft meanwhile.
    stale: bool,
}

#[derive(Template)]
#[template(path = "cases/draft.html")]
struct DraftPage<'a> {
    visit: &'a Visit,
    title: String,
    item: String,
    guide: String,
    outlet: Option<(String, String)>,
    saved: String,
    ends: String,
    address: String,
    go_on: String,
    /// Opens it without an account: address, and how it is written down.
    link: Option<(String, String)>,
    steps: Vec<StageView>,
}

/// Shows a draft from outside: where it stands, how to come back, how to throw it away. A link with its code leaves the code in a
/// cookie and the address clean.
pub(crate) async fn open(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    held: Held,
) -> Result<Response, Failure> {
    if let Ok(code) = parameters.code.parse() {
        let held = Held(Some(code));
        let writing = Writing::open(&app, &visit, &held, &id).await?;
        let mut response = Redirect::to(&writing.address()).into_response();
        access::keep(&app, &mut response, writing.address(), &writing.draft.code);
        return Ok(response);
    }
    let writing = Writing::open(&app, &visit, &held, &id).await?;
    let (draft, lang) = (&writing.draft, visit.lang.code());
    let outlet = match &draft.request.outlet {
        Some(outlet) => {
            app.network.organisation(outlet, super::today(&app)).await.map_err(crate::pages::network::failed)?
        }
        None => None,
    };
    let steps = writing.list(&draft.request, "", &visit);
    let go_on = steps.iter().find(|step| !step.done).or(steps.last()).map(|step| step.address.clone());
    let lasts = jiff::SignedDuration::from_hours(24 * cases::DRAFT_DAYS);
    page(&DraftPage {
        title: visit.t("已保存的草稿", "A draft that is kept").to_owned(),
        item: writing.version.item.title.text(lang).to_owned(),
        guide: format!("/services/{}", draft.request.item),
        outlet: outlet.map(|one| (format!("/network/{}", one.id), one.profile.name(lang).to_owned())),
        saved: super::local(draft.saved_at),
        ends: network::local(draft.saved_at + lasts).date().to_string(),
        address: writing.address(),
        go_on: go_on.unwrap_or_default(),
        link: visit.signed.is_none().then(|| {
            let link = Link::to(writing.address()).with("code", draft.code.to_string()).address();
            (link.clone(), format!("{}{link}", app.settings.public_url.as_deref().unwrap_or_default()))
        }),
        steps,
        visit: &visit,
    })
}

pub(crate) async fn discard(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    held: Held,
) -> Result<Response, Failure> {
    let id: network::Id = id.parse().map_err(|_| Failure::NotFound)?;
    match app.cases.discard_draft((app.clock.now)(), held.by(&visit), &id, held.code()).await {
        // Thrown away before is thrown away.
        Ok(()) | Err(CasesError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let to = if visit.signed.is_some() { "/cases" } else { "/services" };
    let mut response = Redirect::to(to).into_response();
    access::forget(&mut response, access::draft(&id));
    Ok(response)
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, step)): Path<(String, String)>,
    held: Held,
) -> Result<Response, Failure> {
    let writing = Writing::open(&app, &visit, &held, &id).await?;
    let stages = writing.stages(&writing.draft.request.answers);
    let Some(stage) = stages.iter().find(|stage| stage.key() == step) else {
        return Ok(Redirect::to(&first(&writing, &stages)).into_response());
    };
    let request = &writing.draft.request;
    shown(&visit, &writing, stage, request, &Drawn { version: writing.draft.version, ..Drawn::default() })
}

/// The first step.
fn first(writing: &Writing, stages: &[Stage<'_>]) -> String {
    stages.first().map_or_else(|| format!("{}/review", writing.address()), |stage| writing.step(stage.key()))
}

/// What a page shows besides what is written.
#[derive(Default)]
struct Drawn<'a> {
    version: i64,
    faults: &'a [Fault],
    add: Option<&'a str>,
    stale: bool,
}

fn shown(
    visit: &Visit,
    writing: &Writing,
    stage: &Stage<'_>,
    request: &DraftRequest,
    drawn: &Drawn<'_>,
) -> Result<Response, Failure> {
    let lang = visit.lang;
    let steps = writing.list(request, stage.key(), visit);
    let at = steps.iter().position(|step| step.current).unwrap_or_default();
    let of = steps.len();
    let documents = |id: &str| {
        let file = writing.draft.files.iter().find(|file| file.id.as_str() == id)?;
        Some(format!("{} ({})", file.name, crate::parcel::size(file.length)))
    };
    let (form, groups) = match stage {
        Stage::Form(step) => {
            let shown = Shown { lang, faults: drawn.faults, documents: &documents, add: drawn.add };
            let mut form = RequestForm::new(writing.form(), &request.answers, &shown);
            form.steps.retain(|one| one.key == step.key);
            if !asks_region(step) {
                form.regions.clear();
            }
            (Some(form), Vec::new())
        }
        Stage::Reach => (None, vec![reach(visit, request, drawn.faults)]),
    };
    let html = page(&StepPage {
        visit,
        title: stage.name(visit),
        item: writing.version.item.title.text(lang.code()).to_owned(),
        action: writing.step(stage.key()),
        version: drawn.version,
        place: match lang.code() {
            "zh" => format!("第 {} 步，共 {of} 步", at + 1),
            _ => format!("Step {} of {of}", at + 1),
        },
        first: at == 0,
        steps,
        others: others(writing, stage, request),
        request: form,
        groups,
        stale: drawn.stale,
    })?;
    let status = form_status(drawn.stale, drawn.faults.is_empty());
    Ok((status, html).into_response())
}

fn asks_region(step: &FormStep) -> bool {
    step.fields.iter().any(|field| match &field.kind {
        FieldKind::Group { fields, .. } => fields.iter().any(|inner| inner.kind == FieldKind::Region),
        kind => *kind == FieldKind::Region,
    })
}

/// How to reach the client, where the form does not ask.
fn reach(visit: &Visit, request: &DraftRequest, faults: &[Fault]) -> GroupView {
    let contact = &request.contact;
    let fields = [
        FieldView::new("contact.name", visit.t("联系人姓名", "Contact person"), "text")
            .value(&contact.name)
            .fills("name")
            .needed(),
        FieldView::new("contact.telephone", visit.t("联系电话", "Telephone"), "text")
            .value(&contact.telephone)
            .typed("tel")
            .fills("tel"),
        FieldView::new("contact.email", visit.t("电子邮箱", "E-mail"), "text")
            .value(&contact.email)
            .typed("email")
            .fills("email")
            .hint(visit.t("办理进展会发到这个邮箱", "News of the request go there")),
        FieldView::new("contact.organisation", visit.t("单位", "Organisation"), "text")
            .value(&contact.organisation)
            .fills("organization"),
    ];
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    GroupView { name: visit.t("联系方式", "How to reach you").to_owned(), fields }
}

/// The answers of other steps as the script reads them.
fn others(writing: &Writing, stage: &Stage<'_>, request: &DraftRequest) -> Vec<(String, String)> {
    let Stage::Form(step) = stage else { return Vec::new() };
    let counted = services::shown(writing.form(), &request.answers);
    let elsewhere = counted.iter().filter(|(key, _)| !step.fields.iter().any(|field| field.key == **key));
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.chars().take(200).collect()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let pairs = |(key, value): (&String, &Value)| {
        let values: Vec<String> = match value {
            Value::Array(list) => list.iter().filter_map(scalar).collect(),
            one => scalar(one).into_iter().collect(),
        };
        values.into_iter().map(|value| (key.clone(), value)).collect::<Vec<_>>()
    };
    elsewhere.flat_map(pairs).collect()
}

pub(crate) async fn keep(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, step)): Path<(String, String)>,
    held: Held,
    brought: Brought,
) -> Result<Response, Failure> {
    let mut writing = Writing::open(&app, &visit, &held, &id).await?;
    let seen: i64 = brought.sent.get("seen-version").parse().unwrap_or_default();
    let mut request = writing.draft.request.clone();
    let stages = writing.stages(&request.answers);
    let form_step = match stages.iter().find(|stage| stage.key() == step) {
        Some(Stage::Form(step)) => Some((*step).clone()),
        Some(Stage::Reach) => None,
        None => return Ok(Redirect::to(&first(&writing, &stages)).into_response()),
    };
    // A form that was sent twice finds its own saving.
    let stale = seen != writing.draft.version && seen + 1 != writing.draft.version;
    let mut faults = match &form_step {
        _ if stale => Vec::new(),
        Some(step) => take(&app, &visit, (&held, &mut writing, step), &brought, &mut request).await?,
        None => {
            reached(&brought.sent, &mut request);
            Vec::new()
        }
    };
    let saving = (&writing.draft.id, seen, held.code());
    let saved = if stale {
        Err(CasesError::Invalid(vec![crate::sent::fault("version", "", "")]))
    } else {
        app.cases.save_draft((app.clock.now)(), held.by(&visit), saving, &request).await
    };
    let stages = writing.stages(&request.answers);
    let stage = stages.iter().find(|stage| stage.key() == step).unwrap_or(&Stage::Reach);
    let version = match saved {
        Ok(draft) => draft.version,
        Err(CasesError::Invalid(found)) if found.iter().any(|fault| fault.field == "version") => {
            let drawn = Drawn { version: writing.draft.version, stale: true, ..Drawn::default() };
            return shown(&visit, &writing, stage, &request, &drawn);
        }
        Err(CasesError::Invalid(found)) => {
            faults.extend(found);
            return shown(
                &visit,
                &writing,
                stage,
                &request,
                &Drawn { version: seen, faults: &faults, ..Drawn::default() },
            );
        }
        Err(error) => return Err(error.into()),
    };
    let add = brought.sent.given(ADD);
    if add.is_none() && brought.sent.get("go-on") == "next" {
        let more = writing.faults_at(stage, &request, &visit);
        // A file that was refused is told by why it was refused.
        let new: Vec<Fault> =
            more.into_iter().filter(|one| !faults.iter().any(|fault| fault.field == one.field)).collect();
        faults.extend(new);
    }
    if add.is_some() || !faults.is_empty() {
        return shown(&visit, &writing, stage, &request, &Drawn { version, faults: &faults, add, stale: false });
    }
    Ok(Redirect::to(&towards(&writing, &stages, &step, brought.sent.get("go-on"))).into_response())
}

/// Where a button leads.
fn towards(writing: &Writing, stages: &[Stage<'_>], step: &str, button: &str) -> String {
    let at = stages.iter().position(|stage| stage.key() == step).unwrap_or_default();
    let to = match button {
        "next" => stages.get(at + 1),
        "back" => stages.get(at.saturating_sub(1)),
        _ => return writing.address(),
    };
    to.map_or_else(|| format!("{}/review", writing.address()), |stage| writing.step(stage.key()))
}

fn reached(sent: &Sent, request: &mut DraftRequest) {
    let contact = &mut request.contact;
    for (name, part) in [
        ("contact.name", &mut contact.name),
        ("contact.telephone", &mut contact.telephone),
        ("contact.email", &mut contact.email),
        ("contact.organisation", &mut contact.organisation),
    ] {
        sent.get(name).trim().clone_into(part);
    }
}

/// Puts the answers of a step into the request, and its files into the draft; what is wrong with the files.
async fn take(
    app: &App,
    visit: &Visit,
    (held, writing, step): (&Held, &mut Writing, &FormStep),
    brought: &Brought,
    request: &mut DraftRequest,
) -> Result<Vec<Fault>, Failure> {
    let mut given = services::from_written(writing.form(), &brought.sent.0);
    let mut faults = Vec::new();
    let now = (app.clock.now)();
    let id = writing.draft.id.clone();
    for field in &step.fields {
        let mut answer = given.remove(&field.key);
        if matches!(field.kind, FieldKind::File(_)) {
            let kept = ids(answer.as_ref());
            for gone in writing.draft.files.iter().filter(|file| file.field == field.key) {
                if !kept.iter().any(|id| id == gone.id.as_str()) {
                    app.cases.drop_draft_file(now, held.by(visit), (&id, held.code()), &gone.id).await?;
                }
            }
            writing.draft.files.retain(|file| file.field != field.key || kept.iter().any(|id| id == file.id.as_str()));
            answer = Some(json!(upload(app, visit, (held, writing), (&field.key, kept), brought, &mut faults).await?));
        }
        match answer {
            Some(answer) => request.answers.insert(field.key.clone(), answer),
            None => request.answers.remove(&field.key),
        };
    }
    request.answers.retain(|_, answer| !answer.as_array().is_some_and(Vec::is_empty));
    Ok(faults)
}

fn ids(answer: Option<&Value>) -> Vec<String> {
    let list = answer.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Adds the uploads of a field to its files.
async fn upload(
    app: &App,
    visit: &Visit,
    (held, writing): (&Held, &mut Writing),
    (field, mut all): (&str, Vec<String>),
    brought: &Brought,
    faults: &mut Vec<Fault>,
) -> Result<Vec<String>, Failure> {
    let draft = writing.draft.id.clone();
    let name = format!("{UPLOAD}{field}");
    for file in brought.files.iter().filter(|file| file.field == name) {
        let id = file.id(draft.as_str());
        let new = NewDocument {
            id: &id,
            version: 0,
            name: &file.name,
            bytes: file.bytes.clone(),
            field: Some(field),
            record: None,
            public: true,
        };
        match app.cases.add_draft_file((app.clock.now)(), held.by(visit), (&draft, held.code()), new).await {
            Ok(document) => {
                if !all.iter().any(|one| one == document.id.as_str()) {
                    all.push(document.id.to_string());
                    writing.draft.files.push(document);
                }
            }
            Err(CasesError::Upload(error)) => {
                faults.push(Fault { field: field.to_owned(), zh: error.text("zh"), en: error.text("en") });
            }
            Err(CasesError::Invalid(found)) => faults.extend(found),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(all)
}
