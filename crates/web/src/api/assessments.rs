//! `/api/v1/assessments`: results that are published to everyone, with as much of them as was published. What is missing is
//! null and never zero.

use std::sync::Arc;

use accounts::Actor;
use assessment::{
    Assessment, AssessmentId, Found, Line, Outcome, Points, Scheme, Shown, UnitScore, rule_words, score_words,
    total_words,
};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use network::{OrganisationId, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::network::answer;
use super::rights::Nothing;
use crate::App;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// The year that is assessed.
    year: Option<i16>,
    /// Code of the scheme, such as `outlet`.
    scheme: Option<String>,
}

/// Published assessments.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentsAnswer {
    /// How many there are.
    total: usize,
    /// Latest years first.
    assessments: Vec<AssessmentBrief>,
}

/// An assessment at a glance.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentBrief {
    /// Its id.
    #[schema(value_type = String)]
    id: AssessmentId,
    /// What it is called.
    title: Text,
    /// The organisation that keeps it.
    #[schema(value_type = String)]
    keeper: OrganisationId,
    /// Code of the scheme.
    scheme: String,
    /// Version of the scheme.
    version: i64,
    /// The year that is assessed.
    year: i16,
    /// When it was published.
    #[schema(value_type = Option<String>, format = DateTime)]
    published_at: Option<Timestamp>,
    /// What is published of it.
    shown: Shown,
}

/// A published result.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentAnswer {
    /// The assessment.
    #[serde(flatten)]
    assessment: AssessmentBrief,
    /// Points that all items together give, without bonus.
    full: u32,
    /// The data that was scored.
    snapshot: AssessmentSnapshotBrief,
    /// Best first where places are published.
    units: Vec<AssessmentUnitResult>,
}

/// What is known of the data that was scored.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentSnapshotBrief {
    /// Which snapshot, from 1.
    number: i64,
    /// When it was taken.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Hash of the data: the same data has the same.
    hash: String,
    /// Whether scoring it anew, for this answer, gave what was published.
    reproduced: bool,
}

/// The result of a unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentUnitResult {
    /// Which organisation.
    #[schema(value_type = String)]
    unit: OrganisationId,
    /// Its name when the data was taken.
    name: Text,
    /// Points in all; null where the result waits, or nothing could be scored.
    total: Option<f64>,
    /// Place by total; null where places are not published, or the unit has none.
    place: Option<u32>,
    /// What the total is called; empty where the scheme has no grades.
    grade: Text,
    /// Whether a veto failed it.
    failed: bool,
    /// How the total came; null where it is not published.
    arithmetic: Option<AssessmentArithmetic>,
}

/// How a total came.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentArithmetic {
    /// Dimensions in the order of the scheme.
    dimensions: Vec<AssessmentDimensionResult>,
    /// From the dimensions to the total, a sentence a step.
    steps: Vec<Text>,
}

/// The points of a dimension.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentDimensionResult {
    /// Its code in the scheme.
    code: String,
    /// What it is called.
    title: Text,
    /// Points that it gives.
    points: f64,
    /// Points that it could give; items that were left out do not count.
    possible: f64,
    /// A line for each item.
    lines: Vec<AssessmentLineResult>,
}

/// The arithmetic of an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentLineResult {
    /// Its code in the scheme.
    item: String,
    /// What is asked.
    title: Text,
    /// The figure that was scored: a value, the mean of marks, a growth in percent; null where it was missing.
    input: Option<f64>,
    /// In which unit it is told; empty for marks.
    unit: Text,
    /// How a figure becomes a score.
    rule: Text,
    /// The rule with the figure put in.
    sum: Text,
    /// What the rule made of it, 0 to 100; null where there was nothing to score.
    score: Option<f64>,
    /// Points that it could give; null for vetoes and bonuses.
    possible: Option<f64>,
    /// Points that it gives.
    points: f64,
    /// What became of it.
    outcome: Outcome,
}

