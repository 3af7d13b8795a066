//! `/desk/questionnaires/{id}`: one questionnaire: what it asks, publishing, sending, ending.

use std::sync::Arc;

use accounts::{Random, qr_svg};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use network::Fault;
use ratings::{
    Definition, QuestionKind, Questionnaire, QuestionnaireEdit, QuestionnaireId, QuestionnaireState, RatingsError,
    Sending, close_questionnaire, publish_questionnaire, send_questionnaire,
};
use serde::Deserialize;

use super::codes::base;
use super::names::Names;
use super::questionnaires::title;
use super::{begin, named, tabs, today};
use crate::App;
use crate::form::{Choice, form_status};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// How many were asked just now.
    asked: Option<usize>,
}

#[derive(Template)]
#[template(path = "ratings/questionnaire.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    organisation: String,
    state: &'static str,
    is_draft: bool,
    is_open: bool,
    is_closed: bool,
    version: i64,
    edition: i64,
    until: Option<String>,
    changed: bool,
    introduction: String,
    questions: Vec<QuestionView>,
    lacking: Vec<String>,
    link: Option<(String, String, String)>,
    invited: (u64, u64),
    editions: Vec<i64>,
    asked: Option<usize>,
    form: PublishForm,
    faults: Vec<String>,
    stale: bool,
}

/// A question as it is read.
struct QuestionView {
    text: String,
    kind: String,
    options: Vec<String>,
    required: bool,
}

/// What is typed to publish and to send.
struct PublishForm {
    until: String,
    link: bool,
    from: String,
    to: String,
    items: Vec<Choice>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let told = Told { asked: asked.asked, ..Told::default() };
    whole(&visit, &app, &named(&id)?, &headers, told).await
}

