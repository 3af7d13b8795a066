//! `/desk/follow-ups/{id}`: one bad rating, from verifying it to calling back.

use std::sync::Arc;

use accounts::{Permission, PersonId};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use ratings::{Act, Action, Event, FollowUp, FollowUpId, RatingsError, State as Stage, actions};

use super::follow_ups::DueView;
use super::names::Names;
use super::row::RatingView;
use super::{begin, named, tabs, today};
use crate::App;
use crate::form::{Choice, FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

#[derive(Template)]
#[template(path = "ratings/follow_up.html")]
struct FollowUpPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    version: i64,
    state: &'static str,
    stages: Vec<(&'static str, bool, bool)>,
    result: Option<&'static str>,
    due: Option<DueView>,
    facts: Vec<(&'static str, String)>,
    answer: Option<String>,
    rating: RatingView,
    assignee: String,
    may_act: bool,
    actions: Vec<ActionView>,
    assignees: Vec<Choice>,
    words: String,
    words_fault: Option<String>,
    summary: Vec<FaultLine>,
    stale: Option<String>,
    events: Vec<EventView>,
}

/// Something that can be done now.
struct ActionView {
    code: &'static str,
    name: &'static str,
    about: &'static str,
    chosen: bool,
}

/// Something that happened.
struct EventView {
    at: String,
    by: String,
    action: &'static str,
    to: Option<&'static str>,
    assignee: String,
    words: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    whole(&visit, &app, &id, &Sent::default(), &[], false).await
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: FollowUpId = named(&id)?;
    let Ok(action) = sent.get("action").parse::<Action>() else {
        let fault = crate::sent::fault("action", "请选择要做的事", "choose what is done");
        return whole(&visit, &app, &id, &sent, &[fault], false).await;
    };
    let assignee: Option<PersonId> = sent.get("assignee").parse().ok();
    let step = Act {
        id: &id,
        version: sent.version()?,
        action,
        words: sent.get("words"),
        assignee: assignee.as_ref().filter(|_| action == Action::Assign),
    };
    let mut write = begin(&app).await?;
    match ratings::act(&mut write, (app.clock.now)(), &visit.actor, &step).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/desk/follow-ups/{id}")).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &sent, &faults, false).await
        }
        Err(RatingsError::Stale { .. } | RatingsError::Step { .. }) => {
            drop(write);
            whole(&visit, &app, &id, &sent, &[], true).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &FollowUpId,
    sent: &Sent,
    faults: &[Fault],
    stale: bool,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (follow_up, events) = app.ratings.follow_up(&visit.actor, id).await?;
    let rating = app.ratings.rating(&visit.actor, &follow_up.rating).await?;
    let calendar = app.services.calendar().await?;
    let mut names = Names::new(app, visit);
    let mut shown = Vec::with_capacity(events.len());
    for event in events.iter().rev() {
        shown.push(event_view(event, &mut names, (lang, rating.anonymous)).await?);
    }
    let status = form_status(stale, faults.is_empty());
    let chosen: Option<Action> = sent.get("action").parse().ok();
    let may_act = visit.actor.may_at(Permission::AnswerRatings, &follow_up.outlet);
    let view = RatingView::new(&rating, &mut names, visit).await?;
    let told = |field: &str| {
        let fault = faults.iter().find(|fault| fault.field == field);
        fault.map(|fault| fault.text(lang).to_owned())
    };
    let line = |fault: &Fault| FaultLine {
        field: ["words", "assignee"].contains(&fault.field.as_str()).then(|| format!("f-{}", fault.field)),
        text: fault.text(lang).to_owned(),
    };
    let title = visit.t("差评回访", "Follow-up of a bad rating");
    let html = page(&FollowUpPage {
        visit,
        title: format!("{title} · {}", view.item),
        tabs: tabs(visit),
        address: format!("/desk/follow-ups/{id}"),
        version: follow_up.version,
        state: follow_up.state.label(lang),
        stages: stages(&follow_up, lang),
        result: follow_up.result.map(|result| result.label(lang)),
        due: follow_up.next_due().map(|due| DueView::new(due, today(app), &calendar, visit)),
        facts: facts(&follow_up, visit),
        answer: follow_up.answer.clone(),
        assignee: names.person(follow_up.assignee.as_ref()).await?,
        may_act,
        actions: actions(follow_up.state)
            .filter(|action| *action != Action::Assign)
            .map(|action| ActionView {
                code: action.code(),
                name: action.label(lang),
                about: about(action, visit),
                chosen: chosen == Some(action),
            })
            .collect(),
        assignees: if may_act && follow_up.state != Stage::Closed {
            assignees(app, visit, &follow_up).await?
        } else {
            Vec::new()
        },
        words: sent.get("words").to_owned(),
        words_fault: told("words"),
        summary: faults.iter().map(line).collect(),
        stale: stale.then(|| last(&shown, visit)),
        events: shown,
        rating: view,
    })?;
    Ok((status, html).into_response())
}

/// What was done last, for whoever saw it before that.
fn last(events: &[EventView], visit: &Visit) -> String {
    let Some(event) = events.first() else { return String::new() };
    let by = if event.by.is_empty() { visit.t("系统", "the program") } else { &event.by };
    let EventView { at, action, .. } = event;
    match visit.lang.code() {
        "zh" => format!("{at}，{by}：{action}"),
        _ => format!("{at}, {by}: {action}"),
    }
}

async fn event_view(
    event: &Event,
    names: &mut Names<'_>,
    (lang, anonymous): (&str, bool),
) -> Result<EventView, Failure> {
    // Of what a rater without a name did, the day alone is known.
    let by_rater = matches!(event.action, Action::Open | Action::Corrected);
    let day_alone = anonymous && by_rater;
    Ok(EventView {
        at: if day_alone { services::office_day(event.at).to_string() } else { moment(event.at) },
        by: names.person(event.by.as_ref()).await?,
        action: event.action.label(lang),
        to: (event.from != Some(event.to)).then(|| event.to.label(lang)),
        assignee: names.person(event.assignee.as_ref()).await?,
        words: event.words.clone(),
    })
}

/// The steps: name, whether it is over, whether it stands there.
fn stages(follow_up: &FollowUp, lang: &str) -> Vec<(&'static str, bool, bool)> {
    let at = follow_up.state as u8;
    let stage = |stage: &Stage| {
        let closed = *stage == Stage::Closed && follow_up.state == Stage::Closed;
        (stage.label(lang), (*stage as u8) < at || closed, *stage as u8 == at && !closed)
    };
    Stage::ALL.iter().map(stage).collect()
}

fn facts(follow_up: &FollowUp, visit: &Visit) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        (visit.t("收到", "Opened"), follow_up.opened_on.to_string()),
        (visit.t("核实期限", "Verify by"), follow_up.contact_due.to_string()),
        (visit.t("整改答复期限", "Mend and answer by"), follow_up.due.to_string()),
    ];
    let days = [
        (visit.t("核实于", "Verified"), follow_up.contacted_on),
        (visit.t("答复于", "Answered"), follow_up.answered_on),
        (visit.t("办结于", "Closed"), follow_up.closed_on),
    ];
    facts.extend(days.into_iter().filter_map(|(name, day)| Some((name, day?.to_string()))));
    if let Some(kept) = follow_up.was_in_time() {
        let told = if kept { visit.t("均按时", "All kept") } else { visit.t("有超期", "Not all kept") };
        facts.push((visit.t("期限", "Deadlines"), told.to_owned()));
    }
    facts
}

