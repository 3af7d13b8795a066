//! `/governance/plans/{id}`: what a plan says and how it goes; issuing, closing, showing.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use plans::{Asked, Contents, Plan, PlanId, PlanState, PlansError, Seen, Tally};

use super::targets::{TargetView, nation, targets};
use super::view::{PlanHead, TallyView, assignments, by_task};
use super::{address, begin, named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "governance/plans/one.html")]
struct PlanPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    version: i64,
    facts: Vec<(&'static str, String)>,
    purpose: String,
    targets: Vec<TargetView>,
    groups: Vec<GroupRow>,
    all: Option<TallyView>,
    lists: Vec<ListRow>,
    reads: bool,
    may_write: bool,
    may_report: bool,
    /// The first edition has not been issued.
    unissued: bool,
    closed: bool,
    copied_from: Option<String>,
    faults: Vec<String>,
}

struct GroupRow {
    key: String,
    title: String,
    tally: Option<TallyView>,
    tasks: Vec<TaskRow>,
}

struct TaskRow {
    key: String,
    title: String,
    part: bool,
    assignments: Vec<String>,
    due: String,
    tally: Option<TallyView>,
}

struct ListRow {
    name: String,
    note: String,
    members: usize,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    shown(&visit, &app, &id, &[]).await
}

async fn shown(visit: &Visit, app: &App, id: &PlanId, faults: &[Fault]) -> Result<Response, Failure> {
    let (plan, contents) = app.plans.plan(&visit.actor, id).await?;
    let tallies = tallies(visit, app, &plan).await?;
    let lang = visit.lang.code();
    let reads = visit.actor.may(Permission::ReadGovernance);
    let groups = groups(visit, &contents, tallies.as_deref());
    let all = tallies.as_ref().map(|tallies| TallyView::from(&sum(tallies, |_| true)));
    let list = |list: &plans::List| ListRow {
        name: list.name.text(lang).to_owned(),
        note: list.note.text(lang).to_owned(),
        members: list.members.len(),
    };
    let html = page(&PlanPage {
        visit,
        title: plan.title.text(lang).to_owned(),
        tabs: tabs(visit, &plan),
        head: PlanHead::new(visit, &plan),
        version: plan.version,
        facts: facts(visit, &contents),
        purpose: contents.purpose.text(lang).to_owned(),
        targets: targets(visit, app, (&contents.targets, contents.year), nation(app).await?.as_ref()).await?,
        groups,
        all,
        lists: contents.lists.iter().map(list).collect(),
        reads: reads && plan.edition > 0,
        may_write: visit.actor.may_at(Permission::EditPlans, &plan.issuer),
        may_report: visit.actor.may(Permission::ReportProgress) && plan.state == PlanState::Issued,
        unissued: plan.state == PlanState::Draft,
        closed: plan.state == PlanState::Closed,
        copied_from: plan.copied_from.as_ref().map(address),
        faults: faults
            .iter()
            .map(|fault| format!("{}{}{}", fault.field, visit.t("：", ": "), fault.text(lang)))
            .collect(),
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

/// How each task stands at the units that the visitor may see; none before the first edition.
async fn tallies(visit: &Visit, app: &App, plan: &Plan) -> Result<Option<Vec<(String, Tally)>>, Failure> {
    if plan.edition == 0 {
        return Ok(None);
    }
    if visit.actor.may(Permission::ReadGovernance) {
        let matrix = app.plans.matrix(&visit.actor, &plan.id, today(app), &Asked::default()).await?;
        return Ok(Some(by_task(&matrix)));
    }
    if plan.public {
        return Ok(Some(app.plans.public(&plan.id, today(app)).await?.tasks));
    }
    Ok(None)
}

/// Several tallies as one.
fn sum(tallies: &[(String, Tally)], counted: impl Fn(&str) -> bool) -> Tally {
    let mut all = Tally::default();
    tallies.iter().filter(|(key, _)| counted(key)).for_each(|(_, tally)| all.join(tally));
    all
}

fn groups(visit: &Visit, contents: &Contents, tallies: Option<&[(String, Tally)]>) -> Vec<GroupRow> {
    let lang = visit.lang.code();
    let by_key: BTreeMap<&str, &Tally> =
        tallies.unwrap_or_default().iter().map(|(key, tally)| (key.as_str(), tally)).collect();
    let mut rows: Vec<GroupRow> = Vec::new();
    for group in &contents.groups {
        let inside = contents.tasks().filter(|placed| placed.group.key == group.key);
        let tasks: Vec<TaskRow> = inside
            .map(|placed| TaskRow {
                key: placed.task.key.clone(),
                title: placed.task.title.text(lang).to_owned(),
                part: placed.whole.is_some(),
                assignments: assignments(visit, contents, &placed),
                due: contents.due(placed.task).to_string(),
                tally: by_key.get(placed.task.key.as_str()).map(|tally| TallyView::from(*tally)),
            })
            .collect();
        let tally = tallies.map(|all| TallyView::from(&sum(all, |key| tasks.iter().any(|task| task.key == key))));
        rows.push(GroupRow { key: group.key.clone(), title: group.title.text(lang).to_owned(), tally, tasks });
    }
    rows
}

fn facts(visit: &Visit, contents: &Contents) -> Vec<(&'static str, String)> {
    let lang = visit.lang.code();
    let all = [
        (visit.t("文号", "Number"), contents.number.clone()),
        (visit.t("发布机关", "Issued by"), contents.issued_by.text(lang).to_owned()),
        (visit.t("成文日期", "Dated"), contents.dated.map(|day| day.to_string()).unwrap_or_default()),
        (visit.t("执行期", "In force"), format!("{} – {}", contents.from, contents.to)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    visit.actor.require(Permission::EditPlans)?;
    let seen = Seen::new(&id, sent.version()?);
    let (now, actor, room) = ((app.clock.now)(), &visit.actor, &app.plans);
    let mut write = begin(&app).await?;
    let done = match sent.get("act") {
        "issue" => room.issue(&mut write, now, actor, seen, sent.get("note")).await,
        "close" => room.close(&mut write, now, actor, seen, sent.get("note")).await,
        "show" => room.show(&mut write, now, actor, seen, true).await,
        "hide" => room.show(&mut write, now, actor, seen, false).await,
        "discard" => room.discard(&mut write, now, actor, seen).await,
        other => return Err(Failure::parameter("act", other, "issue, close, show, hide, discard")),
    };
    match done {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&address(&id)).into_response())
        }
        Err(PlansError::Invalid(faults)) => {
            drop(write);
            shown(&visit, &app, &id, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}
