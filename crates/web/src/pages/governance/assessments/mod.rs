//! Assessments, their scores and reviews.

mod arithmetic;
mod edit;
mod entry;
mod files;
mod list;
mod new;
mod objection;
mod objections;
mod one;
mod people;
mod review;
mod reviewers;
mod scheme;
mod schemes;
mod scores;
mod sheet;
mod steps;
mod unit;
mod what_if;
mod years;

use std::sync::Arc;

use accounts::Permission;
use assessment::{AssessmentError, FromIndicators};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::App;
use crate::frame::Visit;
use crate::pages::cases::brought::LARGEST;
use crate::pages::{key, named, today};
use crate::problem::Failure;

/// Where these pages stand.
const HERE: &str = "/governance/assessments";

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/governance/assessments", get(list::show))
        .route("/governance/assessments/new", get(new::ask).post(new::open))
        .route("/governance/assessments/years", get(years::show))
        .route("/governance/assessments/schemes", get(schemes::show).post(schemes::adopt))
        .route("/governance/assessments/schemes/edit", get(edit::ask).post(edit::send))
        .route("/governance/assessments/schemes/{code}", get(scheme::show).post(scheme::act))
        .route("/governance/assessments/schemes/{code}/toml", get(scheme::export))
        .route("/governance/assessments/{id}", get(one::show).post(steps::act))
        .route("/governance/assessments/{id}/scores.xlsx", get(scores::workbook))
        .route("/governance/assessments/{id}/what-if", get(what_if::show))
        .route("/governance/assessments/{id}/reviewers", get(reviewers::show).post(reviewers::act))
        .route("/governance/assessments/{id}/review", get(review::show))
        .route("/governance/assessments/{id}/review/{unit}", get(review::unit).post(review::act))
        .route("/governance/assessments/{id}/objections", get(objections::show))
        .route("/governance/assessments/{id}/objections/{objection}", get(objection::show).post(objection::decide))
        .route("/governance/assessments/{id}/files/{file}", get(files::download))
        .route("/governance/assessments/{id}/units/{unit}", get(unit::show))
        .route("/governance/assessments/{id}/units/{unit}/object", get(objections::ask).post(objections::send))
        .route(
            "/governance/assessments/{id}/units/{unit}/self",
            get(entry::ask).post(entry::send).layer(DefaultBodyLimit::max(LARGEST)),
        )
        .route("/governance/assessments/{id}/units/{unit}/self/sheet.xlsx", get(sheet::give))
        .route(
            "/governance/assessments/{id}/units/{unit}/self/import",
            get(sheet::ask).post(sheet::bring).layer(DefaultBodyLimit::max(LARGEST)),
        )
}

/// The pages of this area that whoever visits can open: address, name, whether it is this one.
fn tabs(visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
    vec![
        (
            HERE,
            visit.t("考核", "Assessments"),
            !visit.at("/governance/assessments/schemes") && !visit.at("/governance/assessments/years"),
        ),
        ("/governance/assessments/schemes", visit.t("方案", "Schemes"), visit.at("/governance/assessments/schemes")),
        (
            "/governance/assessments/years",
            visit.t("三年复核", "Review of three years"),
            visit.at("/governance/assessments/years"),
        ),
    ]
}

/// A transaction of assessments.
async fn begin(app: &App) -> Result<database::Write, Failure> {
    Ok(app.assessments.database().write().await?)
}

/// Where the values of indicators come from.
fn inputs(app: &App) -> FromIndicators<'_> {
    FromIndicators { indicators: &app.indicators, now: (app.clock.now)() }
}

/// Whether whoever visits keeps assessments anywhere.
fn keeps(visit: &Visit) -> bool {
    visit.actor.may(Permission::KeepAssessments)
}

impl From<AssessmentError> for Failure {
    fn from(error: AssessmentError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            AssessmentError::Denied(denied) => Self::Denied(denied),
            AssessmentError::NotFound { .. } | AssessmentError::NotCalled => Self::Missing(zh, en),
            AssessmentError::Database(error) => error.into(),
            AssessmentError::Notices(error) => error.into(),
            AssessmentError::Network(error) => crate::pages::network::failed(error),
            AssessmentError::Invalid(_) | AssessmentError::Toml { .. } | AssessmentError::NotUnder(_) => {
                Self::Wrong(zh, en)
            }
            error if error.is_about_what_was_asked() => Self::Conflict(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}
