//! `/governance/plans/{id}/matrix`: units by tasks.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use network::{Level, RegionCode, division_on};
use plans::{Asked, Matrix, MatrixUnit, PlanId, Standing};
use serde::Deserialize;

use super::view::{PlanHead, StandingView, TallyView, cell_words, legend};
use super::{named, tabs, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::value;
use crate::problem::Failure;

/// Units on a page, unless all are asked for.
const USUAL: usize = 100;

/// Parameters as they stand in the address; an empty one asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    day: String,
    region: String,
    unit: String,
    level: String,
    group: String,
    standing: String,
    page: String,
    all: String,
}

#[derive(Template)]
#[template(path = "governance/plans/matrix.html")]
struct MatrixPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    asked: Parameters,
    as_of: String,
    today: String,
    regions: Vec<Choice>,
    levels: Vec<Choice>,
    groups: Vec<Choice>,
    standings: Vec<Choice>,
    legend: Vec<(StandingView, usize)>,
    spans: Vec<(String, usize)>,
    tasks: Vec<TaskHead>,
    rows: Vec<Row>,
    feet: Vec<TallyView>,
    /// `101–200`.
    shown: String,
    found: usize,
    paging: Vec<(String, String, bool)>,
    everything: Option<String>,
    narrowed: bool,
}

struct TaskHead {
    key: String,
    title: String,
    due: String,
}

struct Row {
    id: String,
    name: String,
    gone: bool,
    lacks: Option<String>,
    tally: TallyView,
    cells: Vec<CellView>,
}

struct CellView {
    code: &'static str,
    mark: &'static str,
    words: String,
    optional: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let id: PlanId = named(&id)?;
    let day = today(&app);
    let question = Asked {
        day: value("day", &asked.day, "2026-07-01")?,
        region: value("region", &asked.region, "500000")?,
        unit: value("unit", &asked.unit, "01J…")?,
    };
    let mut matrix = app.plans.matrix(&visit.actor, &id, day, &question).await?;
    let whole = matrix.clone();
    narrow(&mut matrix, &asked)?;
    let found = matrix.units.len();
    let (at, paging) = paging(&visit, &id, &asked, found);
    let units: Vec<MatrixUnit> = if asked.all == "1" {
        matrix.units.clone()
    } else {
        matrix.units.iter().skip(at).take(USUAL).cloned().collect()
    };
    let tally = matrix.tally();
    let html = MatrixPage {
        title: format!("{} · {}", matrix.plan.title.text(visit.lang.code()), visit.t("进展矩阵", "matrix")),
        tabs: tabs(&visit, &matrix.plan),
        head: PlanHead::new(&visit, &matrix.plan),
        as_of: matrix.as_of.to_string(),
        today: matrix.day.to_string(),
        regions: regions(&whole, &asked.region),
        levels: levels(&visit, &asked.level),
        groups: groups(&visit, &whole, &asked.group),
        standings: standings(&visit, &asked.standing),
        legend: legend(&visit).into_iter().zip(Standing::ALL.iter().map(|standing| tally.of(*standing))).collect(),
        spans: spans(&visit, &matrix),
        tasks: heads(&visit, &matrix),
        rows: units.iter().map(|unit| row(&visit, &matrix, unit)).collect(),
        feet: matrix.tasks.iter().map(|task| TallyView::from(&matrix.tally_of_task(&task.key))).collect(),
        shown: format!("{}–{}", (at + 1).min(found), at + units.len()),
        found,
        paging,
        everything: (found > USUAL && asked.all != "1").then(|| asked.link(&id).with("all", "1").address()),
        narrowed: asked.is_narrowed(),
        asked,
        visit: &visit,
    };
    page(&html)
}

impl Parameters {
    fn is_narrowed(&self) -> bool {
        [&self.day, &self.region, &self.unit, &self.level, &self.group, &self.standing]
            .iter()
            .any(|one| !one.is_empty())
    }

    /// The same question, of the first units.
    fn link(&self, id: &PlanId) -> Link {
        let link = Link::to(format!("/governance/plans/{id}/matrix")).with("day", &self.day);
        let link = link.with("region", &self.region).with("unit", &self.unit).with("level", &self.level);
        link.with("group", &self.group).with("standing", &self.standing)
    }
}

/// Leaves the columns of a group, the rows of a level, and the rows in which something stands so.
fn narrow(matrix: &mut Matrix, asked: &Parameters) -> Result<(), Failure> {
    if !asked.group.is_empty() {
        let inside: Vec<bool> = matrix.tasks.iter().map(|task| task.group == asked.group).collect();
        matrix.tasks.retain(|task| task.group == asked.group);
        for unit in &mut matrix.units {
            let cells = std::mem::take(&mut unit.cells).into_iter().zip(&inside);
            unit.cells = cells.filter(|(_, inside)| **inside).map(|(cell, _)| cell).collect();
        }
        matrix.units.retain(|unit| unit.cells.iter().any(|cell| cell.standing != Standing::NotConcerned));
    }
    let level: Option<Level> = value("level", &asked.level, "province")?;
    matrix.units.retain(|unit| level.is_none() || unit.level == level);
    match asked.standing.as_str() {
        "" => {}
        "any-late" => matrix.units.retain(|unit| unit.cells.iter().any(|cell| cell.standing.is_late())),
        "lacks" => matrix.units.retain(|unit| !unit.lacks.is_empty()),
        code => {
            let standing: Standing =
                code.parse().map_err(|_| Failure::parameter("standing", code, "late, missing, done …"))?;
            matrix.units.retain(|unit| unit.cells.iter().any(|cell| cell.standing == standing));
        }
    }
    Ok(())
}

