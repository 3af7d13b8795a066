//! Definitions and targets, written by those who keep them: in a form, or as a text.

mod fields;
mod typed;

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use indicators::{Code, Definition, Formula, FormulaKind, IndicatorsError, Mark, Period, from_json, from_toml};
use jiff::civil::Date;
use network::{Fault, OrganisationId};

use self::fields::{Fields, Stage};
use super::{START, named, tabs, today};
use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, form_status, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "governance/indicators/define.html")]
struct DefinePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    code: String,
    action: String,
    version: i64,
    owner: &'a str,
    stages: Vec<Stage>,
    /// When it holds.
    holds: Vec<GroupView>,
    faults: Vec<FaultLine>,
    stale: bool,
    /// The definition as a text, for those who would rather write it.
    text: &'a str,
    in_text: bool,
    measures: Vec<(String, String, String)>,
}

/// What the form holds.
struct Form {
    code: Option<Code>,
    version: i64,
    sent: Sent,
    /// Written as a text instead.
    text: String,
    in_text: bool,
}

pub(crate) async fn new(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditIndicators)?;
    let (kind, kept) = (FormulaKind::Entered.code(), ["province", "prefecture"]);
    let mut begins = vec![("kind", kind), ("periods", "year"), ("public", "yes"), ("factor", "100")];
    begins.extend(kept.map(|level| ("levels", level)));
    let mut sent = Sent(begins.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    sent.0.push(("from".to_owned(), today(&app).to_string()));
    whole(&visit, &app, &Form { code: None, version: 0, sent, text: String::new(), in_text: false }, &[], false).await
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
    let mut sent = typed::written(&version.definition);
    sent.0.push(("from".to_owned(), today(&app).to_string()));
    // What the fields cannot hold is shown as a text from the start, so that nothing of it is lost.
    let in_text = typed::read(&sent).ok().as_ref() != Some(&version.definition);
    whole(&visit, &app, &Form { code: Some(code), version: version.number, sent, text, in_text }, &[], false).await
}

pub(crate) async fn make(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    keep(&visit, &app, None, sent).await
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    keep(&visit, &app, Some(named(&code)?), sent).await
}

async fn keep(visit: &Visit, app: &App, code: Option<Code>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditIndicators)?;
    let in_text = sent.given("definition").is_some();
    let text = sent.get("definition").to_owned();
    let form = Form { code, version: sent.get("version").parse().unwrap_or(0), sent, text, in_text };
    let (read, mut faults) = match if in_text { read(&form).map_err(|said| vec![said]) } else { of_fields(&form) } {
        Ok(definitions) => (definitions, Vec::new()),
        Err(faults) => (Vec::new(), faults),
    };
    let today = today(app);
    let from = form.sent.from(today).unwrap_or_else(|fault| {
        faults.push(fault);
        today
    });
    let to = ends(&form.sent).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    if !faults.is_empty() {
        return whole(visit, app, &form, &faults, false).await;
    }
    let mut last = None;
    for definition in &read {
        let done = app.indicators.define((app.clock.now)(), &visit.actor, definition, (from, to), form.version).await;
        let error = match done {
            Ok(version) => {
                last = Some(version.definition.code);
                continue;
            }
            Err(error) => error,
        };
        let about = if in_text { "definition" } else { "name_zh" };
        let said = |error: &IndicatorsError| {
            vec![Fault { field: about.to_owned(), zh: error.text("zh"), en: error.text("en") }]
        };
        return match error {
            IndicatorsError::StaleVersion { version } => {
                let faults = said(&IndicatorsError::StaleVersion { version });
                whole(visit, app, &Form { version, ..form }, &faults, true).await
            }
            IndicatorsError::Denied(denied) => Err(denied.into()),
            IndicatorsError::Invalid(found) => {
                let faults: Vec<Fault> = found.into_iter().map(|fault| placed(fault, definition, in_text)).collect();
                whole(visit, app, &form, &faults, false).await
            }
            error if error.is_about_what_was_asked() => whole(visit, app, &form, &said(&error), false).await,
            error => Err(error.into()),
        };
    }
    let to = last.map_or_else(|| START.to_owned(), |code| format!("{START}/{code}"));
    Ok(Redirect::to(&to).into_response())
}

