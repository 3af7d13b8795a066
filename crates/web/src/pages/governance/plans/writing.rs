//! `/governance/plans/{id}/report` and `/governance/plans/reports/{id}/edit`: what a unit says about a task, written.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};
use plans::{NewReport, PlanId, PlansError, Progress, ReportId, Said, Seen, Target, Task};
use serde::Deserialize;

use super::view::PlanHead;
use super::{begin, key, named, today};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::pages::network::failed;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    task: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "governance/plans/writing.html")]
struct WritingPage<'a> {
    visit: &'a Visit,
    title: String,
    head: PlanHead,
    unit: String,
    task: String,
    task_key: String,
    text: String,
    evidence: String,
    due: String,
    action: String,
    back: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    /// What is there now, when another wrote meanwhile: address and words.
    stale: Option<(String, String)>,
}

/// What a form is about.
struct About {
    plan: plans::Plan,
    task: Task,
    unit: OrganisationId,
    due: String,
}

async fn about(visit: &Visit, app: &App, id: &PlanId, task: &str, unit: &OrganisationId) -> Result<About, Failure> {
    visit.actor.require_at(Permission::ReportProgress, unit)?;
    let (plan, contents) = app.plans.plan(&visit.actor, id).await?;
    let placed = contents.task(task).ok_or(Failure::NotFound)?;
    Ok(About { due: contents.due(placed.task).to_string(), task: placed.task.clone(), plan, unit: unit.clone() })
}

/// A form and what is wrong with it.
struct Form<'a> {
    action: String,
    back: String,
    hidden: Vec<(&'static str, String)>,
    /// Figures as they were typed, by key of their target.
    typed: BTreeMap<String, String>,
    said: &'a Said,
    public: bool,
    faults: &'a [Fault],
    stale: Option<(String, String)>,
}

