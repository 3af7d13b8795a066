//! `/desk/cases/{id}/acts/{action}`: the form of an act, and doing it.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::{Action, CaseFile, CaseId, CasesError, Event, NewDocument, Personal, Step};
use jiff::civil::Date;
use network::Fault;
use services::office_day;

use super::fields::{Form, party_rows};
use super::parts::{self, DocumentView};
use super::{actions, address, by, named, people, read, views};
use crate::App;
use crate::form::{GroupView, others};
use crate::frame::{Visit, page};
use crate::pages::cases::brought::{Brought, File};
use crate::pages::network::failed;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "desk/act.html")]
struct ActPage<'a> {
    visit: &'a Visit,
    title: String,
    heading: &'static str,
    about: &'static str,
    reference: String,
    name: String,
    state: &'static str,
    due: Option<(String, String)>,
    back: String,
    action: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    /// What is wrong: address of the field, words.
    summary: Vec<(String, String)>,
    others: Vec<String>,
    with_files: bool,
    /// What the client will get.
    handed: Vec<DocumentView>,
    grave: bool,
    /// What others did meanwhile: when, what, who.
    changes: Vec<(String, &'static str, String)>,
    stale: bool,
    /// Whether it can still be done.
    can: bool,
}

/// What was sent, and what is wrong with it.
#[derive(Default)]
struct Typed {
    sent: Sent,
    faults: Vec<Fault>,
    /// Set when someone else acted meanwhile.
    since: Option<Vec<Event>>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, action)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (id, action) = (named(&id)?, read_action(&action)?);
    let file = found(&app, &visit, &id).await?;
    if !file.can.contains(&action) {
        return Err(not_now(&visit, action, &file));
    }
    answer(&app, &visit, (action, &file), Typed::default()).await
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, action)): Path<(String, String)>,
    Brought { sent, files }: Brought,
) -> Result<Response, Failure> {
    let (id, action) = (named(&id)?, read_action(&action)?);
    let now = (app.clock.now)();
    let file = found(&app, &visit, &id).await?;
    let version = sent.version()?;
    let act = match read::act(&app, &visit, (action, &file), &sent, office_day(now)).await? {
        Ok(act) => act,
        Err(faults) => return answer(&app, &visit, (action, &file), Typed { sent, faults, since: None }).await,
    };
    if action == Action::Deliver
        && let Err(error) = hand_over(&app, &visit, &id, &sent, files).await
    {
        return refused(&app, &visit, (action, &id), sent, error).await;
    }
    let step = Step { by: by(&visit), case: &id, version, key: sent.get("key") };
    match app.cases.act(now, &step, &act).await {
        Ok(_) => Ok(Redirect::to(&address(&id)).into_response()),
        Err(error) => refused(&app, &visit, (action, &id), sent, error).await,
    }
}

/// Adds the files of a delivery; sent again, they are there once.
async fn hand_over(app: &App, visit: &Visit, id: &CaseId, sent: &Sent, files: Vec<File>) -> Result<(), CasesError> {
    for file in files {
        let document = file.id(sent.get("document_id"));
        let new = NewDocument {
            id: &document,
            version: 0,
            name: &file.name,
            bytes: file.bytes,
            field: None,
            record: Some(services::Record::Deliverable),
            public: true,
        };
        app.cases.add_document((app.clock.now)(), by(visit), id, new).await?;
    }
    Ok(())
}

/// The form again: with what is wrong, or with what others did meanwhile.
async fn refused(
    app: &App,
    visit: &Visit,
    (action, id): (Action, &CaseId),
    sent: Sent,
    error: CasesError,
) -> Result<Response, Failure> {
    let file = found(app, visit, id).await?;
    let typed = match error {
        CasesError::Stale { since, .. } => Typed { sent, faults: Vec::new(), since: Some(since) },
        CasesError::Upload(error) => {
            let faults = vec![crate::sent::fault("file", &error.text("zh"), &error.text("en"))];
            Typed { sent, faults, since: None }
        }
        error if !error.faults().is_empty() => {
            let faults = error.faults().to_vec();
            Typed { sent, faults, since: None }
        }
        error => return Err(error.into()),
    };
    answer(app, visit, (action, &file), typed).await
}

