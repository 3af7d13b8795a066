//! `/governance/plans/reports/{id}`: a report, and what can be done with it.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plans::{Act, Contents, Happened, PlanState, PlansError, ReportId, ReportState, ReportView, Seen};

use super::view::PlanHead;
use super::{begin, key, named, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::failed;
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/plans/report.html")]
struct ReportPage<'a> {
    visit: &'a Visit,
    title: String,
    head: PlanHead,
    unit: String,
    task: String,
    task_key: String,
    evidence: String,
    cell: Option<String>,
    card: ReportCard,
    version: i64,
    key: String,
    /// Written, submitted, files: by the unit.
    may_write: bool,
    may_take_back: bool,
    may_decide: bool,
    /// Whether it is shown now, when the unit may set that.
    may_show: Option<bool>,
    events: Vec<EventRow>,
    reason: String,
    fault: Option<String>,
    stale: bool,
}

/// What a report says.
pub(super) struct ReportCard {
    pub(super) address: String,
    pub(super) number: i64,
    pub(super) state: &'static str,
    pub(super) state_code: &'static str,
    pub(super) progress: &'static str,
    pub(super) percent: i64,
    pub(super) words: String,
    /// Name, value with unit, whether the target is reached where there is one.
    pub(super) figures: Vec<(String, Option<String>, Option<bool>)>,
    pub(super) files: Vec<FileRow>,
    pub(super) submitted: Option<String>,
    pub(super) decided: Option<String>,
    pub(super) reason: String,
    pub(super) public: bool,
}

pub(super) struct FileRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) size: String,
    pub(super) hash: String,
}

struct EventRow {
    at: String,
    act: &'static str,
    by: String,
    reason: String,
    detail: String,
}

impl ReportCard {
    pub(super) fn new(visit: &Visit, contents: &Contents, view: &ReportView) -> Self {
        let (report, lang) = (&view.report, visit.lang.code());
        let placed = contents.task(&report.task);
        let asked = placed.iter().flat_map(|placed| placed.task.reported());
        let figures = asked.map(|target| {
            let value = report.said.figures.get(&target.key);
            let words = value.map(|value| format!("{value} {}", target.unit.text(lang)));
            (target.name.text(lang).to_owned(), words, value.and_then(|value| target.is_reached(*value)))
        });
        let file = |file: &plans::File| FileRow {
            id: file.id.to_string(),
            name: file.name.clone(),
            kind: file.kind.label(lang),
            size: size(file.length),
            hash: file.hash.clone(),
        };
        Self {
            address: format!("/governance/plans/reports/{}", report.id),
            number: report.number,
            state: report.state.label(lang),
            state_code: report.state.code(),
            progress: report.said.progress.label(lang),
            percent: report.said.percent,
            words: report.said.words.clone(),
            figures: figures.collect(),
            files: view.files.iter().map(file).collect(),
            submitted: report.submitted_at.map(moment),
            decided: report.decided_at.map(moment),
            reason: report.reason.clone(),
            public: report.public,
        }
    }
}

fn size(bytes: i64) -> String {
    let bytes = bytes.unsigned_abs();
    if bytes < 1 << 20 { format!("{} KB", bytes.div_ceil(1 << 10)) } else { format!("{} MB", bytes.div_ceil(1 << 20)) }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ReportId = named(&id)?;
    shown(&visit, &app, &id, Told::default()).await
}

/// What a refused act leaves to tell.
#[derive(Default)]
pub(super) struct Told {
    pub(super) reason: String,
    pub(super) fault: Option<String>,
    pub(super) stale: bool,
}

