//! `/desk/questionnaires/new` and `/desk/questionnaires/{id}/edit`: what a questionnaire asks, written.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ratings::{
    Definition, MOST_QUESTIONS, NewQuestionnaire, Question, QuestionKind, QuestionOption, QuestionnaireEdit,
    QuestionnaireId, RatingsError, edit_questionnaire, make_questionnaire,
};
use services::Text;

use super::names::Names;
use super::{begin, key, named, tabs};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Empty questions that a form offers besides those that there are.
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "ratings/writing.html")]
struct WritingPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    action: String,
    back: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    /// Keys of the questions, in their order.
    keys: Vec<(String, String)>,
    faults: Vec<FaultLine>,
    stale: Option<String>,
}

/// The names of the kinds as forms send them.
const KINDS: [(&str, &str, &str); 4] = [
    ("scale", "五级满意度", "Five levels of satisfaction"),
    ("one", "单选", "One of some options"),
    ("several", "多选", "Some of some options"),
    ("words", "文字", "Words"),
];

pub(crate) async fn new(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::KeepQuestionnaires)?;
    let sent = Sent(vec![("key".to_owned(), key(&app))]);
    entry(&visit, &app, &sent, &begun(), &[]).await
}

/// What a new questionnaire begins with.
fn begun() -> Definition {
    let scale = Question {
        key: "q1".to_owned(),
        text: Text::new("您对这次服务总体满意吗？", "How satisfied are you with the service on the whole?"),
        kind: QuestionKind::Scale { weight: 100 },
        required: true,
    };
    let words = Question {
        key: "q2".to_owned(),
        text: Text::new("哪里可以做得更好？", "What could be better?"),
        kind: QuestionKind::Words,
        required: false,
    };
    Definition {
        title: Text::new("服务满意度调查", "Satisfaction with the service"),
        introduction: Text::new(
            "大约一分钟。不记录您是谁；结果只以统计数字公布。",
            "It takes about a minute. Nobody keeps who you are; only numbers are published.",
        ),
        questions: vec![scale, words],
    }
}