async fn written(visit: &Visit, app: &App, about: &About, form: Form<'_>) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let found = app.network.organisation(&about.unit, today(app)).await.map_err(failed)?;
    let unit = found.map_or_else(|| about.unit.to_string(), |found| found.profile.name(lang).to_owned());
    let groups = groups(visit, &about.task, &form);
    let status = match (&form.stale, form.faults.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let html = page(&WritingPage {
        visit,
        title: format!("{} · {unit}", visit.t("填报进展", "Report progress")),
        head: PlanHead::new(visit, &about.plan),
        unit,
        task: about.task.title.text(lang).to_owned(),
        task_key: about.task.key.clone(),
        text: about.task.text.text(lang).to_owned(),
        evidence: about.task.evidence.text(lang).to_owned(),
        due: about.due.clone(),
        action: form.action,
        back: form.back,
        hidden: form.hidden,
        faults: summary(form.faults, &groups, visit.lang),
        groups,
        stale: form.stale,
    })?;
    Ok((status, html).into_response())
}

fn groups(visit: &Visit, task: &Task, form: &Form<'_>) -> Vec<GroupView> {
    let (lang, said) = (visit.lang.code(), form.said);
    let choice = |progress: &Progress| Choice {
        value: progress.code().to_owned(),
        name: progress.label(lang).to_owned(),
        chosen: *progress == said.progress,
    };
    let percent = form.typed.get("percent").cloned().unwrap_or_else(|| said.percent.to_string());
    let mut fields = vec![
        FieldView::new("progress", visit.t("进展", "Progress"), "choice")
            .choices(Progress::ALL.iter().map(choice).collect()),
        FieldView::new("percent", visit.t("完成百分比", "Percent done"), "number")
            .value(percent)
            .typed("numeric")
            .hint(visit.t("0 至 100；选择“已完成”时按 100 计", "0 to 100; what is done counts as 100")),
        FieldView::new("words", visit.t("进展说明", "What was done and how it goes"), "area")
            .value(&said.words)
            .hint(visit.t("报送时必填；不超过 5000 字", "Needed when it is submitted; 5000 characters at most")),
    ];
    fields.push(
        FieldView::new("public", visit.t("审核通过后可在公开页展示", "May be shown to everyone once accepted"), "tick")
            .value(if form.public { "yes" } else { "" }),
    );
    let mut groups = vec![GroupView { name: visit.t("进展", "Progress").to_owned(), fields }];
    let figure = |target: &Target| {
        let typed = form.typed.get(&target.key).cloned();
        let value = typed.or_else(|| said.figures.get(&target.key).map(ToString::to_string)).unwrap_or_default();
        let label = match target.unit.text(lang) {
            "" => target.name.text(lang).to_owned(),
            unit => format!("{} ({unit})", target.name.text(lang)),
        };
        let hint =
            target.words(lang).map(|words| format!("{}{words}", visit.t("目标：", "Target: "))).unwrap_or_default();
        FieldView::new(format!("figure-{}", target.key), label, "number").value(value).typed("decimal").hint(hint)
    };
    let figures: Vec<FieldView> = task.reported().map(figure).collect();
    if !figures.is_empty() {
        let name = visit.t("数值（没有数据就留空，不要填 0）", "Figures (leave empty what is not known; it is not 0)");
        groups.push(GroupView { name: name.to_owned(), fields: figures });
    }
    for group in &mut groups {
        let fields = std::mem::take(&mut group.fields);
        group.fields = fields.into_iter().map(|field| field.of(form.faults, visit.lang)).collect();
    }
    groups
}

/// What a form says, with what was typed where numbers belong, and faults of what is no number.
fn read(sent: &Sent, task: &Task) -> (Said, BTreeMap<String, String>, Vec<Fault>) {
    let (mut typed, mut faults, mut figures) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let percent = match sent.get("percent").trim() {
        "" => 0,
        text => text.trim_end_matches('%').parse().unwrap_or_else(|_| {
            faults.push(fault("percent", "须为 0 至 100 的整数", "a whole number from 0 to 100"));
            typed.insert("percent".to_owned(), text.to_owned());
            0
        }),
    };
    for target in task.reported() {
        let name = format!("figure-{}", target.key);
        let text = sent.get(&name).trim().replace([',', '，'], "");
        if text.is_empty() {
            continue;
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => drop(figures.insert(target.key.clone(), value)),
            _ => {
                faults.push(fault(&name, "须为数字", "a number"));
                typed.insert(target.key.clone(), sent.get(&name).to_owned());
            }
        }
    }
    let progress = sent.get("progress").parse().unwrap_or(Progress::NotStarted);
    (Said { progress, percent, words: sent.get("words").to_owned(), figures }, typed, faults)
}

fn cell(id: &PlanId, task: &str, unit: &OrganisationId) -> String {
    format!("/governance/plans/{id}/cell?task={task}&unit={unit}")
}

pub(crate) async fn new(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let (id, unit): (PlanId, OrganisationId) = (named(&id)?, named(&asked.unit)?);
    let about = about(&visit, &app, &id, &asked.task, &unit).await?;
    let said = Said { progress: Progress::UnderWay, ..Said::default() };
    let hidden = vec![("key", key(&app)), ("task", asked.task.clone()), ("unit", unit.to_string())];
    let form = Form {
        action: format!("/governance/plans/{id}/report"),
        back: cell(&id, &asked.task, &unit),
        hidden,
        typed: BTreeMap::new(),
        said: &said,
        public: false,
        faults: &[],
        stale: None,
    };
    written(&visit, &app, &about, form).await
}

pub(crate) async fn make(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let (id, unit): (PlanId, OrganisationId) = (named(&id)?, named(sent.get("unit"))?);
    let task = sent.get("task");
    let about = about(&visit, &app, &id, task, &unit).await?;
    let (said, typed, mut faults) = read(&sent, &about.task);
    let public = !sent.get("public").is_empty();
    if faults.is_empty() {
        let new = NewReport { key: sent.get("key"), plan: &id, task, unit: &unit, said: &said, public };
        let mut write = begin(&app).await?;
        match app.plans.begin(&mut write, (app.clock.now)(), &visit.actor, &new).await {
            Ok(report) => {
                write.commit().await?;
                return Ok(Redirect::to(&format!("/governance/plans/reports/{}", report.id)).into_response());
            }
            Err(PlansError::Invalid(wrong)) => faults = wrong,
            Err(error) => return Err(error.into()),
        }
    }
    let hidden = vec![("key", sent.get("key").to_owned()), ("task", task.to_owned()), ("unit", unit.to_string())];
    let action = format!("/governance/plans/{id}/report");
    let back = cell(&id, task, &unit);
    let form = Form { action, back, hidden, typed, said: &said, public, faults: &faults, stale: None };
    written(&visit, &app, &about, form).await
}

pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let id: ReportId = named(&id)?;
    let report = app.plans.report(&visit.actor, &id).await?.report;
    let about = about(&visit, &app, &report.plan, &report.task, &report.unit).await?;
    let form = Form {
        action: format!("/governance/plans/reports/{id}/edit"),
        back: format!("/governance/plans/reports/{id}"),
        hidden: vec![("version", report.version.to_string())],
        typed: BTreeMap::new(),
        said: &report.said,
        public: report.public,
        faults: &[],
        stale: None,
    };
    written(&visit, &app, &about, form).await
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let id: ReportId = named(&id)?;
    let report = app.plans.report(&visit.actor, &id).await?.report;
    let about = about(&visit, &app, &report.plan, &report.task, &report.unit).await?;
    let (said, typed, mut faults) = read(&sent, &about.task);
    let public = !sent.get("public").is_empty();
    let (mut version, mut stale) = (sent.version()?, None);
    let here = format!("/governance/plans/reports/{id}");
    if faults.is_empty() {
        let mut write = begin(&app).await?;
        let seen = Seen::new(&id, version);
        match app.plans.write_report(&mut write, (app.clock.now)(), &visit.actor, seen, (&said, public)).await {
            Ok(_) => {
                write.commit().await?;
                return Ok(Redirect::to(&here).into_response());
            }
            Err(PlansError::Invalid(wrong)) => faults = wrong,
            Err(PlansError::StaleReport { now }) => {
                version = now.version;
                let state = now.state.label(visit.lang.code());
                stale = Some((here.clone(), format!("{state} · {}% · {}", now.said.percent, now.said.words)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let hidden = vec![("version", version.to_string())];
    let action = format!("{here}/edit");
    let form = Form { action, back: here, hidden, typed, said: &said, public, faults: &faults, stale };
    written(&visit, &app, &about, form).await
}