fn read_action(code: &str) -> Result<Action, Failure> {
    let action: Action = code.parse().map_err(|_| Failure::NotFound)?;
    if cases::rule_of(action).is_none() { Err(Failure::NotFound) } else { Ok(action) }
}

/// The case, for staff.
async fn found(app: &App, visit: &Visit, id: &CaseId) -> Result<CaseFile, Failure> {
    visit.actor.require(Permission::ReadCases)?;
    let file = app.cases.case((app.clock.now)(), by(visit), id).await?;
    if file.for_client { Err(visit.actor.denied(Permission::ReadCases).into()) } else { Ok(file) }
}

fn not_now(visit: &Visit, action: Action, file: &CaseFile) -> Failure {
    let state = file.case.state;
    let possible = cases::may(action, state, file.case.paused.is_some()).is_ok();
    if possible {
        // The state allows it, so it is the role that does not.
        let permission = match cases::rule_of(action).map(|rule| rule.who) {
            Some(cases::Who::Staff(permission) | cases::Who::ClientOr(permission)) => permission,
            _ => Permission::WorkCases,
        };
        return visit.actor.denied(permission).into();
    }
    Failure::Conflict(
        format!("办件现在处于「{}」，不能「{}」。请回到办件页看可以做什么。", state.label("zh"), action.label("zh")),
        format!(
            "The case is {}: «{}» cannot be done now. Its page shows what can.",
            state.label("en").to_lowercase(),
            action.label("en")
        ),
    )
}

