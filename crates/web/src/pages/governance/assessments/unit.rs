//! `/governance/assessments/{id}/units/{unit}`: a unit's result, line by line, with its evidence.

use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentError, AssessmentId, Found, State as Standing, UnitFound, UnitScore};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use network::OrganisationId;
use serde::Deserialize;

use super::arithmetic::{Part, parts, total};
use super::{HERE, named, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::moment;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// An older snapshot, for the keeper.
    snapshot: Option<i64>,
}

#[derive(Template)]
#[template(path = "governance/assessments/unit.html")]
struct UnitPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    assessment: String,
    name: String,
    state: &'static str,
    words: String,
    submitted: Option<String>,
    result: Option<ResultView>,
    /// What was said so far, where there is no result yet.
    said: Vec<(String, String, String)>,
    enters: Option<String>,
    objects: bool,
    objections: Vec<(String, String, String)>,
}

/// The result of the unit.
struct ResultView {
    number: i64,
    hash: String,
    at: String,
    reproduced: bool,
    total: String,
    rank: Option<String>,
    standing: String,
    parts: Vec<Part>,
    steps: Vec<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let (id, unit): (AssessmentId, OrganisationId) = (named(&id)?, named(&unit)?);
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let it = app.assessments.unit(actor, &id, &unit).await?;
    let found = match app.assessments.result(actor, &id, asked.snapshot).await {
        Ok(found) if it.access.sees_score(&unit) => Some(found),
        Ok(_) | Err(AssessmentError::NotFound { .. } | AssessmentError::Denied(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let inside = it.access.sees_unit(&unit);
    let objections = if inside { app.assessments.objections(actor, &id).await? } else { Vec::new() };
    let address = format!("{HERE}/{id}");
    let score = found.as_ref().and_then(|found| Some((found, found.scores.of(&unit)?)));
    let objections = objections.into_iter().filter(|objection| objection.unit == unit).map(|objection| {
        let title = it.scheme.item(&objection.item).map_or_else(String::new, |item| item.title.text(lang).to_owned());
        let decided = objection.decision.map_or_else(|| visit.t("待处理", "Waiting"), |decision| decision.label(lang));
        (format!("{address}/objections/{}", objection.id), title, decided.to_owned())
    });
    page(&UnitPage {
        title: format!("{} · {}", it.unit.name.text(lang), it.assessment.title.text(lang)),
        tabs: tabs(&visit),
        assessment: it.assessment.title.text(lang).to_owned(),
        name: it.unit.name.text(lang).to_owned(),
        state: it.assessment.state.label(lang),
        words: if inside { it.unit.words.clone() } else { String::new() },
        submitted: it.unit.submitted_at.filter(|_| inside).map(moment),
        objections: objections.collect(),
        result: score.map(|score| result(score, &it, &address, &visit)),
        said: if score.is_none() { said(&it, &visit) } else { Vec::new() },
        enters: (it.assessment.state == Standing::SelfEvaluation && it.access.reports_for(&unit))
            .then(|| format!("{address}/units/{unit}/self")),
        objects: it.assessment.state == Standing::Objection && it.access.reports_for(&unit),
        visit: &visit,
        address,
    })
}

fn result((found, unit): (&Found, &UnitScore), it: &UnitFound, address: &str, visit: &Visit) -> ResultView {
    let files = if it.access.sees_unit(&unit.unit) { it.files.as_slice() } else { &[] };
    let all = found.scores.units.iter().filter(|other| other.rank.is_some()).count();
    let rank = |rank: u32| if all > 1 { format!("{rank} / {all}") } else { rank.to_string() };
    ResultView {
        number: found.taken.number,
        hash: found.taken.hash.clone(),
        at: moment(found.taken.at),
        reproduced: found.reproduced,
        total: unit.total.map_or_else(|| "—".to_owned(), |total| total.to_string()),
        rank: unit.rank.map(rank),
        standing: unit.standing(&found.scheme, visit.lang.code()),
        parts: parts(found, unit, (files, address), visit),
        steps: total(found, unit, visit),
    }
}

/// Title, value and note of what is there so far.
fn said(it: &UnitFound, visit: &Visit) -> Vec<(String, String, String)> {
    let lang = visit.lang.code();
    let one = |value: &assessment::Value| {
        let item = it.scheme.item(&value.item)?;
        let unit = item.unit().map_or("", |unit| unit.text(lang));
        let told = match (item.is_yes_no(), value.value > 0.0) {
            (true, true) => visit.t("是", "yes").to_owned(),
            (true, false) => visit.t("否", "no").to_owned(),
            _ => format!("{} {unit}", assessment::number(value.value)),
        };
        let note = format!("{} · {}", value.origin.label(lang), value.note);
        Some((item.title.text(lang).to_owned(), told, note.trim_end_matches(" · ").to_owned()))
    };
    it.values.iter().filter_map(one).collect()
}
