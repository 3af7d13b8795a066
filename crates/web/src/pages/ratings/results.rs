//! `/desk/questionnaires/{id}/results`: what was answered, in figures, with the index and how it is made.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use charts::{Bars, Figure, Kind as Drawing, Mark, Style, Table};
use ratings::{ENOUGH, INDEX_METHOD, Level, QuestionResult, QuestionnaireId};
use serde::Deserialize;

use super::questionnaires::title;
use super::{named, tabs, tenths};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::words;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    edition: Option<i64>,
}

#[derive(Template)]
#[template(path = "ratings/results.html")]
struct ResultsPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    back: String,
    editions: Vec<(String, i64, bool)>,
    enough: u64,
    answers: Option<String>,
    index: Option<String>,
    method: &'static str,
    questions: Vec<QuestionView>,
}

/// What was answered to a question.
struct QuestionView {
    id: String,
    text: String,
    answers: String,
    score: Option<String>,
    drawn: Option<(String, Table)>,
    words: Vec<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let id: QuestionnaireId = named(&id)?;
    let one = app.ratings.questionnaire(&visit.actor, &id).await?;
    let address = format!("/desk/questionnaires/{id}");
    if one.edition == 0 {
        return Err(Failure::Conflict(
            "问卷还没有发布，没有结果。".to_owned(),
            "The questionnaire is not published yet, so there are no results.".to_owned(),
        ));
    }
    let edition = asked.edition.unwrap_or(one.edition);
    let results = app.ratings.results(&visit.actor, &id, edition).await?;
    let (zh, en) = INDEX_METHOD;
    page(&ResultsPage {
        title: format!("{}{}", visit.t("结果：", "Results: "), title(&one, &visit)),
        tabs: tabs(&visit),
        editions: (1..=one.edition)
            .map(|number| (format!("{address}/results?edition={number}"), number, number == edition))
            .collect(),
        back: address,
        enough: ENOUGH,
        answers: results.answers.map(grouped),
        index: results.index.map(tenths),
        method: visit.lang.t(zh, en),
        questions: results.questions.iter().enumerate().map(|(n, one)| view(n, one, &visit)).collect(),
        visit,
    })
}

fn view(n: usize, result: &QuestionResult, visit: &Visit) -> QuestionView {
    let lang = visit.lang.code();
    let id = format!("question-{}", n + 1);
    let text = result.text.text(lang).to_owned();
    let marks: Vec<Mark> = match &result.levels {
        Some(levels) => Level::ALL.iter().map(|level| Mark::count(level.label(lang), levels.of(*level))).collect(),
        None => result.options.iter().map(|option| Mark::count(option.label.text(lang), option.count)).collect(),
    };
    let drawn = (!marks.is_empty()).then(|| {
        let bars = Bars {
            label_head: visit.t("回答", "Answer").to_owned(),
            value_head: visit.t("份数", "Answers").to_owned(),
            marks,
        };
        let figure = Figure::new(id.clone(), text.clone(), words(visit), Drawing::Bars(bars)).wide(560);
        (figure.svg(Style::Page), figure.table())
    });
    QuestionView {
        id,
        text,
        answers: grouped(result.answers),
        score: result.score.map(tenths),
        drawn,
        words: result.words.clone(),
    }
}
