//! `/governance/indicators/{code}`: what it is, how it stands for a unit, where its numbers come from, and the units below.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use indicators::{
    Code, Definition, Formula, Mark, Missing, Period, PeriodKind, Reader, Reading, TableQuery, Target, Trajectory,
    Value,
};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Level, OrganisationId};
use serde::Deserialize;

use super::below::{Below, below};
use super::names::Names;
use super::parts::{Drawn, FormulaView, NumberView, PartView, condition, in_numbers, in_words, rule_words, trend};
use super::{START, address, last_over, named, period, shown, tabs, today, unit};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::network::{failed, value};
use crate::problem::Failure;
use crate::words::moment;

/// Parts of a sum that the page shows.
const MOST_PARTS: usize = 40;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    period: String,
    kind: String,
    as_of: String,
}

#[derive(Template)]
#[template(path = "governance/indicators/one.html")]
struct OnePage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    code: String,
    group: (&'static str, &'static str),
    badges: Vec<String>,
    meaning: String,
    source: String,
    measured_in: String,
    /// From the top of the tree to the unit: name and address.
    path: Vec<(String, String)>,
    unit: String,
    unit_name: String,
    period: String,
    period_name: String,
    as_of: String,
    kinds: Vec<(&'static str, String, bool)>,
    periods: Vec<Choice>,
    number: NumberView,
    origin: String,
    origin_address: String,
    aim: String,
    gap: String,
    formula: FormulaView,
    drawing: Drawn,
    /// Whether there is a number or a target to draw.
    draws: bool,
    below_title: String,
    below: Vec<Below>,
    /// Whether one of them has a target.
    aims: bool,
    more_below: usize,
    map: Option<Drawn>,
    multiples: Option<Drawn>,
    rules: Vec<String>,
    versions: Vec<(i64, String, String)>,
    readers: Vec<(String, String)>,
    sheet: String,
    writes: bool,
    target: TargetForm,
}

/// The form for baseline and target of the unit.
#[derive(Default)]
struct TargetForm {
    shown: bool,
    version: i64,
    baseline_period: String,
    baseline: String,
    target_period: String,
    target: String,
    note: String,
}

/// What the page is about.
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) visit: &'a Visit,
    pub(super) definition: Definition,
    pub(super) unit: OrganisationId,
    pub(super) period: Period,
    pub(super) periods: Vec<Period>,
    pub(super) today: Date,
    pub(super) as_of: Option<Timestamp>,
    pub(super) targets: BTreeMap<OrganisationId, Target>,
}

