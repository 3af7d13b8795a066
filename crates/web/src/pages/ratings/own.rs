//! `/ratings/{id}`: a rating as its rater sees it, with the answer, and the form that corrects it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::By;
use network::Fault;
use ratings::{OwnRating, Progress, Rateable, RatingId, RatingsError, Standing, State as Stage, for_own};
use serde::Deserialize;

use super::door::Door;
use super::form::{Naming, RatingForm, opinion, stars, tag_names};
use super::rate::{About, about};
use super::{Unhurried, begin, named};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    thanks: String,
}

/// How a rating is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Where a correction goes.
    pub(super) action: String,
    /// Right after it was given.
    pub(super) thanks: bool,
    /// Instead of a second rating.
    pub(super) repeated: bool,
    /// Whether an answer is told to an account.
    pub(super) is_told: bool,
}

impl Seen {
    /// By the way of a rating.
    pub(super) fn by(door: &Door) -> Self {
        Self { action: door.address(), is_told: door.is_account(), ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "ratings/own.html")]
struct OwnPage<'a> {
    visit: &'a Visit,
    title: String,
    about: About,
    seen: Seen,
    stale: bool,
    level: &'static str,
    stars: String,
    bad: bool,
    tags: Vec<String>,
    words: String,
    at: String,
    anonymous: bool,
    standing: Option<&'static str>,
    next: Vec<String>,
    steps: Vec<StepView>,
    answer: Option<String>,
    /// Until when it may be corrected, and the form.
    correction: Option<(String, RatingForm, bool)>,
    version: i64,
}

/// A step of a follow-up.
struct StepView {
    name: &'static str,
    done: bool,
    current: bool,
    due: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let (what, rating) = own(&app, &visit, &id).await?;
    let seen = Seen { thanks: !asked.thanks.is_empty(), ..of_account(&id) };
    answer(&visit, &app, (&what, &rating), seen).await
}

pub(crate) async fn correct(
    _: Unhurried,
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let (what, _) = own(&app, &visit, &id).await?;
    correct_by(&visit, &app, &what, of_account(&id), &sent).await
}

fn of_account(id: &RatingId) -> Seen {
    Seen { action: format!("/ratings/{id}"), is_told: true, ..Seen::default() }
}

/// A rating of the one who has signed in.
async fn own(app: &App, visit: &Visit, id: &RatingId) -> Result<(Rateable, OwnRating), Failure> {
    let mut read = app.ratings.database().read().await?;
    let what = match for_own(&mut read, By::from(&visit.actor), id).await {
        Err(RatingsError::NotFound { .. }) if visit.signed.is_none() => {
            return Err(visit.actor.denied(accounts::Permission::OwnAccount).into());
        }
        what => what?,
    };
    drop(read);
    let rating = app.ratings.own(&what).await?.ok_or(Failure::NotFound)?;
    Ok((what, rating))
}

