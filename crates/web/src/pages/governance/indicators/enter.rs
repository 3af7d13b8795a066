//! `/governance/indicators/mine`: what a unit enters for a period, drafts marked, and what it has sent.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use indicators::{Closing, ClosingState, Code, Due, Entry, IndicatorsError, Period, PeriodKind, Seen, State as Stand};
use network::{Fault, OrganisationId};
use serde::Deserialize;

use super::names::Names;
use super::parts::state_class;
use super::{START, address, last_over, named, period, tabs, today, unit};
use crate::App;
use crate::form::{Choice, FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::governance::units;
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    period: String,
    kind: String,
    done: String,
}

#[derive(Template)]
#[template(path = "governance/indicators/mine.html")]
struct MinePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    unit: String,
    unit_name: String,
    units: Vec<Choice>,
    period: String,
    period_name: String,
    periods: Vec<Choice>,
    kinds: Vec<(&'static str, String, bool)>,
    rows: Vec<Row>,
    /// How many stand how: name, number, class.
    counts: Vec<(&'static str, usize, &'static str)>,
    faults: Vec<FaultLine>,
    stale: bool,
    done: &'static str,
    closed: Option<String>,
    open: bool,
    sheet: String,
    due_by: String,
}

/// An indicator to be entered.
struct Row {
    code: String,
    name: String,
    address: String,
    measured_in: String,
    hint: String,
    number: String,
    note: String,
    last: String,
    state: &'static str,
    class: &'static str,
    reason: String,
    version: i64,
    open: bool,
    fault: Option<String>,
    history: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let unit = unit(&app, &visit, &asked.unit, Permission::ReportProgress).await?;
    let period = if let Some(period) = period(&asked.period)? {
        period
    } else {
        let kind: Option<PeriodKind> = crate::pages::network::value("kind", &asked.kind, "year, quarter, month")?;
        first(&app, &visit, &unit, kind).await?
    };
    let told = Told { done: asked.done, ..Told::default() };
    whole(&visit, &app, (&unit, period), told).await
}

/// The last period that is over of the first kind for which the unit enters anything.
async fn first(app: &App, visit: &Visit, unit: &OrganisationId, kind: Option<PeriodKind>) -> Result<Period, Failure> {
    let today = today(app);
    if let Some(kind) = kind {
        return Ok(last_over(kind, today));
    }
    for kind in [PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year, PeriodKind::Month] {
        let period = last_over(kind, today);
        if !app.indicators.due(&visit.actor, unit, period, today).await?.is_empty() {
            return Ok(period);
        }
    }
    Ok(last_over(PeriodKind::Year, today))
}

/// What the page tells besides.
#[derive(Default)]
struct Told {
    sent: Sent,
    faults: Vec<Fault>,
    stale: bool,
    done: String,
}

pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let unit: OrganisationId = named(sent.get("unit"))?;
    visit.actor.require_at(Permission::ReportProgress, &unit)?;
    let period = period(sent.get("period"))?.ok_or(Failure::NotFound)?;
    let now = (app.clock.now)();
    if sent.get("act") == "close" {
        return match app.indicators.close(now, &visit.actor, &unit, period).await {
            Ok(_) => Ok(back(&unit, period, "closed")),
            Err(error @ (IndicatorsError::StillOpen { .. } | IndicatorsError::NotOver(_))) => {
                let fault = Fault { field: String::new(), zh: error.text("zh"), en: error.text("en") };
                whole(&visit, &app, (&unit, period), Told { faults: vec![fault], ..Told::default() }).await
            }
            Err(error) => Err(error.into()),
        };
    }
    let due = app.indicators.due(&visit.actor, &unit, period, today(&app)).await?;
    let (entries, faults) = read(&due, &sent, &unit, period);
    if !faults.is_empty() {
        return whole(&visit, &app, (&unit, period), Told { sent, faults, ..Told::default() }).await;
    }
    let saved = app.indicators.save_all(now, &visit.actor, &entries).await;
    let saved = match saved {
        Ok(saved) => saved,
        Err(error) => return refused(&visit, &app, (&unit, period), sent, error).await,
    };
    if sent.get("act") != "submit" {
        return Ok(back(&unit, period, "saved"));
    }
    let drafts: Vec<Seen<'_>> = saved.iter().map(indicators::Value::seen).collect();
    match app.indicators.submit(now, &visit.actor, &drafts).await {
        Ok(_) => Ok(back(&unit, period, "submitted")),
        Err(error) => refused(&visit, &app, (&unit, period), Sent::default(), error).await,
    }
}

