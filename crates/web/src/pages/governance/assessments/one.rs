//! `/governance/assessments/{id}`: where it stands, who is missing, the ranking.

use std::sync::Arc;

use askama::Template;
use assessment::{
    Access, Assessment, AssessmentError, AssessmentId, Found, Item, LEAST_OBJECTION_DAYS, Points, Progress,
    State as Standing, UnitScore,
};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use charts::{Bars, Figure, Grid, GridCell, Head, Kind as Drawing, Mark, Style, Table, Words};
use serde::Deserialize;

use super::people::organisation;
use super::{HERE, named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::moment;

/// Rows that are drawn at most.
const MOST_DRAWN: usize = 40;
/// Bars that are drawn at most; the table above has all.
const MOST_BARS: usize = 15;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// An older snapshot, for the keeper.
    snapshot: Option<i64>,
}

#[derive(Template)]
#[template(path = "governance/assessments/one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    assessment: &'a Assessment,
    access: &'a Access,
    keeper: String,
    scheme: (String, String),
    state: &'static str,
    stages: Vec<(&'static str, &'static str)>,
    until: Option<String>,
    published: Option<String>,
    progress: Vec<ProgressRow>,
    waiting: usize,
    objections: (usize, usize),
    ranking: Vec<Row>,
    dimensions: Vec<String>,
    drawn: Vec<(String, String, Table)>,
    taken: Option<TakenView>,
    snapshots: Vec<(String, String, bool)>,
    shows_ranks: bool,
    own: Vec<(String, String)>,
    steps: Vec<StepForm>,
    fault: Option<String>,
}

/// How far a unit is.
struct ProgressRow {
    address: String,
    enter: Option<String>,
    name: String,
    entered: String,
    copied: String,
    marks: String,
    submitted: Option<String>,
    behind: bool,
}

/// A unit of the ranking.
struct Row {
    address: Option<String>,
    name: String,
    rank: String,
    total: String,
    standing: String,
    points: Vec<String>,
    missing: usize,
}

/// What is known of the snapshot.
struct TakenView {
    number: i64,
    at: String,
    hash: String,
    reproduced: bool,
}

/// A step that the keeper can take.
pub(super) struct StepForm {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// The day offered; none when the step needs no day.
    pub(super) until: Option<String>,
    pub(super) publishes: bool,
    pub(super) quiet: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, asked.snapshot, None).await
}

