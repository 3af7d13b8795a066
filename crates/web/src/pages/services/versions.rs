//! `/services/{code}/versions` and `/services/{code}/differences`: what an item said when.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use services::{Difference, Event, Version};

use super::view::{span, state_class};
use super::{named, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link::Link;
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "services/versions.html")]
struct VersionsPage<'a> {
    visit: &'a Visit,
    title: String,
    name: String,
    code: String,
    rows: Vec<RowView>,
    from: Vec<Choice>,
    to: Vec<Choice>,
    events: Vec<EventView>,
}

struct RowView {
    number: i64,
    address: String,
    state: &'static str,
    class: &'static str,
    span: String,
    now: bool,
    /// Differences from the row below.
    changes: Option<String>,
}

struct EventView {
    day: String,
    time: String,
    what: &'static str,
    number: i64,
    by: Option<String>,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "services/differences.html")]
struct DifferencesPage<'a> {
    visit: &'a Visit,
    title: String,
    name: String,
    code: String,
    from: Vec<Choice>,
    to: Vec<Choice>,
    /// Number and validity of the two.
    before: (i64, String),
    after: (i64, String),
    rows: Vec<DifferenceView>,
}

/// One element that differs.
pub(crate) struct DifferenceView {
    pub(crate) name: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// Language of the two where it is not that of the page: only the other language differs.
    pub(crate) lang: Option<&'static str>,
}

impl DifferenceView {
    pub(crate) fn new(difference: &Difference, visit: &Visit) -> Self {
        let own = visit.lang.code();
        let (before, after) = (difference.before.as_ref(), difference.after.as_ref());
        let same = before.map(|text| text.text(own)) == after.map(|text| text.text(own));
        let shown = if same { visit.lang.other() } else { visit.lang };
        let text = |text: Option<&services::Text>| text.map(|text| text.text(shown.code()).to_owned());
        Self {
            name: capital(difference.name.text(own)),
            before: text(before),
            after: text(after),
            lang: (shown != visit.lang).then_some(Lang::tag(shown)),
        }
    }
}

/// A name at the beginning of a line.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Two {
    from: String,
    to: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let code = named(&code)?;
    let versions = app.services.versions(&visit.actor, &code).await?;
    let events = app.services.history(&visit.actor, &code).await?;
    let (day, name) = (today(&app), name(&versions, &visit));
    let row = |(at, version): (usize, &Version)| RowView {
        number: version.number,
        address: format!("/services/{code}/versions/{}", version.number),
        state: version.state.label(visit.lang.code()),
        class: state_class(version.state),
        span: span(version, &visit),
        now: version.holds_on(day),
        changes: at.checked_sub(1).map(|at| differences_of(&code, versions[at].number, version.number)),
    };
    let mut rows: Vec<RowView> = versions.iter().enumerate().map(row).collect();
    rows.reverse();
    let people: Vec<_> = events.iter().filter_map(|event| event.by.clone()).collect();
    let names = app.accounts.names(&people).await?;
    let told = events.iter().rev().map(|event| {
        let by = event.by.as_ref().and_then(|person| names.get(person)).cloned();
        EventView::new(event, by, &visit)
    });
    let last = versions.len().saturating_sub(1);
    page(&VersionsPage {
        title: format!("{}{name}", visit.t("各版本：", "Versions: ")),
        name,
        from: choices(&versions, versions[last.saturating_sub(1)].number, &visit),
        to: choices(&versions, versions[last].number, &visit),
        code: code.to_string(),
        rows,
        events: told.collect(),
        visit: &visit,
    })
}

fn name(versions: &[Version], visit: &Visit) -> String {
    versions.last().map_or_else(String::new, |last| last.item.title.text(visit.lang.code()).to_owned())
}

fn differences_of(code: &services::ItemCode, from: i64, to: i64) -> String {
    let link = Link::to(format!("/services/{code}/differences")).with("from", from.to_string());
    link.with("to", to.to_string()).address()
}

fn choices(versions: &[Version], chosen: i64, visit: &Visit) -> Vec<Choice> {
    let choice = |version: &Version| Choice {
        value: version.number.to_string(),
        name: format!("{} · {} · {}", version.number, version.state.label(visit.lang.code()), span(version, visit)),
        chosen: version.number == chosen,
    };
    versions.iter().map(choice).collect()
}

impl EventView {
    fn new(event: &Event, by: Option<String>, visit: &Visit) -> Self {
        let local = network::local(event.at);
        Self {
            day: local.date().to_string(),
            time: format!("{:02}:{:02}", local.hour(), local.minute()),
            what: event.kind.label(visit.lang.code()),
            number: event.number,
            by,
            reason: event.reason.clone(),
        }
    }
}

/// Two versions side by side; the one in force today and the one before it unless the address names others.
pub(crate) async fn differences(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(two): Query<Two>,
) -> Result<Response, Failure> {
    let code = named(&code)?;
    let versions = app.services.versions(&visit.actor, &code).await?;
    let last = versions.len().saturating_sub(1);
    let find = |name: &str, text: &str, otherwise: usize| match text.trim() {
        "" => Ok(&versions[otherwise]),
        text => {
            let found = versions.iter().find(|version| version.number.to_string() == text);
            let known = || versions.iter().map(|one| one.number.to_string()).collect::<Vec<_>>().join(", ");
            found.ok_or_else(|| Failure::parameter(name, text, &known()))
        }
    };
    let (before, after) = (find("from", &two.from, last.saturating_sub(1))?, find("to", &two.to, last)?);
    let rows = services::differences(&before.item, &after.item);
    let name = name(&versions, &visit);
    page(&DifferencesPage {
        title: match visit.lang.code() {
            "zh" => format!("{name}：第 {} 版与第 {} 版的差异", before.number, after.number),
            _ => format!("{name}: versions {} and {} compared", before.number, after.number),
        },
        name,
        code: code.to_string(),
        from: choices(&versions, before.number, &visit),
        to: choices(&versions, after.number, &visit),
        before: (before.number, span(before, &visit)),
        after: (after.number, span(after, &visit)),
        rows: rows.iter().map(|difference| DifferenceView::new(difference, &visit)).collect(),
        visit: &visit,
    })
}
