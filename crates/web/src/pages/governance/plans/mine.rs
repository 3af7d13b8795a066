//! `/governance/plans/mine`: what is due for one's own units, and what waits for one's word.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plans::{Due, Mine};
use serde::Deserialize;

use super::targets::{TargetView, Wish, views};
use super::today;
use super::view::{StandingView, cell_words};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::words::moment;

/// Rows of each list that are shown at most.
const SHOWN: usize = 300;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    below: String,
}

#[derive(Template)]
#[template(path = "governance/plans/mine.html")]
struct MinePage<'a> {
    visit: &'a Visit,
    title: String,
    below: bool,
    waiting: Vec<WaitingRow>,
    due: Vec<DueRow>,
    due_in_all: usize,
    offered: Vec<DueRow>,
    over: Vec<DueRow>,
    lacks: Vec<String>,
    late: usize,
}

struct WaitingRow {
    address: String,
    unit: String,
    task: String,
    plan: String,
    since: String,
    progress: &'static str,
}

struct DueRow {
    address: String,
    key: String,
    title: String,
    plan: String,
    plan_address: String,
    unit: String,
    due: String,
    left: String,
    standing: StandingView,
    words: String,
    /// Figures to be reached that are measured for the unit.
    targets: Vec<TargetView>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let (day, lang, below) = (today(&app), visit.lang.code(), asked.below == "1");
    let Mine { due, offered, over, lacks } = app.plans.mine(&visit.actor, day, below).await?;
    let mut waiting = Vec::new();
    if visit.actor.may(Permission::AcceptReports) {
        for one in app.plans.waiting(&visit.actor, day).await? {
            waiting.push(WaitingRow {
                address: format!("/governance/plans/reports/{}", one.report.id),
                unit: one.unit.text(lang).to_owned(),
                task: format!("{} {}", one.report.task, one.task.text(lang)),
                plan: one.plan.text(lang).to_owned(),
                since: one.report.submitted_at.map(moment).unwrap_or_default(),
                progress: one.report.said.progress.label(lang),
            });
        }
    }
    let lacks = lacks.iter().map(|(plan, unit, lack)| match lang {
        "zh" => format!(
            "{}：「{}」的选做任务 {} 中至少选 {} 项，已选 {} 项",
            unit.text(lang),
            plan.title.text(lang),
            lack.tasks.join("、"),
            lack.at_least,
            lack.chosen
        ),
        _ => format!(
            "{}: choose at least {} of {} of “{}”; {} chosen so far",
            unit.text(lang),
            lack.at_least,
            lack.tasks.join(", "),
            plan.title.text(lang),
            lack.chosen
        ),
    });
    let lacks = lacks.collect();
    page(&MinePage {
        title: visit.t("我的任务", "My tasks").to_owned(),
        below,
        waiting,
        due_in_all: due.len(),
        late: due.iter().filter(|due| due.cell.standing.is_late()).count(),
        due: rows(&visit, &app, &due).await?,
        offered: rows(&visit, &app, &offered).await?,
        over: rows(&visit, &app, &over).await?,
        lacks,
        visit: &visit,
    })
}

async fn rows(visit: &Visit, app: &App, all: &[Due]) -> Result<Vec<DueRow>, Failure> {
    let shown = &all[..all.len().min(SHOWN)];
    let wishes = shown
        .iter()
        .flat_map(|due| due.targets.iter().map(|target| Wish { target, unit: Some(&due.unit), year: due.plan.year }));
    let mut views = views(visit, app, &wishes.collect::<Vec<_>>()).await?.into_iter();
    let row = |due: &Due| {
        let mut targets: Vec<TargetView> = views.by_ref().take(due.targets.len()).collect();
        targets.retain(|target| target.measured.as_ref().is_some_and(|measured| measured.kept));
        row(visit, due, targets)
    };
    Ok(shown.iter().map(row).collect())
}

fn row(visit: &Visit, due: &Due, targets: Vec<TargetView>) -> DueRow {
    let lang = visit.lang.code();
    let link = Link::to(format!("/governance/plans/{}/cell", due.plan.id)).with("task", &due.task);
    let left = match (lang, due.days) {
        ("zh", 0) => "今天到期".to_owned(),
        ("zh", days @ 1..) => format!("还有 {days} 天"),
        ("zh", days) => format!("逾期 {} 天", -days),
        (_, 0) => "due today".to_owned(),
        (_, days @ 1..) => format!("{days} days left"),
        (_, days) => format!("{} days late", -days),
    };
    DueRow {
        address: link.with("unit", due.unit.as_str()).address(),
        key: due.task.clone(),
        title: due.title.text(lang).to_owned(),
        plan: due.plan.title.text(lang).to_owned(),
        plan_address: super::address(&due.plan.id),
        unit: due.name.text(lang).to_owned(),
        due: due.due.to_string(),
        left,
        standing: StandingView::new(visit, due.cell.standing),
        words: cell_words(visit, &due.cell),
        targets,
    }
}
