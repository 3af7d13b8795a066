//! `/desk`: the cases that whoever visits may read, what is late first.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::{Permission, PersonId};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use cases::{Assigned, Channel, InboxCounts, InboxQuery, Level, Listed, Outcome, Sort, State as Stage};
use jiff::civil::Date;
use services::{Calendar, ItemQuery, office_day};

use super::asked::{Asked, Parameters};
use super::{address, by, people, views};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::network::choices;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct InboxPage {
    visit: Visit,
    title: String,
    asked: Asked,
    /// Whose: name, address, whether it is shown.
    whose: Vec<(String, String, bool)>,
    levels: Vec<CountView>,
    states: Vec<CountView>,
    closed: Vec<CountView>,
    total: String,
    chips: Vec<(String, String)>,
    rows: Vec<Row>,
    next: Option<String>,
    /// Whether nothing at all waits here.
    is_empty: bool,
    may_enter: bool,
    several_outlets: bool,
    outlets: Vec<Choice>,
    items: Vec<Choice>,
    colleagues: Vec<Choice>,
    channels: Vec<Choice>,
    outcomes: Vec<Choice>,
    sorts: Vec<Choice>,
    from: String,
    to: String,
    tasks: Vec<TaskView>,
}

/// A number that opens its list.
struct CountView {
    name: &'static str,
    class: &'static str,
    count: String,
    address: String,
    active: bool,
}

/// A case in the list.
struct Row {
    address: String,
    reference: String,
    title: String,
    item: String,
    state: &'static str,
    paused: bool,
    escalated: bool,
    level: Option<(&'static str, &'static str)>,
    due: String,
    left: String,
    assignee: String,
    received: String,
    channel: &'static str,
    outlet: String,
    client: String,
}

/// A task of whoever visits.
struct TaskView {
    title: String,
    due: String,
    late: bool,
    address: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(&parameters)?;
    let now = (app.clock.now)();
    let today = office_day(now);
    let found = app.cases.inbox(now, by(&visit), &asked.0).await?;
    let counts = app.cases.inbox_counts(now, by(&visit), &asked.0).await?;
    // The states that ended are counted beside, whatever is asked for.
    let all = asked.with(|query| (query.open, query.state, query.level) = (None, None, None));
    let ended = app.cases.inbox_counts(now, by(&visit), &all.0).await?;
    let bare = InboxQuery { limit: 1, ..InboxQuery::all() };
    let is_empty = found.cases.is_empty() && app.cases.inbox(now, by(&visit), &bare).await?.cases.is_empty();
    let calendar = app.services.calendar().await?;
    let outlets = people::outlets(&app, &visit, today).await?;
    let own = people::own(&app, &visit, today).await?;
    let colleagues = app.accounts.staff_of(&visit.actor, &own, now).await?;
    let names = people::names(&app, found.cases.iter().filter_map(|listed| listed.case.assignee.as_ref())).await?;
    let tasks = tasks(&app, &visit, today).await?;
    let items = app.services.items_on(today, &ItemQuery::default()).await?;
    let lang = visit.lang.code();
    let query = &asked.0;
    page(&InboxPage {
        title: visit.t("工作台", "Desk").to_owned(),
        whose: whose(&asked, &visit),
        levels: levels(&counts, &asked, &visit),
        states: states(&counts, &asked, &visit, |state| !state.is_final()),
        closed: states(&ended, &all, &visit, Stage::is_final),
        total: grouped(counts.total),
        chips: chips(&asked, &visit, &names, &outlets, &colleagues),
        rows: found.cases.iter().map(|listed| row(listed, &visit, &calendar, &names, today)).collect(),
        next: found.next.as_deref().map(|mark| asked.page(mark)),
        is_empty,
        may_enter: visit.actor.may(Permission::WorkCases),
        several_outlets: outlets.len() > 1,
        outlets: people::choices(&outlets, query.outlet.as_ref(), &visit),
        items: items
            .iter()
            .map(|version| Choice {
                value: version.code.to_string(),
                name: format!("{} {}", version.code, version.item.title.text(lang)),
                chosen: query.item.as_ref() == Some(&version.code),
            })
            .collect(),
        colleagues: colleagues
            .iter()
            .map(|colleague| Choice {
                value: colleague.id.to_string(),
                name: colleague.name.clone(),
                chosen: query.assigned == Some(Assigned::To(colleague.id.clone())),
            })
            .collect(),
        channels: choices(Channel::ALL, query.channel, Channel::code, |channel| channel.label(lang)),
        outcomes: choices(Outcome::ALL, query.outcome, Outcome::code, |outcome| outcome.label(lang)),
        sorts: choices(Sort::ALL, Some(query.sort), Sort::code, |sort| sort.label(lang)),
        from: query.from.map_or_else(String::new, |day| day.to_string()),
        to: query.to.map_or_else(String::new, |day| day.to_string()),
        tasks,
        asked,
        visit,
    })
}

