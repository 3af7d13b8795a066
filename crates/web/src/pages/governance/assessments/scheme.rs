//! `/governance/assessments/schemes/{code}`: a version of a scheme: weights drawn, rules in words, what changed.

use std::sync::Arc;

use askama::Template;
use assessment::{
    Difference, Points, Scheme, SchemeState, SchemeVersion, differences, discard_scheme, faults, points_of_items,
    publish_scheme, rule_words, source_words,
};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use charts::{Figure, Kind as Drawing, Mark, Share, Style, Table, Words};
use serde::Deserialize;

use super::{HERE, begin, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    version: Option<i64>,
    against: Option<i64>,
}

#[derive(Template)]
#[template(path = "governance/assessments/scheme.html")]
struct SchemePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    scheme: &'a Scheme,
    version: &'a SchemeVersion,
    lang: &'static str,
    is_draft: bool,
    keeps: bool,
    drawn: (String, Table),
    dimensions: Vec<DimensionView>,
    versions: Vec<(i64, String, &'static str, bool)>,
    against: Option<i64>,
    differences: Vec<Difference>,
    faults: Vec<String>,
    address: String,
    toml: String,
}

/// A dimension with its items.
struct DimensionView {
    code: String,
    title: String,
    points: Points,
    items: Vec<ItemView>,
}

/// An item in words.
struct ItemView {
    title: String,
    about: String,
    points: String,
    source: String,
    rule: String,
    missing: &'static str,
}

async fn wanted(
    app: &App,
    visit: &Visit,
    code: &str,
    number: Option<i64>,
) -> Result<(Vec<SchemeVersion>, usize), Failure> {
    let versions = app.assessments.versions(&visit.actor, code).await?;
    let at = match number {
        Some(number) => versions.iter().position(|version| version.number == number).ok_or(Failure::NotFound)?,
        None => 0,
    };
    Ok((versions, at))
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let (versions, at) = wanted(&app, &visit, &code, asked.version).await?;
    let (version, lang) = (&versions[at], visit.lang.code());
    let older = versions.iter().find(|other| match asked.against {
        Some(number) => other.number == number,
        None => other.number < version.number,
    });
    let wrong = faults(&version.scheme);
    let address = format!("{HERE}/schemes/{code}");
    page(&SchemePage {
        title: version.scheme.title.text(lang).to_owned(),
        tabs: tabs(&visit),
        scheme: &version.scheme,
        is_draft: version.state == SchemeState::Draft,
        keeps: app.assessments.may_keep_schemes(&visit.actor, version.keeper.as_ref()),
        drawn: weights(&version.scheme, &visit),
        dimensions: dimensions(&version.scheme, lang),
        versions: versions
            .iter()
            .map(|other| {
                let link = Link::to(&address).with("version", other.number.to_string()).address();
                (other.number, link, other.state.label(lang), other.number == version.number)
            })
            .collect(),
        against: older.map(|older| older.number),
        differences: older.map(|older| differences(&older.scheme, &version.scheme, lang)).unwrap_or_default(),
        faults: wrong.iter().map(|fault| format!("{}: {}", fault.field, fault.text(lang))).collect(),
        toml: Link::to(format!("{address}/toml")).with("version", version.number.to_string()).address(),
        address,
        version,
        lang,
        visit: &visit,
    })
}

/// The weights of the dimensions as parts of the full points.
fn weights(scheme: &Scheme, visit: &Visit) -> (String, Table) {
    let lang = visit.lang.code();
    let points = points_of_items(scheme);
    let mark = |dimension: &assessment::Dimension| {
        let sum: Points = dimension.items.iter().filter_map(|item| points.get(item.code.as_str())).copied().sum();
        Mark::new(dimension.title.text(lang), sum.value()).link(format!("#d-{}", dimension.code))
    };
    let share = Share {
        label_head: visit.t("维度", "Dimension").to_owned(),
        value_head: visit.t("分值", "Points").to_owned(),
        share_head: visit.t("占比", "Share").to_owned(),
        marks: scheme.dimensions.iter().map(mark).collect(),
    };
    let title = visit.t("各维度权重", "Weights of the dimensions");
    let figure = Figure::new("weights", title, Words::default(), Drawing::Share(share));
    (figure.svg(Style::Page), figure.table())
}

fn dimensions(scheme: &Scheme, lang: &str) -> Vec<DimensionView> {
    let points = points_of_items(scheme);
    let of = |item: &assessment::Item| points.get(item.code.as_str()).copied().unwrap_or_default();
    let item = |item: &assessment::Item| ItemView {
        title: item.title.text(lang).to_owned(),
        about: item.about.text(lang).to_owned(),
        points: if item.is_weighed() { of(item).to_string() } else { "—".to_owned() },
        source: source_words(item, lang),
        rule: rule_words(item, lang),
        missing: item.missing.label(lang),
    };
    let dimension = |dimension: &assessment::Dimension| DimensionView {
        code: dimension.code.clone(),
        title: dimension.title.text(lang).to_owned(),
        points: dimension.items.iter().map(of).sum(),
        items: dimension.items.iter().map(item).collect(),
    };
    scheme.dimensions.iter().map(dimension).collect()
}

/// The scheme as TOML.
pub(crate) async fn export(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let (versions, at) = wanted(&app, &visit, &code, asked.version).await?;
    let version = &versions[at];
    let name = format!("attachment; filename=\"{}-v{}.toml\"", version.scheme.code, version.number);
    let headers =
        [(header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, version.scheme.to_toml()).into_response())
}

/// Publishes or discards a draft.
pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let number =
        sent.get("number").parse().map_err(|_| Failure::parameter("number", sent.get("number"), "1, 2, 3…"))?;
    let (now, seen) = ((app.clock.now)(), (code.as_str(), number, sent.version()?));
    let mut write = begin(&app).await?;
    let to = match sent.get("act") {
        "publish" => {
            publish_scheme(&mut write, now, &visit.actor, seen).await?;
            format!("{HERE}/schemes/{code}?version={number}")
        }
        "discard" => {
            discard_scheme(&mut write, now, &visit.actor, seen).await?;
            format!("{HERE}/schemes")
        }
        other => return Err(Failure::parameter("act", other, "publish, discard")),
    };
    write.commit().await?;
    Ok(Redirect::to(&to).into_response())
}
