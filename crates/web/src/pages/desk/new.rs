//! `/desk/new`: a request of someone who comes, calls or writes, entered by staff on one page.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::{CasesError, Channel, Contact, Document, DraftRequest, NewCase, NewDocument, Receipt};
use network::{Fault, Id, Node, OrganisationId, Status};
use serde::Deserialize;
use serde_json::json;
use services::{Answers, Form, ItemCode, ItemQuery, Version, office_day};

use super::{address, by, people, views};
use crate::App;
use crate::form::{Choice, FieldView, GroupView};
use crate::frame::{Visit, page};
use crate::pages::cases::brought::Brought;
use crate::pages::cases::stages::{asks_reach, contact, source};
use crate::pages::network::failed;
use crate::pages::request_form::{ADD, RequestForm, Shown, UPLOAD};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Which service at which outlet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    item: String,
    outlet: String,
}

#[derive(Template)]
#[template(path = "desk/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    title: &'static str,
    outlets: Vec<Choice>,
    items: Vec<(String, Vec<Choice>)>,
    /// The form, once item and outlet are known.
    form: Option<FormView>,
}

/// The form of a request.
struct FormView {
    name: String,
    outlet: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    request: RequestForm,
    /// What is wrong beside the questions of the item.
    summary: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk/entered.html")]
struct EnteredPage<'a> {
    visit: &'a Visit,
    title: &'static str,
    reference: String,
    code: String,
    item: String,
    outlet: String,
    due: Option<String>,
    case: String,
    again: String,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    sent: Sent,
    answers: Answers,
    files: Vec<Document>,
    faults: Vec<Fault>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    answer(&app, &visit, &asked, Typed::default()).await
}

/// The outlets where whoever visits may enter requests.
async fn mine(app: &App, visit: &Visit) -> Result<Vec<Node>, Failure> {
    visit.actor.require(Permission::WorkCases)?;
    let today = office_day((app.clock.now)());
    let mut nodes = people::outlets(app, visit, today).await?;
    nodes.retain(|node| node.status == Status::Active && visit.actor.may_at(Permission::WorkCases, &node.id));
    Ok(nodes)
}

async fn answer(app: &App, visit: &Visit, asked: &Parameters, typed: Typed) -> Result<Response, Failure> {
    let outlets = mine(app, visit).await?;
    let now = (app.clock.now)();
    let today = office_day(now);
    let lang = visit.lang.code();
    let mut items = app.services.items_on(today, &ItemQuery::default()).await?;
    let code: Option<ItemCode> = asked.item.parse().ok();
    let outlet: Option<OrganisationId> = asked.outlet.parse().ok();
    let outlet = outlets.iter().find(|node| Some(&node.id) == outlet.as_ref());
    // Who works at one outlet alone need not choose it.
    let outlet = outlet.or(if outlets.len() == 1 { outlets.first() } else { None });
    if let Some(outlet) = outlet
        && let Some(known) = app.network.organisation(&outlet.id, today).await.map_err(failed)?
    {
        items.retain(|version| known.profile.offers(version.code.as_str()));
    }
    let version = items.iter().find(|version| Some(&version.code) == code.as_ref());
    let form = match (version, outlet) {
        (Some(version), Some(outlet)) => Some(form(app, visit, (version, outlet), &typed)),
        _ => None,
    };
    let mut groups: Vec<(String, Vec<Choice>)> = Vec::new();
    for version in &items {
        let name = version.item.group.label(lang).to_owned();
        let choice = Choice {
            value: version.code.to_string(),
            name: format!("{} {}", version.code, version.item.title.text(lang)),
            chosen: Some(&version.code) == code.as_ref(),
        };
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, choices)) => choices.push(choice),
            None => groups.push((name, vec![choice])),
        }
    }
    let status = if typed.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = page(&NewPage {
        visit,
        title: visit.t("窗口登记", "New at the counter"),
        outlets: people::choices(&outlets, outlet.map(|node| &node.id), visit),
        items: groups,
        form,
    })?;
    Ok((status, html).into_response())
}

