//! `/governance/indicators/review`: values that wait for the asker's verdict.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use indicators::{Code, IndicatorsError, Period, Reader, Reading, Seen, TableQuery, Value, Verdict};
use network::{Fault, OrganisationId};
use serde::Deserialize;

use super::names::Names;
use super::{START, address, named, period, tabs, today};
use crate::App;
use crate::form::{FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::pages::governance::units;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

/// Values that the page shows at once.
const MOST: usize = 120;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    /// `all` for units farther below too.
    show: String,
    done: String,
}

#[derive(Template)]
#[template(path = "governance/indicators/review.html")]
struct ReviewPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    groups: Vec<Group>,
    more: usize,
    faults: Vec<FaultLine>,
    reason: String,
    done: String,
    stale: bool,
    all: bool,
    /// How many of units farther below are not shown.
    farther: usize,
}

/// The values of a unit in a period.
struct Group {
    unit: String,
    period: String,
    anchor: String,
    rows: Vec<Row>,
}

/// A value that waits.
struct Row {
    key: String,
    code: String,
    name: String,
    address: String,
    number: String,
    measured_in: String,
    last: String,
    change: String,
    note: String,
    who: String,
    at: String,
    history: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &asked, &Sent::default(), &[], false).await
}

/// Names of values as the form sends them: unit, code, period, version.
fn key(value: &Value) -> String {
    format!("{}~{}~{}~{}", value.unit, value.code, value.period, value.version)
}

fn read_key(text: &str) -> Result<(OrganisationId, Code, Period, i64), Failure> {
    let mut parts = text.split('~');
    let mut next = || parts.next().unwrap_or_default();
    let (unit, code) = (named(next())?, named(next())?);
    let period = period(next())?.ok_or(Failure::NotFound)?;
    Ok((unit, code, period, named(next())?))
}

pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let chosen = sent.all("value").map(read_key).collect::<Result<Vec<_>, _>>()?;
    let asked = Parameters::default();
    if chosen.is_empty() {
        let none = fault("value", "请至少选择一个数值", "choose at least one value");
        return whole(&visit, &app, &asked, &sent, &[none], false).await;
    }
    let seen: Vec<Seen<'_>> = chosen
        .iter()
        .map(|(unit, code, period, version)| Seen { unit, code, period: *period, version: *version })
        .collect();
    let verdict = match sent.get("act") {
        "accept" => Verdict::Accept,
        "reopen" => Verdict::Reopen(sent.get("reason")),
        _ => Verdict::Return(sent.get("reason")),
    };
    match app.indicators.review((app.clock.now)(), &visit.actor, &seen, verdict).await {
        Ok(done) => {
            let word = if verdict == Verdict::Accept { "accepted" } else { "returned" };
            if matches!(verdict, Verdict::Reopen(_)) {
                let (unit, code, period, _) = &chosen[0];
                let to = format!("{START}/value?unit={unit}&code={code}&period={period}");
                return Ok(Redirect::to(&to).into_response());
            }
            Ok(Redirect::to(&format!("{START}/review?done={word}-{}", done.len())).into_response())
        }
        Err(IndicatorsError::Invalid(faults)) => whole(&visit, &app, &asked, &sent, &faults, false).await,
        Err(error @ (IndicatorsError::Stale { .. } | IndicatorsError::Step { .. } | IndicatorsError::OwnValue)) => {
            let said = Fault { field: String::new(), zh: error.text("zh"), en: error.text("en") };
            whole(&visit, &app, &asked, &sent, &[said], true).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    visit: &Visit,
    app: &App,
    asked: &Parameters,
    sent: &Sent,
    faults: &[Fault],
    stale: bool,
) -> Result<Response, Failure> {
    let (today, lang) = (today(app), visit.lang.code());
    let mut waiting = app.indicators.waiting(&visit.actor, today).await?;
    if !asked.unit.is_empty() {
        let unit: OrganisationId = named(&asked.unit)?;
        waiting.retain(|value| value.unit == unit);
    }
    let all = asked.show == "all" || !asked.unit.is_empty();
    let waited = waiting.len();
    if !all {
        let own = units::own(app, visit, Permission::AcceptReports, today).await?;
        let shape = app.indicators.shape().await?;
        waiting.retain(|value| {
            let above = shape.number(&value.unit).and_then(|number| shape.last_parent(number, today));
            above.is_none_or(|above| own.contains(shape.id(above)))
        });
    }
    let farther = waited - waiting.len();
    let more = waiting.len().saturating_sub(MOST);
    waiting.truncate(MOST);
    let book = app.indicators.book().await?;
    let lasts = lasts(visit, app, &waiting, today).await?;
    let mut names = Names::new(app, visit);
    let mut groups: BTreeMap<(OrganisationId, Period), Group> = BTreeMap::new();
    for value in &waiting {
        let Some(version) = book.on(&value.code, value.period.last_day()) else { continue };
        let definition = &version.definition;
        let last = lasts.get(&(value.unit.clone(), value.code.clone(), value.period));
        let before = last.and_then(Reading::number);
        let change = before.zip(value.number).filter(|(before, _)| *before != 0.0);
        let row = Row {
            key: key(value),
            code: value.code.to_string(),
            name: definition.name.text(lang).to_owned(),
            address: address(definition, &value.unit, value.period),
            number: value
                .number
                .map_or_else(|| visit.t("无数据", "none").to_owned(), |number| definition.written(number)),
            measured_in: definition.unit.text(lang).to_owned(),
            last: before.map_or_else(|| "—".to_owned(), |before| definition.written(before)),
            change: change
                .map(|(before, number)| format!("{:+.1}%", (number - before) / before.abs() * 100.0))
                .unwrap_or_default(),
            note: value.note.clone(),
            who: names.person(value.person.as_ref()).await?,
            at: moment(value.at),
            history: format!("{START}/value?unit={}&code={}&period={}", value.unit, value.code, value.period),
        };
        let place = (value.unit.clone(), value.period);
        if !groups.contains_key(&place) {
            let group = Group {
                unit: names.unit(&value.unit).await?,
                period: value.period.label(lang),
                anchor: format!("g-{}-{}", value.unit, value.period),
                rows: Vec::new(),
            };
            groups.insert(place.clone(), group);
        }
        if let Some(group) = groups.get_mut(&place) {
            group.rows.push(row);
        }
    }
    let line = |fault: &Fault| FaultLine { field: None, text: fault.text(lang).to_owned() };
    let html = page(&ReviewPage {
        visit,
        title: visit.t("审核指标数值", "Review of values").to_owned(),
        tabs: tabs(visit),
        groups: groups.into_values().collect(),
        more,
        faults: faults.iter().map(line).collect(),
        reason: sent.get("reason").to_owned(),
        done: done(&asked.done, visit),
        stale,
        all,
        farther,
    })?;
    let status = form_status(stale, faults.is_empty());
    Ok((status, html).into_response())
}

fn done(word: &str, visit: &Visit) -> String {
    let zh = visit.lang == crate::Lang::Zh;
    match word.split_once('-') {
        Some(("accepted", count)) if zh => format!("已审定 {count} 个数值。"),
        Some(("accepted", count)) => format!("{count} values are accepted."),
        Some(("returned", count)) if zh => format!("已退回 {count} 个数值。"),
        Some(("returned", count)) => format!("{count} values are returned."),
        _ => String::new(),
    }
}

/// What the periods before say: one table for each indicator and period.
async fn lasts(
    visit: &Visit,
    app: &App,
    waiting: &[Value],
    today: jiff::civil::Date,
) -> Result<BTreeMap<(OrganisationId, Code, Period), Reading>, Failure> {
    let mut by: BTreeMap<(&Code, Period), Vec<OrganisationId>> = BTreeMap::new();
    for value in waiting {
        by.entry((&value.code, value.period)).or_default().push(value.unit.clone());
    }
    let mut lasts = BTreeMap::new();
    for ((code, period), units) in by {
        let periods = [period.before()];
        let asked = TableQuery { code, units: &units, periods: &periods, as_of: None, today };
        let table = app.indicators.table(Reader::For(&visit.actor), &asked).await?;
        let rows = table.units.into_iter().zip(table.readings);
        lasts.extend(rows.map(|(unit, reading)| ((unit, code.clone(), period), reading)));
    }
    Ok(lasts)
}