fn back(unit: &OrganisationId, period: Period, done: &str) -> Response {
    let link = Link::to("/governance/indicators/mine").with("unit", unit.as_str());
    let link = link.with("period", period.to_string()).with("done", done);
    Redirect::to(&link.address()).into_response()
}

async fn refused(
    visit: &Visit,
    app: &App,
    whose: (&OrganisationId, Period),
    sent: Sent,
    error: IndicatorsError,
) -> Result<Response, Failure> {
    match error {
        IndicatorsError::Invalid(faults) => whole(visit, app, whose, Told { sent, faults, ..Told::default() }).await,
        IndicatorsError::Stale { now } => {
            let fault = Fault {
                field: now.code.to_string(),
                zh: IndicatorsError::Stale { now: now.clone() }.text("zh"),
                en: IndicatorsError::Stale { now: now.clone() }.text("en"),
            };
            whole(visit, app, whose, Told { sent, faults: vec![fault], stale: true, ..Told::default() }).await
        }
        error => Err(error.into()),
    }
}

/// What was written into the fields that are open; empty ones are passed over where nothing was.
fn read(due: &[Due], sent: &Sent, unit: &OrganisationId, period: Period) -> (Vec<(Entry, i64)>, Vec<Fault>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for one in due {
        let code = &one.definition.code;
        let (Some(number), Some(version)) = (sent.given(&format!("n-{code}")), sent.given(&format!("v-{code}"))) else {
            continue;
        };
        let note = sent.get(&format!("m-{code}")).replace("\r\n", "\n");
        let (number, version) = (number.trim(), version.parse().unwrap_or(0));
        if number.is_empty() && note.trim().is_empty() && one.value.is_none() {
            continue;
        }
        let plain = number.replace([',', '，', ' '], "").replace('−', "-");
        let parsed = if plain.is_empty() { Ok(None) } else { plain.parse::<f64>().map(Some) };
        match parsed {
            Ok(number) => {
                let (unit, code) = (unit.clone(), code.clone());
                entries.push((Entry { unit, code, period, number, note: note.trim().to_owned() }, version));
            }
            Err(_) => faults.push(Fault {
                field: code.to_string(),
                zh: format!("「{number}」不是数值"),
                en: format!("«{number}» is no number"),
            }),
        }
    }
    (entries, faults)
}

async fn whole(
    visit: &Visit,
    app: &App,
    (unit, period): (&OrganisationId, Period),
    told: Told,
) -> Result<Response, Failure> {
    let today = today(app);
    visit.actor.require_at(Permission::ReportProgress, unit)?;
    let due = app.indicators.due(&visit.actor, unit, period, today).await?;
    let closing = app.indicators.closing(&visit.actor, unit, period).await?;
    let shut = closing.as_ref().is_some_and(|closing| closing.state != ClosingState::Open);
    let rows: Vec<Row> = due.iter().map(|due| row(due, unit, period, shut, &told, visit)).collect();
    let count =
        |state: Stand| due.iter().filter(|due| due.value.as_ref().is_some_and(|value| value.state == state)).count();
    let none = due.iter().filter(|due| due.value.is_none()).count();
    let name = |state: Stand| state.label(visit.lang.code());
    let seen = units::under(app, visit, Permission::ReportProgress, today).await?;
    let line = |fault: &Fault| {
        let known = due.iter().find(|due| due.definition.code.as_str() == fault.field);
        let said = fault.text(visit.lang.code());
        FaultLine {
            field: known.map(|due| format!("n-{}", due.definition.code)),
            text: known.map_or_else(
                || said.to_owned(),
                |due| format!("{}{}{said}", due.definition.name.text(visit.lang.code()), visit.t("：", ": ")),
            ),
        }
    };
    let status = form_status(told.stale, told.faults.is_empty());
    let html = page(&MinePage {
        visit,
        title: visit.t("我的填报", "My values").to_owned(),
        tabs: tabs(visit),
        unit_name: Names::new(app, visit).unit(unit).await?,
        units: units::choices(&seen, Some(unit), visit),
        unit: unit.to_string(),
        period_name: period.label(visit.lang.code()),
        periods: periods(period, today, visit),
        kinds: kinds(unit, period, visit),
        counts: vec![
            (visit.t("未填", "not written"), none, "value-none"),
            (name(Stand::Draft), count(Stand::Draft), state_class(Stand::Draft)),
            (name(Stand::Submitted), count(Stand::Submitted), state_class(Stand::Submitted)),
            (name(Stand::Returned), count(Stand::Returned), state_class(Stand::Returned)),
            (name(Stand::Accepted), count(Stand::Accepted), state_class(Stand::Accepted)),
        ],
        faults: told.faults.iter().map(line).collect(),
        stale: told.stale,
        done: done(&told.done, visit),
        closed: closing.filter(|_| shut).map(|closing| closed(&closing, visit)),
        open: rows.iter().any(|row| row.open),
        sheet: format!("{START}/sheet.xlsx?unit={unit}&period={period}"),
        due_by: if period.last_day() < today {
            String::new()
        } else {
            format!("{} {}", visit.t("期末：", "the period ends on"), period.last_day())
        },
        rows,
        period: period.to_string(),
    })?;
    Ok((status, html).into_response())
}

