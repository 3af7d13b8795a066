//! `/governance/plans/{id}/gantt`: the tasks of a plan in time.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use charts::{Event, Figure, Kind, Span, Timeline, Today, Words};
use plans::{Asked, Contents, PlanId, Tally};

use super::view::PlanHead;
use super::{named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "governance/plans/gantt.html")]
struct GanttPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    figures: Vec<(String, String, charts::Table)>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, contents) = app.plans.plan(&visit.actor, &id).await?;
    let day = today(&app);
    let tallies = if plan.edition > 0 && visit.actor.may(Permission::ReadGovernance) {
        super::view::by_task(&app.plans.matrix(&visit.actor, &id, day, &Asked::default()).await?)
    } else {
        Vec::new()
    };
    let figures = contents.groups.iter().map(|group| {
        let figure = figure(&visit, &contents, (&id, &group.key), &tallies, day);
        (group.title.text(visit.lang.code()).to_owned(), figure.svg_for_page(), figure.table())
    });
    let figures = figures.collect();
    page(&GanttPage {
        title: format!("{} · {}", plan.title.text(visit.lang.code()), visit.t("时间表", "timetable")),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        figures,
        visit: &visit,
    })
}

fn figure(
    visit: &Visit,
    contents: &Contents,
    (id, group): (&PlanId, &str),
    tallies: &[(String, Tally)],
    day: jiff::civil::Date,
) -> Figure {
    let lang = visit.lang.code();
    let address = |key: &str| format!("/governance/plans/{id}/tasks/{key}");
    let inside = || contents.tasks().filter(|placed| placed.group.key == group);
    // What is late is late until today; of a plan that is over the hatched part ends soon after it.
    let late_until = day.min(contents.to.saturating_add(jiff::Span::new().months(1)));
    let span = |placed: plans::Placed<'_>| {
        let task = placed.task;
        let tally = tallies.iter().find(|(key, _)| *key == task.key).map(|(_, tally)| tally);
        let (done, due) = (tally.and_then(Tally::done_percent), contents.due(task));
        let late = tally.map(Tally::late).unwrap_or_default();
        Span {
            label: format!("{} {}", task.key, crate::words::short(task.title.text(lang))),
            from: contents.start(task).to_string(),
            to: Some(due.to_string()),
            expected: false,
            done: done.map(|percent| percent as f64 / 100.0),
            late_until: (late > 0 && late_until > due).then(|| late_until.to_string()),
            href: Some(address(&task.key)),
            note: done.map(|percent| progress_words(visit, percent, late)),
        }
    };
    let event = |placed: plans::Placed<'_>| {
        let one = move |milestone: &plans::Milestone| Event {
            date: milestone.due.to_string(),
            label: format!("{} {}", placed.task.key, crate::words::short(milestone.title.text(lang))),
            main: milestone.due < day,
            href: Some(address(&placed.task.key)),
            note: None,
        };
        placed.task.milestones.iter().map(one).collect::<Vec<_>>()
    };
    let spans: Vec<Span> = inside().map(span).collect();
    let mut events: Vec<Event> = inside().flat_map(event).collect();
    // The same milestone of many tasks is one event.
    let mut seen = std::collections::BTreeSet::new();
    events.retain(|event| {
        let words = event.label.split_once(' ').map_or(event.label.as_str(), |(_, words)| words);
        seen.insert((event.date.clone(), words.to_owned()))
    });
    let drawing = Kind::Timeline(Timeline {
        date_head: visit.t("日期", "Date").to_owned(),
        label_head: visit.t("任务", "Task").to_owned(),
        spans,
        events,
        today: Some(Today { date: day.to_string(), label: visit.t("今天", "Today").to_owned() })
            .filter(|_| day >= contents.from && day <= contents.to),
    });
    let words = Words {
        empty: visit.t("这一组没有任务", "This group has no tasks").to_owned(),
        incomplete: String::new(),
        cut: visit.t("仅画出 {all} 项中的 {shown} 项", "{shown} of {all} are drawn").to_owned(),
    };
    let described = visit.t(
        "每条是一项任务的起止日期；底部实条是审核通过的完成比例，截止日之后的斜纹段表示仍有单位逾期；点是节点。每条通向该任务。",
        "A bar is a task from its first to its last day; the strip at its foot is the share of units accepted as done, the hatched part behind it says that units are late; points are milestones. Each leads to its task.",
    );
    Figure::new(format!("g-{group}"), visit.t("时间表", "Timetable"), words, drawing).described(described).wide(960)
}

fn progress_words(visit: &Visit, percent: usize, late: usize) -> String {
    match (visit.lang, late) {
        (crate::Lang::Zh, 0) => format!("完成 {percent}%"),
        (crate::Lang::Zh, late) => format!("完成 {percent}%，⚠ 逾期 {late}"),
        (crate::Lang::En, 0) => format!("{percent}% done"),
        (crate::Lang::En, late) => format!("{percent}% done, ⚠ {late} late"),
    }
}
