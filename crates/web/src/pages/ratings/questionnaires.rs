//! `/desk/questionnaires`: what is asked of clients.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use ratings::Questionnaire;
use serde::Deserialize;

use super::names::Names;
use super::tabs;
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    after: String,
}

#[derive(Template)]
#[template(path = "ratings/questionnaires.html")]
struct ListPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    rows: Vec<Row>,
    paged: bool,
    next: Option<String>,
}

/// A questionnaire of the list.
struct Row {
    address: String,
    title: String,
    organisation: String,
    state: &'static str,
    until: Option<String>,
    questions: usize,
    edition: i64,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let found = app.ratings.questionnaires(&visit.actor, after, 0).await?;
    let mut names = Names::new(&app, &visit);
    let mut rows = Vec::with_capacity(found.rows.len());
    for one in &found.rows {
        rows.push(row(one, &mut names, &visit).await?);
    }
    page(&ListPage {
        title: visit.t("问卷", "Questionnaires").to_owned(),
        tabs: tabs(&visit),
        rows,
        paged: after.is_some(),
        next: found.next.map(|mark| Link::to("/desk/questionnaires").with("after", mark).address()),
        visit,
    })
}

async fn row(one: &Questionnaire, names: &mut Names<'_>, visit: &Visit) -> Result<Row, Failure> {
    Ok(Row {
        address: format!("/desk/questionnaires/{}", one.id),
        title: title(one, visit),
        organisation: names.outlet(&one.organisation).await?,
        state: one.state.label(visit.lang.code()),
        until: one.until.map(|until| until.to_string()),
        questions: one.draft.questions.len(),
        edition: one.edition,
    })
}

/// Its title, in the page's language where it has one there.
pub(super) fn title(one: &Questionnaire, visit: &Visit) -> String {
    let text = one.draft.title.text(visit.lang.code()).trim();
    if text.is_empty() { visit.t("（未命名）", "(no title yet)").to_owned() } else { text.to_owned() }
}