impl Scene<'_> {
    pub(super) async fn rows(&self, units: &[OrganisationId]) -> Result<Vec<Vec<Reading>>, Failure> {
        let asked = TableQuery {
            code: &self.definition.code,
            units,
            periods: &self.periods,
            as_of: self.as_of,
            today: self.today,
        };
        let table = self.app.indicators.table(Reader::For(&self.visit.actor), &asked).await?;
        Ok((0..units.len()).map(|row| table.row(row).to_vec()).collect())
    }

    pub(super) fn at(&self) -> usize {
        self.periods.iter().position(|period| *period == self.period).unwrap_or(0)
    }

    /// The way to the target of a unit; of the top of the country that of the definition where it has none of its own.
    pub(super) fn way(&self, unit: &OrganisationId, level: Option<Level>) -> Option<Trajectory> {
        match self.targets.get(unit) {
            Some(target) => target.trajectory(),
            None if level == Some(Level::Nation) => self.definition.trajectory(),
            None => None,
        }
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let code: Code = named(&code)?;
    let (today, lang) = (today(&app), visit.lang.code());
    let version = app.indicators.definition(&visit.actor, &code, today).await?;
    let (definition, since) = (version.definition, version.from);
    let unit = unit(&app, &visit, &asked.unit, Permission::ReadGovernance).await?;
    let as_of = as_of(&asked.as_of)?;
    let targets =
        app.indicators.targets(&code).await?.into_iter().map(|target| (target.unit.clone(), target)).collect();
    let kind = kind(&definition, &asked)?;
    let wanted = period(&asked.period)?;
    let last = wanted.unwrap_or_else(|| Period::of(kind, today));
    let newest = last.max(Period::of(kind, today));
    let periods = if wanted.is_some() { newest.row(shown(kind)) } else { last.row(shown(kind)) };
    let periods = if periods.contains(&last) { periods } else { last.row(shown(kind)) };
    let mut scene = Scene { app: &app, visit: &visit, definition, unit, period: last, periods, today, as_of, targets };
    let own = scene.rows(std::slice::from_ref(&scene.unit)).await?.into_iter().next().unwrap_or_default();
    if wanted.is_none() {
        let known = own.iter().rposition(|reading| reading.number().is_some());
        // A definition that is newer than the last period that is over begins with the running one.
        let over = Some(last_over(kind, today)).filter(|over| over.last_day() >= since);
        scene.period = known.map_or(over.unwrap_or_else(|| Period::of(kind, today)), |at| scene.periods[at]);
    }
    let mut names = Names::new(&app, &visit);
    let origins: BTreeMap<OrganisationId, Value> = app
        .indicators
        .origins(&visit.actor, &code, scene.period)
        .await?
        .into_iter()
        .map(|value| (value.unit.clone(), value))
        .collect();
    let path = app.network.last_path(&scene.unit, today).await.map_err(failed)?;
    let level = path.last().map(|node| node.level);
    let way = scene.way(&scene.unit, level);
    let reading = own.get(scene.at()).cloned().unwrap_or(Reading::Missing { why: Missing::NotReported });
    let definition = &scene.definition;
    let number = NumberView::new(definition, &reading, origins.get(&scene.unit), &visit);
    let (origin, origin_address) = origin(origins.get(&scene.unit), &scene, &mut names).await?;
    let running = Period::of(kind, today);
    let pairs: Vec<(Period, Reading)> = scene.periods.iter().copied().zip(own).collect();
    let draws = way.is_some() || pairs.iter().any(|(_, reading)| reading.number().is_some());
    let link = |period: Period| address(definition, &scene.unit, period);
    let drawing = Drawn::of(trend(definition, &pairs, way, (running, &link), &visit));
    let formula = formula(&scene, &mut names).await?;
    let (below, more_below, map, multiples) = below(&scene, &origins, &mut names).await?;
    let aim = way.and_then(|way| way.at(scene.period));
    let step = |node: &network::Node| {
        let name = crate::pages::desk::people::name(node, &visit);
        (name, address(definition, &node.id, scene.period))
    };
    let choice = |period: &Period| Choice {
        value: period.to_string(),
        name: period.label(lang),
        chosen: *period == scene.period,
    };
    let book = app.indicators.book().await?;
    let writes = visit.actor.may(Permission::EditIndicators);
    let html = OnePage {
        title: definition.name.text(lang).to_owned(),
        tabs: tabs(&visit),
        code: code.to_string(),
        group: (definition.group.code(), definition.group.label(lang)),
        badges: badges(definition, &visit),
        meaning: definition.meaning.text(lang).to_owned(),
        source: definition.source.text(lang).to_owned(),
        measured_in: definition.unit.text(lang).to_owned(),
        path: path.iter().map(step).collect(),
        unit: scene.unit.to_string(),
        unit_name: names.unit(&scene.unit).await?,
        period: scene.period.to_string(),
        period_name: scene.period.label(lang),
        as_of: asked.as_of.clone(),
        kinds: kinds(&scene, &visit),
        periods: scene.periods.iter().rev().map(choice).collect(),
        gap: gap(definition, reading.number(), aim, &visit),
        aim: aim.map(|aim| definition.written(aim)).unwrap_or_default(),
        number,
        origin,
        origin_address,
        formula,
        drawing,
        draws,
        below_title: visit.t("下属单位", "The units below").to_owned(),
        aims: below.iter().any(|row| !row.aim.is_empty()),
        below,
        more_below,
        map,
        multiples,
        rules: definition.rules.iter().map(|rule| rule_words(*rule, definition, &visit)).collect(),
        versions: versions(&book, &code, &visit),
        readers: book
            .readers(&code)
            .into_iter()
            .filter(|reader| reader.public || visit.actor.may(Permission::ReadGovernance))
            .map(|reader| (reader.name.text(lang).to_owned(), address(reader, &scene.unit, scene.period)))
            .collect(),
        sheet: format!("{START}/{code}/table.xlsx?unit={}&period={}", scene.unit, scene.period),
        target: target_form(&scene, writes),
        writes,
        visit: visit.clone(),
    };
    page(&html)
}

fn kind(definition: &Definition, asked: &Parameters) -> Result<PeriodKind, Failure> {
    let named: Option<PeriodKind> = value("kind", &asked.kind, "year, half, quarter, month")?;
    let of_period = period(&asked.period)?.map(Period::kind);
    let wanted = of_period.or(named).filter(|kind| definition.keeps(*kind));
    Ok(wanted.or_else(|| definition.periods.first().copied()).unwrap_or(PeriodKind::Year))
}

/// The end of the day as of which everything is read.
fn as_of(text: &str) -> Result<Option<Timestamp>, Failure> {
    let day: Option<Date> = value("as_of", text, "YYYY-MM-DD")?;
    let end = day.and_then(|day| day.tomorrow().ok());
    Ok(end.and_then(|end| end.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).ok()).map(|end| end.timestamp()))
}

fn badges(definition: &Definition, visit: &Visit) -> Vec<String> {
    let lang = visit.lang.code();
    let mut badges = vec![definition.formula.label(lang).to_owned(), definition.direction.label(lang).to_owned()];
    let levels: Vec<&str> = definition.levels.iter().map(|level| level.label(lang)).collect();
    badges.push(levels.join(visit.t("、", ", ")));
    if !definition.public {
        badges.push(visit.t("不公开", "not public").to_owned());
    }
    badges
}

