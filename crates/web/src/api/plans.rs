//! `/api/v1/plans`: plans that are shown to everyone, their tasks, for whom they are, and how they go. What is not there is
//! null and never zero.

use std::sync::Arc;

use accounts::Actor;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use network::Text;
use plans::{Bound, Contents, Duty, Placed, PlanId, PlanState, Progress, PublicPlan, ReportId, Rule, Standing, Tally};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::network::answer;
use super::rights::Nothing;
use crate::App;
use crate::language::Lang;
use crate::pages::governance::plans::for_whom;
use crate::pages::today;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// The year that they are about.
    year: Option<i16>,
}

/// Public plans.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlansAnswer {
    /// How many there are.
    total: usize,
    /// Latest years first.
    plans: Vec<PlanBrief>,
}

/// A plan at a glance.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanBrief {
    /// Its id.
    #[schema(value_type = String)]
    id: PlanId,
    /// Its title.
    title: Text,
    /// Number of the document; null where it has none.
    number: Option<String>,
    /// Who issued it.
    issued_by: Text,
    /// The year that it is about.
    year: i16,
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// In force, or over.
    state: PlanState,
    /// The edition in force.
    edition: i64,
    /// Tasks, parts not counted.
    tasks: usize,
    /// How all of it goes today.
    progress: PlanProgress,
}

/// How many units stand how.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanProgress {
    /// Units times tasks that must be done, by duty or by choice.
    bound: usize,
    /// Of those: accepted as done.
    done: usize,
    /// Of those: over their day and not done, or not reported.
    late: usize,
    /// Of those: reported, waiting for the unit above.
    waiting: usize,
    /// Done of those that must be; null where nobody must.
    done_percent: Option<usize>,
    /// Mean percent of the reports that were accepted; null where none was.
    mean_percent: Option<i64>,
}

/// One public plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanAnswer {
    /// The plan.
    #[serde(flatten)]
    plan: PlanBrief,
    /// What it is for.
    purpose: Text,
    /// Targets of the plan as a whole.
    targets: Vec<PlanTarget>,
    /// Its tasks under their headings.
    groups: Vec<PlanGroup>,
    /// Accepted reports that are shown to everyone.
    reports: Vec<PlanReport>,
}

/// Tasks under one heading.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanGroup {
    /// Its key.
    key: String,
    /// Its heading.
    title: Text,
    /// Tasks, each before its parts.
    tasks: Vec<PlanTask>,
}

/// A task or a part of one.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanTask {
    /// Its key.
    key: String,
    /// Key of the task of which it is a part.
    part_of: Option<String>,
    /// What is to be done, in a line.
    title: Text,
    /// The same in full.
    text: Text,
    /// Departments that answer for it.
    responsible: Vec<String>,
    /// Departments that help.
    cooperating: Vec<String>,
    /// For whom it is; of a part without its own that of the whole.
    for_whom: Vec<PlanAssignment>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    start: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    due: Date,
    /// What must be there before the end.
    milestones: Vec<PlanMilestone>,
    /// Figures to be reached.
    targets: Vec<PlanTarget>,
    /// What those above promise to do for it.
    support: Text,
    /// What a report must show.
    evidence: Text,
    /// How it goes today.
    progress: PlanProgress,
}

/// For whom a task is.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanAssignment {
    /// Whether they must.
    duty: Duty,
    /// By which rule they are named.
    rule: Rule,
    /// The same in words.
    words: Text,
}

/// A day before the end.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanMilestone {
    /// What must be there.
    title: Text,
    /// By which day.
    #[schema(value_type = String, format = Date)]
    due: Date,
}

/// A figure to be reached.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanTarget {
    /// Its key.
    key: String,
    /// What is counted.
    name: Text,
    /// Code of the indicator that measures it, for `/indicators/{code}`; null where there is none.
    indicator: Option<String>,
    /// How it is bounded.
    bound: Bound,
    /// The figure; null where the document leaves it open.
    figure: Option<f64>,
    /// Where it stood before; null where the document does not say.
    baseline: Option<f64>,
    /// Unit of measure.
    unit: Text,
    /// Period or day for which it holds; empty: the year of the plan.
    period: String,
    /// Whether every unit reports its figure; else it is one for all.
    reported: bool,
}

/// An accepted report.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanReport {
    /// Its id.
    #[schema(value_type = String)]
    id: ReportId,
    /// Name of its unit.
    unit: Text,
    /// Key of the task.
    task: String,
    /// How far the unit says it is.
    progress: Progress,
    /// The same in percent.
    percent: i64,
    /// What was done.
    words: String,
    /// When it was accepted.
    #[schema(value_type = Option<String>, format = DateTime)]
    accepted_at: Option<Timestamp>,
}

