//! `/rate/cases/{id}`, `/rate/visit/{code}`, `/rate/at/{code}`: the form of a rating; who has rated sees the rating.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use ratings::{Level, NewRating, OwnRating, Rateable, RatingsError, rate};
use serde::Deserialize;

use super::door::{self, Door};
use super::form::{Naming, RatingForm, opinion};
use super::names::Names;
use super::own::{self, Seen};
use super::{Unhurried, begin, key};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::cases::Held;
use crate::pages::network::{Telephone, failed};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    thanks: String,
}

#[derive(Template)]
#[template(path = "ratings/rate.html")]
pub(super) struct RatePage<'a> {
    pub(super) visit: &'a Visit,
    pub(super) title: String,
    pub(super) about: About,
    pub(super) form: RatingForm,
    pub(super) action: String,
    pub(super) hidden: Vec<(&'static str, String)>,
    /// By which way it was told, where staff write it down.
    pub(super) channels: Vec<Choice>,
    pub(super) note: &'static str,
}

#[derive(Template)]
#[template(path = "ratings/thanks.html")]
struct ThanksPage<'a> {
    visit: &'a Visit,
    title: String,
    about: About,
    next: Vec<String>,
    again: String,
}

/// What is rated.
pub(super) struct About {
    pub(super) what: String,
    pub(super) reference: String,
    pub(super) outlet: String,
    pub(super) outlet_address: String,
    /// Whom to call who does not get on here.
    pub(super) complaint: Option<Telephone>,
}

/// What is rated, in words.
pub(super) async fn about(app: &App, visit: &Visit, what: &Rateable) -> Result<About, Failure> {
    let today = super::today(app);
    let outlet = app.network.organisation(what.outlet(), today).await.map_err(failed)?;
    let telephone = outlet.as_ref().and_then(|outlet| outlet.profile.complaint_telephone.as_deref());
    Ok(About {
        what: what.title(visit.lang.code()).to_owned(),
        reference: what.reference().to_owned(),
        complaint: telephone.and_then(Telephone::new),
        outlet: Names::new(app, visit).outlet(what.outlet()).await?,
        outlet_address: format!("/network/{}", what.outlet()),
    })
}

pub(crate) async fn case(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
    Held(code): Held,
) -> Result<Response, Failure> {
    show(&visit, &app, &Door::Case(super::named(&id)?, code), &asked.thanks).await
}

pub(crate) async fn visit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    show(&visit, &app, &Door::Visit(super::named(&code)?), &asked.thanks).await
}

pub(crate) async fn at(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    show(&visit, &app, &Door::Poster(super::named(&code)?), &asked.thanks).await
}

pub(crate) async fn send_case(
    _: Unhurried,
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Held(code): Held,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = super::named(&id)?;
    // The page on which a case is followed sends the code alone.
    if let Ok(code) = sent.get("code").parse() {
        let door = Door::Case(id, Some(code));
        door.open(&app, &visit).await?;
        let Door::Case(id, Some(code)) = &door else { return Err(Failure::NotFound) };
        return Ok(door::enter(&app, id, code));
    }
    send(&visit, &app, &Door::Case(id, code), &sent).await
}

pub(crate) async fn send_visit(
    _: Unhurried,
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    send(&visit, &app, &Door::Visit(super::named(&code)?), &sent).await
}

pub(crate) async fn send_at(
    _: Unhurried,
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    send(&visit, &app, &Door::Poster(super::named(&code)?), &sent).await
}

/// The rating that there is, or the form of one.
async fn show(visit: &Visit, app: &App, door: &Door, thanks: &str) -> Result<Response, Failure> {
    let what = door.open(app, visit).await?;
    if let Some(rating) = app.ratings.own(&what).await? {
        let seen = Seen { thanks: !thanks.is_empty(), ..Seen::by(door) };
        return own::answer(visit, app, (&what, &rating), seen).await;
    }
    match (door, thanks.parse::<Level>()) {
        (Door::Poster(_), Ok(level)) => thank(visit, app, door, (&what, level)).await,
        _ => form(visit, app, door, &what, &Sent::default(), &[]).await,
    }
}