/// What the page tells besides.
#[derive(Default)]
struct Told {
    sent: Sent,
    faults: Vec<Fault>,
    stale: bool,
    asked: Option<usize>,
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: QuestionnaireId = named(&id)?;
    let (now, actor) = ((app.clock.now)(), &visit.actor);
    let mut faults = Vec::new();
    let mut day = |field: &'static str| -> Date {
        sent.get(field).trim().parse().unwrap_or_else(|_| {
            faults.push(fault(field, "日期写作 2026-07-01", "write the day as 2026-07-01"));
            Date::default()
        })
    };
    let act = sent.get("act");
    let days = match act {
        "publish" => (day("until"), Date::default()),
        "send" => (day("from"), day("to")),
        _ => (Date::default(), Date::default()),
    };
    if !faults.is_empty() {
        return whole(&visit, &app, &id, &headers, Told { sent, faults, ..Told::default() }).await;
    }
    let edit = QuestionnaireEdit { id: &id, version: sent.version().unwrap_or_default() };
    let mut random = app.random();
    let mut write = begin(&app).await?;
    let done = match act {
        "publish" => {
            let link = (!sent.get("link").is_empty()).then(|| random.bytes());
            publish_questionnaire(&mut write, now, actor, edit, (days.0, link)).await.map(|_| None)
        }
        "close" => close_questionnaire(&mut write, now, actor, edit).await.map(|_| None),
        "send" => {
            let item = sent.get("item").parse().ok();
            let sending = Sending { id: &id, from: days.0, to: days.1, item: item.as_ref() };
            invite(&mut write, now, actor, &sending, &mut random).await.map(Some)
        }
        _ => return Err(Failure::parameter("act", act, "publish, close, send")),
    };
    match done {
        Ok(asked) => {
            write.commit().await?;
            let tail = asked.map_or_else(String::new, |asked| format!("?asked={asked}"));
            Ok(Redirect::to(&format!("/desk/questionnaires/{id}{tail}")).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &headers, Told { sent, faults, ..Told::default() }).await
        }
        Err(RatingsError::StaleVersion { .. }) => {
            drop(write);
            whole(&visit, &app, &id, &headers, Told { sent, stale: true, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn invite(
    write: &mut database::Write,
    now: jiff::Timestamp,
    actor: &accounts::Actor,
    sending: &Sending<'_>,
    random: &mut Random,
) -> Result<usize, RatingsError> {
    send_questionnaire(write, now, actor, sending, &mut || random.bytes()).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &QuestionnaireId,
    headers: &HeaderMap,
    told: Told,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let one = app.ratings.questionnaire(&visit.actor, id).await?;
    let asked = match one.edition {
        0 => None,
        edition => app.ratings.edition(&visit.actor, id, edition).await?,
    };
    let mut names = Names::new(app, visit);
    let status = form_status(told.stale, told.faults.is_empty());
    let field = |fault: &Fault| format!("{}{}", place(&fault.field, visit), fault.text(lang));
    let html = page(&OnePage {
        visit,
        title: title(&one, visit),
        tabs: tabs(visit),
        address: format!("/desk/questionnaires/{id}"),
        organisation: names.outlet(&one.organisation).await?,
        state: one.state.label(lang),
        is_draft: one.state == QuestionnaireState::Draft,
        is_open: one.takes_answers(today(app)),
        is_closed: one.state == QuestionnaireState::Closed,
        version: one.version,
        edition: one.edition,
        until: one.until.map(|until| until.to_string()),
        changed: asked.as_ref().is_some_and(|asked| *asked != one.draft),
        introduction: one.draft.introduction.text(lang).to_owned(),
        questions: questions(&one.draft, visit),
        lacking: one.draft.faults().iter().map(field).collect(),
        link: link(app, headers, &one),
        invited: app.ratings.invited(&visit.actor, id).await?,
        editions: (1..=one.edition).rev().collect(),
        asked: told.asked,
        form: form(app, &told.sent, &one, &names).await?,
        faults: told.faults.iter().map(field).collect(),
        stale: told.stale,
    })?;
    Ok((status, html).into_response())
}

fn link(app: &App, headers: &HeaderMap, one: &Questionnaire) -> Option<(String, String, String)> {
    let path = one.link.as_ref()?.questionnaire_path();
    let address = format!("{}{path}", base(app, headers));
    Some((path, qr_svg(&address), address))
}

async fn form(app: &App, sent: &Sent, one: &Questionnaire, names: &Names<'_>) -> Result<PublishForm, Failure> {
    let today = today(app);
    let in_a_month = today.saturating_add(jiff::Span::new().days(30));
    let a_month_ago = today.saturating_sub(jiff::Span::new().days(30));
    let typed = |field: &str, usual: String| sent.given(field).map_or(usual, str::to_owned);
    let until = one.until.filter(|until| *until >= today).unwrap_or(in_a_month);
    Ok(PublishForm {
        until: typed("until", until.to_string()),
        link: one.link.is_some() || !sent.get("link").is_empty(),
        from: typed("from", a_month_ago.to_string()),
        to: typed("to", today.to_string()),
        items: names.items(sent.get("item")).await?,
    })
}

fn questions(definition: &Definition, visit: &Visit) -> Vec<QuestionView> {
    let lang = visit.lang.code();
    let view = |question: &ratings::Question| {
        let (kind, options) = match &question.kind {
            QuestionKind::Scale { weight } => {
                (format!("{}{weight}", visit.t("五级满意度，权重 ", "five levels, weight ")), Vec::new())
            }
            QuestionKind::Choice { options, several } => {
                let kind = if *several { visit.t("多选", "some of") } else { visit.t("单选", "one of") };
                (kind.to_owned(), options.iter().map(|option| option.label.text(lang).to_owned()).collect())
            }
            QuestionKind::Words => (visit.t("文字", "words").to_owned(), Vec::new()),
        };
        QuestionView { text: question.text.text(lang).to_owned(), kind, options, required: question.required }
    };
    definition.questions.iter().map(view).collect()
}

/// A field of a definition in words: `questions[2].text` is the third question.
pub(super) fn place(field: &str, visit: &Visit) -> String {
    let number = field.strip_prefix("questions[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
    match (field, number) {
        (_, Some(number)) => match visit.lang.code() {
            "zh" => format!("第 {} 题：", number + 1),
            _ => format!("question {}: ", number + 1),
        },
        ("title", _) => visit.t("标题：", "title: ").to_owned(),
        ("introduction", _) => visit.t("说明：", "introduction: ").to_owned(),
        ("until", _) => visit.t("截止日期：", "last day: ").to_owned(),
        ("from" | "to", _) => visit.t("起止日期：", "days: ").to_owned(),
        _ => String::new(),
    }
}