/// Corrects a rating; after it the same page is seen again.
pub(super) async fn correct_by(
    visit: &Visit,
    app: &App,
    what: &Rateable,
    seen: Seen,
    sent: &Sent,
) -> Result<Response, Failure> {
    let version = sent.version()?;
    let again = |faults: Vec<Fault>, stale| Again { sent: sent.clone(), faults, stale };
    let current = || async { app.ratings.own(what).await?.ok_or(Failure::NotFound) };
    let opinion = match opinion(sent) {
        Ok(opinion) => opinion,
        Err(faults) => return whole(visit, app, (what, &current().await?), seen, Some(again(faults, false))).await,
    };
    let mut write = begin(app).await?;
    match ratings::correct(&mut write, (app.clock.now)(), &visit.actor, (what, version), &opinion).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("{}?thanks=1", seen.action)).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            whole(visit, app, (what, &current().await?), seen, Some(again(faults, false))).await
        }
        Err(RatingsError::StaleRating { now }) => {
            drop(write);
            whole(visit, app, (what, &now), seen, Some(again(Vec::new(), true))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// A correction that was not made.
struct Again {
    sent: Sent,
    faults: Vec<Fault>,
    stale: bool,
}

/// A rating as its rater sees it.
pub(super) async fn answer(
    visit: &Visit,
    app: &App,
    rated: (&Rateable, &OwnRating),
    seen: Seen,
) -> Result<Response, Failure> {
    whole(visit, app, rated, seen, None).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    (what, rating): (&Rateable, &OwnRating),
    seen: Seen,
    again: Option<Again>,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let about = about(app, visit, what).await?;
    let status = match &again {
        Some(again) if again.stale => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None if seen.repeated => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let form = match &again {
        Some(again) => RatingForm::new(visit, &again.sent, &again.faults, Naming::Decided),
        None => RatingForm::of(visit, &rating.opinion),
    };
    let correctable = rating.standing == Standing::Counted && (app.clock.now)() <= rating.correct_until;
    let title = match (seen.thanks, seen.repeated) {
        (true, _) => visit.t("谢谢您的评价", "Thank you for rating"),
        (_, true) => visit.t("您已经评价过", "You have rated this before"),
        _ => visit.t("我的评价", "My rating"),
    };
    let html = page(&OwnPage {
        visit,
        title: title.to_owned(),
        stale: again.as_ref().is_some_and(|again| again.stale),
        level: rating.opinion.level.label(lang),
        stars: stars(rating.opinion.level),
        bad: rating.opinion.level.is_bad(),
        tags: tag_names(&rating.opinion, lang),
        words: rating.opinion.words.clone(),
        at: moment(rating.at),
        anonymous: rating.anonymous,
        standing: (rating.standing != Standing::Counted).then(|| rating.standing.label(lang)),
        next: next(visit, rating, &about.outlet, seen.is_told),
        steps: rating.progress.as_ref().map(|progress| steps(visit, progress)).unwrap_or_default(),
        answer: rating.answer.clone(),
        correction: correctable.then(|| (moment(rating.correct_until), form, again.is_some())),
        version: match &again {
            Some(again) if !again.stale => again.sent.version()?,
            _ => rating.version,
        },
        about,
        seen,
    })?;
    Ok((status, html).into_response())
}

/// What happens next, in sentences.
fn next(visit: &Visit, rating: &OwnRating, outlet: &str, is_told: bool) -> Vec<String> {
    let zh = visit.lang.code() == "zh";
    let Some(Progress { state, contact_due, due, closed_on }) = &rating.progress else {
        let counts = visit.t("这条评价计入公布的满意度。", "It counts in the satisfaction that is published.");
        return if rating.standing == Standing::Counted { vec![counts.to_owned()] } else { Vec::new() };
    };
    let mut lines = vec![match (state, closed_on) {
        (Stage::Verify, _) if zh => {
            format!("{outlet}最迟在 {contact_due} 联系、核实，最迟在 {due} 整改并答复。")
        }
        (Stage::Verify, _) => {
            format!("{outlet} makes contact and verifies it by {contact_due}, mends and answers by {due}.")
        }
        (Stage::Mend | Stage::Answer, _) if zh => format!("已经核实，{outlet}最迟在 {due} 整改并答复。"),
        (Stage::Mend | Stage::Answer, _) => format!("It is verified; {outlet} mends it and answers by {due}."),
        (Stage::CallBack, _) => visit
            .t(
                "网点已经答复，之后会回访，问您是否满意。",
                "The outlet has answered and will ask whether that is enough.",
            )
            .to_owned(),
        (Stage::Closed, Some(on)) if zh => format!("回访已于 {on} 办结。"),
        (Stage::Closed, Some(on)) => format!("The follow-up ended on {on}."),
        (Stage::Closed, None) => visit.t("回访已办结。", "The follow-up has ended.").to_owned(),
    }];
    if rating.anonymous && *state != Stage::Closed {
        lines.push(
            visit
                .t(
                    "您是匿名评价的：网点看不到您是谁、是哪一件事，不会给您打电话。",
                    "You rated without your name: the outlet sees neither who you are nor which matter it was, and will not call you.",
                )
                .to_owned(),
        );
    }
    if *state != Stage::Closed && rating.answer.is_none() {
        let told = if is_told {
            visit.t(
                "有答复时会通知您，答复也显示在这一页。",
                "You are told when there is an answer; it stands on this page too.",
            )
        } else {
            visit.t("答复会显示在这一页，可以再来查看。", "The answer will stand on this page; come back to see it.")
        };
        lines.push(told.to_owned());
    }
    lines
}

/// The steps with the one that it stands at.
fn steps(visit: &Visit, progress: &Progress) -> Vec<StepView> {
    let names = [
        (Stage::Verify, visit.t("核实", "Verify")),
        (Stage::Mend, visit.t("整改", "Mend")),
        (Stage::Answer, visit.t("答复", "Answer")),
        (Stage::CallBack, visit.t("回访", "Call back")),
        (Stage::Closed, visit.t("办结", "Closed")),
    ];
    let due = |stage| match stage {
        Stage::Verify => progress.contact_due.to_string(),
        Stage::Answer => progress.due.to_string(),
        _ => String::new(),
    };
    let step = |(stage, name): (Stage, &'static str)| StepView {
        name,
        done: (stage as u8) < (progress.state as u8) || progress.state == Stage::Closed,
        current: stage == progress.state && stage != Stage::Closed,
        due: due(stage),
    };
    names.into_iter().map(step).collect()
}