/// The page, with what was refused.
pub(super) async fn whole(
    visit: &Visit,
    app: &App,
    id: &AssessmentId,
    snapshot: Option<i64>,
    refused: Option<(StatusCode, String)>,
) -> Result<Response, Failure> {
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let (assessment, access) = app.assessments.assessment(actor, id).await?;
    let address = format!("{HERE}/{id}");
    let found = match app.assessments.result(actor, id, snapshot).await {
        Ok(found) => Some(found),
        Err(AssessmentError::NotFound { .. } | AssessmentError::Denied(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let inside = access.reads_all || access.has_own_unit();
    let progress = if inside { app.assessments.progress(actor, id).await? } else { Vec::new() };
    let objections = if inside { app.assessments.objections(actor, id).await? } else { Vec::new() };
    let taken_all = if access.reads_all { app.assessments.snapshots(actor, id).await? } else { Vec::new() };
    let scheme = app.assessments.versions(actor, &assessment.scheme).await?;
    let scheme = scheme.into_iter().find(|version| version.number == assessment.number).ok_or(Failure::NotFound)?;
    let reviewed = scheme.scheme.items().any(|(_, item)| Item::is_reviewed(item));
    let shown = found.as_ref().filter(|_| access.sees_ranking());
    let (status, fault) = refused.map_or((StatusCode::OK, None), |(status, fault)| (status, Some(fault)));
    let rows: Vec<ProgressRow> =
        progress.iter().map(|one| progress_row(one, &address, &assessment, &access, visit)).collect();
    let html = page(&OnePage {
        visit,
        title: assessment.title.text(lang).to_owned(),
        tabs: tabs(visit),
        keeper: organisation(app, visit, &assessment.keeper).await?,
        scheme: (
            format!("{HERE}/schemes/{}?version={}", assessment.scheme, assessment.number),
            format!("{} v{}", scheme.scheme.title.text(lang), assessment.number),
        ),
        state: assessment.state.label(lang),
        stages: stages(assessment.state, lang),
        until: assessment.until.filter(|_| !assessment.state.is_final()).map(|day| day.to_string()),
        published: assessment.published_at.map(moment),
        waiting: rows.iter().filter(|row| row.behind).count(),
        progress: rows,
        objections: (objections.iter().filter(|it| it.decision.is_none()).count(), objections.len()),
        ranking: shown.map(|found| ranking(found, &address, &access, visit)).unwrap_or_default(),
        dimensions: shown.map(|found| dimension_titles(found, lang)).unwrap_or_default(),
        drawn: shown.map(|found| drawn(found, &address, &access, visit)).unwrap_or_default(),
        taken: found.as_ref().map(|found| TakenView {
            number: found.taken.number,
            at: moment(found.taken.at),
            hash: found.taken.hash.clone(),
            reproduced: found.reproduced,
        }),
        snapshots: taken_all
            .iter()
            .map(|taken| {
                let here = found.as_ref().is_some_and(|found| found.taken.number == taken.number);
                (
                    format!("{address}?snapshot={}", taken.number),
                    format!("{} · {}", taken.number, moment(taken.at)),
                    here,
                )
            })
            .collect(),
        shows_ranks: access.shows_ranks(&assessment),
        own: own(&progress, &address, &access, lang),
        steps: if access.keeps { steps(&assessment, reviewed, app, visit) } else { Vec::new() },
        fault,
        access: &access,
        assessment: &assessment,
        address,
    })?;
    Ok((status, html).into_response())
}

/// All states with what they are to this one: done, here, to come.
fn stages(state: Standing, lang: &str) -> Vec<(&'static str, &'static str)> {
    let standing = |other: &Standing| match other.cmp(&state) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "here",
        std::cmp::Ordering::Greater => "next",
    };
    Standing::ALL.iter().map(|other| (other.label(lang), standing(other))).collect()
}

fn progress_row(one: &Progress, address: &str, assessment: &Assessment, access: &Access, visit: &Visit) -> ProgressRow {
    let of = |(there, all): (usize, usize)| if all == 0 { "—".to_owned() } else { format!("{there} / {all}") };
    let unit = &one.unit;
    let enters = assessment.state == Standing::SelfEvaluation && access.reports_for(&unit.id);
    let behind = match assessment.state {
        Standing::SelfEvaluation => unit.submitted_at.is_none(),
        Standing::Review => one.marks.0 < one.marks.1 || one.marks.1 == 0,
        _ => false,
    };
    ProgressRow {
        address: format!("{address}/units/{}", unit.id),
        enter: enters.then(|| format!("{address}/units/{}/self", unit.id)),
        name: unit.name.text(visit.lang.code()).to_owned(),
        entered: of(one.entered),
        copied: of(one.copied),
        marks: of(one.marks),
        submitted: unit.submitted_at.map(moment),
        behind,
    }
}

/// The asker's own units, for those who do not read all.
fn own(progress: &[Progress], address: &str, access: &Access, lang: &str) -> Vec<(String, String)> {
    if access.reads_all {
        return Vec::new();
    }
    let link = |one: &Progress| (format!("{address}/units/{}", one.unit.id), one.unit.name.text(lang).to_owned());
    progress.iter().map(link).collect()
}

fn dimension_titles(found: &Found, lang: &str) -> Vec<String> {
    let any = found.scores.units.iter().any(|unit| !unit.dimensions.is_empty());
    let titles = found.scheme.dimensions.iter().map(|dimension| dimension.title.text(lang).to_owned());
    if any { titles.collect() } else { Vec::new() }
}

fn ranking(found: &Found, address: &str, access: &Access, visit: &Visit) -> Vec<Row> {
    let (lang, count) = (visit.lang.code(), dimension_titles(found, visit.lang.code()).len());
    let row = |unit: &UnitScore| Row {
        address: access.sees_score(&unit.unit).then(|| format!("{address}/units/{}", unit.unit)),
        name: unit.name.text(lang).to_owned(),
        rank: unit.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string()),
        total: unit.total.map_or_else(|| "—".to_owned(), |total| total.to_string()),
        standing: unit.standing(&found.scheme, lang),
        points: match unit.dimensions.len() {
            0 => vec![String::new(); count],
            _ => unit.dimensions.iter().map(|dimension| dimension.points.to_string()).collect(),
        },
        missing: unit.missing().filter(|line| found.scheme.item(&line.item).is_some_and(Item::is_weighed)).count(),
    };
    found.scores.ranking().into_iter().map(row).collect()
}

/// Totals as bars, and the share of each dimension that each unit reached.
fn drawn(found: &Found, address: &str, access: &Access, visit: &Visit) -> Vec<(String, String, Table)> {
    let lang = visit.lang.code();
    let best: Vec<&UnitScore> =
        found.scores.ranking().into_iter().filter(|unit| unit.total.is_some()).take(MOST_DRAWN).collect();
    if best.is_empty() {
        return Vec::new();
    }
    let link = |unit: &UnitScore| access.sees_score(&unit.unit).then(|| format!("{address}/units/{}", unit.unit));
    let mark = |unit: &&UnitScore| Mark {
        label: unit.name.text(lang).to_owned(),
        value: unit.total.unwrap_or_default().value(),
        href: link(unit),
        note: Some(unit.standing(&found.scheme, lang)),
    };
    let bars = Bars {
        label_head: visit.t("单位", "Unit").to_owned(),
        value_head: visit.t("总分", "Total").to_owned(),
        marks: best.iter().take(MOST_BARS).map(mark).collect(),
    };
    let title = if best.len() > MOST_BARS {
        format!("{}{MOST_BARS}", visit.t("总分前 ", "Totals: the first "))
    } else {
        visit.t("总分排序", "Totals").to_owned()
    };
    let figure = Figure::new("totals", &title, Words::default(), Drawing::Bars(bars));
    let mut all = vec![(title, figure.svg(Style::Page), figure.table())];
    if best.iter().all(|unit| !unit.dimensions.is_empty()) {
        let title = visit.t("各维度得分率（%）", "Share of each dimension reached (%)").to_owned();
        let figure =
            Figure::new("dimensions", &title, Words::default(), Drawing::Matrix(matrix(&best, found, &link, visit)));
        all.push((title, figure.svg(Style::Page), figure.table()));
    }
    all
}

fn matrix(best: &[&UnitScore], found: &Found, link: &dyn Fn(&UnitScore) -> Option<String>, visit: &Visit) -> Grid {
    let lang = visit.lang.code();
    let mut cells = Vec::new();
    for (row, unit) in best.iter().enumerate() {
        for (column, dimension) in unit.dimensions.iter().enumerate() {
            let value = percent(dimension.points, dimension.possible);
            cells.push(GridCell { row, column, value, href: link(unit), note: None });
        }
    }
    Grid {
        row_head: visit.t("单位", "Unit").to_owned(),
        column_head: visit.t("维度", "Dimension").to_owned(),
        value_head: visit.t("得分率", "Share").to_owned(),
        rows: best.iter().map(|unit| Head { label: unit.name.text(lang).to_owned(), href: link(unit) }).collect(),
        columns: found.scheme.dimensions.iter().map(|dimension| Head::new(dimension.title.text(lang))).collect(),
        cells,
    }
}

/// So many percent of what was possible, to a whole number.
pub(super) fn percent(points: Points, possible: Points) -> f64 {
    if possible == Points::NONE { 0.0 } else { (points.value() / possible.value() * 100.0).round() }
}

/// The steps that are open to the keeper.
fn steps(assessment: &Assessment, reviewed: bool, app: &App, visit: &Visit) -> Vec<StepForm> {
    let in_days = |days: i64| {
        let span = jiff::SignedDuration::from_hours(24 * days);
        Some(today(app).checked_add(span).unwrap_or_else(|_| today(app)).to_string())
    };
    let form = |code, (zh, en), (about_zh, about_en), until| StepForm {
        code,
        name: visit.t(zh, en),
        about: visit.t(about_zh, about_en),
        until,
        publishes: code == "publish",
        quiet: matches!(code, "extend" | "back-to-review" | "copy"),
    };
    let extend =
        form("extend", ("改变截止日期", "Change the last day"), ("", ""), assessment.until.map(|day| day.to_string()));
    let copy = form(
        "copy",
        ("重新提取指标", "Copy indicators anew"),
        ("用指标的现值替换已提取的数值。", "Takes the values as indicators tell them now."),
        None,
    );
    let result = form(
        "make-result",
        ("形成初步结果", "Make a first result"),
        ("固定数据快照并计分；单位暂不可见。", "Fixes the data and scores it; units do not see it yet."),
        None,
    );
    match assessment.state {
        Standing::Prepared => vec![
            form(
                "ask-units",
                ("请单位自评", "Ask the units"),
                ("通知各单位填报，到期截止。", "Units are told and enter their figures until this day."),
                in_days(14),
            ),
            copy,
        ],
        Standing::SelfEvaluation if reviewed => vec![
            form(
                "ask-reviewers",
                ("开始评审", "Ask the reviewers"),
                ("停止填报，通知评审专家。", "Units enter no more; reviewers are told."),
                in_days(14),
            ),
            extend,
            copy,
        ],
        Standing::SelfEvaluation | Standing::Review => vec![result, extend, copy],
        Standing::Provisional => vec![
            form(
                "tell-units",
                ("告知单位并受理异议", "Tell the units"),
                (
                    "各单位看到自己的结果，可在此日前提出异议。",
                    "Each unit sees its own result and may object until this day.",
                ),
                in_days(i64::from(LEAST_OBJECTION_DAYS) + 4),
            ),
            form(
                "back-to-review",
                ("退回评审", "Back to the review"),
                ("保留本次快照，重新评审。", "The snapshot stays; reviewers go on."),
                None,
            ),
        ],
        Standing::Objection => vec![
            form(
                "publish",
                ("公布结果", "Publish"),
                (
                    "异议期满且全部处理后公布，不再更改。",
                    "After the last day and with no objection left; nothing changes after.",
                ),
                None,
            ),
            extend,
        ],
        Standing::Published => {
            vec![form("archive", ("归档", "Archive"), ("结果照旧可查。", "The result stays readable."), None)]
        }
        Standing::Archived => Vec::new(),
    }
}