/// The kinds of periods for which it is kept.
fn kinds(scene: &Scene<'_>, visit: &Visit) -> Vec<(&'static str, String, bool)> {
    let kinds = scene.definition.periods.iter().map(|kind| {
        let address = format!("{START}/{}?unit={}&kind={}", scene.definition.code, scene.unit, kind.code());
        (kind.label(visit.lang.code()), address, *kind == scene.period.kind())
    });
    if scene.definition.periods.len() < 2 { Vec::new() } else { kinds.collect() }
}

fn gap(definition: &Definition, number: Option<f64>, aim: Option<f64>, visit: &Visit) -> String {
    let (Some(number), Some(aim)) = (number, aim) else { return String::new() };
    let ahead = definition.rounded(number - aim);
    let good = match definition.direction {
        indicators::Direction::More => ahead >= 0.0,
        indicators::Direction::Less => ahead <= 0.0,
        indicators::Direction::Neither => return definition.written(ahead),
    };
    let word = if good { visit.t("达到轨迹", "on the way") } else { visit.t("落后于轨迹", "behind the way") };
    let sign = if ahead > 0.0 { "+" } else { "" };
    format!("{word} {sign}{}", definition.written(ahead))
}

/// Who entered it or when it was measured, and the page with its versions for those who may read it.
async fn origin(value: Option<&Value>, scene: &Scene<'_>, names: &mut Names<'_>) -> Result<(String, String), Failure> {
    let Some(value) = value else { return Ok((String::new(), String::new())) };
    let visit = scene.visit;
    let at = moment(value.at);
    let text = if scene.definition.formula.is_entered() {
        let who = names.person(value.person.as_ref()).await?;
        format!("{} {at} {who}", value.state.label(visit.lang.code()))
    } else {
        format!("{} {at}", visit.t("系统计算于", "measured"))
    };
    let may = visit.actor.may_at(Permission::ReadGovernance, &value.unit);
    let address = format!("{START}/value?unit={}&code={}&period={}", value.unit, value.code, value.period);
    Ok((text, if may { address } else { String::new() }))
}

async fn formula(scene: &Scene<'_>, names: &mut Names<'_>) -> Result<FormulaView, Failure> {
    let Scene { app, visit, definition, unit, period, today, .. } = scene;
    let lang = visit.lang.code();
    let measures = app.indicators.measures();
    let measure = match &definition.formula {
        Formula::Counted { measure, .. } => measures.iter().find(|known| known.code == *measure),
        _ => None,
    };
    let words = in_words(&definition.formula, measure, visit);
    let asked = (unit, &definition.code, *period);
    let explained = app.indicators.explain(Reader::For(&visit.actor), asked, *today).await?;
    let book = app.indicators.book().await?;
    let of = |code: &Code| book.on(code, period.last_day()).map(|version| version.definition.clone());
    let parts: Vec<Option<Definition>> = explained.parts.iter().map(|part| of(&part.code)).collect();
    let written = |at: usize, number: f64| {
        let of = parts.get(at).and_then(Option::as_ref).unwrap_or(definition);
        of.written(number)
    };
    let numbers = in_numbers(&definition.formula, &explained, &written);
    let more = explained.parts.len().saturating_sub(MOST_PARTS);
    let mut views = Vec::new();
    for (part, of) in explained.parts.iter().zip(&parts).take(MOST_PARTS) {
        let Some(of) = of else { continue };
        let weight = part.weight.map(|(weight, scaled)| match scaled {
            Some(scaled) => format!("{weight} × {:.1}", scaled * 100.0),
            None => format!("{weight} × —"),
        });
        views.push(PartView {
            code: part.code.to_string(),
            name: of.name.text(lang).to_owned(),
            unit: names.unit(&part.unit).await?,
            period: part.period.label(lang),
            address: address(of, &part.unit, part.period),
            number: NumberView::new(of, &part.reading, None, visit),
            weight: weight.unwrap_or_default(),
        });
    }
    Ok(FormulaView { words, condition: condition(&definition.formula), numbers, parts: views, more })
}

fn versions(book: &indicators::Book, code: &Code, visit: &Visit) -> Vec<(i64, String, String)> {
    let all = book.versions(code).iter().rev();
    all.map(|version| {
        let to = version.to.map_or_else(|| visit.t("现行", "now").to_owned(), |day| day.to_string());
        (version.number, format!("{} – {to}", version.from), moment(version.made_at))
    })
    .collect()
}

fn target_form(scene: &Scene<'_>, writes: bool) -> TargetForm {
    let known = scene.targets.get(&scene.unit);
    let period = |mark: Option<Mark>| mark.map(|mark| mark.period.to_string()).unwrap_or_default();
    let number = |mark: Option<Mark>| mark.map(|mark| mark.number.to_string()).unwrap_or_default();
    let of = |which: fn(&Target) -> Option<Mark>| known.and_then(which);
    TargetForm {
        shown: writes,
        version: known.map_or(0, |known| known.version),
        baseline_period: period(of(|known| known.baseline)),
        baseline: number(of(|known| known.baseline)),
        target_period: period(of(|known| known.target)),
        target: number(of(|known| known.target)),
        note: known.map(|known| known.note.clone()).unwrap_or_default(),
    }
}
