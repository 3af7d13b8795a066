//! `/governance/indicators`: all indicators by group, each with its last number for a unit.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use charts::{Style, sparkline};
use indicators::{Definition, FormulaKind, Group, Missing, Period, Reader, Reading, Span, TableQuery};
use network::OrganisationId;
use serde::Deserialize;

use super::names::Names;
use super::{START, address, some_unit, tabs, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::governance::units;
use crate::problem::Failure;
use crate::words::moment;

/// Periods of a spark line.
const BACK: usize = 8;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    group: String,
    kind: String,
    unit: String,
    done: String,
}

#[derive(Template)]
#[template(path = "governance/indicators/list.html")]
struct ListPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    q: String,
    groups: Vec<Choice>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    unit: String,
    unit_name: String,
    sections: Vec<Section>,
    count: usize,
    writes: bool,
    measured: String,
    failures: Vec<String>,
    /// What a refresh has just done.
    done: String,
}

/// A group of indicators.
struct Section {
    name: &'static str,
    code: &'static str,
    rows: Vec<Row>,
    /// Those that the unit's level does not have: name, address, and who has it.
    elsewhere: Vec<(String, String, String)>,
}

/// An indicator with its last number.
struct Row {
    code: String,
    name: String,
    address: String,
    kind: &'static str,
    unit: String,
    number: String,
    missing: String,
    provisional: bool,
    period: String,
    target: String,
    spark: String,
    public: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let (today, lang) = (today(&app), visit.lang.code());
    let unit = some_unit(&app, &visit, &asked.unit, Permission::ReadGovernance).await?;
    let group: Option<Group> = crate::pages::network::value("group", &asked.group, "creation, utilisation…")?;
    let kind: Option<FormulaKind> = crate::pages::network::value("kind", &asked.kind, "entered, counted…")?;
    let all = app.indicators.list(&visit.actor, today).await?;
    let q = asked.q.trim().to_lowercase();
    let found = |definition: &&Definition| {
        let texts = [definition.code.as_str(), &definition.name.zh, &definition.name.en, &definition.source.zh];
        let said = q.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&q));
        let made = kind.is_none_or(|kind| definition.formula.kind() == kind);
        said && made && group.is_none_or(|group| definition.group == group)
    };
    let shown: Vec<&Definition> = all.iter().filter(found).collect();
    let mut sections: Vec<Section> = Vec::new();
    for group in Group::ALL {
        let (mut rows, mut elsewhere) = (Vec::new(), Vec::new());
        for definition in shown.iter().filter(|definition| definition.group == *group) {
            match row(&app, &visit, definition, unit.as_ref(), today).await? {
                Some(row) => rows.push(row),
                None => elsewhere.push(kept_elsewhere(definition, &visit)),
            }
        }
        if !rows.is_empty() || !elsewhere.is_empty() {
            sections.push(Section { name: group.label(lang), code: group.code(), rows, elsewhere });
        }
    }
    let seen = if visit.actor.may(Permission::ReadGovernance) {
        units::under(&app, &visit, Permission::ReadGovernance, today).await?
    } else {
        Vec::new()
    };
    let refresh = app.indicators.last_refresh().await?.filter(|_| visit.actor.may(Permission::ReadGovernance));
    let choice = |code: &str, name: &str, chosen| Choice { value: code.to_owned(), name: name.to_owned(), chosen };
    let groups = Group::ALL.iter().map(|one| choice(one.code(), one.label(lang), group == Some(*one)));
    let kinds = FormulaKind::ALL.iter().map(|one| choice(one.code(), one.label(lang), kind == Some(*one)));
    page(&ListPage {
        title: visit.t("指标", "Indicators").to_owned(),
        tabs: tabs(&visit),
        groups: groups.collect(),
        kinds: kinds.collect(),
        units: units::choices(&seen, unit.as_ref(), &visit),
        unit_name: match &unit {
            Some(unit) => Names::new(&app, &visit).unit(unit).await?,
            None => String::new(),
        },
        unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
        count: shown.len(),
        sections,
        writes: visit.actor.may(Permission::EditIndicators),
        measured: refresh.as_ref().map(|refresh| moment(refresh.at)).unwrap_or_default(),
        failures: refresh
            .map(|refresh| refresh.failures.into_iter().map(|(code, why)| format!("{code}: {why}")).collect())
            .unwrap_or_default(),
        done: asked.done,
        q: asked.q,
        visit,
    })
}

/// An indicator that the unit's level does not have.
fn kept_elsewhere(definition: &Definition, visit: &Visit) -> (String, String, String) {
    let lang = visit.lang.code();
    let levels: Vec<&str> = definition.levels.iter().map(|level| level.label(lang)).collect();
    let address = format!("{START}/{}", definition.code);
    (definition.name.text(lang).to_owned(), address, levels.join(visit.t("、", ", ")))
}

/// The last number that there is, of the last periods; none for an indicator that the unit's level does not have.
async fn row(
    app: &App,
    visit: &Visit,
    definition: &Definition,
    unit: Option<&OrganisationId>,
    today: jiff::civil::Date,
) -> Result<Option<Row>, Failure> {
    let lang = visit.lang.code();
    let kind = definition.periods.first().copied().unwrap_or(indicators::PeriodKind::Year);
    let periods = Period::of(kind, today).row(BACK);
    let (code, units) = (&definition.code, unit.map(std::slice::from_ref).unwrap_or_default());
    let asked = TableQuery { code, units, periods: &periods, as_of: None, today };
    let table = app.indicators.table(Reader::For(&visit.actor), &asked).await?;
    let nothing = vec![Reading::Missing { why: Missing::NoUnit }; BACK];
    let readings = if unit.is_some() { table.row(0) } else { &nothing };
    let last = readings.iter().rposition(|reading| reading.number().is_some());
    let at = last.unwrap_or(BACK - 2);
    let (period, reading) = (periods[at], &readings[at]);
    if matches!(reading.missing(), Some(Missing::NotThisLevel)) {
        return Ok(None);
    }
    let numbers: Vec<Option<f64>> = readings.iter().map(Reading::number).collect();
    let known = numbers.iter().flatten().count();
    let said = format!("{} {}", definition.name.text(lang), visit.t("的走势", "over time"));
    let target = definition.target.filter(|_| definition.is_for(network::Level::Nation));
    Ok(Some(Row {
        code: code.to_string(),
        name: definition.name.text(lang).to_owned(),
        address: match unit {
            Some(unit) => address(definition, unit, period),
            None => format!("{START}/{code}"),
        },
        kind: definition.formula.label(lang),
        unit: definition.unit.text(lang).to_owned(),
        number: reading.number().map(|number| definition.written(number)).unwrap_or_default(),
        missing: reading.missing().map(|why| why.text(lang)).unwrap_or_default(),
        provisional: reading.is_provisional(),
        period: period.to_string(),
        target: target
            .map(|target| format!("{} ({})", definition.written(target.number), target.period))
            .unwrap_or_default(),
        spark: if known > 1 { sparkline(&format!("s-{code}"), &said, &numbers, Style::Page) } else { String::new() },
        public: definition.public,
    }))
}

/// Measures everything now.
pub(crate) async fn refresh(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let milliseconds = || (app.clock.now)().as_millisecond();
    let done = app.indicators.refresh((app.clock.now)(), &visit.actor, Span { back: 1 }, &milliseconds).await?;
    let to = Link::to(START).with("done", format!("{}/{}", done.changed, done.measured));
    Ok(Redirect::to(&to.address()).into_response())
}
