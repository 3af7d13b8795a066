//! `/desk/ratings/{id}/appeal`: an outlet says why a rating should not count.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use ratings::{Ground, NewAppeal, RatingId, RatingsError};

use super::names::Names;
use super::row::RatingView;
use super::{begin, key, named, tabs};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "ratings/appeal.html")]
struct AppealPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    rating: RatingView,
    action: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    form(&visit, &app, &named(&id)?, &Sent::default(), &[]).await
}

async fn form(visit: &Visit, app: &App, id: &RatingId, sent: &Sent, faults: &[Fault]) -> Result<Response, Failure> {
    let rating = app.ratings.rating(&visit.actor, id).await?;
    visit.actor.require_at(Permission::AnswerRatings, &rating.outlet)?;
    let ground: Option<Ground> = sent.get("ground").parse().ok();
    let choice = |one: &Ground| Choice {
        value: one.code().to_owned(),
        name: one.label(visit.lang.code()).to_owned(),
        chosen: ground == Some(*one),
    };
    let fields = [
        FieldView::new("ground", visit.t("理由类别", "Ground"), "choice")
            .choices(Ground::ALL.iter().map(choice).collect())
            .hint(visit.t(
                "误评：评错了网点、事项或对象；恶意：为损害而评",
                "Mistaken: another outlet, service or matter was meant. Malicious: given to do harm",
            )),
        FieldView::new("words", visit.t("申诉理由", "Why"), "area").value(sent.get("words")).needed(),
        FieldView::new("evidence", visit.t("证据", "Evidence"), "area").value(sent.get("evidence")).hint(visit.t(
            "每行一个本站页面的路径，如 /cases/…；最多 10 个",
            "Paths of pages of this site, one a line, such as /cases/…; ten at most",
        )),
    ];
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let groups = vec![GroupView { name: String::new(), fields }];
    let html = page(&AppealPage {
        visit,
        title: visit.t("申诉", "Appeal against a rating").to_owned(),
        tabs: tabs(visit),
        rating: RatingView::new(&rating, &mut Names::new(app, visit), visit).await?,
        action: format!("/desk/ratings/{id}/appeal"),
        hidden: vec![("key", sent.given("key").map_or_else(|| key(app), str::to_owned))],
        faults: summary(faults, &groups, visit.lang),
        groups,
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: RatingId = named(&id)?;
    let Ok(ground) = sent.get("ground").parse() else {
        let fault = fault("ground", "请选择理由类别", "choose a ground");
        return form(&visit, &app, &id, &sent, &[fault]).await;
    };
    let lines = sent.get("evidence").lines().map(str::trim).filter(|line| !line.is_empty());
    let evidence: Vec<String> = lines.map(str::to_owned).collect();
    let new = NewAppeal { key: sent.get("key"), rating: &id, ground, words: sent.get("words"), evidence: &evidence };
    let mut write = begin(&app).await?;
    match ratings::appeal(&mut write, (app.clock.now)(), &visit.actor, &new).await {
        Ok(appeal) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/desk/appeals/{}", appeal.id)).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, &id, &sent, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}
