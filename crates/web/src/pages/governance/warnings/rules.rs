//! `/governance/warnings/rules`: all rules, with how many of their warnings are open.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use warnings::{Rule, WarningQuery};

use super::{today, unit};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Template)]
#[template(path = "governance/warnings/rules.html")]
struct RulesPage {
    visit: Visit,
    title: String,
    rows: Vec<Row>,
    edits: bool,
}

struct Row {
    address: String,
    code: String,
    name: String,
    signal: String,
    condition: String,
    severity: &'static str,
    severity_code: &'static str,
    told: &'static str,
    keeper: String,
    open: String,
    open_address: String,
    on: bool,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let mut rows = Vec::new();
    for rule in &app.warnings.rules(&visit.actor).await? {
        rows.push(row(&app, &visit, rule).await?);
    }
    page(&RulesPage {
        title: visit.t("预警规则", "Rules of warnings").to_owned(),
        rows,
        edits: visit.actor.may(Permission::EditWarnings),
        visit,
    })
}

async fn row(app: &App, visit: &Visit, rule: &Rule) -> Result<Row, Failure> {
    let lang = visit.lang.code();
    let known = app.warnings.known();
    let info = known.iter().find(|info| info.code == rule.signal);
    let asked = WarningQuery { rule: Some(rule.code.clone()), ..WarningQuery::default() };
    let open = app.warnings.counts(&visit.actor, today(app), &asked).await?.open;
    Ok(Row {
        address: format!("/governance/warnings/rules/{}", rule.code),
        code: rule.code.to_string(),
        name: rule.name.text(lang).to_owned(),
        signal: info.map_or_else(|| rule.signal.clone(), |info| info.name.text(lang).to_owned()),
        condition: rule.condition.text(lang),
        severity: rule.severity.label(lang),
        severity_code: rule.severity.code(),
        told: rule.told.label(lang),
        keeper: match &rule.keeper {
            Some(keeper) => unit(app, visit, keeper).await?,
            None => visit.t("全站", "the whole site").to_owned(),
        },
        open: grouped(open),
        open_address: Link::to("/governance/warnings").with("rule", rule.code.as_str()).address(),
        on: rule.on,
    })
}
