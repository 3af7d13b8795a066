//! `/desk/appeals`: what outlets say against ratings, and what is decided above them.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use ratings::{Appeal, AppealId, AppealQuery, Decision, RatingsError, Review, decide as decide_in};
use serde::Deserialize;

use super::names::Names;
use super::row::RatingView;
use super::{begin, named, tabs};
use crate::App;
use crate::form::{FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// `all` for the decided ones too.
    show: String,
    after: String,
}

#[derive(Template)]
#[template(path = "ratings/appeals.html")]
struct AppealsPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    all: bool,
    rows: Vec<AppealView>,
    first: Option<String>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "ratings/appeal_one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    appeal: AppealView,
    rating: RatingView,
    evidence: Vec<String>,
    version: i64,
    reviews: bool,
    decisions: Vec<(&'static str, &'static str, bool)>,
    reason: String,
    reason_fault: Option<String>,
    faults: Vec<FaultLine>,
    stale: bool,
}

/// An appeal as pages show it.
struct AppealView {
    address: String,
    outlet: String,
    outlet_address: String,
    ground: &'static str,
    words: String,
    at: String,
    by: String,
    decision: Option<&'static str>,
    decided: String,
    reason: String,
}

impl AppealView {
    async fn new(appeal: &Appeal, names: &mut Names<'_>, visit: &Visit) -> Result<Self, Failure> {
        let lang = visit.lang.code();
        let decided_by = names.person(appeal.decided_by.as_ref()).await?;
        Ok(Self {
            address: format!("/desk/appeals/{}", appeal.id),
            outlet: names.outlet(&appeal.outlet).await?,
            outlet_address: format!("/network/{}", appeal.outlet),
            ground: appeal.ground.label(lang),
            words: appeal.words.clone(),
            at: moment(appeal.made_at),
            by: names.person(appeal.made_by.as_ref()).await?,
            decision: appeal.decision.map(|decision| decision.label(lang)),
            decided: appeal.decided_at.map(|at| format!("{} {decided_by}", moment(at))).unwrap_or_default(),
            reason: appeal.reason.clone().unwrap_or_default(),
        })
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let all = asked.show == "all";
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty());
    let query = AppealQuery { open: !all, after, ..AppealQuery::default() };
    let found = app.ratings.appeals(&visit.actor, &query).await?;
    let mut names = Names::new(&app, &visit);
    let mut rows = Vec::with_capacity(found.rows.len());
    for appeal in &found.rows {
        rows.push(AppealView::new(appeal, &mut names, &visit).await?);
    }
    let link = || Link::to("/desk/appeals").with("show", &asked.show);
    page(&AppealsPage {
        title: visit.t("申诉复核", "Appeals").to_owned(),
        tabs: tabs(&visit),
        all,
        rows,
        first: (!asked.after.is_empty()).then(|| link().address()),
        next: found.next.map(|mark| link().with("after", mark).address()),
        visit,
    })
}

pub(crate) async fn one(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, &Sent::default(), &[], false).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &AppealId,
    sent: &Sent,
    faults: &[Fault],
    stale: bool,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let appeal = app.ratings.appeal(&visit.actor, id).await?;
    let rating = app.ratings.rating(&visit.actor, &appeal.rating).await?;
    let mut names = Names::new(app, visit);
    let chosen: Option<Decision> = sent.get("decision").parse().ok();
    let line = |fault: &Fault| FaultLine {
        field: (fault.field == "reason").then(|| "f-reason".to_owned()),
        text: fault.text(lang).to_owned(),
    };
    let status = form_status(stale, faults.is_empty());
    // Whoever was rated does not review.
    let reviews = visit.actor.may_at(Permission::ReviewRatings, &appeal.outlet)
        && !visit.actor.may_at(Permission::AnswerRatings, &appeal.outlet);
    let html = page(&OnePage {
        visit,
        title: visit.t("对一条评价的申诉", "An appeal against a rating").to_owned(),
        tabs: tabs(visit),
        rating: RatingView::new(&rating, &mut names, visit).await?,
        evidence: appeal.evidence.clone(),
        version: appeal.version,
        reviews: reviews && appeal.decision.is_none(),
        decisions: Decision::ALL.iter().map(|one| (one.code(), one.label(lang), chosen == Some(*one))).collect(),
        reason: sent.get("reason").to_owned(),
        reason_fault: faults.iter().find(|fault| fault.field == "reason").map(|fault| fault.text(lang).to_owned()),
        faults: faults.iter().map(line).collect(),
        stale,
        appeal: AppealView::new(&appeal, &mut names, visit).await?,
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn decide(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: AppealId = named(&id)?;
    let Ok(decision) = sent.get("decision").parse() else {
        let fault = fault("decision", "请选择复核结论", "choose a decision");
        return whole(&visit, &app, &id, &sent, &[fault], false).await;
    };
    let review = Review { appeal: &id, version: sent.version()?, decision, reason: sent.get("reason") };
    let mut write = begin(&app).await?;
    match decide_in(&mut write, (app.clock.now)(), &visit.actor, &review).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/desk/appeals/{id}")).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &sent, &faults, false).await
        }
        Err(RatingsError::StaleVersion { .. } | RatingsError::AlreadyAppealed) => {
            drop(write);
            whole(&visit, &app, &id, &sent, &[], true).await
        }
        Err(error) => Err(error.into()),
    }
}
