//! Figures to be reached, with what is measured beside them. What is missing says why and is never zero.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use accounts::Permission;
use indicators::{Book, Code, Definition, IndicatorsError, Period, Reader, Reading, TableQuery};
use network::OrganisationId;
use plans::Target;

use super::today;
use crate::App;
use crate::frame::Visit;
use crate::link::Link;
use crate::pages::network::failed;
use crate::problem::Failure;

/// A figure to be reached.
pub(super) struct TargetView {
    pub(super) name: String,
    pub(super) words: Option<String>,
    pub(super) baseline: Option<String>,
    pub(super) period: String,
    pub(super) indicator: String,
    /// Whether this installation has the indicator.
    pub(super) known: bool,
    /// The page of the indicator; none when it is not there, or not for whoever visits.
    pub(super) address: Option<String>,
    pub(super) reported: bool,
    pub(super) measured: Option<Measured>,
}

/// What the indicator of a target says of a unit.
pub(super) struct Measured {
    pub(super) period: String,
    /// With its unit of measure; none: missing.
    pub(super) number: Option<String>,
    /// Why there is none.
    pub(super) missing: String,
    pub(super) provisional: bool,
    /// Whether the target is reached, where both are told in one unit of measure.
    pub(super) reached: Option<bool>,
    /// Whether the unit has the indicator at all.
    pub(super) kept: bool,
}

/// A target that is looked at from a unit; of no unit where there is no network yet.
pub(super) struct Wish<'a> {
    pub(super) target: &'a Target,
    pub(super) unit: Option<&'a OrganisationId>,
    /// The year of the plan, for targets without a period of their own.
    pub(super) year: i16,
}

/// What is asked of an indicator.
type Place = (Code, Period, OrganisationId);

/// The top of the network: what is measured of a plan as a whole is its.
pub(super) async fn nation(app: &App) -> Result<Option<OrganisationId>, Failure> {
    let tops = app.network.children(None, today(app)).await.map_err(failed)?;
    Ok(tops.into_iter().next().map(|node| node.id))
}

/// Targets as they are shown for one unit.
pub(super) async fn targets(
    visit: &Visit,
    app: &App,
    (targets, year): (&[Target], i16),
    unit: Option<&OrganisationId>,
) -> Result<Vec<TargetView>, Failure> {
    let wishes: Vec<Wish<'_>> = targets.iter().map(|target| Wish { target, unit, year }).collect();
    views(visit, app, &wishes).await
}

/// Targets of any number of units as they are shown, in the order of the wishes. Each indicator is read once a period.
pub(super) async fn views(visit: &Visit, app: &App, wishes: &[Wish<'_>]) -> Result<Vec<TargetView>, Failure> {
    let book = app.indicators.book().await?;
    let places: Vec<Option<(&Definition, Place)>> = wishes.iter().map(|wish| place(visit, &book, wish)).collect();
    let readings = readings(visit, app, places.iter().flatten().map(|(_, place)| place)).await?;
    let view = |(wish, place): (&Wish<'_>, &Option<(&Definition, Place)>)| {
        let told = place.as_ref().and_then(|(_, place)| readings.get(place));
        let measured = place.as_ref().zip(told).map(|((definition, place), (period, reading))| {
            measured(visit, wish.target, definition, (*period, *period == place.1, reading))
        });
        let address = place.as_ref().map(|(_, (code, period, unit))| {
            let period = told.map_or(*period, |(period, _)| *period);
            let link = Link::to(format!("/governance/indicators/{code}"));
            link.with("unit", unit.as_str()).with("period", period.to_string()).address()
        });
        let known = wish.target.indicator.parse().is_ok_and(|code: Code| book.latest(&code).is_some());
        view(visit, wish.target, (known, address), measured)
    };
    Ok(wishes.iter().zip(&places).map(view).collect())
}

fn view(
    visit: &Visit,
    target: &Target,
    (known, address): (bool, Option<String>),
    measured: Option<Measured>,
) -> TargetView {
    let lang = visit.lang.code();
    TargetView {
        name: target.name.text(lang).to_owned(),
        words: target.words(lang),
        baseline: target.baseline.map(|value| format!("{value} {}", target.unit.text(lang))),
        period: target.period.clone(),
        indicator: target.indicator.clone(),
        known,
        address,
        reported: target.reported,
        measured,
    }
}

/// Where the figure of a target is measured: nowhere without an indicator that whoever visits may see.
fn place<'a>(visit: &Visit, book: &'a Book, wish: &Wish<'_>) -> Option<(&'a Definition, Place)> {
    let code: Code = wish.target.indicator.parse().ok()?;
    let asked = wish.target.period.parse().unwrap_or_else(|_| Period::year(wish.year));
    let version = book.on(&code, asked.last_day()).or_else(|| book.latest(&code))?;
    let definition = &version.definition;
    let seen = definition.public || visit.actor.may(Permission::ReadGovernance);
    // An indicator that is kept by the year alone answers a target of a month with the year in which it lies.
    let kinds = &definition.periods;
    let kind = if kinds.contains(&asked.kind()) { asked.kind() } else { *kinds.first()? };
    let period = Period::of(kind, asked.last_day());
    seen.then_some((definition, (code, period, wish.unit?.clone())))
}

/// What is measured in the period of each place; while that runs and tells nothing yet, in the one before.
async fn readings<'a>(
    visit: &Visit,
    app: &App,
    places: impl Iterator<Item = &'a Place>,
) -> Result<HashMap<Place, (Period, Reading)>, Failure> {
    let mut asked: BTreeMap<(&Code, Period), BTreeSet<&OrganisationId>> = BTreeMap::new();
    for (code, period, unit) in places {
        asked.entry((code, *period)).or_default().insert(unit);
    }
    let mut found = HashMap::new();
    for ((code, period), units) in asked {
        let units: Vec<OrganisationId> = units.into_iter().cloned().collect();
        let today = today(app);
        let periods = if period.last_day() < today { vec![period] } else { vec![period, period.before()] };
        let query = TableQuery { code, units: &units, periods: &periods, as_of: None, today };
        match app.indicators.table(Reader::For(&visit.actor), &query).await {
            Ok(table) => {
                for (row, unit) in units.iter().enumerate() {
                    let told = table.row(row).iter().position(|reading| reading.number().is_some()).unwrap_or(0);
                    let reading = (periods[told], table.row(row)[told].clone());
                    found.insert((code.clone(), period, unit.clone()), reading);
                }
            }
            Err(IndicatorsError::NoIndicator(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

fn measured(
    visit: &Visit,
    target: &Target,
    definition: &Definition,
    (period, is_asked, reading): (Period, bool, &Reading),
) -> Measured {
    use indicators::Missing;
    let lang = visit.lang.code();
    let number = reading.number();
    let of = definition.unit.text(lang);
    let outside = [Missing::NotDefined, Missing::NotThisLevel, Missing::NotThisUnit, Missing::NotThisPeriod];
    Measured {
        period: period.label(lang),
        number: number.map(|number| format!("{} {of}", definition.written(number)).trim_end().to_owned()),
        missing: reading.missing().map(|why| why.text(lang)).unwrap_or_default(),
        provisional: reading.is_provisional(),
        // What stood in an earlier period neither reaches nor misses the target.
        reached: number
            .filter(|_| is_asked && target.unit.zh == definition.unit.zh)
            .and_then(|number| target.is_reached(number)),
        kept: !reading.missing().is_some_and(|why| outside.contains(why)),
    }
}