fn form(app: &App, visit: &Visit, (version, outlet): (&Version, &Node), typed: &Typed) -> FormView {
    let now = (app.clock.now)();
    let mut random = app.random();
    let mut fresh = |name: &str| {
        let sent = typed.sent.get(name);
        if sent.is_empty() { random.id(now).to_string() } else { sent.to_owned() }
    };
    let documents = |id: &str| {
        let file = typed.files.iter().find(|file| file.id.as_str() == id)?;
        Some(format!("{} ({})", file.name, crate::parcel::size(file.length)))
    };
    let of_item = &version.item.form;
    let groups = groups(visit, of_item, typed);
    let shown = Shown { lang: visit.lang, faults: &typed.faults, documents: &documents, add: typed.sent.given(ADD) };
    let own: Vec<Fault> = typed
        .faults
        .iter()
        .filter(|fault| {
            let key = fault.field.split('.').next().unwrap_or_default();
            !of_item.fields().any(|field| field.key == key)
        })
        .cloned()
        .collect();
    let known = |name: &str| groups.iter().flat_map(|group| &group.fields).any(|field| field.name == name);
    let told = |fault: &Fault| {
        let at = if known(&fault.field) { format!("#f-{}", fault.field) } else { String::new() };
        (at, fault.text(visit.lang.code()).to_owned())
    };
    let mut request = RequestForm::new(of_item, &typed.answers, &shown);
    request.summary.retain(|(address, _)| !address.is_empty());
    FormView {
        name: version.item.title.text(visit.lang.code()).to_owned(),
        outlet: people::name(outlet, visit),
        hidden: vec![
            ("item", version.code.to_string()),
            ("outlet", outlet.id.to_string()),
            ("key", fresh("key")),
            ("draft", fresh("draft")),
        ],
        summary: own.iter().map(told).collect(),
        groups,
        request,
    }
}

/// What is asked beside the form of the item: how the request came, and whom to call where the form does not ask.
fn groups(visit: &Visit, form: &Form, typed: &Typed) -> Vec<GroupView> {
    let lang = visit.lang.code();
    let value = |name: &str| typed.sent.get(name).to_owned();
    let field = |name: &'static str, label: &str, form: &'static str| {
        FieldView::new(name, label, form).value(value(name)).of(&typed.faults, visit.lang)
    };
    let chosen: Channel = typed.sent.get("channel").parse().unwrap_or(Channel::Counter);
    let channels = Channel::ALL.iter().filter(|channel| **channel != Channel::Web).map(|channel| Choice {
        value: channel.code().to_owned(),
        name: channel.label(lang).to_owned(),
        chosen: *channel == chosen,
    });
    let tongue = if value("tongue").is_empty() { lang.to_owned() } else { value("tongue") };
    let tongues = [("zh", visit.t("中文", "Chinese")), ("en", visit.t("英文", "English"))];
    let tongues = tongues.map(|(code, name)| Choice { value: code.into(), name: name.into(), chosen: code == tongue });
    let came = GroupView {
        name: visit.t("来访登记", "How it came").to_owned(),
        fields: vec![
            FieldView::new("channel", visit.t("渠道", "Channel"), "choice").choices(channels.collect()),
            FieldView::new("tongue", visit.t("与申请人用哪种语言", "Language of the client"), "choice")
                .choices(tongues.into()),
            field("heading", visit.t("用一句话说明这件事", "What it is about, in a line"), "text")
                .hint(visit.t("列表里显示这句话；请勿写个人信息", "Lists show it; no personal data, please")),
        ],
    };
    if !asks_reach(form) {
        return vec![came];
    }
    let reach = GroupView {
        name: visit.t("联系方式", "How to reach the client").to_owned(),
        fields: vec![
            field("contact.name", visit.t("姓名", "Name"), "text").needed(),
            field("contact.telephone", visit.t("电话", "Telephone"), "text").typed("tel"),
            field("contact.email", visit.t("电子邮箱", "E-mail"), "text").typed("email"),
            field("contact.organisation", visit.t("单位", "Organisation"), "text"),
        ],
    };
    vec![came, reach]
}