/// What an action does, in a line.
fn about(action: Action, visit: &Visit) -> &'static str {
    match action {
        Action::Note => visit.t("写下联系经过，不改变进度", "Write down what was done; it stays where it is"),
        Action::Confirm => visit.t("确有问题，进入整改", "There is something to mend"),
        Action::Explain => visit.t("没有要整改的，直接答复说明", "Nothing is to be mended; explain it in the answer"),
        Action::Mended => visit.t("写明改了什么，进入答复", "Say what was mended; then answer"),
        Action::Answer => visit.t("评价人会看到这段话", "The rater reads these words"),
        Action::Content => visit.t("评价人认可，办结", "The rater is content: it ends"),
        Action::NotContent => visit.t("评价人不认可，再次整改", "The rater is not: it is mended again"),
        Action::Unreached => visit.t("匿名或联系不上，写明情况后办结", "No name or no contact: say so, and it ends"),
        Action::Open | Action::Assign | Action::Corrected | Action::Exclude => "",
    }
}

/// Colleagues at the outlet who can be given it.
async fn assignees(app: &App, visit: &Visit, follow_up: &FollowUp) -> Result<Vec<Choice>, Failure> {
    let outlet = std::slice::from_ref(&follow_up.outlet);
    let staff = app.accounts.staff_of(&visit.actor, outlet, (app.clock.now)()).await?;
    let answers = |colleague: &accounts::Colleague| {
        colleague.roles.iter().any(|(role, _)| Permission::AnswerRatings.roles().contains(role))
    };
    let choice = |colleague: accounts::Colleague| Choice {
        chosen: follow_up.assignee.as_ref() == Some(&colleague.id),
        value: colleague.id.to_string(),
        name: colleague.name,
    };
    Ok(staff.into_iter().filter(answers).map(choice).collect())
}
