//! `/governance/plans/{id}/public`: what visitors see of a plan.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plans::{PlanId, PublicPlan};

use super::view::{PlanHead, TallyView};
use super::{named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/plans/public.html")]
struct PublicPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    purpose: String,
    issued_by: String,
    all: TallyView,
    groups: Vec<(String, Vec<TaskRow>)>,
    reports: Vec<ReportRow>,
    day: String,
}

struct TaskRow {
    key: String,
    title: String,
    due: String,
    tally: TallyView,
}

struct ReportRow {
    address: String,
    unit: String,
    task: String,
    percent: i64,
    progress: &'static str,
    words: String,
    at: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let day = today(&app);
    let PublicPlan { plan, contents, tasks, all, reports } = app.plans.public(&id, day).await?;
    let lang = visit.lang.code();
    let groups = contents.groups.iter().map(|group| {
        let inside = contents.tasks().filter(|placed| placed.group.key == group.key);
        let rows = inside.filter_map(|placed| {
            let (_, tally) = tasks.iter().find(|(key, _)| *key == placed.task.key)?;
            Some(TaskRow {
                key: placed.task.key.clone(),
                title: placed.task.title.text(lang).to_owned(),
                due: contents.due(placed.task).to_string(),
                tally: TallyView::from(tally),
            })
        });
        (group.title.text(lang).to_owned(), rows.collect())
    });
    let groups = groups.collect();
    let row = |(unit, report): &(plans::Text, plans::Report)| ReportRow {
        address: format!("/governance/plans/reports/{}", report.id),
        unit: unit.text(lang).to_owned(),
        task: contents
            .task(&report.task)
            .map_or_else(|| report.task.clone(), |placed| format!("{} {}", report.task, placed.task.title.text(lang))),
        percent: report.said.percent,
        progress: report.said.progress.label(lang),
        words: report.said.words.clone(),
        at: report.decided_at.map(moment).unwrap_or_default(),
    };
    page(&PublicPage {
        title: plan.title.text(lang).to_owned(),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        purpose: contents.purpose.text(lang).to_owned(),
        issued_by: contents.issued_by.text(lang).to_owned(),
        all: TallyView::from(&all),
        groups,
        reports: reports.iter().map(row).collect(),
        day: day.to_string(),
        visit: &visit,
    })
}