async fn answer(
    app: &App,
    visit: &Visit,
    (action, file): (Action, &CaseFile),
    typed: Typed,
) -> Result<Response, Failure> {
    let now = (app.clock.now)();
    let today = office_day(now);
    let case = &file.case;
    let needs_staff = matches!(action, Action::SetUp | Action::Assign);
    let staff = if needs_staff { people::staff(app, visit, &case.outlet, today).await? } else { Vec::new() };
    let near = if action == Action::Transfer { people::near(app, &case.outlet, today).await? } else { Vec::new() };
    let calendar = app.services.calendar().await?;
    let personal = parties(app, visit, (action, file), &typed).await?;
    let contact = if action == Action::SetUp { contact(app, visit, file, today).await? } else { String::new() };
    let form = Form {
        visit,
        action,
        file,
        sent: &typed.sent,
        faults: &typed.faults,
        staff: &staff,
        near: &near,
        calendar: &calendar,
        personal: personal.as_ref(),
        contact,
    };
    let groups = form.groups();
    let lang = visit.lang.code();
    let known = |name: &str| groups.iter().flat_map(|group| &group.fields).any(|field| field.name == name);
    let told = typed.faults.iter().filter(|fault| known(&fault.field));
    let random = &mut app.random();
    let mut fresh = |name: &str| {
        let sent = typed.sent.get(name);
        if sent.is_empty() || typed.since.is_some() { random.id(now).to_string() } else { sent.to_owned() }
    };
    // After others acted, sending it again is meant for the case as it is now.
    let version = match (&typed.since, typed.sent.get("version")) {
        (None, sent) if !sent.is_empty() => sent.to_owned(),
        _ => case.version.to_string(),
    };
    let mut hidden = vec![("version", version), ("key", fresh("key")), ("document_id", fresh("document_id"))];
    hidden.extend((0..party_rows(&groups, action)).map(|row| ("party", row.to_string())));
    let status = match (&typed.since, typed.faults.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let heading = action.label(lang);
    let due = case.due_on.filter(|_| !case.state.is_final());
    let changes = typed.since.iter().flatten();
    let names = std::collections::BTreeMap::new();
    let mut handed = if action == Action::Deliver { parts::documents(file, &names, visit) } else { Vec::new() };
    handed.retain(|document| document.public && !document.by_client && !document.withdrawn);
    let html = page(&ActPage {
        visit,
        title: format!("{heading} · {}", case.reference),
        heading,
        about: about(action, visit),
        reference: case.reference.to_string(),
        name: case.title.clone(),
        state: case.state.label(lang),
        due: due.map(|due| (due.to_string(), views::left(&calendar, due, today, visit))),
        back: address(&case.id),
        action: actions::address_of(file, action),
        hidden,
        summary: told.map(|fault| (format!("#f-{}", fault.field), fault.text(lang).to_owned())).collect(),
        others: others(&typed.faults, &groups, visit.lang),
        groups,
        with_files: action == Action::Deliver,
        handed,
        grave: matches!(action, Action::Refuse | Action::Withdraw | Action::Merge | Action::DeemWithdrawn),
        changes: changes
            .map(|event| (super::moment(event.at), event.action.label(lang), parts::who(event, visit)))
            .collect(),
        stale: typed.since.is_some(),
        can: file.can.contains(&action),
    })?;
    Ok((status, html).into_response())
}

/// The parties in clear where they are to be changed; the look is recorded.
async fn parties(
    app: &App,
    visit: &Visit,
    (action, file): (Action, &CaseFile),
    typed: &Typed,
) -> Result<Option<Personal>, Failure> {
    let wanted = action == Action::NameParties && !file.parties.is_empty() && typed.sent.0.is_empty();
    if !wanted || !visit.actor.may_at(Permission::ReadPersonalData, &file.case.outlet) {
        return Ok(None);
    }
    Ok(Some(app.cases.personal((app.clock.now)(), by(visit), &file.case.id).await?))
}

/// Whom the client may call, to begin with: whoever writes the plan, at the telephone of the outlet.
async fn contact(app: &App, visit: &Visit, file: &CaseFile, today: Date) -> Result<String, Failure> {
    let outlet = app.network.organisation(&file.case.outlet, today).await.map_err(failed)?;
    let telephone = outlet.and_then(|outlet| outlet.profile.telephone).unwrap_or_default();
    Ok(format!("{} {telephone}", visit.actor.name()).trim().to_owned())
}

/// What an act does, in a sentence.
fn about(action: Action, visit: &Visit) -> &'static str {
    let (zh, en) = match action {
        Action::Accept => ("受理以后开始计算承诺和法定期限。", "From then on the promised and the legal time run."),
        Action::Refuse => ("办件就此结束，申请人会收到理由。", "The case ends; the client is told why."),
        Action::AskSupplement => ("申请人补正以前停止计时。", "The clock stands until the client has brought it."),
        Action::SetUp => {
            ("确定由谁、做什么、到哪天完成；申请人会收到通知。", "Says who does what by when; the client is told.")
        }
        Action::Begin => ("开始办理。", "The work begins."),
        Action::Pause => ("停止计时，直到恢复。", "The clock stands until it is resumed."),
        Action::Resume => ("继续计时。", "The clock runs on."),
        Action::Extend => ("推迟完成期限。", "The deadline moves."),
        Action::Escalate => ("请负责人过问。", "Lays it before whoever leads."),
        Action::Transfer => {
            ("整个办件转到另一个网点，期限不变。", "The whole case goes to another outlet; its deadlines stay.")
        }
        Action::HandOn => (
            "一窗受理的事项转给有权机关，其进展在本办件中反馈。",
            "The office that decides goes on with it; what it says is fed back here.",
        ),
        Action::Deliver => {
            ("答复和成果交给申请人，停止计时。", "The client gets answer and documents; the clock stops.")
        }
        Action::Archive => {
            ("办件归档；30 天内可以重新办理。", "The case is filed; it can be opened again for 30 days.")
        }
        Action::Merge => ("本件结束，材料随并入的办件继续办理。", "This one ends; what is in it goes on in the other."),
        Action::DeemWithdrawn => {
            ("补正期限已过，视为申请人撤回。", "The time to bring what was missing is over; it is taken as withdrawn.")
        }
        Action::Supplement | Action::Confirm | Action::Return | Action::Withdraw => {
            ("申请人来电或来访时代为办理，历史中会注明。", "For a client who called or came; the history says so.")
        }
        Action::NameParties => {
            ("登记纠纷各方；姓名和联系方式加密保存。", "Names those in dispute; names are kept sealed.")
        }
        _ => ("", ""),
    };
    visit.lang.t(zh, en)
}
