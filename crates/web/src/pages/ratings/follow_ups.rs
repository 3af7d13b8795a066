//! `/desk/follow-ups`: bad ratings that are worked, those due first before others.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;
use ratings::{FollowUp, FollowUpQuery, State as Stage};
use serde::Deserialize;
use services::Calendar;

use super::desk::outlets;
use super::names::Names;
use super::row::RatingView;
use super::{tabs, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{choices, value};
use crate::problem::Failure;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    outlet: String,
    state: String,
    /// `open`, `late`, `mine`, or `all`; empty for open.
    show: String,
    after: String,
}

#[derive(Template)]
#[template(path = "ratings/follow_ups.html")]
struct FollowUpsPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    asked: Parameters,
    outlets: Vec<Choice>,
    states: Vec<Choice>,
    shows: Vec<(String, &'static str, bool)>,
    rows: Vec<Row>,
    first: String,
    next: Option<String>,
    narrowed: bool,
}

/// A follow-up of a list.
struct Row {
    address: String,
    state: &'static str,
    due: Option<DueView>,
    assignee: String,
    rating: RatingView,
}

/// What is due by when, with the working days left.
pub(super) struct DueView {
    pub(super) day: String,
    pub(super) left: String,
    pub(super) late: bool,
    pub(super) soon: bool,
}

impl DueView {
    pub(super) fn new(due: Date, today: Date, calendar: &Calendar, visit: &Visit) -> Self {
        let left = calendar.working_days_between(today, due);
        let late = today > due;
        let over = -left.min(-1);
        let text = match (visit.lang.code(), late, left) {
            ("zh", true, _) => format!("已超期 {over} 个工作日"),
            ("zh", false, 0) => "今天到期".to_owned(),
            ("zh", false, left) => format!("还有 {left} 个工作日"),
            (_, true, _) => format!("{over} working days late"),
            (_, false, 0) => "due today".to_owned(),
            (_, false, 1) => "1 working day left".to_owned(),
            (_, false, left) => format!("{left} working days left"),
        };
        Self { day: due.to_string(), left: text, late, soon: !late && left <= 1 }
    }
}

impl Parameters {
    fn address(&self) -> String {
        self.link().address()
    }

    fn link(&self) -> Link {
        Link::to("/desk/follow-ups").with("outlet", &self.outlet).with("state", &self.state).with("show", &self.show)
    }

    fn query(&self, visit: &Visit, today: Date) -> Result<FollowUpQuery, Failure> {
        let state = value("state", &self.state, "verify, mend, answer, call-back, closed")?;
        let shows = ["", "open", "late", "mine", "all"];
        if !shows.contains(&self.show.as_str()) {
            return Err(Failure::parameter("show", &self.show, &shows[1..].join(", ")));
        }
        Ok(FollowUpQuery {
            outlet: value("outlet", &self.outlet, "an id")?,
            state,
            open: self.show != "all" && state.is_none(),
            assignee: visit.actor.id().filter(|_| self.show == "mine").cloned(),
            late_on: (self.show == "late").then_some(today),
            after: Some(self.after.clone()).filter(|after| !after.is_empty()),
            limit: 0,
        })
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let today = today(&app);
    let query = asked.query(&visit, today)?;
    let found = app.ratings.follow_ups(&visit.actor, &query).await?;
    let calendar = app.services.calendar().await?;
    let mut names = Names::new(&app, &visit);
    let mut rows = Vec::with_capacity(found.rows.len());
    for follow_up in &found.rows {
        rows.push(row(&app, &visit, follow_up, &mut names, (today, &calendar)).await?);
    }
    let shows = [
        ("", visit.t("未办结", "Open")),
        ("late", visit.t("已超期", "Late")),
        ("mine", visit.t("我负责的", "Mine")),
        ("all", visit.t("全部", "All")),
    ];
    let show = |(code, name): (&str, &'static str)| {
        let there = Parameters { show: code.to_owned(), after: String::new(), ..asked.clone() };
        (there.address(), name, asked.show == code)
    };
    page(&FollowUpsPage {
        title: visit.t("差评回访", "Follow-ups of bad ratings").to_owned(),
        tabs: tabs(&visit),
        outlets: outlets(&mut names, &visit, query.outlet.as_ref()).await?,
        states: choices(Stage::ALL, query.state, Stage::code, |state| state.label(visit.lang.code())),
        shows: shows.into_iter().map(show).collect(),
        rows,
        first: asked.address(),
        next: found.next.map(|mark| asked.link().with("after", mark).address()),
        narrowed: asked.address() != "/desk/follow-ups",
        asked,
        visit,
    })
}

async fn row(
    app: &App,
    visit: &Visit,
    follow_up: &FollowUp,
    names: &mut Names<'_>,
    (today, calendar): (Date, &Calendar),
) -> Result<Row, Failure> {
    let rating = app.ratings.rating(&visit.actor, &follow_up.rating).await?;
    Ok(Row {
        address: format!("/desk/follow-ups/{}", follow_up.id),
        state: follow_up.state.label(visit.lang.code()),
        due: follow_up.next_due().map(|due| DueView::new(due, today, calendar, visit)),
        assignee: names.person(follow_up.assignee.as_ref()).await?,
        rating: RatingView::new(&rating, names, visit).await?,
    })
}