async fn form(
    visit: &Visit,
    app: &App,
    door: &Door,
    what: &Rateable,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Failure> {
    let hidden = vec![("key", sent.given("key").map_or_else(|| key(app), str::to_owned))];
    let html = page(&RatePage {
        visit,
        title: visit.t("评价这次服务", "Rate this service").to_owned(),
        about: about(app, visit, what).await?,
        form: RatingForm::new(visit, sent, faults, naming(visit, door)),
        action: door.address(),
        hidden,
        channels: Vec::new(),
        note: "",
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

/// A name can stand with a rating where there is one: the client's of a case, else that of who has signed in.
fn naming(visit: &Visit, door: &Door) -> Naming {
    if matches!(door, Door::Case(..)) || visit.signed.is_some() { Naming::Asked } else { Naming::Nobody }
}

async fn send(visit: &Visit, app: &App, door: &Door, sent: &Sent) -> Result<Response, Failure> {
    if sent.given("version").is_some() {
        let what = door.open(app, visit).await?;
        return own::correct_by(visit, app, &what, Seen::by(door), sent).await;
    }
    let what = door.open(app, visit).await?;
    let opinion = match opinion(sent) {
        Ok(opinion) => opinion,
        Err(faults) => return form(visit, app, door, &what, sent, &faults).await,
    };
    let new = NewRating {
        key: sent.get("key"),
        channel: door.channel(),
        opinion,
        anonymous: naming(visit, door) == Naming::Nobody || !sent.get("anonymous").is_empty(),
        random: app.random().bytes(),
    };
    let mut write = begin(app).await?;
    match rate(&mut write, (app.clock.now)(), &visit.actor, &what, &new).await {
        Ok(rated) => {
            write.commit().await?;
            Ok(Redirect::to(&after(door, &rated)).into_response())
        }
        Err(RatingsError::Invalid(faults)) => form(visit, app, door, &what, sent, &faults).await,
        Err(RatingsError::AlreadyRated { first }) => {
            drop(write);
            own::answer(visit, app, (&what, &first), Seen { repeated: true, ..Seen::by(door) }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a rating that was given is seen.
fn after(door: &Door, rated: &OwnRating) -> String {
    match door {
        Door::Case(_, None) => format!("/ratings/{}?thanks=1", rated.id),
        Door::Poster(_) if !rated.anonymous => format!("/ratings/{}?thanks=1", rated.id),
        Door::Case(_, Some(_)) | Door::Visit(_) => format!("{}?thanks=1", door.address()),
        Door::Poster(_) => format!("{}?thanks={}", door.address(), rated.opinion.level),
    }
}

/// Thanks for a rating that is nobody's: it cannot be shown again.
async fn thank(visit: &Visit, app: &App, door: &Door, (what, level): (&Rateable, Level)) -> Result<Response, Failure> {
    let about = about(app, visit, what).await?;
    let next = if level.is_bad() {
        let calendar = app.services.calendar().await?;
        let due = calendar.add_working_days(super::today(app), ratings::MEND_DAYS);
        let outlet = &about.outlet;
        vec![
            match visit.lang.code() {
                "zh" => format!("{outlet}会查清情况，最迟在 {due} 整改。"),
                _ => format!("{outlet} looks into it and mends it by {due}."),
            },
            visit
                .t(
                    "您没有留下姓名，网点不会与您联系。想要答复，请登录后评价，或拨打投诉电话。",
                    "You left no name, so nobody will call you. For an answer sign in and rate, or call the number for complaints.",
                )
                .to_owned(),
        ]
    } else {
        vec![visit.t("这条评价计入公布的满意度。", "It counts in the satisfaction that is published.").to_owned()]
    };
    page(&ThanksPage {
        visit,
        title: visit.t("谢谢您的评价", "Thank you for rating").to_owned(),
        about,
        next,
        again: door.address(),
    })
}
