//! Definitions and targets, written by those who keep them.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use indicators::{Code, Definition, IndicatorsError, Mark, Period, from_json, from_toml};
use jiff::civil::Date;
use network::{Fault, OrganisationId};

use super::{START, named, tabs, today};
use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// How a definition may begin.
const EXAMPLE: &str = r#"[[indicator]]
code = "X-NEW"
name = ["指标名称", "Name"]
group = "service"
unit = ["件", "cases"]
decimals = 0
direction = "more"
formula = { kind = "entered" }
periods = ["year", "quarter"]
levels = ["province", "prefecture"]
meaning = ["统计口径", "How it is counted"]
source = ["来源", "Source"]
rules = [{ rule = "min", value = 0.0 }, { rule = "whole" }]
public = true
"#;

#[derive(Template)]
#[template(path = "governance/indicators/define.html")]
struct DefinePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    code: String,
    action: String,
    version: i64,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    stale: bool,
    measures: Vec<(String, String, String)>,
}

/// What the form holds.
struct Form {
    code: Option<Code>,
    version: i64,
    text: String,
    from: String,
    to: String,
}

pub(crate) async fn new(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditIndicators)?;
    let from = today(&app).to_string();
    let form = Form { code: None, version: 0, text: EXAMPLE.to_owned(), from, to: String::new() };
    whole(&visit, &app, &form, &[], false)
}

pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditIndicators)?;
    let code: Code = named(&code)?;
    let book = app.indicators.book().await?;
    let version = book.latest(&code).ok_or(Failure::NotFound)?;
    let text = serde_json::to_string_pretty(&version.definition).map_err(|error| Failure::Broken(error.into()))?;
    let from = today(&app).to_string();
    let form = Form { code: Some(code), version: version.number, text, from, to: String::new() };
    whole(&visit, &app, &form, &[], false)
}

pub(crate) async fn make(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    keep(&visit, &app, None, &sent).await
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    keep(&visit, &app, Some(named(&code)?), &sent).await
}

