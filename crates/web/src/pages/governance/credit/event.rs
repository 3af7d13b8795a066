//! `/governance/credit/events/{id}`: a credit event: what happened, where it stands, what was done.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{CreditError, Event, EventId, EventState, PaperKind, Shown, Step};

use super::decide::address;
use super::files::FilesView;
use super::view::EventView;
use super::{begin, named, person, today};
use crate::App;
use crate::form::form_status;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;
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
    files: FilesView,
    keeps: bool,
    draft: bool,
    may_withdraw: bool,
    /// Where to object, and until when.
    objection: Option<(String, String)>,
    /// Where to apply for repair, or from when it is open.
    repair: Option<(Option<String>, String)>,
    papers: Vec<PaperView>,
    lead: Option<String>,
    parts: Vec<PartView>,
    told: Told,
}

/// An objection or application that the visitor may see.
struct PaperView {
    address: String,
    name: String,
    outcome: String,
    files: FilesView,
}

/// What happened to what someone sent.
#[derive(Default)]
pub(super) struct Told {
    pub(super) words: String,
    /// What is wrong with the words.
    pub(super) fault: Option<String>,
    /// What is wrong with the file.
    pub(super) file: Option<String>,
    pub(super) stale: bool,
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
    shown(&visit, &app, &named(&id)?, Told::default()).await
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
            let fault = faults.first().map(|fault| fault.text(visit.lang.code()).to_owned());
            shown(&visit, &app, &id, Told { words: sent.get("words").to_owned(), fault, ..Told::default() }).await
        }
        Err(CreditError::Stale { .. } | CreditError::Step { .. }) => {
            drop(write);
            let told = Told { words: sent.get("words").to_owned(), stale: true, ..Told::default() };
            shown(&visit, &app, &id, told).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn shown(visit: &Visit, app: &App, id: &EventId, told: Told) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (event, parts) = app.credit.event(&visit.actor, id).await?;
    let (agency, book) = (app.credit.agency(&event.agency).await?, app.credit.book().await?);
    let keeps = visit.actor.may_at(Permission::KeepCredit, &event.keeper);
    let rule = book.rule(event.edition, &event.told.rule);
    let ground = rule.map_or("", |rule| rule.ground.text(lang));
    let mut done = Vec::with_capacity(parts.len());
    for part in parts.iter().rev() {
        done.push(PartView {
            at: moment(part.at),
            by: if keeps { person(app, part.by.as_ref()).await? } else { String::new() },
            act: part.act.label(lang),
            to: part.to.label(lang),
            words: if keeps { part.words.clone() } else { String::new() },
        });
    }
    let status = form_status(told.stale, told.fault.is_none() && told.file.is_none());
    let draft = event.state == EventState::Draft;
    let mut files = FilesView::new(app, visit, &Shown::Event(id.clone())).await?;
    if keeps && draft {
        files = files.adding(app, (id, String::new()), event.version);
    }
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
        files,
        keeps,
        draft,
        may_withdraw: keeps
            && !matches!(event.state, EventState::Repaired | EventState::Cancelled | EventState::Withdrawn),
        objection: objection(&event, app),
        repair: repair(&event, app, visit).await?,
        papers: papers(&event, app, visit).await?,
        lead: event.lead.as_ref().filter(|_| keeps).map(|lead| format!("/governance/credit/leads/{lead}")),
        parts: done,
        told,
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

async fn papers(event: &Event, app: &App, visit: &Visit) -> Result<Vec<PaperView>, Failure> {
    let lang = visit.lang.code();
    let mut papers = Vec::new();
    for paper in app.credit.papers_of(&visit.actor, &event.id).await? {
        let name = match paper.kind {
            PaperKind::Objection => visit.t("异议", "Objection"),
            PaperKind::Repair => visit.t("修复申请", "Application for repair"),
        };
        let outcome = paper.outcome_label(lang).unwrap_or(visit.t("待决定", "waits for a decision"));
        let reason =
            paper.reason.as_ref().map_or_else(String::new, |reason| format!("{}{reason}", visit.t("：", ": ")));
        let mut files = FilesView::new(app, visit, &Shown::Paper(paper.id.clone())).await?;
        if paper.outcome.is_none() && paper.made_by.is_some() && paper.made_by.as_ref() == visit.actor.id() {
            files = files.adding(app, (&event.id, paper.id.to_string()), paper.version);
        }
        papers.push(PaperView {
            address: address(&paper),
            name: format!("{name} {}", moment(paper.made_at)),
            outcome: format!("{outcome}{reason}"),
            files,
        });
    }
    Ok(papers)
}
