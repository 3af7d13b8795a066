//! `/governance/credit/work`: what waits for keepers: drafts, objections, repairs.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use credit::{EventQuery, EventState};
use serde::Deserialize;

use super::view::EventView;
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::value;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    state: String,
    after: String,
}

#[derive(Template)]
#[template(path = "governance/credit/work.html")]
struct WorkPage {
    visit: Visit,
    title: String,
    /// Address, number, name, whether it is chosen.
    states: Vec<(String, String, &'static str, bool)>,
    leads: String,
    rows: Vec<EventView>,
    first: Option<String>,
    next: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let here = "/governance/credit/work";
    let state: Option<EventState> = value("state", &asked.state, "draft, announced, objected, repairing, in-force…")?;
    let query = EventQuery {
        state,
        waiting: state.is_none(),
        after: Some(asked.after.clone()).filter(|after| !after.is_empty()),
        ..EventQuery::default()
    };
    let found = app.credit.events(&visit.actor, &query).await?;
    let waiting = app.credit.waiting(&visit.actor).await?;
    let book = app.credit.book().await?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for event in &found.rows {
        let agency = app.credit.agency(&event.agency).await?;
        rows.push(EventView::new(event, Some(&agency), &book, &visit));
    }
    let lang = visit.lang.code();
    let shown = [EventState::Draft, EventState::Announced, EventState::Objected, EventState::Repairing];
    let tile = |one: &EventState| {
        let count = waiting.iter().find(|(state, _)| state == one).map_or(0, |(_, count)| *count);
        let chosen = state == Some(*one);
        let address = if chosen { here.to_owned() } else { Link::to(here).with("state", one.code()).address() };
        (address, grouped(count), one.label(lang), chosen)
    };
    page(&WorkPage {
        title: visit.t("信用待办", "Credit: to do").to_owned(),
        states: shown.iter().map(tile).collect(),
        leads: grouped(app.credit.open_leads(&visit.actor).await?),
        rows,
        first: query.after.is_some().then(|| Link::to(here).with("state", &asked.state).address()),
        next: found.next.map(|mark| Link::to(here).with("state", &asked.state).with("after", mark).address()),
        visit,
    })
}