async fn keep(visit: &Visit, app: &App, code: Option<Code>, sent: &Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditIndicators)?;
    let form = Form {
        code,
        version: sent.get("version").parse().unwrap_or(0),
        text: sent.get("definition").to_owned(),
        from: sent.get("from").to_owned(),
        to: sent.get("to").to_owned(),
    };
    let today = today(app);
    let mut faults = Vec::new();
    let from = sent.from(today).unwrap_or_else(|fault| {
        faults.push(fault);
        today
    });
    let to: Option<Date> = match form.to.trim() {
        "" => None,
        text => {
            let day = text.parse().ok();
            if day.is_none() {
                faults.push(fault("to", "日期写作 2026-07-01", "write the day as 2026-07-01"));
            }
            day
        }
    };
    let definitions = read(&form).unwrap_or_else(|said| {
        faults.push(said);
        Vec::new()
    });
    if !faults.is_empty() {
        return whole(visit, app, &form, &faults, false);
    }
    let now = (app.clock.now)();
    let mut last = None;
    for definition in &definitions {
        let done = app.indicators.define(now, &visit.actor, definition, (from, to), form.version).await;
        match done {
            Ok(version) => last = Some(version.definition.code),
            Err(IndicatorsError::StaleVersion { version }) => {
                let stale = IndicatorsError::StaleVersion { version };
                let said = Fault { field: "definition".to_owned(), zh: stale.text("zh"), en: stale.text("en") };
                return whole(visit, app, &Form { version, ..form }, &[said], true);
            }
            Err(IndicatorsError::Denied(denied)) => return Err(denied.into()),
            Err(IndicatorsError::Invalid(found)) => {
                let of = |one: Fault| Fault {
                    zh: format!("{}：{}", one.field, one.zh),
                    en: format!("{}: {}", one.field, one.en),
                    field: "definition".to_owned(),
                };
                return whole(visit, app, &form, &found.into_iter().map(of).collect::<Vec<_>>(), false);
            }
            Err(error) if error.is_about_what_was_asked() => {
                let said = Fault { field: "definition".to_owned(), zh: error.text("zh"), en: error.text("en") };
                return whole(visit, app, &form, &[said], false);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let to = last.map_or_else(|| START.to_owned(), |code| format!("{START}/{code}"));
    Ok(Redirect::to(&to).into_response())
}

/// The definitions that were written: JSON of one, or TOML of one or several new ones.
fn read(form: &Form) -> Result<Vec<Definition>, Fault> {
    let text = form.text.trim();
    let found = if text.starts_with('{') { from_json(text).map(|one| vec![one]) } else { from_toml(text) };
    let found =
        found.map_err(|error| Fault { field: "definition".to_owned(), zh: error.text("zh"), en: error.text("en") })?;
    let other = found.iter().find(|one| form.code.as_ref().is_some_and(|code| one.code != *code));
    if other.is_some() || found.is_empty() || (form.code.is_some() && found.len() > 1) {
        return Err(fault(
            "definition",
            "这里只能修改这一个指标，代码不能改",
            "this page changes this indicator alone; its code stays",
        ));
    }
    Ok(found)
}

fn whole(visit: &Visit, app: &App, form: &Form, faults: &[Fault], stale: bool) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let hint = visit.t("JSON 或 TOML；字段见下方说明", "JSON or TOML; its fields are explained below");
    let fields = [
        FieldView::new("definition", visit.t("定义", "Definition"), "area").value(&form.text).hint(hint).needed(),
        FieldView::new("from", visit.t("生效日", "Holds from"), "date")
            .value(&form.from)
            .hint(visit.t("统计期末日不早于此日的，按新定义计算", "For periods that end on this day or later")),
        FieldView::new("to", visit.t("失效日", "Ends on"), "date")
            .value(&form.to)
            .hint(visit.t("停用指标时填写；历史数值保留", "Only to end the indicator; its values stay")),
    ];
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let groups = vec![GroupView { name: String::new(), fields }];
    let code = form.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = match &form.code {
        Some(code) => format!("{} {code}", visit.t("修改指标", "Change the indicator")),
        None => visit.t("新建指标", "A new indicator").to_owned(),
    };
    let html = page(&DefinePage {
        visit,
        title,
        tabs: tabs(visit),
        action: if code.is_empty() { format!("{START}/new") } else { format!("{START}/{code}/edit") },
        code,
        version: form.version,
        faults: summary(faults, &groups, visit.lang),
        groups,
        stale,
        measures: app
            .indicators
            .measures()
            .into_iter()
            .map(|one| (one.code, one.name.text(lang).to_owned(), one.meaning.text(lang).to_owned()))
            .collect(),
    })?;
    let status = match (stale, faults.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    Ok((status, html).into_response())
}

/// Baseline and target of a unit.
pub(crate) async fn target(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditIndicators)?;
    let (code, unit): (Code, OrganisationId) = (named(&code)?, named(sent.get("unit"))?);
    let baseline = mark(&sent, "baseline")?;
    let target = mark(&sent, "target")?;
    let whose = (&code, &unit);
    let now = (app.clock.now)();
    app.indicators.set_target(now, &visit.actor, whose, (baseline, target), sent.get("note"), sent.version()?).await?;
    Ok(Redirect::to(&format!("{START}/{code}?unit={unit}#target")).into_response())
}

fn mark(sent: &Sent, name: &str) -> Result<Option<Mark>, Failure> {
    let (period, number) = (sent.get(&format!("{name}_period")).trim(), sent.get(name).trim());
    if period.is_empty() && number.is_empty() {
        return Ok(None);
    }
    let known: Option<Period> = super::period(period)?;
    let plain = number.replace([',', '，', ' '], "");
    let number: f64 = plain.parse().map_err(|_| Failure::parameter(name, number, "60"))?;
    let none = || Failure::parameter(&format!("{name}_period"), period, "2025");
    Ok(Some(Mark { period: known.ok_or_else(none)?, number }))
}