pub(crate) async fn enter(visit: Visit, State(app): State<Arc<App>>, brought: Brought) -> Result<Response, Failure> {
    let sent = &brought.sent;
    let asked = Parameters { item: sent.get("item").to_owned(), outlet: sent.get("outlet").to_owned() };
    let item: ItemCode = asked.item.parse().map_err(|_| Failure::NotFound)?;
    let outlet: OrganisationId = asked.outlet.parse().map_err(|_| Failure::NotFound)?;
    visit.actor.require_at(Permission::WorkCases, &outlet)?;
    let now = (app.clock.now)();
    let version = app.services.version_on(&item, office_day(now)).await?.ok_or(Failure::NotFound)?;
    let form = &version.item.form;
    let mut typed = Typed { sent: sent.clone(), answers: services::from_written(form, &sent.0), ..Typed::default() };
    let draft = files(&app, &visit, (&item, &outlet), &brought, &mut typed).await?;
    if sent.given(ADD).is_some() || !typed.faults.is_empty() {
        return answer(&app, &visit, &asked, typed).await;
    }
    let own = Contact {
        name: sent.get("contact.name").to_owned(),
        telephone: sent.get("contact.telephone").to_owned(),
        email: sent.get("contact.email").to_owned(),
        organisation: sent.get("contact.organisation").to_owned(),
        address: String::new(),
    };
    let written = request(&item, &outlet, typed.answers.clone(), own);
    let new = NewCase {
        key: format!("counter-{}", sent.get("key")),
        contact: contact(form, &written),
        item,
        outlet,
        title: sent.get("heading").trim().to_owned(),
        answers: written.answers,
        channel: sent.get("channel").parse().unwrap_or(Channel::Counter),
        lang: sent.get("tongue").to_owned(),
        client: None,
        links: Vec::new(),
        parent: None,
        draft,
        draft_code: None,
    };
    match app.cases.submit(now, by(&visit), &new).await {
        Ok(receipt) => {
            if let Some(left) = new.draft.as_ref().filter(|_| receipt.repeated) {
                // The first sending took the draft along; what the second one began anew is thrown away.
                app.cases.discard_draft(now, by(&visit), left, None).await.or_else(gone)?;
            }
            entered(&app, &visit, &receipt).await
        }
        Err(error) if !error.faults().is_empty() => {
            typed.faults = error.faults().iter().map(|fault| placed(form, fault)).collect();
            answer(&app, &visit, &asked, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Keeps the uploads in a draft of whoever enters the request, which gives them to the case; none where there are no files.
async fn files(
    app: &App,
    visit: &Visit,
    (item, outlet): (&ItemCode, &OrganisationId),
    brought: &Brought,
    typed: &mut Typed,
) -> Result<Option<Id>, Failure> {
    let (now, by) = ((app.clock.now)(), by(visit));
    let Ok(id) = brought.sent.get("draft").parse::<Id>() else { return Ok(None) };
    let bare = request(item, outlet, Answers::new(), Contact::default());
    if brought.files.is_empty() {
        // Files of a form that came back are kept already.
        let kept = app.cases.draft(by, &id, None).await.ok();
        typed.files = kept.map_or_else(Vec::new, |draft| draft.files);
        return Ok((!typed.files.is_empty()).then_some(id));
    }
    match app.cases.save_draft(now, by, (&id, 0, None), &bare).await {
        Ok(draft) => typed.files = draft.files,
        // Kept before, when the form came back with faults.
        Err(CasesError::Invalid(_)) => {
            let kept = app.cases.draft(by, &id, None).await?;
            typed.files = kept.files;
        }
        Err(error) => return Err(error.into()),
    }
    for file in &brought.files {
        let Some(field) = file.field.strip_prefix(UPLOAD) else { continue };
        let document = file.id(id.as_str());
        let new = NewDocument {
            id: &document,
            version: 0,
            name: &file.name,
            bytes: file.bytes.clone(),
            field: Some(field),
            record: None,
            public: true,
        };
        match app.cases.add_draft_file(now, by, (&id, None), new).await {
            Ok(document) => {
                answers_with(typed, field, &document.id);
                typed.files.push(document);
            }
            // Sent twice: the file belongs to the case already.
            Err(CasesError::KeyTaken) => answers_with(typed, field, &document),
            Err(CasesError::Upload(error)) => {
                typed.faults.push(fault(field, &error.text("zh"), &error.text("en")));
            }
            Err(error) if !error.faults().is_empty() => typed.faults.extend(error.faults().iter().cloned()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some(id))
}

fn answers_with(typed: &mut Typed, field: &str, document: &Id) {
    let list = typed.answers.entry(field).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.push(json!(document.to_string()));
    }
}

fn request(item: &ItemCode, outlet: &OrganisationId, answers: Answers, contact: Contact) -> DraftRequest {
    DraftRequest {
        item: item.clone(),
        outlet: Some(outlet.clone()),
        title: String::new(),
        answers,
        contact,
        links: Vec::new(),
    }
}

/// What is not there any more need not be thrown away.
fn gone(error: CasesError) -> Result<(), CasesError> {
    if matches!(error, CasesError::NotFound(_)) { Ok(()) } else { Err(error) }
}

/// A fault of the contact as one of the field from which it is taken; of the title as one of its line here.
fn placed(form: &Form, fault: &Fault) -> Fault {
    let field = match fault.field.as_str() {
        "title" => "heading".to_owned(),
        other => {
            let part = other.strip_prefix("contact.").and_then(|part| source(form, &format!("account.{part}")));
            part.map_or_else(|| other.to_owned(), |field| field.key.clone())
        }
    };
    Fault { field, ..fault.clone() }
}

/// The receipt for the client. Sent again, the form gives the same one, so that the page can be loaded again.
async fn entered(app: &App, visit: &Visit, receipt: &Receipt) -> Result<Response, Failure> {
    let (case, lang) = (&receipt.case, visit.lang.code());
    let calendar = app.services.calendar().await?;
    let today = office_day((app.clock.now)());
    let due = case.due_on.map(|due| format!("{due} · {}", views::left(&calendar, due, today, visit)));
    page(&EnteredPage {
        visit,
        title: visit.t("已登记", "Entered"),
        reference: case.reference.to_string(),
        code: receipt.tracking.to_string(),
        item: case.item_title.text(lang).to_owned(),
        outlet: case.outlet_name.text(lang).to_owned(),
        due,
        case: address(&case.id),
        again: super::linked("/desk/new", &[("outlet", case.outlet.as_str())]),
    })
}