pub(super) async fn shown(visit: &Visit, app: &App, id: &ReportId, told: Told) -> Result<Response, Failure> {
    let view = app.plans.report(&visit.actor, id).await?;
    let report = &view.report;
    let (plan, contents) = app.plans.plan(&visit.actor, &report.plan).await?;
    let day = today(app);
    let path = app.network.last_path(&report.unit, day).await.map_err(failed)?;
    let lang = visit.lang.code();
    let name = |node: &network::Node| match &node.name_en {
        Some(name) if lang != "zh" => name.clone(),
        _ => node.name_zh.clone(),
    };
    let above = path.iter().rev().nth(1).map_or(&report.unit, |node| &node.id);
    let current = plan.state == PlanState::Issued;
    let own = current && visit.actor.may_at(Permission::ReportProgress, &report.unit);
    let is_open = matches!(report.state, ReportState::Draft | ReportState::Returned);
    let decides = visit.actor.may_at(Permission::AcceptReports, above)
        && (visit.actor.is_system() || visit.actor.id() != report.submitted_by.as_ref());
    let reads = visit.actor.may_at(Permission::ReadGovernance, &report.unit);
    let cell = format!("/governance/plans/{}/cell?task={}&unit={}", report.plan, report.task, report.unit);
    let placed = contents.task(&report.task);
    let unit = path.last().map_or_else(|| report.unit.to_string(), name);
    let task = placed.as_ref().map(|placed| placed.task.title.text(lang).to_owned()).unwrap_or_default();
    let status = match (&told.fault, told.stale) {
        (_, true) => StatusCode::CONFLICT,
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let html = page(&ReportPage {
        title: format!("{unit} · {task}"),
        head: PlanHead::new(visit, &plan),
        unit,
        task,
        task_key: report.task.clone(),
        evidence: placed.map(|placed| placed.task.evidence.text(lang).to_owned()).unwrap_or_default(),
        cell: reads.then_some(cell),
        card: ReportCard::new(visit, &contents, &view),
        version: report.version,
        key: key(app),
        may_write: own && is_open,
        may_take_back: own && report.state == ReportState::Submitted,
        may_decide: current && decides && report.state == ReportState::Submitted,
        may_show: (report.state == ReportState::Accepted
            && visit.actor.may_at(Permission::ReportProgress, &report.unit))
        .then_some(report.public),
        events: view.history.iter().rev().map(|one| event(visit, one)).collect(),
        reason: told.reason,
        fault: told.fault,
        stale: told.stale,
        visit,
    })?;
    Ok((status, html).into_response())
}

fn event(visit: &Visit, one: &Happened) -> EventRow {
    let name = one.detail.get("name").and_then(serde_json::Value::as_str).unwrap_or_default();
    let percent = one.detail.get("percent").and_then(serde_json::Value::as_i64);
    EventRow {
        at: moment(one.at),
        act: one.act.parse::<Act>().map_or("", |act| act.label(visit.lang.code())),
        by: one.name.clone(),
        reason: one.reason.clone(),
        detail: percent.map_or_else(|| name.to_owned(), |percent| format!("{percent}%")),
    }
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: ReportId = named(&id)?;
    visit.actor.require_one_of(&[Permission::ReportProgress, Permission::AcceptReports])?;
    let seen = Seen::new(&id, sent.version()?);
    let (now, actor, room) = ((app.clock.now)(), &visit.actor, &app.plans);
    let reason = sent.get("reason");
    let mut write = begin(&app).await?;
    let done = match sent.get("act") {
        "submit" => room.submit(&mut write, now, actor, seen).await,
        "take-back" => room.take_back(&mut write, now, actor, seen).await,
        "accept" => room.accept(&mut write, now, actor, seen, reason).await,
        "return" => room.return_report(&mut write, now, actor, seen, reason).await,
        "show" => room.show_report(&mut write, now, actor, seen, true).await,
        "hide" => room.show_report(&mut write, now, actor, seen, false).await,
        other => {
            return Err(Failure::parameter("act", other, "submit, take-back, accept, return, show, hide"));
        }
    };
    let Err(error) = done else {
        write.commit().await?;
        return Ok(Redirect::to(&format!("/governance/plans/reports/{id}")).into_response());
    };
    drop(write);
    let stale = matches!(error, PlansError::StaleReport { .. });
    let told = match &error {
        PlansError::StaleReport { .. } | PlansError::Invalid(_) | PlansError::ChildrenOpen { .. } => {
            Some(error.text(visit.lang.code()))
        }
        _ => None,
    };
    match told {
        Some(fault) => shown(&visit, &app, &id, Told { reason: reason.to_owned(), fault: Some(fault), stale }).await,
        None => Err(error.into()),
    }
}