/// Public plans.
#[utoipa::path(get, operation_id = "plans", path = "/plans", tag = "plans", params(Parameters), responses(
    (status = 200, description = "Plans that are shown to everyone, with the counts of their progress today.", body = PlansAnswer),
))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<Parameters>,
) -> Result<Response, Failure> {
    let mut plans = Vec::new();
    for plan in app.plans.list(&Actor::visitor()).await? {
        if asked.year.is_none_or(|year| plan.year == year) {
            plans.push(brief(&app.plans.public(&plan.id, today(&app)).await?));
        }
    }
    answer(&headers, &PlansAnswer { total: plans.len(), plans })
}

/// One public plan.
#[utoipa::path(get, operation_id = "plan", path = "/plans/{id}", tag = "plans",
    params(("id" = String, Path, description = "Its id.")), responses(
    (status = 200, description = "Tasks with days, for whom, targets, and counts of progress; reports that are shown to everyone.", body = PlanAnswer),
    (status = 404, description = "No plan that is shown to everyone has this id."),
))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    _: Asked<Nothing>,
) -> Result<Response, Failure> {
    let id: PlanId = id.parse().map_err(|_| Failure::NotFound)?;
    let public = app.plans.public(&id, today(&app)).await?;
    let plan = brief(&public);
    let PublicPlan { contents, tasks, reports, .. } = public;
    let groups = contents.groups.iter().map(|group| PlanGroup {
        key: group.key.clone(),
        title: group.title.clone(),
        tasks: contents
            .tasks()
            .filter(|placed| placed.group.key == group.key)
            .map(|placed| task(&contents, &placed, &tasks))
            .collect(),
    });
    let body = PlanAnswer {
        plan,
        purpose: contents.purpose.clone(),
        targets: contents.targets.iter().map(target).collect(),
        groups: groups.collect(),
        reports: reports.into_iter().map(report).collect(),
    };
    answer(&headers, &body)
}

fn brief(PublicPlan { plan, contents, all, .. }: &PublicPlan) -> PlanBrief {
    PlanBrief {
        id: plan.id.clone(),
        title: plan.title.clone(),
        number: Some(contents.number.clone()).filter(|number| !number.is_empty()),
        issued_by: contents.issued_by.clone(),
        year: plan.year,
        from: plan.from,
        to: plan.to,
        state: plan.state,
        edition: plan.edition,
        tasks: contents.groups.iter().map(|group| group.tasks.len()).sum(),
        progress: progress(all),
    }
}

fn progress(tally: &Tally) -> PlanProgress {
    PlanProgress {
        bound: tally.bound(),
        done: tally.of(Standing::Done),
        late: tally.late(),
        waiting: tally.of(Standing::Submitted),
        done_percent: tally.done_percent(),
        mean_percent: tally.mean_percent(),
    }
}

fn task(contents: &Contents, placed: &Placed<'_>, tallies: &[(String, Tally)]) -> PlanTask {
    let task = placed.task;
    let tally = tallies.iter().find(|(key, _)| *key == task.key).map(|(_, tally)| progress(tally));
    let assignment = |one: &plans::Assignment| {
        let words = Text::new(for_whom(Lang::Zh, contents, one), for_whom(Lang::En, contents, one));
        PlanAssignment { duty: one.duty, rule: one.rule, words }
    };
    PlanTask {
        key: task.key.clone(),
        part_of: placed.whole.map(|whole| whole.key.clone()),
        title: task.title.clone(),
        text: task.text.clone(),
        responsible: task.responsible.clone(),
        cooperating: task.cooperating.clone(),
        for_whom: placed.assignments().iter().map(assignment).collect(),
        start: contents.start(task),
        due: contents.due(task),
        milestones: task
            .milestones
            .iter()
            .map(|one| PlanMilestone { title: one.title.clone(), due: one.due })
            .collect(),
        targets: task.targets.iter().map(target).collect(),
        support: task.support.clone(),
        evidence: task.evidence.clone(),
        progress: tally.unwrap_or_else(|| progress(&Tally::default())),
    }
}

fn target(target: &plans::Target) -> PlanTarget {
    PlanTarget {
        key: target.key.clone(),
        name: target.name.clone(),
        indicator: Some(target.indicator.clone()).filter(|code| !code.is_empty()),
        bound: target.bound,
        figure: target.figure,
        baseline: target.baseline,
        unit: target.unit.clone(),
        period: target.period.clone(),
        reported: target.reported,
    }
}

fn report((unit, report): (Text, plans::Report)) -> PlanReport {
    PlanReport {
        id: report.id,
        unit,
        task: report.task,
        progress: report.said.progress,
        percent: report.said.percent,
        words: report.said.words,
        accepted_at: report.decided_at,
    }
}
