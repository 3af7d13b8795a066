//! `/desk/cases/{id}`: everything of a case on one page.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::{Permission, PersonId};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::{Action, CaseFile, CaseId, Personal};
use charts::{Style, Table};
use services::{Version, office_day};

use super::actions::{self, ActionView};
use super::answers;
use super::clock::{self, DeadlineView};
use super::forms::{self, Forms};
use super::parts::{self, DocumentView, EventView, LinkView, MessageView, TaskView};
use super::{address, by, named, people, views};
use crate::App;
use crate::form::form_status;
use crate::frame::{Visit, page};
use crate::pages::request_form::ToldStep;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage<'a> {
    visit: &'a Visit,
    title: String,
    here: String,
    head: Head,
    deadlines: Vec<DeadlineView>,
    spent: Vec<String>,
    svg: String,
    table: Table,
    next: Vec<ActionView>,
    direct: Vec<ActionView>,
    on_behalf: Vec<ActionView>,
    /// Where staff write down what the client says of a case that has ended.
    rated: Option<String>,
    /// The client: what, and how to reach it.
    contact: Vec<(&'static str, String)>,
    steps: Vec<ToldStep>,
    file: &'a CaseFile,
    parties: Vec<(&'static str, String, String)>,
    settlement: Option<&'static str>,
    attended: Option<i64>,
    is_shown: bool,
    may_show: bool,
    may_work: bool,
    plan: Option<PlanView>,
    handed_on: Option<(String, String, String)>,
    missing: Vec<String>,
    missing_asked: String,
    result: Option<String>,
    outcome: Option<&'static str>,
    answer: Option<&'static str>,
    summary: Option<String>,
    others: Vec<(&'static str, String, String, &'static str)>,
    messages: Vec<MessageView>,
    tasks: Vec<TaskView>,
    documents: Vec<DocumentView>,
    records: Vec<&'static str>,
    links: Vec<LinkView>,
    labels: Vec<(String, String)>,
    events: Vec<EventView>,
    forms: Forms,
    /// What was wrong with what was sent, told on top: address on this page, words.
    faults: Vec<(String, String)>,
    stale: bool,
}

/// What stands on top.
struct Head {
    reference: String,
    item: String,
    item_address: String,
    item_version: i64,
    outlet: String,
    outlet_address: String,
    state: &'static str,
    ended: bool,
    paused: Option<String>,
    escalated: bool,
    level: Option<(&'static str, &'static str)>,
    assignee: String,
    channel: &'static str,
    received: String,
    lang: &'static str,
    has_account: bool,
}

struct PlanView {
    staff: String,
    plan: String,
    deadline: String,
    contact: String,
}

/// What a page shows beside the case itself.
#[derive(Default)]
pub(crate) struct Beside {
    /// Personal data in clear; the look is recorded already.
    pub(crate) personal: Option<Personal>,
    /// A form of the page that was sent and not carried out.
    pub(crate) typed: Typed,
}

/// What was typed into a form of the page.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) sent: Sent,
    pub(crate) faults: Vec<network::Fault>,
    pub(crate) stale: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    answer(&app, &visit, &named(&id)?, Beside::default()).await
}

/// The same with personal data in clear, once: the look is recorded.
pub(crate) async fn personal(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let personal = app.cases.personal((app.clock.now)(), by(&visit), &id).await?;
    answer(&app, &visit, &id, Beside { personal: Some(personal), ..Beside::default() }).await
}

#[derive(Template)]
#[template(path = "desk/tracking.html")]
struct TrackingPage {
    visit: Visit,
    title: String,
    back: String,
    code: String,
}

/// Another tracking code for a client who lost the receipt; it is shown once.
pub(crate) async fn renew_tracking(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let code = app.cases.renew_tracking((app.clock.now)(), by(&visit), &id, app.random().bytes()).await?;
    let title = visit.t("新的查询码", "New tracking code").to_owned();
    let (back, code) = (address(&id), code.to_string());
    page(&TrackingPage { visit, title, back, code })
}

