//! `/governance/assessments/years`: three years of a scheme joined.

use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentError, Joined, Points, Reviewed, State as Standing, Years, mean_words};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{HERE, tabs};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    scheme: String,
    year: Option<i16>,
}

#[derive(Template)]
#[template(path = "governance/assessments/years.html")]
struct YearsPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    schemes: Vec<Choice>,
    years: Vec<Choice>,
    joined: Option<View>,
}

/// What is joined.
struct View {
    title: String,
    rule: String,
    heads: Vec<(i16, Option<String>)>,
    rows: Vec<Row>,
}

/// A unit of the review.
struct Row {
    name: String,
    /// Its latest result.
    address: Option<String>,
    /// Total of each year, and the page of the unit's result.
    totals: Vec<(String, Option<String>)>,
    mean: String,
    sum: String,
    verdict: &'static str,
    code: &'static str,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let schemes = app.assessments.schemes(&visit.actor).await?;
    let with_years: Vec<_> = schemes.into_iter().filter(|version| version.scheme.years.is_some()).collect();
    let listed = app.assessments.list(&visit.actor).await?;
    let years_of = |code: &str| -> Vec<i16> {
        let mut years: Vec<i16> = listed
            .iter()
            .filter(|it| it.assessment.scheme == code && it.assessment.state >= Standing::Published)
            .map(|it| it.assessment.year)
            .collect();
        years.dedup();
        years
    };
    let code = match asked.scheme.as_str() {
        "" => with_years.iter().map(|version| &version.scheme.code).find(|code| !years_of(code).is_empty()).cloned(),
        code => Some(code.to_owned()),
    };
    let known = code.as_deref().map(years_of).unwrap_or_default();
    let last = asked.year.or_else(|| known.first().copied());
    let joined = match (&code, last) {
        (Some(code), Some(last)) => match app.assessments.joined(&visit.actor, code, last).await {
            Ok(joined) => Some(joined),
            Err(AssessmentError::NotFound { .. } | AssessmentError::Denied(_)) => None,
            Err(error) => return Err(error.into()),
        },
        _ => None,
    };
    page(&YearsPage {
        title: visit.t("三年复核", "Review of three years").to_owned(),
        tabs: tabs(&visit),
        schemes: with_years
            .iter()
            .map(|version| Choice {
                value: version.scheme.code.clone(),
                name: version.scheme.title.text(lang).to_owned(),
                chosen: Some(&version.scheme.code) == code.as_ref(),
            })
            .collect(),
        years: known
            .iter()
            .map(|year| Choice { value: year.to_string(), name: year.to_string(), chosen: Some(*year) == last })
            .collect(),
        joined: joined.and_then(|joined| view(&joined, &visit)),
        visit,
    })
}

fn view(joined: &Joined, visit: &Visit) -> Option<View> {
    let lang = visit.lang.code();
    let years = joined.scheme.years.as_ref()?;
    Some(View {
        title: joined.scheme.title.text(lang).to_owned(),
        rule: rule(years, visit),
        heads: joined
            .years
            .iter()
            .map(|(year, there)| (*year, there.as_ref().map(|(there, _)| format!("{HERE}/{}", there.id))))
            .collect(),
        rows: joined.units.iter().map(|unit| row(joined, (years, unit), visit)).collect(),
    })
}

fn rule(years: &Years, visit: &Visit) -> String {
    let weights: Vec<String> = years.weights.iter().map(|weight| assessment::number(*weight)).collect();
    let (weights, pass) = (weights.join(" : "), assessment::number(years.pass));
    let failed = years.failed_at_most;
    if visit.lang == crate::Lang::Zh {
        format!(
            "按年度权重 {weights}（由远及近）平均，{pass} 分以上且不合格年度不超过 {failed} 个的通过；年度不全的不作结论。"
        )
    } else {
        format!(
            "Mean by weights {weights}, oldest first; passed from {pass} with {failed} failed years at most. With a year missing nothing is concluded."
        )
    }
}

fn row(joined: &Joined, (years, unit): (&Years, &Reviewed), visit: &Visit) -> Row {
    let lang = visit.lang.code();
    let total = |(total, failed): (&Option<Points>, &bool)| match total {
        Some(total) if *failed => format!("{total} ×"),
        Some(total) => total.to_string(),
        None => "—".to_owned(),
    };
    let results = unit.totals.iter().zip(&joined.years).map(|(total, (_, there))| {
        let (there, access) = there.as_ref()?;
        let shown = total.is_some() && access.sees_score(&unit.unit);
        shown.then(|| format!("{HERE}/{}/units/{}", there.id, unit.unit))
    });
    let links: Vec<Option<String>> = results.collect();
    let totals = unit.totals.iter().zip(&unit.failed).map(total);
    Row {
        name: unit.name.text(lang).to_owned(),
        address: links.iter().flatten().next_back().cloned(),
        totals: totals.zip(links).collect(),
        mean: unit.mean.map_or_else(|| "—".to_owned(), |mean| mean.to_string()),
        sum: mean_words(years, unit, lang),
        verdict: unit.verdict.label(lang),
        code: unit.verdict.code(),
    }
}