/// All that is asked for as a file; the export is recorded.
pub(crate) async fn csv(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(&parameters)?;
    let now = (app.clock.now)();
    let text = app.cases.export_csv(now, by(&visit), &asked.0, visit.lang.code()).await?;
    let name = format!("attachment; filename=\"cases-{}.csv\"", office_day(now));
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], text)
        .into_response())
}

/// The open tasks of whoever visits, what is due first.
async fn tasks(app: &App, visit: &Visit, today: Date) -> Result<Vec<TaskView>, Failure> {
    let tasks = app.cases.my_tasks(by(visit)).await?;
    let view = |task: cases::Task| TaskView {
        late: task.due_on.is_some_and(|due| due < today),
        due: task.due_on.map_or_else(String::new, |due| due.to_string()),
        address: format!("{}#tasks", address(&task.case)),
        title: task.title,
    };
    Ok(tasks.into_iter().take(20).map(view).collect())
}

fn whose(asked: &Asked, visit: &Visit) -> Vec<(String, String, bool)> {
    let all = [
        (visit.t("全部", "All"), None),
        (visit.t("我承办的", "Mine"), Some(Assigned::Me)),
        (visit.t("待分派", "Nobody's"), Some(Assigned::Nobody)),
    ];
    let entry = |(name, assigned): (&str, Option<Assigned>)| {
        let active = asked.0.assigned == assigned;
        (name.to_owned(), asked.with(|query| query.assigned = assigned).address(), active)
    };
    all.into_iter().map(entry).collect()
}

fn levels(counts: &InboxCounts, asked: &Asked, visit: &Visit) -> Vec<CountView> {
    let order = [Level::Late, Level::Soon, Level::Ok, Level::Standing];
    let count = |level: Level| counts.by_level.iter().find(|found| found.level == level).map_or(0, |found| found.count);
    let view = |level: Level| {
        let active = asked.0.level == Some(level);
        CountView {
            name: level.label(visit.lang.code()),
            class: views::level_class(level),
            count: grouped(count(level)),
            address: asked.with(|query| query.level = Some(level).filter(|_| !active)).address(),
            active,
        }
    };
    order.into_iter().map(view).collect()
}

fn states(counts: &InboxCounts, asked: &Asked, visit: &Visit, which: fn(Stage) -> bool) -> Vec<CountView> {
    let found = counts.by_state.iter().filter(|found| which(found.state));
    let view = |found: &cases::StateCount| {
        let active = asked.0.state == Some(found.state);
        let other = asked.with(|query| {
            query.state = Some(found.state).filter(|_| !active);
            query.open = Some(true).filter(|_| !found.state.is_final());
        });
        CountView {
            name: found.state.label(visit.lang.code()),
            class: "",
            count: grouped(found.count),
            address: other.address(),
            active,
        }
    };
    found.map(view).collect()
}

