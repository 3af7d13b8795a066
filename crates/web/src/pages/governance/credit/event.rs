//! `/governance/credit/events/{id}`: a credit event: what happened, where it stands, what was done.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::{CreditError, Event, EventId, EventState, Step};
use network::Fault;

use super::view::EventView;
use super::{begin, named, person, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/credit/event.html")]
struct EventPage<'a> {
    visit: &'a Visit,
    title: String,
    event: EventView,
    version: i64,
    ground: String,
    condition: Option<String>,
    dates: Vec<(&'static str, String)>,
    evidence: Vec<String>,
    keeps: bool,
    draft: bool,
    may_withdraw: bool,
    /// Where to object, and until when.
    objection: Option<(String, String)>,
    /// Where to apply for repair, or from when it is open.
    repair: Option<(Option<String>, String)>,
    /// Objection and applications that the visitor may see: address, name, outcome.
    papers: Vec<(String, String, String)>,
    lead: Option<String>,
    parts: Vec<PartView>,
    words: String,
    fault: Option<String>,
    stale: bool,
}

/// What was done.
struct PartView {
    at: String,
    by: String,
    act: &'static str,
    to: &'static str,
    words: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

/// Announces a draft or takes an event back.
pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: EventId = named(&id)?;
    app.credit.kept_event(&visit.actor, &id).await?;
    let step = Step { id: &id, version: sent.version()?, words: sent.get("words") };
    let mut write = begin(&app).await?;
    let now = (app.clock.now)();
    let done = match sent.get("act") {
        "announce" => credit::announce(&mut write, now, &visit.actor, step).await,
        "withdraw" => credit::withdraw(&mut write, now, &visit.actor, step).await,
        other => return Err(Failure::parameter("act", other, "announce, withdraw")),
    };
    match done {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/events/{id}")).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. } | CreditError::Step { .. }) => {
            drop(write);
            let fault = fault("words", "", "");
            whole(&visit, &app, &id, &sent, (&[fault], true)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &EventId,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (event, parts) = app.credit.event(&visit.actor, id).await?;
    let (agency, book) = (app.credit.agency(&event.agency).await?, app.credit.book().await?);
    let keeps = visit.actor.may_at(Permission::KeepCredit, &event.keeper);
    let rule = book.rule(event.edition, &event.told.rule);
    let ground = rule.map_or("", |rule| rule.ground.text(lang));
    let mut shown = Vec::with_capacity(parts.len());
    for part in parts.iter().rev() {
        shown.push(PartView {
            at: moment(part.at),
            by: if keeps { person(app, part.by.as_ref()).await? } else { String::new() },
            act: part.act.label(lang),
            to: part.to.label(lang),
            words: if keeps { part.words.clone() } else { String::new() },
        });
    }
    let status = match (stale, faults.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    let view = EventView::new(&event, Some(&agency), &book, visit);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let dates = [
        (visit.t("发生", "Happened"), Some(event.told.happened.to_string())),
        (visit.t("公示", "Announced"), day(event.announced_on)),
        (visit.t("异议期至", "Objections until"), day(event.objections_until)),
        (visit.t("生效", "Counts from"), day(event.counts_from)),
        (visit.t("不再计分", "Counts no more from"), day(event.ended)),
    ];
    let html = page(&EventPage {
        visit,
        title: view.rule.clone(),
        version: event.version,
        ground: if event.told.ground.is_empty() {
            ground.to_owned()
        } else {
            format!("{ground} {}", event.told.ground)
        },
        condition: rule.and_then(|rule| rule.condition.as_ref()).map(|words| words.text(lang).to_owned()),
        dates: dates.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        evidence: if keeps { event.told.evidence.clone() } else { Vec::new() },
        keeps,
        draft: event.state == EventState::Draft,
        may_withdraw: keeps
            && !matches!(event.state, EventState::Repaired | EventState::Cancelled | EventState::Withdrawn),
        objection: objection(&event, app),
        repair: repair(&event, app, visit).await?,
        papers: papers(&event, app, visit).await?,
        lead: event.lead.as_ref().filter(|_| keeps).map(|lead| format!("/governance/credit/leads/{lead}")),
        parts: shown,
        words: sent.get("words").to_owned(),
        fault: faults.first().filter(|_| !stale).map(|fault| fault.text(lang).to_owned()),
        stale,
        event: view,
    })?;
    Ok((status, html).into_response())
}

fn objection(event: &Event, app: &App) -> Option<(String, String)> {
    let until = event.objections_until.filter(|until| today(app) <= *until)?;
    let open = event.state == EventState::Announced;
    open.then(|| (format!("/governance/credit/events/{}/objection", event.id), until.to_string()))
}

async fn repair(event: &Event, app: &App, visit: &Visit) -> Result<Option<(Option<String>, String)>, Failure> {
    if event.state != EventState::InForce {
        return Ok(None);
    }
    let Some(from) = app.credit.repairable_from(event).await? else {
        let never = visit.t("按规则，此类事件不予修复。", "The rules know no repair for an event of this kind.");
        return Ok((event.points < 0).then(|| (None, never.to_owned())));
    };
    if from <= today(app) {
        return Ok(Some((Some(format!("/governance/credit/events/{}/repair", event.id)), String::new())));
    }
    let zh = visit.lang.code() == "zh";
    let told = if zh {
        format!("自 {from} 起可申请修复。")
    } else {
        format!("Repair can be applied for from {from} on.")
    };
    Ok(Some((None, told)))
}

async fn papers(event: &Event, app: &App, visit: &Visit) -> Result<Vec<(String, String, String)>, Failure> {
    let lang = visit.lang.code();
    let waits = visit.t("待决定", "waits for a decision");
    let mut papers = Vec::new();
    if let Some(found) = app.credit.objection_of(&visit.actor, &event.id).await? {
        let name = format!("{} {}", visit.t("异议", "Objection"), moment(found.made_at));
        let outcome = found.outcome.map_or(waits, |outcome| outcome.label(lang));
        let reason = found.reason.map_or_else(String::new, |reason| format!("{}{reason}", visit.t("：", ": ")));
        papers.push((format!("/governance/credit/objections/{}", found.id), name, format!("{outcome}{reason}")));
    }
    for found in app.credit.repairs_of(&visit.actor, &event.id).await? {
        let name = format!("{} {}", visit.t("修复申请", "Application for repair"), moment(found.made_at));
        let outcome = found.outcome.map_or(waits, |outcome| outcome.label(lang));
        let reason = found.reason.map_or_else(String::new, |reason| format!("{}{reason}", visit.t("：", ": ")));
        papers.push((format!("/governance/credit/repairs/{}", found.id), name, format!("{outcome}{reason}")));
    }
    Ok(papers)
}