/// Published assessments.
#[utoipa::path(get, operation_id = "assessments", path = "/assessments", tag = "assessments", params(Parameters), responses(
    (status = 200, description = "Assessments whose result is published to everyone.", body = AssessmentsAnswer),
))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<Parameters>,
) -> Result<Response, Failure> {
    let listed = app.assessments.list(&Actor::visitor()).await?.into_iter().map(|listed| listed.assessment);
    let fits = |it: &Assessment| {
        asked.year.is_none_or(|year| it.year == year) && asked.scheme.as_ref().is_none_or(|code| it.scheme == *code)
    };
    let assessments: Vec<AssessmentBrief> = listed.filter(fits).map(brief).collect();
    answer(&headers, &AssessmentsAnswer { total: assessments.len(), assessments })
}

/// One published result.
#[utoipa::path(get, operation_id = "assessment", path = "/assessments/{id}", tag = "assessments",
    params(("id" = String, Path, description = "Its id.")), responses(
    (status = 200, description = "Totals and grades of the units, places and every line of the arithmetic where they are published.", body = AssessmentAnswer),
    (status = 404, description = "No assessment that is published to everyone has this id."),
))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    _: Asked<Nothing>,
) -> Result<Response, Failure> {
    let id: AssessmentId = id.parse().map_err(|_| Failure::NotFound)?;
    let all = app.assessments.list(&Actor::visitor()).await?;
    let listed = all.into_iter().find(|listed| listed.assessment.id == id).ok_or(Failure::NotFound)?;
    let found = app.assessments.result(&Actor::visitor(), &id, None).await?;
    let body = AssessmentAnswer {
        assessment: brief(listed.assessment),
        full: found.scheme.full,
        snapshot: AssessmentSnapshotBrief {
            number: found.taken.number,
            at: found.taken.at,
            hash: found.taken.hash.clone(),
            reproduced: found.reproduced,
        },
        units: found.scores.ranking().into_iter().map(|unit| result(&found, unit)).collect(),
    };
    answer(&headers, &body)
}

/// The same words in both languages.
fn both(words: impl Fn(&str) -> String) -> Text {
    Text::new(words("zh"), words("en"))
}

fn brief(it: Assessment) -> AssessmentBrief {
    AssessmentBrief {
        title: it.title.clone(),
        id: it.id,
        keeper: it.keeper,
        scheme: it.scheme,
        version: it.number,
        year: it.year,
        published_at: it.published_at,
        shown: it.shown,
    }
}

fn result(found: &Found, unit: &UnitScore) -> AssessmentUnitResult {
    AssessmentUnitResult {
        unit: unit.unit.clone(),
        name: unit.name.clone(),
        total: unit.total.map(Points::value),
        place: unit.rank,
        grade: both(|lang| unit.standing(&found.scheme, lang)),
        failed: unit.failed,
        // Lines that are not published are taken out of what is found.
        arithmetic: (!unit.dimensions.is_empty()).then(|| arithmetic(&found.scheme, unit)),
    }
}

fn arithmetic(scheme: &Scheme, unit: &UnitScore) -> AssessmentArithmetic {
    let dimensions =
        scheme.dimensions.iter().zip(&unit.dimensions).map(|(dimension, scored)| AssessmentDimensionResult {
            code: dimension.code.clone(),
            title: dimension.title.clone(),
            points: scored.points.value(),
            possible: scored.possible.value(),
            lines: dimension.items.iter().zip(&scored.lines).map(|(item, scored)| line(item, scored)).collect(),
        });
    let steps = total_words(scheme, unit, "zh").into_iter().zip(total_words(scheme, unit, "en"));
    AssessmentArithmetic { dimensions: dimensions.collect(), steps: steps.map(|(zh, en)| Text::new(zh, en)).collect() }
}

fn line(item: &assessment::Item, line: &Line) -> AssessmentLineResult {
    AssessmentLineResult {
        item: line.item.clone(),
        title: item.title.clone(),
        input: line.input,
        unit: item.unit().cloned().unwrap_or_default(),
        rule: both(|lang| rule_words(item, lang)),
        sum: both(|lang| score_words(item, line, lang)),
        score: line.score.map(Points::value),
        possible: item.is_weighed().then(|| line.most.value()),
        points: line.points.value(),
        outcome: line.outcome,
    }
}