fn done(word: &str, visit: &Visit) -> &'static str {
    match (word, visit.lang) {
        ("saved", crate::Lang::Zh) => "草稿已保存，尚未报送。",
        ("saved", crate::Lang::En) => "The drafts are kept; they are not submitted yet.",
        ("submitted", crate::Lang::Zh) => "已报送，等待上级审核。",
        ("submitted", crate::Lang::En) => "Submitted; the unit above will accept or return them.",
        ("closed", crate::Lang::Zh) => "本期已结账。",
        ("closed", crate::Lang::En) => "The period is closed.",
        _ => "",
    }
}

fn closed(closing: &Closing, visit: &Visit) -> String {
    let state = closing.state.label(visit.lang.code());
    let reason =
        if closing.reason.is_empty() { String::new() } else { format!("{}{}", visit.t("：", ": "), closing.reason) };
    format!("{state} {}{reason}", moment(closing.at))
}

fn row(due: &Due, unit: &OrganisationId, period: Period, shut: bool, told: &Told, visit: &Visit) -> Row {
    let (definition, lang) = (&due.definition, visit.lang.code());
    let (code, value): (&Code, _) = (&definition.code, due.value.as_ref());
    let own: Vec<&str> =
        told.faults.iter().filter(|fault| fault.field == code.as_str()).map(|fault| fault.text(lang)).collect();
    let number = value.and_then(|value| value.number).map(|number| number.to_string()).unwrap_or_default();
    let note = value.map(|value| value.note.clone()).unwrap_or_default();
    Row {
        name: definition.name.text(lang).to_owned(),
        address: address(definition, unit, period),
        measured_in: definition.unit.text(lang).to_owned(),
        hint: definition.meaning.text(lang).to_owned(),
        number: told.sent.given(&format!("n-{code}")).map_or(number, str::to_owned),
        note: told.sent.given(&format!("m-{code}")).map_or(note, str::to_owned),
        last: match due.last.number() {
            Some(number) => definition.written(number),
            None => due.last.missing().map(|why| why.text(lang)).unwrap_or_default(),
        },
        state: value.map_or(visit.t("未填", "not written"), |value| value.state.label(lang)),
        class: value.map_or("value-none", |value| state_class(value.state)),
        reason: value.map(|value| value.reason.clone()).unwrap_or_default(),
        version: value.map_or(0, |value| value.version),
        open: !shut && value.is_none_or(|value| value.state.is_open()),
        fault: (!own.is_empty()).then(|| own.join(visit.t("；", "; "))),
        history: if value.is_some() {
            format!("{START}/value?unit={unit}&code={code}&period={period}")
        } else {
            String::new()
        },
        code: code.to_string(),
    }
}

/// The running period and the ones before.
fn periods(chosen: Period, today: jiff::civil::Date, visit: &Visit) -> Vec<Choice> {
    let mut all = Period::of(chosen.kind(), today).row(super::shown(chosen.kind()));
    if !all.contains(&chosen) {
        all.push(chosen);
        all.sort();
    }
    let choice = |period: &Period| Choice {
        value: period.to_string(),
        name: period.label(visit.lang.code()),
        chosen: *period == chosen,
    };
    all.iter().rev().map(choice).collect()
}

fn kinds(unit: &OrganisationId, period: Period, visit: &Visit) -> Vec<(&'static str, String, bool)> {
    let kind = |kind: &PeriodKind| {
        let address = format!("{START}/mine?unit={unit}&kind={}", kind.code());
        (kind.label(visit.lang.code()), address, *kind == period.kind())
    };
    PeriodKind::ALL.iter().map(kind).collect()
}
