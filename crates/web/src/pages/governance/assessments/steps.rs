//! What the keeper does with an assessment.

use std::sync::Arc;

use assessment::{AssessmentError, AssessmentId, Shown, Step, copy_again, gather, step};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use super::{HERE, begin, inputs, named, one};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::Sent;

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: AssessmentId = named(&id)?;
    let (now, lang) = ((app.clock.now)(), visit.lang.code());
    let done = match sent.get("act") {
        "copy" => copy(&app, &visit, &id).await,
        code => {
            let wanted = wanted(code, &sent)?;
            let seen = sent.version()?;
            let mut write = begin(&app).await?;
            match step(&mut write, now, &visit.actor, (&id, seen), wanted).await {
                Ok(_) => write.commit().await.map_err(AssessmentError::from),
                Err(error) => Err(error),
            }
        }
    };
    let status = match &done {
        Ok(()) => return Ok(Redirect::to(&format!("{HERE}/{id}")).into_response()),
        Err(AssessmentError::Invalid(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        Err(
            AssessmentError::Stale { .. }
            | AssessmentError::State(_)
            | AssessmentError::Unfinished { .. }
            | AssessmentError::TooEarly { .. },
        ) => StatusCode::CONFLICT,
        Err(_) => return Err(done.map_or_else(Failure::from, |()| Failure::NotFound)),
    };
    let told = done.map_or_else(|error| error.text(lang), |()| String::new());
    one::whole(&visit, &app, &id, None, Some((status, told))).await
}

async fn copy(app: &App, visit: &Visit, id: &AssessmentId) -> Result<(), AssessmentError> {
    let (assessment, _) = app.assessments.assessment(&visit.actor, id).await?;
    let versions = app.assessments.versions(&visit.actor, &assessment.scheme).await?;
    let units: Vec<_> = app.assessments.progress(&visit.actor, id).await?.into_iter().map(|one| one.unit.id).collect();
    let Some(version) = versions.into_iter().find(|version| version.number == assessment.number) else { return Ok(()) };
    let given = gather(&inputs(app), &version.scheme, &units, assessment.year).await?;
    let mut write = app.assessments.database().write().await?;
    copy_again(&mut write, (app.clock.now)(), &visit.actor, id, &given).await?;
    Ok(write.commit().await?)
}

/// The step that a form names.
fn wanted(code: &str, sent: &Sent) -> Result<Step, Failure> {
    let day = || -> Result<Date, Failure> {
        let text = sent.get("until").trim();
        text.parse().map_err(|_| Failure::parameter("until", text, "2026-07-01"))
    };
    Ok(match code {
        "ask-units" => Step::AskUnits(day()?),
        "ask-reviewers" => Step::AskReviewers(day()?),
        "make-result" => Step::MakeResult,
        "back-to-review" => Step::BackToReview,
        "tell-units" => Step::TellUnits(day()?),
        "extend" => Step::Extend(day()?),
        "archive" => Step::Archive,
        "publish" => {
            let ticked = |name: &str| !sent.get(name).is_empty();
            Step::Publish(Shown { public: ticked("public"), ranks: ticked("ranks"), arithmetic: ticked("arithmetic") })
        }
        other => {
            return Err(Failure::parameter(
                "act",
                other,
                "ask-units, ask-reviewers, make-result, tell-units, publish…",
            ));
        }
    })
}