fn row(visit: &Visit, matrix: &Matrix, unit: &MatrixUnit) -> Row {
    let lang = visit.lang.code();
    let lacks = unit.lacks.first().map(|lack| match lang {
        "zh" => format!("选做不足：{} 选 {}，已选 {}", lack.tasks.join("、"), lack.at_least, lack.chosen),
        _ => format!("too few chosen: {} of {}, {} so far", lack.at_least, lack.tasks.join(", "), lack.chosen),
    });
    let cell = |cell: &plans::MatrixCell| CellView {
        code: cell.standing.code(),
        mark: cell.standing.mark(),
        words: cell_words(visit, cell),
        optional: cell.chosen,
    };
    Row {
        id: unit.unit.to_string(),
        name: unit.name.text(lang).to_owned(),
        gone: unit.level.is_none(),
        lacks,
        tally: TallyView::from(&matrix.tally_of_unit(&unit.unit)),
        cells: unit.cells.iter().map(cell).collect(),
    }
}

fn heads(visit: &Visit, matrix: &Matrix) -> Vec<TaskHead> {
    let head = |task: &plans::MatrixTask| TaskHead {
        key: task.key.clone(),
        title: task.title.text(visit.lang.code()).to_owned(),
        due: task.due.to_string(),
    };
    matrix.tasks.iter().map(head).collect()
}

/// Groups over their columns.
fn spans(visit: &Visit, matrix: &Matrix) -> Vec<(String, usize)> {
    let mut spans: Vec<(String, String, usize)> = Vec::new();
    for task in &matrix.tasks {
        match spans.last_mut() {
            Some((key, _, count)) if *key == task.group => *count += 1,
            _ => spans.push((task.group.clone(), task.group_title.text(visit.lang.code()).to_owned(), 1)),
        }
    }
    spans.into_iter().map(|(_, title, count)| (title, count)).collect()
}

fn regions(matrix: &Matrix, chosen: &str) -> Vec<Choice> {
    let mut codes: Vec<RegionCode> = matrix.units.iter().filter_map(|unit| unit.region.as_ref()?.province()).collect();
    codes.sort();
    codes.dedup();
    let choice = |code: RegionCode| Choice {
        name: division_on(&code, matrix.as_of).map_or_else(|| code.to_string(), |region| region.name.clone()),
        chosen: code.as_str() == chosen,
        value: code.to_string(),
    };
    codes.into_iter().map(choice).collect()
}

fn levels(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let choice = |level: &Level| Choice {
        value: level.code().to_owned(),
        name: level.label(visit.lang.code()).to_owned(),
        chosen: level.code() == chosen,
    };
    Level::ALL.iter().filter(|level| **level != Level::Outlet).map(choice).collect()
}

fn groups(visit: &Visit, matrix: &Matrix, chosen: &str) -> Vec<Choice> {
    let mut groups: Vec<Choice> = Vec::new();
    for task in &matrix.tasks {
        if groups.last().is_none_or(|last| last.value != task.group) {
            let name = task.group_title.text(visit.lang.code()).to_owned();
            groups.push(Choice { value: task.group.clone(), name, chosen: task.group == chosen });
        }
    }
    groups
}

fn standings(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let own = [
        ("any-late", visit.t("逾期（未报或未完成）", "late (missing or not done)")),
        ("lacks", visit.t("选做不足", "too few chosen")),
    ];
    let kinds = Standing::ALL.iter().filter(|standing| **standing != Standing::NotConcerned);
    let kinds = kinds.map(|standing| (standing.code(), standing.label(visit.lang.code())));
    let choice =
        |(code, name): (&str, &str)| Choice { value: code.to_owned(), name: name.to_owned(), chosen: code == chosen };
    own.into_iter().chain(kinds).map(choice).collect()
}

/// The first unit of the page, and the pages with their addresses.
fn paging(visit: &Visit, id: &PlanId, asked: &Parameters, found: usize) -> (usize, Vec<(String, String, bool)>) {
    let pages = found.div_ceil(USUAL);
    let here = asked.page.parse::<usize>().unwrap_or(1).clamp(1, pages.max(1));
    if pages < 2 || asked.all == "1" {
        return (0, Vec::new());
    }
    let link = |number: usize| asked.link(id).with("page", number.to_string()).address();
    let name = |number: usize| match visit.lang.code() {
        "zh" => format!("第 {number} 页"),
        _ => format!("Page {number}"),
    };
    ((here - 1) * USUAL, (1..=pages).map(|number| (link(number), name(number), number == here)).collect())
}