async fn entry(
    visit: &Visit,
    app: &App,
    sent: &Sent,
    definition: &Definition,
    faults: &[network::Fault],
) -> Result<Response, Failure> {
    let mut names = Names::new(app, visit);
    let chosen = sent.get("organisation").parse().ok();
    let choices = names.choices(visit.actor.cover(Permission::KeepQuestionnaires), chosen.as_ref()).await?;
    let whose = FieldView::new("organisation", visit.t("由哪个机构发出", "Whose it is"), "choice").choices(choices);
    let mut groups = groups(visit, definition);
    groups[0].fields.push(whose.of(faults, visit.lang));
    let html = page(&WritingPage {
        visit,
        title: visit.t("新问卷", "New questionnaire").to_owned(),
        tabs: tabs(visit),
        action: "/desk/questionnaires/new".to_owned(),
        back: "/desk/questionnaires".to_owned(),
        hidden: vec![("key", sent.get("key").to_owned())],
        keys: keys(definition),
        faults: summary(faults, &groups, visit.lang),
        groups,
        stale: None,
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

pub(crate) async fn make(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::KeepQuestionnaires)?;
    let definition = read(&sent);
    let Ok(organisation) = sent.get("organisation").parse() else {
        let fault = fault("organisation", "请选择机构", "choose whose it is");
        return entry(&visit, &app, &sent, &definition, &[fault]).await;
    };
    let new = NewQuestionnaire { key: sent.get("key"), organisation: &organisation, definition };
    let mut write = begin(&app).await?;
    let made = make_questionnaire(&mut write, (app.clock.now)(), &visit.actor, &new).await?;
    write.commit().await?;
    Ok(Redirect::to(&format!("/desk/questionnaires/{}", made.id)).into_response())
}

pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let one = app.ratings.questionnaire(&visit.actor, &id).await?;
    written(&visit, &id, one.version, &one.draft, None)
}

fn written(
    visit: &Visit,
    id: &QuestionnaireId,
    version: i64,
    definition: &Definition,
    stale: Option<String>,
) -> Result<Response, Failure> {
    let status = if stale.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let html = page(&WritingPage {
        visit,
        title: visit.t("修改问卷", "Change the questionnaire").to_owned(),
        tabs: tabs(visit),
        action: format!("/desk/questionnaires/{id}/edit"),
        back: format!("/desk/questionnaires/{id}"),
        hidden: vec![("version", version.to_string())],
        keys: keys(definition),
        groups: groups(visit, definition),
        faults: Vec::new(),
        stale,
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: QuestionnaireId = named(&id)?;
    let (definition, version) = (read(&sent), sent.version()?);
    let edit = QuestionnaireEdit { id: &id, version };
    let mut write = begin(&app).await?;
    match edit_questionnaire(&mut write, (app.clock.now)(), &visit.actor, edit, &definition).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/desk/questionnaires/{id}")).into_response())
        }
        Err(RatingsError::StaleVersion { version }) => {
            drop(write);
            written(&visit, &id, version, &definition, Some(format!("/desk/questionnaires/{id}")))
        }
        Err(error) => Err(error.into()),
    }
}

fn keys(definition: &Definition) -> Vec<(String, String)> {
    let numbered = definition.questions.iter().enumerate();
    numbered.map(|(n, question)| (format!("q{n}-key"), question.key.clone())).collect()
}

/// The fields of a definition, with some empty questions at the end.
fn groups(visit: &Visit, definition: &Definition) -> Vec<GroupView> {
    let Definition { title, introduction, questions } = definition;
    let head = vec![
        FieldView::new("title_zh", visit.t("标题（中文）", "Title, Chinese"), "text").value(&title.zh),
        FieldView::new("title_en", visit.t("标题（英文）", "Title, English"), "text").value(&title.en),
        FieldView::new("introduction_zh", visit.t("说明（中文）", "Introduction, Chinese"), "area")
            .value(&introduction.zh)
            .hint(visit.t("做什么用、谁看答案", "What it is for and who reads the answers")),
        FieldView::new("introduction_en", visit.t("说明（英文）", "Introduction, English"), "area")
            .value(&introduction.en),
    ];
    let mut groups = vec![GroupView { name: visit.t("问卷", "Questionnaire").to_owned(), fields: head }];
    let shown = (questions.len() + SPARE).min(MOST_QUESTIONS);
    groups.extend((0..shown).map(|n| question_group(visit, n, questions.get(n))));
    groups
}

fn question_group(visit: &Visit, n: usize, question: Option<&Question>) -> GroupView {
    let lang = visit.lang;
    let (kind, weight, options) = match question.map(|question| &question.kind) {
        None => ("scale", 100, String::new()),
        Some(QuestionKind::Scale { weight }) => ("scale", *weight, String::new()),
        Some(QuestionKind::Choice { options, several }) => {
            let line = |option: &QuestionOption| format!("{} | {}", option.label.zh, option.label.en);
            let lines = options.iter().map(line).collect::<Vec<_>>().join("\n");
            (if *several { "several" } else { "one" }, 100, lines)
        }
        Some(QuestionKind::Words) => ("words", 100, String::new()),
    };
    let name = |part: &str| format!("q{n}-{part}");
    let text = question.map(|question| question.text.clone()).unwrap_or_default();
    let required = question.is_none_or(|question| question.required);
    let choice = |(code, zh, en): &(&str, &str, &str)| Choice {
        value: (*code).to_owned(),
        name: lang.t(zh, en).to_owned(),
        chosen: *code == kind,
    };
    let fields = vec![
        FieldView::new(name("zh"), visit.t("问题（中文）", "Question, Chinese"), "text").value(text.zh),
        FieldView::new(name("en"), visit.t("问题（英文）", "Question, English"), "text").value(text.en),
        FieldView::new(name("kind"), visit.t("怎样回答", "How it is answered"), "choice")
            .choices(KINDS.iter().map(choice).collect()),
        FieldView::new(name("weight"), visit.t("权重", "Weight"), "number")
            .value(weight.to_string())
            .typed("numeric")
            .hint(visit.t("只用于五级满意度，0 为不计入指数", "Of five levels alone; 0 keeps it out of the index")),
        FieldView::new(name("options"), visit.t("选项", "Options"), "area").value(options).hint(
            visit.t("只用于单选、多选；每行一个：中文 | English", "Of choices alone, one a line: 中文 | English"),
        ),
        FieldView::new(name("required"), visit.t("必答", "Must be answered"), "tick").value(if required {
            "yes"
        } else {
            ""
        }),
    ];
    let heading = match (lang.code(), question) {
        ("zh", Some(_)) => format!("第 {} 题", n + 1),
        ("zh", None) => format!("第 {} 题（空着就没有）", n + 1),
        (_, Some(_)) => format!("Question {}", n + 1),
        (_, None) => format!("Question {} (left empty it is not asked)", n + 1),
    };
    GroupView { name: heading, fields }
}

/// What a form says. A question without text is none.
fn read(sent: &Sent) -> Definition {
    let text = |name: &str| sent.get(name).trim().to_owned();
    let pair = |stem: &str| Text::new(text(&format!("{stem}_zh")), text(&format!("{stem}_en")));
    let mut questions: Vec<Question> = Vec::new();
    for n in 0..MOST_QUESTIONS {
        let part = |part: &str| text(&format!("q{n}-{part}"));
        let words = Text::new(part("zh"), part("en"));
        if words.zh.is_empty() && words.en.is_empty() {
            continue;
        }
        let kind = match part("kind").as_str() {
            "one" => QuestionKind::Choice { options: options(&part("options")), several: false },
            "several" => QuestionKind::Choice { options: options(&part("options")), several: true },
            "words" => QuestionKind::Words,
            _ => QuestionKind::Scale { weight: part("weight").parse().unwrap_or(100) },
        };
        let known = |key: &str| questions.iter().any(|question| question.key == key);
        let given = Some(part("key")).filter(|key| !key.is_empty() && !known(key));
        let key = given.or_else(|| {
            (1..=2 * MOST_QUESTIONS).map(|n| format!("q{n}")).find(|key| !known(key) && !is_sent(sent, key))
        });
        questions.push(Question {
            key: key.unwrap_or_default(),
            text: words,
            kind,
            required: !part("required").is_empty(),
        });
    }
    Definition { title: pair("title"), introduction: pair("introduction"), questions }
}

/// Whether another question of the form has this key already.
fn is_sent(sent: &Sent, key: &str) -> bool {
    sent.0.iter().any(|(name, value)| name.ends_with("-key") && value == key)
}

/// Options, one a line: Chinese, a bar, English.
fn options(lines: &str) -> Vec<QuestionOption> {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let option = |(n, line): (usize, &str)| {
        let (zh, en) = line.split_once(['|', '｜']).unwrap_or((line, ""));
        QuestionOption { key: format!("o{}", n + 1), label: Text::new(zh.trim(), en.trim()) }
    };
    lines.enumerate().map(option).collect()
}

#[cfg(test)]
mod tests {
    use ratings::{Level, QuestionKind};

    use super::{Sent, begun, keys, options, read};

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_question_keeps_its_key_when_others_come_and_go() {
        let form = [
            ("q0-key", "q1"),
            ("q0-zh", ""),
            ("q1-key", "q2"),
            ("q1-zh", "二"),
            ("q1-kind", "words"),
            ("q2-zh", "新"),
            ("q2-kind", "one"),
            ("q2-options", "是 | Yes\n否｜No"),
        ];
        let definition = read(&sent(&form));
        let keys: Vec<&str> = definition.questions.iter().map(|question| question.key.as_str()).collect();
        assert_eq!(keys, ["q2", "q3"], "the key of a question that was taken away is not given to another");
        let QuestionKind::Choice { options, several } = &definition.questions[1].kind else { panic!() };
        assert!(!several && options.len() == 2 && options[1].label.en == "No");
    }

    #[test]
    fn what_a_new_one_begins_with_can_be_published() {
        assert_eq!(begun().faults(), []);
        assert_eq!(keys(&begun()).len(), 2);
        assert_eq!(options("一\n\n").len(), 1);
        assert_eq!(Level::ALL.len(), 5);
    }
}
