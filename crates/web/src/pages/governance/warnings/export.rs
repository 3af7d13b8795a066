//! `/governance/warnings/list.csv` and `.xlsx`: all warnings that are asked for, as a table.

use std::collections::HashMap;
use std::sync::Arc;

use accounts::{Permission, PersonId};
use axum::extract::{Query, State};
use axum::response::Response;
use network::OrganisationId;
use sheets::{Cell, Column, Kind, Template};
use warnings::{Warning, WarningQuery};

use super::list::Parameters;
use super::today;
use crate::App;
use crate::frame::Visit;
use crate::parcel::{Form, listing};
use crate::problem::Failure;

/// Warnings of a table at most.
const MOST: usize = 20_000;

pub(crate) async fn csv(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    table(&visit, &app, &asked, Form::Csv).await
}

pub(crate) async fn xlsx(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    table(&visit, &app, &asked, Form::Xlsx).await
}

async fn table(visit: &Visit, app: &App, asked: &Parameters, form: Form) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let (today, lang) = (today(app), visit.lang.code());
    let query = WarningQuery { after: None, limit: warnings::MOST_ON_A_PAGE, ..asked.query(visit, today)? };
    let found = all(app, visit, query).await?;
    let tree = app.network.tree(today).await.map_err(crate::pages::network::failed)?;
    let unit = |node: &network::Node| match &node.name_en {
        Some(name) if lang != "zh" => name.clone(),
        _ => node.name_zh.clone(),
    };
    let units: HashMap<OrganisationId, String> = tree.iter().map(|node| (node.id.clone(), unit(node))).collect();
    let mut assignees: Vec<PersonId> = found.iter().filter_map(|warning| warning.assignee.clone()).collect();
    assignees.sort_unstable();
    assignees.dedup();
    let people = app.accounts.names(&assignees).await?;
    let row = |warning: &Warning| {
        let assignee = warning.assignee.as_ref().and_then(|person| people.get(person));
        vec![
            Cell::text(warning.severity.label(lang)),
            Cell::text(warning.state.label(lang)),
            Cell::text(&format!("{} {}", warning.rule.code, warning.rule.name.text(lang))),
            Cell::text(warning.reading.subject.name.text(lang)),
            Cell::text(units.get(&warning.unit).map_or(warning.unit.as_str(), String::as_str)),
            warning.why.value.map_or(Cell::Empty, Cell::Number),
            warning.why.limit.map_or(Cell::Empty, Cell::Number),
            Cell::Date(warnings::office_day(warning.fired_at)),
            Cell::Number(f64::from(warning.again)),
            warning.cleared_at.map_or(Cell::Empty, |at| Cell::Date(warnings::office_day(at))),
            assignee.map_or(Cell::Empty, |name| Cell::text(name)),
            warning.outcome.map_or(Cell::Empty, |outcome| Cell::text(outcome.label(lang))),
            Cell::text(&format!("/governance/warnings/{}", warning.id)),
        ]
    };
    let title = visit.t("预警", "Warnings").to_owned();
    let guide = vec![format!("{} {today}", visit.t("截至", "As of"))];
    let (columns, rows) = (columns(visit), found.iter().map(row).collect());
    listing(&format!("warnings-{today}"), form, &Template { sheet: title.clone(), title, columns, rows, guide })
}

fn columns(visit: &Visit) -> Vec<Column> {
    let column = |key: &str, zh: &'static str, en: &'static str, kind| Column::new(key, visit.t(zh, en), kind);
    vec![
        column("severity", "严重程度", "Severity", Kind::Text),
        column("state", "状态", "State", Kind::Text),
        column("rule", "规则", "Rule", Kind::Text).wide(30),
        column("subject", "对象", "Subject", Kind::Text).wide(50),
        column("unit", "单位", "Unit", Kind::Text).wide(30),
        column("value", "数值", "Figure", Kind::Number),
        column("limit", "界限", "Limit", Kind::Number),
        column("fired", "触发日期", "Fired on", Kind::Date),
        column("again", "再次触发", "Fired again", Kind::Number),
        column("cleared", "恢复日期", "Cleared on", Kind::Date),
        column("assignee", "处置人", "Worked by", Kind::Text),
        column("outcome", "结果", "Result", Kind::Text),
        column("page", "页面", "Page", Kind::Text).wide(50),
    ]
}

/// All pages of a list.
async fn all(app: &App, visit: &Visit, mut query: WarningQuery) -> Result<Vec<Warning>, Failure> {
    let mut found = Vec::new();
    loop {
        let page = app.warnings.warnings(&visit.actor, &query).await?;
        found.extend(page.rows);
        match page.next {
            Some(next) if found.len() < MOST => query.after = Some(next),
            _ => return Ok(found),
        }
    }
}
