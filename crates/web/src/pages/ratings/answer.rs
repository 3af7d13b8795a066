//! `/questionnaires/{code}`: a questionnaire to be answered, by invitation or by its open link.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use ratings::{Definition, Level, Question, QuestionKind, RatingsError, Replies, Reply, VisitCode, answer};
use serde::Deserialize;

use super::names::Names;
use super::{Unhurried, begin, key, named};
use crate::App;
use crate::form::{Choice, FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    thanks: String,
}

#[derive(Template)]
#[template(path = "ratings/answer.html")]
struct AnswerPage<'a> {
    visit: &'a Visit,
    title: String,
    introduction: String,
    organisation: String,
    until: String,
    action: String,
    hidden: Vec<(&'static str, String)>,
    questions: Vec<QuestionView>,
    faults: Vec<FaultLine>,
    changed: bool,
    /// Nothing is to be answered any more: it was, just now or before.
    thanks: bool,
}

/// A question of the form.
struct QuestionView {
    name: String,
    /// Id of the question, to which the summary of faults leads.
    anchor: String,
    text: String,
    /// `one`, `several` or `words`.
    form: &'static str,
    scale: bool,
    choices: Vec<Choice>,
    words: String,
    required: bool,
    fault: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let code = named(&code)?;
    whole(&visit, &app, &code, Told { thanks: !asked.thanks.is_empty(), ..Told::default() }).await
}

/// What the page tells besides.
#[derive(Default)]
struct Told {
    sent: Sent,
    faults: Vec<Fault>,
    changed: bool,
    thanks: bool,
}

pub(crate) async fn send(
    _: Unhurried,
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let code: VisitCode = named(&code)?;
    let now = (app.clock.now)();
    let edition = sent.get("edition").parse().unwrap_or(0);
    let opened = app.ratings.opened(now, &code).await;
    // Whoever sends it again after it was taken is thanked again.
    let replies = read(&opened?.1, &sent);
    let mut write = begin(&app).await?;
    match answer(&mut write, now, &visit.actor, (&code, edition, sent.get("key")), &replies).await {
        Ok(()) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("{}?thanks=1", code.questionnaire_path())).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &code, Told { sent, faults, ..Told::default() }).await
        }
        Err(RatingsError::StaleVersion { .. }) => {
            drop(write);
            whole(&visit, &app, &code, Told { sent, changed: true, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The replies of a form; a question that was passed over has none.
fn read(definition: &Definition, sent: &Sent) -> Replies {
    let mut replies = Replies::new();
    for question in &definition.questions {
        let name = field(question);
        let given: Vec<String> = sent.all(&name).filter(|value| !value.is_empty()).map(str::to_owned).collect();
        let Some(first) = given.first() else { continue };
        let reply = match &question.kind {
            QuestionKind::Scale { .. } => first.parse().map_or_else(|_| Reply::Words(first.clone()), Reply::Level),
            QuestionKind::Choice { .. } => Reply::Chosen(given),
            QuestionKind::Words => Reply::Words(first.replace("\r\n", "\n")),
        };
        replies.insert(question.key.clone(), reply);
    }
    replies
}

fn field(question: &Question) -> String {
    format!("a-{}", question.key)
}

async fn whole(visit: &Visit, app: &App, code: &VisitCode, told: Told) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (one, definition, answered) = app.ratings.opened((app.clock.now)(), code).await?;
    let status = form_status(told.changed, told.faults.is_empty());
    let given = told.sent.given("key").filter(|_| !told.changed);
    let line = |fault: &Fault| {
        let question = definition.question(&fault.field);
        let said = fault.text(lang);
        FaultLine {
            field: question.map(|question| format!("q-{}", question.key)),
            text: question.map_or_else(
                || said.to_owned(),
                |question| format!("{}{}{said}", question.text.text(lang), visit.t("：", ": ")),
            ),
        }
    };
    let questions = definition.questions.iter().map(|question| view(question, &told, visit)).collect();
    let html = page(&AnswerPage {
        visit,
        title: definition.title.text(lang).to_owned(),
        introduction: definition.introduction.text(lang).to_owned(),
        organisation: Names::new(app, visit).outlet(&one.organisation).await?,
        until: one.until.map(|until| until.to_string()).unwrap_or_default(),
        action: code.questionnaire_path(),
        hidden: vec![("key", given.map_or_else(|| key(app), str::to_owned)), ("edition", one.edition.to_string())],
        questions,
        faults: told.faults.iter().map(line).collect(),
        changed: told.changed,
        thanks: told.thanks || answered,
    })?;
    Ok((status, html).into_response())
}

fn view(question: &Question, told: &Told, visit: &Visit) -> QuestionView {
    let lang = visit.lang.code();
    let name = field(question);
    let given: Vec<&str> = told.sent.all(&name).collect();
    let choice =
        |value: &str, label: String| Choice { value: value.to_owned(), name: label, chosen: given.contains(&value) };
    let (form, choices) = match &question.kind {
        QuestionKind::Scale { .. } => {
            let all = Level::ALL.iter();
            ("one", all.map(|level| choice(level.code(), level.label(lang).to_owned())).collect())
        }
        QuestionKind::Choice { options, several } => {
            let all = options.iter().map(|option| choice(&option.key, option.label.text(lang).to_owned()));
            (if *several { "several" } else { "one" }, all.collect())
        }
        QuestionKind::Words => ("words", Vec::new()),
    };
    let fault = told.faults.iter().find(|fault| fault.field == question.key);
    QuestionView {
        anchor: format!("q-{}", question.key),
        text: question.text.text(lang).to_owned(),
        form,
        scale: matches!(question.kind, QuestionKind::Scale { .. }),
        choices,
        words: if form == "words" { given.first().copied().unwrap_or_default().to_owned() } else { String::new() },
        required: question.required,
        fault: fault.map(|fault| fault.text(lang).to_owned()),
        name,
    }
}
