//! `/governance/warnings/{id}`: why a warning fired, and what was done about it.

use std::sync::Arc;

use accounts::{Permission, PersonId};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use charts::Table;
use network::Fault;
use warnings::{Act, Event, Outcome, Step, Warning, WarningId, WarningsError, steps_open};

use super::drawn::drawn;
use super::{begin, figure, named, person, today, unit};
use crate::App;
use crate::form::{Choice, FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::pages::network::choices;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/warnings/one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    title: String,
    address: String,
    version: i64,
    severity: &'static str,
    code: &'static str,
    state: &'static str,
    cleared: Option<String>,
    again: u32,
    age: i32,
    subject: String,
    subject_address: String,
    unit: String,
    unit_address: String,
    advice: String,
    /// Name and value of what was compared.
    compared: Vec<(String, String)>,
    rule: String,
    rule_address: String,
    condition: String,
    drawn: Option<(String, Table)>,
    evidence: Vec<(String, String, String)>,
    latest: Option<String>,
    events: Vec<EventView>,
    earlier: Vec<(String, String, String)>,
    outcome: Option<(&'static str, String)>,
    assignee: String,
    may_act: bool,
    acts: Vec<(&'static str, &'static str, &'static str, bool)>,
    outcomes: Vec<Choice>,
    assignees: Vec<Choice>,
    words: String,
    faults: Vec<FaultLine>,
    words_fault: Option<String>,
    stale: Option<String>,
}

/// What was done.
struct EventView {
    at: String,
    by: String,
    act: &'static str,
    assignee: String,
    outcome: &'static str,
    words: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: WarningId = named(&id)?;
    let Ok(act) = sent.get("act").parse::<Act>() else {
        let fault = fault("act", "请选择要做的事", "choose what is done");
        return whole(&visit, &app, &id, &sent, (&[fault], false)).await;
    };
    let assignee: Option<PersonId> = sent.get("assignee").parse().ok();
    let outcome: Option<Outcome> = sent.get("outcome").parse().ok();
    let step =
        Step { id: &id, version: sent.version()?, act, words: sent.get("words"), assignee: assignee.as_ref(), outcome };
    let mut write = begin(&app).await?;
    match warnings::step(&mut write, (app.clock.now)(), &visit.actor, &step).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/warnings/{id}")).into_response())
        }
        Err(WarningsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(WarningsError::Stale { .. } | WarningsError::Step { .. }) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &WarningId,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (warning, events) = app.warnings.warning(&visit.actor, id).await?;
    let known = app.warnings.known();
    let info = known.iter().find(|info| info.code == warning.rule.signal);
    let may_act = visit.actor.may_at(Permission::WorkWarnings, &warning.unit);
    let mut shown = Vec::with_capacity(events.len());
    for event in events.iter().rev() {
        shown.push(event_view(event, app, lang).await?);
    }
    let status = form_status(stale, faults.is_empty());
    let told = |field: &str| faults.iter().find(|fault| fault.field == field).map(|fault| fault.text(lang).to_owned());
    let line = |fault: &Fault| FaultLine {
        field: ["words", "assignee", "outcome"].contains(&fault.field.as_str()).then(|| format!("f-{}", fault.field)),
        text: fault.text(lang).to_owned(),
    };
    let earlier = app.warnings.earlier(&visit.actor, &warning).await?;
    let latest = app.warnings.latest(&warning).await?;
    let chosen: Option<Act> = sent.get("act").parse().ok();
    let assignees = if may_act { assignees(app, visit, &warning).await? } else { Vec::new() };
    let rule = &warning.rule;
    let html = page(&OnePage {
        visit,
        title: format!("{}{}{}", rule.name.text(lang), visit.t("：", ": "), warning.reading.subject.name.text(lang)),
        address: format!("/governance/warnings/{id}"),
        version: warning.version,
        severity: warning.severity.label(lang),
        code: warning.severity.code(),
        state: warning.state.label(lang),
        cleared: warning.cleared_at.map(moment),
        again: warning.again,
        age: warning.age(today(app)),
        subject: warning.reading.subject.name.text(lang).to_owned(),
        subject_address: warning.reading.subject.link.clone(),
        unit: unit(app, visit, &warning.unit).await?,
        unit_address: format!("/network/{}", warning.unit),
        advice: rule.advice.text(lang).to_owned(),
        compared: compared(&warning, info, visit),
        rule: format!("{} {}", rule.code, rule.name.text(lang)),
        rule_address: format!("/governance/warnings/rules/{}", rule.code),
        condition: rule.condition.text(lang),
        drawn: drawn(&warning, info, visit),
        evidence: warning
            .reading
            .evidence
            .iter()
            .map(|one| {
                (
                    one.link.clone(),
                    one.name.text(lang).to_owned(),
                    one.value.map_or_else(String::new, |value| figure(Some(value))),
                )
            })
            .collect(),
        latest: latest.map(figure),
        events: shown,
        earlier: earlier
            .iter()
            .map(|one| {
                let outcome = one.outcome.map_or_else(|| one.state.label(lang), |outcome| outcome.label(lang));
                (format!("/governance/warnings/{}", one.id), moment(one.fired_at), outcome.to_owned())
            })
            .collect(),
        outcome: warning.outcome.map(|outcome| (outcome.label(lang), warning.reason.clone().unwrap_or_default())),
        assignee: person(app, warning.assignee.as_ref()).await?,
        may_act,
        acts: steps_open(warning.state)
            .filter(|act| *act != Act::Assign)
            .map(|act| (act.code(), act.label(lang), about(act, visit), chosen == Some(act)))
            .collect(),
        outcomes: choices(Outcome::ALL, sent.get("outcome").parse().ok(), Outcome::code, |outcome| outcome.label(lang)),
        assignees,
        words: sent.get("words").to_owned(),
        words_fault: told("words"),
        faults: faults.iter().map(line).collect(),
        stale: stale.then(|| events.last().map_or("", |event| event.act.label(lang)).to_owned()),
    })?;
    Ok((status, html).into_response())
}

fn compared(warning: &Warning, info: Option<&warnings::SignalInfo>, visit: &Visit) -> Vec<(String, String)> {
    let lang = visit.lang.code();
    let unit = info.map_or("", |info| info.unit.text(lang));
    let with_unit = |value: Option<f64>| match value {
        Some(_) => format!("{} {unit}", figure(value)),
        None => visit.t("没有数据", "no figure").to_owned(),
    };
    let name = info.map_or_else(|| warning.rule.signal.clone(), |info| info.name.text(lang).to_owned());
    let mut compared = vec![(name, with_unit(warning.why.value))];
    if let (Some(reference), Some(words)) = (warning.why.reference, info.and_then(|info| info.reference.as_ref())) {
        compared.push((words.text(lang).to_owned(), with_unit(Some(reference))));
    }
    if let Some(limit) = warning.why.limit {
        compared.push((visit.t("规则的界限", "Limit of the rule").to_owned(), with_unit(Some(limit))));
    }
    compared.push((visit.t("触发", "Fired").to_owned(), moment(warning.fired_at)));
    compared
}

async fn event_view(event: &Event, app: &App, lang: &str) -> Result<EventView, Failure> {
    Ok(EventView {
        at: moment(event.at),
        by: person(app, event.by.as_ref()).await?,
        act: event.act.label(lang),
        assignee: person(app, event.assignee.as_ref()).await?,
        outcome: event.outcome.map_or("", |outcome| outcome.label(lang)),
        words: event.words.clone(),
    })
}

/// What an act does, in a line.
fn about(act: Act, visit: &Visit) -> &'static str {
    match act {
        Act::Acknowledge => visit.t("表示已经看到，正在处理", "It was seen and is being worked"),
        Act::Comment => visit.t("写下情况，不改变状态", "Write something down; it stays where it is"),
        Act::Close => visit.t(
            "写明结果和理由；指标恢复后再次越界才会再触发",
            "Say with which result and why; it fires again only after it has cleared",
        ),
        Act::Reopen => visit.t("写明理由，继续处置", "Say why, and go on"),
        _ => "",
    }
}

/// Colleagues at the unit who can be given it.
async fn assignees(app: &App, visit: &Visit, warning: &Warning) -> Result<Vec<Choice>, Failure> {
    if !steps_open(warning.state).any(|act| act == Act::Assign) {
        return Ok(Vec::new());
    }
    let unit = std::slice::from_ref(&warning.unit);
    let staff = app.accounts.staff_of(&visit.actor, unit, (app.clock.now)()).await?;
    let works = |colleague: &accounts::Colleague| {
        colleague.roles.iter().any(|(role, _)| Permission::WorkWarnings.roles().contains(role))
    };
    let choice = |colleague: accounts::Colleague| Choice {
        chosen: warning.assignee.as_ref() == Some(&colleague.id),
        value: colleague.id.to_string(),
        name: colleague.name,
    };
    Ok(staff.into_iter().filter(works).map(choice).collect())
}
