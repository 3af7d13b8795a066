//! `/governance/credit/leads`: signs in filings that people look into. Keepers only; a lead is no verdict.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{CreditError, Lead, LeadId, LeadKind, LeadQuery, LeadState};
use network::Fault;
use serde::Deserialize;

use super::{begin, named, person};
use crate::App;
use crate::form::{Choice, form_status};
use crate::frame::{Visit, page};
use crate::link::{self, Link};
use crate::pages::network::{choices, value};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    kind: String,
    state: String,
    agency: String,
    after: String,
}

/// A lead in a list.
pub(super) struct LeadView {
    pub(super) address: String,
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) figure: String,
    pub(super) state: &'static str,
    pub(super) open: bool,
    pub(super) first_seen: String,
    pub(super) last_seen: String,
    pub(super) list: String,
    pub(super) agency: String,
    pub(super) agency_address: String,
}

impl LeadView {
    pub(super) async fn new(lead: &Lead, app: &App, visit: &Visit) -> Result<Self, Failure> {
        let lang = visit.lang.code();
        let agency = app.credit.agency(&lead.agency).await?;
        Ok(Self {
            address: format!("/governance/credit/leads/{}", lead.id),
            kind: lead.kind.label(lang),
            subject: if lead.subject == "all" {
                visit.t("全部申请", "all filings").to_owned()
            } else {
                lead.subject.clone()
            },
            figure: figure(lead, visit),
            state: lead.state.label(lang),
            open: lead.state == LeadState::Open,
            first_seen: lead.first_seen.to_string(),
            last_seen: lead.last_seen.to_string(),
            list: link::list(&lead.query),
            agency: agency.name(lang).to_owned(),
            agency_address: format!("/governance/credit/agencies/{}/quality", lead.agency),
        })
    }
}

/// What was counted, in words.
fn figure(lead: &Lead, visit: &Visit) -> String {
    let zh = visit.lang.code() == "zh";
    let (value, against) = (lead.figure.value, lead.figure.against);
    let percent = |part: f64| format!("{:.1}%", part * 100.0);
    match (lead.kind, against) {
        (LeadKind::Jump, Some(before)) if zh => format!("当年 {value} 件，上年 {before} 件"),
        (LeadKind::Jump, Some(before)) => format!("{value} in the year, {before} in the year before"),
        (LeadKind::FewGrants | LeadKind::ManyWithdrawals, Some(peers)) if zh => {
            format!("占 {}，同行 {}", percent(value), percent(peers))
        }
        (LeadKind::FewGrants | LeadKind::ManyWithdrawals, Some(peers)) => {
            format!("{}, peers {}", percent(value), percent(peers))
        }
        _ if zh => format!("{value} 件"),
        _ => format!("{value} filings"),
    }
}

#[derive(Template)]
#[template(path = "governance/credit/leads.html")]
struct LeadsPage {
    visit: Visit,
    title: String,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    rows: Vec<LeadView>,
    first: Option<String>,
    next: Option<String>,
    narrowed: bool,
    /// When any filings were last looked at.
    looked: Option<String>,
}

pub(crate) async fn list(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let here = "/governance/credit/leads";
    let kind: Option<LeadKind> =
        value("kind", &asked.kind, "jump, alike-at-address, inventor-day, few-grants, many-withdrawals")?;
    let state: Option<LeadState> = match asked.state.as_str() {
        "" => Some(LeadState::Open),
        "all" => None,
        text => value("state", text, "open, taken, dismissed, all")?,
    };
    let query = LeadQuery {
        agency: value("agency", &asked.agency, "an id")?,
        kind,
        state,
        after: Some(asked.after.clone()).filter(|after| !after.is_empty()),
        ..LeadQuery::default()
    };
    let found = app.credit.leads(&visit.actor, &query).await?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for lead in &found.rows {
        rows.push(LeadView::new(lead, &app, &visit).await?);
    }
    let lang = visit.lang.code();
    let link = || Link::to(here).with("kind", &asked.kind).with("state", &asked.state).with("agency", &asked.agency);
    page(&LeadsPage {
        title: visit.t("质量线索", "Quality leads").to_owned(),
        kinds: choices(LeadKind::ALL, kind, LeadKind::code, |kind| kind.label(lang)),
        states: choices(LeadState::ALL, state, LeadState::code, |state| state.label(lang)),
        rows,
        first: query.after.is_some().then(|| link().address()),
        next: found.next.map(|mark| link().with("after", mark).address()),
        narrowed: link().address() != here,
        looked: app.credit.looked_at(&visit.actor, query.agency.as_ref()).await?.map(moment),
        visit,
    })
}

#[derive(Template)]
#[template(path = "governance/credit/lead.html")]
struct LeadPage<'a> {
    visit: &'a Visit,
    title: String,
    lead: LeadView,
    version: i64,
    /// The form of an event that is made of it.
    take: String,
    event: Option<String>,
    worked: String,
    found: String,
    words: String,
    fault: Option<String>,
    stale: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &LeadId,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lead = app.credit.lead(&visit.actor, id).await?;
    let by = person(app, lead.worked_by.as_ref()).await?;
    let on = lead.worked_on.map_or_else(String::new, |day| day.to_string());
    let view = LeadView::new(&lead, app, visit).await?;
    let status = form_status(stale, faults.is_empty());
    let take = format!("/governance/credit/agencies/{}/events/new", lead.agency);
    let html = page(&LeadPage {
        visit,
        title: format!("{}{}{}", view.kind, visit.t("：", ": "), view.subject),
        version: lead.version,
        take: Link::to(take).with("lead", lead.id.as_str()).address(),
        event: lead.event.as_ref().map(|event| format!("/governance/credit/events/{event}")),
        worked: format!("{on} {by}"),
        found: lead.words.clone(),
        words: sent.get("words").to_owned(),
        fault: faults.first().map(|fault| fault.text(visit.lang.code()).to_owned()),
        stale,
        lead: view,
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn dismiss(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: LeadId = named(&id)?;
    app.credit.lead(&visit.actor, &id).await?;
    let seen = (&id, sent.version()?);
    let mut write = begin(&app).await?;
    match credit::dismiss_lead(&mut write, (app.clock.now)(), &visit.actor, seen, sent.get("words")).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/leads/{id}")).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. } | CreditError::LeadWorked) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}
