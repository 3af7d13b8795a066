//! `/desk/ratings/new?case=`: what a client says on the telephone or at the counter, written down by staff.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::{Case, CaseId, State as Stage};
use network::Fault;
use ratings::{Channel, NewRating, Rateable, RatingsError, for_case_told, rate};
use serde::Deserialize;

use super::form::{Naming, RatingForm, opinion};
use super::rate::{RatePage, about};
use super::{begin, key, named};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    case: String,
}

/// Where what is told of a case is written down, once it can be rated and for those who may.
pub(crate) fn told_address(visit: &Visit, case: &Case) -> Option<String> {
    let ripe = matches!(case.state, Stage::Delivered | Stage::FollowUp | Stage::Archived | Stage::Refused);
    let may = visit.actor.may_at(Permission::AnswerRatings, &case.outlet);
    (ripe && may).then(|| format!("/desk/ratings/new?case={}", case.id))
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let case = of(&visit, &asked.case)?;
    let what = told(&app, &visit, &case).await?;
    form(&visit, &app, (&case, &what), &Sent::default(), &[]).await
}

fn of(visit: &Visit, case: &str) -> Result<CaseId, Failure> {
    visit.actor.require(Permission::AnswerRatings)?;
    if case.is_empty() {
        return Err(Failure::wrong(
            "请从办件页面打开，以便知道评价的是哪一件。",
            "Open this from the page of a case, so that it is known which is rated.",
        ));
    }
    named(case)
}

async fn told(app: &App, visit: &Visit, case: &CaseId) -> Result<Rateable, Failure> {
    Ok(for_case_told(&mut *app.ratings.database().read().await?, &visit.actor, case).await?)
}

async fn form(
    visit: &Visit,
    app: &App,
    (case, what): (&CaseId, &Rateable),
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Failure> {
    let chosen = sent.get("channel").parse().unwrap_or(Channel::Telephone);
    let channel = |channel: &Channel| Choice {
        value: channel.code().to_owned(),
        name: channel.label(visit.lang.code()).to_owned(),
        chosen: *channel == chosen,
    };
    let html = page(&RatePage {
        visit,
        title: visit.t("代客户登记评价", "Write down a rating that was told").to_owned(),
        about: about(app, visit, what).await?,
        form: RatingForm { told: true, ..RatingForm::new(visit, sent, faults, Naming::Asked) },
        action: format!("/desk/ratings/new?case={case}"),
        hidden: vec![("key", sent.given("key").map_or_else(|| key(app), str::to_owned))],
        channels: Channel::ALL.iter().filter(|channel| channel.is_told()).map(channel).collect(),
        note: visit.t(
            "照客户所说登记。您的姓名会与这条评价一同记录；每件事只能评价一次，客户本人可以更正。",
            "Write what the client said. Your name is kept with it; each matter is rated once, and the client may correct it.",
        ),
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
    sent: Sent,
) -> Result<Response, Failure> {
    let case = of(&visit, &asked.case)?;
    let what = told(&app, &visit, &case).await?;
    let opinion = match opinion(&sent) {
        Ok(opinion) => opinion,
        Err(faults) => return form(&visit, &app, (&case, &what), &sent, &faults).await,
    };
    let new = NewRating {
        key: sent.get("key"),
        channel: sent.get("channel").parse().unwrap_or(Channel::Telephone),
        opinion,
        anonymous: !sent.get("anonymous").is_empty(),
        random: app.random().bytes(),
    };
    let mut write = begin(&app).await?;
    match rate(&mut write, (app.clock.now)(), &visit.actor, &what, &new).await {
        Ok(rated) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/desk/ratings/{}", rated.id)).into_response())
        }
        Err(RatingsError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, (&case, &what), &sent, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}
