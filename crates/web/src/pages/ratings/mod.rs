//! Ratings: giving one, seeing what came of it, answering it, and what is published of all.

mod answer;
mod appeal;
mod appeals;
mod block;
mod codes;
mod desk;
mod door;
mod export;
mod follow_up;
mod follow_ups;
mod form;
mod names;
mod one;
mod own;
mod published;
mod questionnaire;
mod questionnaires;
mod rate;
mod results;
mod row;
mod start;
mod told;
mod writing;

use std::sync::Arc;

use accounts::Permission;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::routing::{get, post};

use crate::App;
use crate::frame::Visit;
use crate::limit;
use crate::pages::{key, named, today};
use crate::problem::Failure;

pub(crate) use block::{Satisfaction, satisfaction};
pub(crate) use told::told_address;

use crate::pages::desk::parts;

/// Where the pages of this area stand on the desk.
pub(crate) const DESK: [&str; 6] =
    ["/desk/ratings", "/desk/follow-ups", "/desk/appeals", "/desk/codes", "/desk/visits", "/desk/questionnaires"];

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/rate", get(start::show).post(start::open))
        .route("/rate/cases/{id}", get(rate::case).post(rate::send_case))
        .route("/rate/visit/{code}", get(rate::visit).post(rate::send_visit))
        .route("/rate/at/{code}", get(rate::at).post(rate::send_at))
        .route("/ratings", get(published::show))
        .route("/ratings/{id}", get(own::show).post(own::correct))
        .route("/questionnaires/{code}", get(answer::show).post(answer::send))
        .route("/desk/ratings", get(desk::show))
        .route("/desk/ratings/standard.json", get(export::standard))
        .route("/desk/ratings/new", get(told::ask).post(told::send))
        .route("/desk/ratings/{id}", get(one::show))
        .route("/desk/ratings/{id}/appeal", get(appeal::ask).post(appeal::send))
        .route("/desk/follow-ups", get(follow_ups::show))
        .route("/desk/follow-ups/{id}", get(follow_up::show).post(follow_up::act))
        .route("/desk/appeals", get(appeals::show))
        .route("/desk/appeals/{id}", get(appeals::one).post(appeals::decide))
        .route("/desk/codes", get(codes::list))
        .route("/desk/codes/{outlet}", get(codes::show).post(codes::set))
        .route("/desk/codes/{outlet}/visits", post(codes::make_visit))
        .route("/desk/visits/{code}", get(codes::visit))
        .route("/desk/questionnaires", get(questionnaires::show))
        .route("/desk/questionnaires/new", get(writing::new).post(writing::make))
        .route("/desk/questionnaires/{id}", get(questionnaire::show).post(questionnaire::act))
        .route("/desk/questionnaires/{id}/edit", get(writing::edit).post(writing::change))
        .route("/desk/questionnaires/{id}/results", get(results::show))
}

/// The pages of this area that the visitor's roles open: address, name, whether it is this one.
pub(crate) fn tabs(visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
    let reads: &[Permission] = &[Permission::AnswerRatings, Permission::ReviewRatings];
    let all: [(&'static str, &'static str, &[Permission]); 5] = [
        ("/desk/ratings", visit.t("评价", "Ratings"), reads),
        ("/desk/follow-ups", visit.t("差评回访", "Follow-ups"), reads),
        ("/desk/appeals", visit.t("申诉复核", "Appeals"), reads),
        ("/desk/codes", visit.t("评价码", "Codes"), &[Permission::AnswerRatings]),
        ("/desk/questionnaires", visit.t("问卷", "Questionnaires"), &[Permission::KeepQuestionnaires]),
    ];
    let opened = all.into_iter().filter(|(.., any)| any.iter().any(|permission| visit.actor.may(*permission)));
    let here = |path: &str| visit.at(path) || (path == "/desk/codes" && visit.at("/desk/visits"));
    opened.map(|(path, name, _)| (path, name, here(path))).collect()
}

/// A transaction of ratings.
async fn begin(app: &App) -> Result<database::Write, Failure> {
    Ok(app.ratings.database().write().await?)
}

/// A number with one digit after the point.
fn tenths(number: f64) -> String {
    format!("{number:.1}")
}

/// Proof that an address does not send too fast.
struct Unhurried;

impl FromRequestParts<Arc<App>> for Unhurried {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let address = limit::address(app.settings.behind_proxy, &parts.headers, &parts.extensions);
        let standing = app.opinions.take(address);
        if standing.allowed {
            return Ok(Self);
        }
        let wait = standing.retry_after;
        Err(Failure::TooMany(
            format!("这个地址提交得太快，请 {wait} 秒后再试。"),
            format!("This address sends too fast; try again in {wait} seconds."),
        ))
    }
}