/// The page of a case; 422 where something typed was wrong, 409 where it came too late.
pub(crate) async fn answer(app: &App, visit: &Visit, id: &CaseId, beside: Beside) -> Result<Response, Failure> {
    // Whoever has not signed in is asked to, and learns nothing.
    visit.actor.require(Permission::ReadCases)?;
    let now = (app.clock.now)();
    let today = office_day(now);
    let file = app.cases.case(now, by(visit), id).await?;
    if file.for_client {
        return Err(visit.actor.denied(Permission::ReadCases).into());
    }
    let case = &file.case;
    let version = app.services.version(&visit.actor, &case.item, case.item_version).await?;
    let calendar = app.services.calendar().await?;
    let names = people::names(app, concerned(&file)).await?;
    let may_work = visit.actor.may_at(Permission::WorkCases, &case.outlet);
    let staff = if may_work { people::staff(app, visit, &case.outlet, today).await? } else { Vec::new() };
    let lang = visit.lang.code();
    let figure = clock::figure(&file, today, visit);
    let random = &mut app.random();
    let forms = forms::forms(&beside.typed, &staff, (now, random), visit);
    let (next, direct, on_behalf) = actions::views(&file, today, (now, random), visit);
    let (answers, contact, parties) = match &beside.personal {
        Some(personal) => (&personal.answers, &personal.contact, &personal.parties),
        None => (&file.answers, &file.contact, &file.parties),
    };
    let name = |id: &PersonId| names.get(id).cloned().unwrap_or_default();
    let status = form_status(beside.typed.stale, beside.typed.faults.is_empty());
    let html = page(&CasePage {
        visit,
        title: case.title.clone(),
        here: address(id),
        head: head(&file, &version, &names, visit),
        deadlines: clock::deadlines(&file, &calendar, today, visit),
        spent: clock::spent(&file.clock, visit),
        svg: figure.svg(Style::Page),
        table: figure.table(),
        next,
        direct,
        on_behalf,
        rated: crate::pages::ratings::told_address(visit, case),
        contact: parts::contact(contact, visit),
        steps: answers::steps(&version.item.form, answers, &file, visit),
        file: &file,
        parties: parties
            .iter()
            .map(|party| (party.role.label(lang), party.name.clone(), party.contact.clone()))
            .collect(),
        settlement: case.settlement.map(|settlement| settlement.label(lang)),
        attended: case.attended,
        is_shown: beside.personal.is_some(),
        may_show: visit.actor.may_at(Permission::ReadPersonalData, &case.outlet),
        may_work,
        plan: case.plan.as_ref().map(|plan| PlanView {
            staff: plan.staff.iter().map(name).collect::<Vec<_>>().join(visit.t("、", ", ")),
            plan: plan.plan.clone(),
            deadline: plan.deadline.to_string(),
            contact: plan.contact.clone(),
        }),
        handed_on: case
            .handed_on
            .as_ref()
            .map(|handed| (handed.office.clone(), handed.reference.clone(), handed.status.clone())),
        missing: case.missing.as_ref().map_or_else(Vec::new, |missing| missing.what.clone()),
        missing_asked: case.missing.as_ref().map_or_else(String::new, |missing| missing.asked.to_string()),
        result: case.result.clone(),
        outcome: case.outcome.map(|outcome| outcome.label(lang)),
        answer: case.answer.map(|answer| answer.label(lang)),
        summary: case.summary.clone(),
        others: parts::others(&file, visit),
        messages: parts::messages(&file, visit),
        tasks: parts::tasks(&file, &names, today, visit),
        documents: parts::documents(&file, &names, visit),
        records: case.records.iter().map(|record| record.label(lang)).collect(),
        links: parts::links(&file, visit),
        labels: parts::labels(&file),
        events: parts::events(&file, &names, visit),
        faults: forms.faults(&beside.typed, visit),
        stale: beside.typed.stale,
        forms,
    })?;
    Ok((status, html).into_response())
}

/// Everyone whose name a page of the case may need.
fn concerned(file: &CaseFile) -> Vec<&PersonId> {
    let plan = file.case.plan.iter().flat_map(|plan| &plan.staff);
    let tasks = file.tasks.iter().flat_map(|task| task.assignee.iter().chain(&task.done_by));
    let documents = file.documents.iter().filter(|document| !document.by_client);
    let documents = documents.filter_map(|document| document.person.as_ref());
    file.case.assignee.iter().chain(plan).chain(tasks).chain(documents).collect()
}

fn head(file: &CaseFile, version: &Version, names: &BTreeMap<PersonId, String>, visit: &Visit) -> Head {
    let (case, lang) = (&file.case, visit.lang.code());
    let level = file.clock.level.filter(|_| case.due_on.is_some());
    Head {
        reference: case.reference.to_string(),
        item: format!("{} {}", case.item, case.item_title.text(lang)),
        item_address: format!("/services/{}", case.item),
        item_version: version.number,
        outlet: case.outlet_name.text(lang).to_owned(),
        outlet_address: format!("/network/{}", case.outlet),
        state: case.state.label(lang),
        ended: case.state.is_final(),
        paused: case.paused.clone(),
        escalated: case.escalated,
        level: level.map(|level| (level.label(lang), views::level_class(level))),
        assignee: case.assignee.as_ref().and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        channel: case.channel.label(lang),
        received: super::moment(case.received_at),
        lang: if case.lang == "zh" { visit.t("中文", "Chinese") } else { visit.t("英文", "English") },
        has_account: case.client.is_some(),
    }
}

/// Whether an action can be done by one click, without a form.
pub(crate) fn is_plain(action: Action) -> bool {
    matches!(action, Action::Accept | Action::Begin | Action::Take | Action::Resume)
}
