//! `/governance/assessments/{id}/what-if`: other weights or values, compared with what is; nothing is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentId, Points, Supposed, points_of_items, what_if};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use network::OrganisationId;

use super::{HERE, named, tabs};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "governance/assessments/what_if.html")]
struct WhatIfPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    assessment: String,
    dimensions: Vec<DimensionView>,
    units: Vec<Choice>,
    items: Vec<Choice>,
    value: String,
    supposed: bool,
    rows: Vec<Row>,
    wrong: Vec<String>,
}

/// A dimension whose weights can be others.
struct DimensionView {
    code: String,
    title: String,
    weight: String,
    items: Vec<(String, String, String, String)>,
}

/// A unit compared.
struct Row {
    name: String,
    address: String,
    was: String,
    would: String,
    change: String,
    rank: String,
    moved: i64,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Failure> {
    let id: AssessmentId = named(&id)?;
    let lang = visit.lang.code();
    let (assessment, access) = app.assessments.assessment(&visit.actor, &id).await?;
    if !access.keeps {
        return Err(visit.actor.denied(accounts::Permission::KeepAssessments).into());
    }
    let found = app.assessments.result(&visit.actor, &id, None).await?;
    let (supposed, wrong) = read(&asked, &found.scheme, &visit);
    let (_, would, compared) = what_if(&found.scheme, &found.snapshot, &supposed);
    let names: BTreeMap<&OrganisationId, &str> =
        would.units.iter().map(|unit| (&unit.unit, unit.name.text(lang))).collect();
    let told = |points: Option<Points>| points.map_or_else(|| "—".to_owned(), |points| points.to_string());
    let place = |place: Option<u32>| place.map_or_else(|| "—".to_owned(), |place| place.to_string());
    let rows = compared.iter().map(|one| {
        let change = match (one.was, one.would) {
            (Some(was), Some(would)) if was == would => "0".to_owned(),
            (Some(was), Some(would)) => {
                let change = would - was;
                if change > Points::NONE { format!("+{change}") } else { change.to_string() }
            }
            _ => "—".to_owned(),
        };
        let moved = match (one.rank_was, one.rank_would) {
            (Some(was), Some(would)) => i64::from(was) - i64::from(would),
            _ => 0,
        };
        Row {
            name: names.get(&one.unit).copied().unwrap_or_default().to_owned(),
            address: format!("{HERE}/{id}/units/{}", one.unit),
            was: told(one.was),
            would: told(one.would),
            change,
            rank: format!("{} → {}", place(one.rank_was), place(one.rank_would)),
            moved,
        }
    });
    let rows = rows.collect();
    let given = |name: &str| asked.get(name).map_or("", String::as_str);
    let mut units: Vec<Choice> = names
        .iter()
        .map(|(id, name)| Choice {
            value: id.to_string(),
            name: (*name).to_owned(),
            chosen: given("unit") == id.as_str(),
        })
        .collect();
    units.sort_by(|a, b| a.name.cmp(&b.name));
    let items = found.scheme.items().map(|(_, item)| Choice {
        value: item.code.clone(),
        name: item.title.text(lang).to_owned(),
        chosen: given("item") == item.code,
    });
    page(&WhatIfPage {
        title: visit.t("测算：如果……", "What if").to_owned(),
        tabs: tabs(&visit),
        address: format!("{HERE}/{id}"),
        assessment: assessment.title.text(lang).to_owned(),
        dimensions: dimensions(&found.scheme, &supposed, lang),
        items: items.collect(),
        value: given("value").to_owned(),
        supposed: !supposed.is_empty(),
        rows,
        units,
        wrong,
        visit,
    })
}

/// What the address supposes: `d-CODE` and `i-CODE` weights that differ, and one value.
fn read(asked: &BTreeMap<String, String>, scheme: &assessment::Scheme, visit: &Visit) -> (Supposed, Vec<String>) {
    let (mut supposed, mut wrong) = (Supposed::default(), Vec::new());
    for dimension in &scheme.dimensions {
        note(
            &mut supposed.dimensions,
            asked,
            ("d", &dimension.code, dimension.weight),
            dimension.title.text(visit.lang.code()),
            &mut wrong,
        );
        for item in &dimension.items {
            note(
                &mut supposed.items,
                asked,
                ("i", &item.code, item.weight),
                item.title.text(visit.lang.code()),
                &mut wrong,
            );
        }
    }
    let given = |name: &str| asked.get(name).map_or("", |text| text.trim());
    if let (Ok(unit), false) = (given("unit").parse::<OrganisationId>(), given("item").is_empty()) {
        match given("value") {
            "" => supposed.values.push((unit, given("item").to_owned(), None)),
            text => match text.parse::<f64>() {
                Ok(value) if value.is_finite() => supposed.values.push((unit, given("item").to_owned(), Some(value))),
                _ => wrong.push(format!("{}{text}", visit.t("不是数字：", "no number: "))),
            },
        }
    }
    (supposed, wrong)
}

fn note(
    weights: &mut BTreeMap<String, f64>,
    asked: &BTreeMap<String, String>,
    (prefix, code, weight): (&str, &str, f64),
    title: &str,
    wrong: &mut Vec<String>,
) {
    let Some(text) = asked.get(&format!("{prefix}-{code}")).map(|text| text.trim()) else { return };
    match text.parse::<f64>() {
        Ok(value) if (0.0..=10_000.0).contains(&value) => {
            if value.total_cmp(&weight).is_ne() {
                weights.insert(code.to_owned(), value);
            }
        }
        _ if text.is_empty() => {}
        _ => wrong.push(format!("{title}: {text}")),
    }
}

fn dimensions(scheme: &assessment::Scheme, supposed: &Supposed, lang: &str) -> Vec<DimensionView> {
    let other = supposed.scheme(scheme);
    let points = points_of_items(&other);
    let item = |item: &assessment::Item| {
        let points = points.get(item.code.as_str()).copied().unwrap_or_default();
        (item.code.clone(), item.title.text(lang).to_owned(), assessment::number(item.weight), points.to_string())
    };
    let view = |dimension: &assessment::Dimension| DimensionView {
        code: dimension.code.clone(),
        title: dimension.title.text(lang).to_owned(),
        weight: assessment::number(dimension.weight),
        items: dimension.items.iter().filter(|item| item.is_weighed()).map(item).collect(),
    };
    other.dimensions.iter().map(view).collect()
}