/// The last day before which it holds, where one was given.
fn ends(sent: &Sent) -> Result<Option<Date>, Fault> {
    match sent.get("to").trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| fault("to", "日期写作 2026-07-01", "write the day as 2026-07-01")),
    }
}

/// A fault of the room at the field of the form that it is about.
fn placed(fault: Fault, definition: &Definition, in_text: bool) -> Fault {
    if in_text {
        let (zh, en) = (format!("{}：{}", fault.field, fault.zh), format!("{}: {}", fault.field, fault.en));
        return Fault { field: "definition".to_owned(), zh, en };
    }
    let field = match fault.field.as_str() {
        "name" | "unit" | "meaning" => format!("{}_zh", fault.field),
        "rules" => "min".to_owned(),
        "formula" => match &definition.formula {
            Formula::Entered => "kind",
            Formula::Counted { condition: None, .. } => "measure",
            Formula::Counted { .. } => "condition",
            Formula::Summed { .. } => "summed",
            Formula::Growth { .. } => "growth",
            Formula::Ratio { .. } => "of",
            Formula::Index { .. } => "part_0",
        }
        .to_owned(),
        _ => fault.field,
    };
    Fault { field, ..fault }
}

/// The definition of the fields.
fn of_fields(form: &Form) -> Result<Vec<Definition>, Vec<Fault>> {
    let definition = typed::read(&form.sent)?;
    own(form, vec![definition]).map_err(|fault| vec![Fault { field: "code".to_owned(), ..fault }])
}

/// The definitions that were written: JSON of one, or TOML of one or several new ones.
fn read(form: &Form) -> Result<Vec<Definition>, Fault> {
    let text = form.text.trim();
    let found = if text.starts_with('{') { from_json(text).map(|one| vec![one]) } else { from_toml(text) };
    let found =
        found.map_err(|error| Fault { field: "definition".to_owned(), zh: error.text("zh"), en: error.text("en") })?;
    own(form, found)
}

/// The same, unless it is about other indicators than the page.
fn own(form: &Form, found: Vec<Definition>) -> Result<Vec<Definition>, Fault> {
    let other = found.iter().any(|one| form.code.as_ref().is_some_and(|code| one.code != *code));
    if other || found.is_empty() || (form.code.is_some() && found.len() > 1) {
        return Err(fault(
            "definition",
            "这里只能修改这一个指标，代码不能改",
            "this page changes this indicator alone; its code stays",
        ));
    }
    Ok(found)
}

async fn whole(visit: &Visit, app: &App, form: &Form, faults: &[Fault], stale: bool) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (book, measures) = (app.indicators.book().await?, app.indicators.measures());
    let exists = form.code.is_some();
    let fields = Fields { visit, sent: &form.sent, faults, book: &book, measures: &measures, exists };
    let stages = fields.stages();
    let day = |name, label, hint: &str| {
        FieldView::new(name, label, "date").value(form.sent.get(name)).hint(hint).of(faults, visit.lang)
    };
    let from = visit.t("统计期末日不早于此日的，按新定义计算", "For periods that end on this day or later");
    let to = visit.t("停用指标时填写；历史数值保留", "Only to end the indicator; its values stay");
    let days = vec![day("from", visit.t("生效日", "Holds from"), from), day("to", visit.t("失效日", "Ends on"), to)];
    let holds = vec![GroupView { name: visit.t("生效", "When it holds").to_owned(), fields: days }];
    let code = form.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = match &form.code {
        Some(code) => format!("{} {code}", visit.t("修改指标", "Change the indicator")),
        None => visit.t("新建指标", "A new indicator").to_owned(),
    };
    let all = || stages.iter().flat_map(|stage| &stage.groups).chain(&holds);
    let html = page(&DefinePage {
        visit,
        title,
        tabs: tabs(visit),
        action: if code.is_empty() { format!("{START}/new") } else { format!("{START}/{code}/edit") },
        code,
        version: form.version,
        owner: form.sent.get("owner"),
        faults: summary(faults, all(), visit.lang),
        stages,
        holds,
        stale,
        text: &form.text,
        in_text: form.in_text,
        measures: measures
            .iter()
            .map(|one| (one.code.clone(), one.name.text(lang).to_owned(), one.meaning.text(lang).to_owned()))
            .collect(),
    })?;
    let status = form_status(stale, faults.is_empty());
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
