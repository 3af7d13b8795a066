//! `/governance/plans/{id}/tasks/{key}`: a task, whom it is for, and how it stands at each unit.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plans::{Asked, PlanId, PlanState, Standing};

use super::targets::{TargetView, nation, targets};
use super::view::{PlanHead, StandingView, TallyView, assignments, cell_words};
use super::{named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "governance/plans/task.html")]
struct TaskPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    key: String,
    group: String,
    whole: Option<(String, String)>,
    parts: Vec<(String, String)>,
    text: String,
    assignments: Vec<String>,
    facts: Vec<(&'static str, String)>,
    milestones: Vec<(String, String, bool)>,
    targets: Vec<TargetView>,
    support: String,
    evidence: String,
    tally: Option<TallyView>,
    units: Vec<UnitRow>,
    may_write: bool,
    current: bool,
}

struct UnitRow {
    name: String,
    gone: bool,
    standing: StandingView,
    words: String,
    percent: Option<i64>,
    reports: i64,
    address: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, key)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, contents) = app.plans.plan(&visit.actor, &id).await?;
    let placed = contents.task(&key).ok_or(Failure::NotFound)?;
    let (task, lang, day) = (placed.task, visit.lang.code(), today(&app));
    let mut units = Vec::new();
    let mut tally = None;
    if plan.edition > 0 && visit.actor.may(Permission::ReadGovernance) {
        let matrix = app.plans.matrix(&visit.actor, &id, day, &Asked::default()).await?;
        tally = Some(TallyView::from(&matrix.tally_of_task(&key)));
        let at = matrix.tasks.iter().position(|head| head.key == key).ok_or(Failure::NotFound)?;
        for unit in &matrix.units {
            let cell = &unit.cells[at];
            if cell.standing == Standing::NotConcerned {
                continue;
            }
            let link = Link::to(format!("/governance/plans/{id}/cell"));
            units.push(UnitRow {
                name: unit.name.text(lang).to_owned(),
                gone: unit.level.is_none(),
                standing: StandingView::new(&visit, cell.standing),
                words: cell_words(&visit, cell),
                percent: cell.percent,
                reports: cell.reports,
                address: link.with("task", &key).with("unit", unit.unit.as_str()).address(),
            });
        }
    }
    let join = |names: &[String]| names.join(visit.t("、", ", "));
    let facts = [
        (visit.t("责任部门", "Answers for it"), join(&task.responsible)),
        (visit.t("配合部门", "Helps"), join(&task.cooperating)),
        (visit.t("时间", "Days"), format!("{} – {}", contents.start(task), contents.due(task))),
    ];
    let milestone = |one: &plans::Milestone| (one.due.to_string(), one.title.text(lang).to_owned(), one.due < day);
    let pair = |task: &plans::Task| (task.key.clone(), task.title.text(lang).to_owned());
    page(&TaskPage {
        title: task.title.text(lang).to_owned(),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        group: placed.group.title.text(lang).to_owned(),
        whole: placed.whole.map(pair),
        parts: task.tasks.iter().map(pair).collect(),
        text: task.text.text(lang).to_owned(),
        assignments: assignments(&visit, &contents, &placed),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        milestones: task.milestones.iter().map(milestone).collect(),
        targets: targets(&visit, &app, (&task.targets, contents.year), nation(&app).await?.as_ref()).await?,
        support: task.support.text(lang).to_owned(),
        evidence: task.evidence.text(lang).to_owned(),
        tally,
        units,
        may_write: visit.actor.may_at(Permission::EditPlans, &plan.issuer) && plan.state != PlanState::Closed,
        current: plan.state == PlanState::Issued,
        key,
        visit: &visit,
    })
}