/// What is asked for, each with the address without it.
fn chips(
    asked: &Asked,
    visit: &Visit,
    names: &BTreeMap<PersonId, String>,
    outlets: &[network::Node],
    colleagues: &[accounts::Colleague],
) -> Vec<(String, String)> {
    let (lang, query) = (visit.lang.code(), &asked.0);
    let mut chips = Vec::new();
    let mut chip = |name: Option<String>, without: fn(&mut InboxQuery)| {
        if let Some(name) = name {
            chips.push((name, asked.with(without).address()));
        }
    };
    let person = |id: &PersonId| {
        let colleague = colleagues.iter().find(|colleague| colleague.id == *id).map(|colleague| &colleague.name);
        colleague.or_else(|| names.get(id)).cloned().unwrap_or_else(|| id.to_string())
    };
    chip(query.text.clone(), |query| query.text = None);
    let assignee = match &query.assigned {
        Some(Assigned::To(id)) => Some(format!("{}{}", visit.t("承办：", "With "), person(id))),
        _ => None,
    };
    chip(assignee, |query| query.assigned = None);
    let outlet = query.outlet.as_ref().map(|id| {
        outlets.iter().find(|node| node.id == *id).map_or_else(|| id.to_string(), |node| people::name(node, visit))
    });
    chip(outlet, |query| query.outlet = None);
    let shown = match query.open {
        Some(false) => Some(visit.t("已办结", "Closed").to_owned()),
        None if query.state.is_none() => Some(visit.t("含已办结", "Open and closed").to_owned()),
        _ => None,
    };
    chip(shown, |query| query.open = Some(true));
    let state = query.state.map(|state| state.label(lang).to_owned());
    chip(state, |query| (query.state, query.open) = (None, Some(true)));
    chip(query.level.map(|level| level.label(lang).to_owned()), |query| query.level = None);
    chip(query.item.as_ref().map(ToString::to_string), |query| query.item = None);
    chip(query.channel.map(|channel| channel.label(lang).to_owned()), |query| query.channel = None);
    let before_lead = query
        .escalated
        .map(|yes| if yes { visit.t("督办", "Escalated") } else { visit.t("未督办", "Not escalated") }.to_owned());
    chip(before_lead, |query| query.escalated = None);
    chip(query.outcome.map(|outcome| outcome.label(lang).to_owned()), |query| query.outcome = None);
    let on_time = query.on_time.map(|yes| {
        if yes { visit.t("按期交付", "Delivered in time") } else { visit.t("逾期交付", "Delivered late") }
    });
    chip(on_time.map(str::to_owned), |query| query.on_time = None);
    let span = (query.from.is_some() || query.to.is_some() || query.dated.is_some()).then(|| {
        let day = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let what = query.dated.unwrap_or(cases::Dated::Received).label(lang);
        format!("{what} {} – {}", day(query.from), day(query.to))
    });
    chip(span, |query| (query.dated, query.from, query.to) = (None, None, None));
    chips
}

fn row(listed: &Listed, visit: &Visit, calendar: &Calendar, names: &BTreeMap<PersonId, String>, today: Date) -> Row {
    let (case, lang) = (&listed.case, visit.lang.code());
    let due = case.due_on.filter(|_| listed.level.is_some());
    let standing = listed.level == Some(Level::Standing);
    Row {
        address: address(&case.id),
        reference: case.reference.to_string(),
        title: case.title.clone(),
        item: format!("{} {}", case.item, case.item_title.text(lang)),
        state: case.state.label(lang),
        paused: case.paused.is_some(),
        escalated: case.escalated,
        level: listed.level.map(|level| (level.label(lang), views::level_class(level))),
        due: due.map_or_else(String::new, |due| due.to_string()),
        left: due.filter(|_| !standing).map_or_else(String::new, |due| views::left(calendar, due, today, visit)),
        assignee: case.assignee.as_ref().and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        received: office_day(case.received_at).to_string(),
        channel: case.channel.label(lang),
        outlet: case.outlet_name.text(lang).to_owned(),
        client: case.client_name.clone(),
    }
}
