//! Indicators: behind their trajectory, not reported.

use std::collections::{BTreeMap, BTreeSet};

use accounts::Actor;
use anyhow::Result;
use indicators::{Definition, Direction, Formula, Period, PeriodKind, Reader, TableQuery, Target};
use jiff::civil::Date;
use network::{OrganisationId, Text};
use warnings::{Evidence, Moment, Reading, Subject};

use super::{Rooms, with};

/// Periods of the history.
const BEFORE: usize = 6;

/// How much of the way each unit with a target has gone at the end of the last period, in percent of where it should be.
pub(super) async fn trajectory(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let program = Actor::system("warnings");
    let mut readings = Vec::new();
    for definition in rooms.indicators.list(&program, today).await? {
        if definition.direction == Direction::Neither {
            continue;
        }
        let targets: Vec<Target> = rooms.indicators.targets(&definition.code).await?;
        let ways: Vec<(OrganisationId, indicators::Trajectory)> =
            targets.into_iter().filter_map(|target| Some((target.unit.clone(), target.trajectory()?))).collect();
        if !ways.is_empty() {
            readings.extend(behind(rooms, &definition, &ways, today).await?);
        }
    }
    Ok(readings)
}

async fn behind(
    rooms: &Rooms,
    definition: &Definition,
    ways: &[(OrganisationId, indicators::Trajectory)],
    today: Date,
) -> Result<Vec<Reading>> {
    let kind = definition.periods.first().copied().unwrap_or(PeriodKind::Year);
    let last = Period::of(kind, today).before();
    let periods = last.row(BEFORE);
    let units: Vec<OrganisationId> = ways.iter().map(|(unit, _)| unit.clone()).collect();
    let asked = TableQuery { code: &definition.code, units: &units, periods: &periods, as_of: None, today };
    let table = rooms.indicators.table(Reader::Settled, &asked).await?;
    let mut readings = Vec::new();
    for (row, (unit, way)) in ways.iter().enumerate() {
        let attained = |period: Period, number: Option<f64>| part(definition.direction, number?, way.at(period)?);
        let history: Vec<Moment> = periods
            .iter()
            .zip(table.row(row))
            .map(|(period, reading)| Moment {
                day: period.last_day(),
                value: attained(*period, reading.settled_number()),
            })
            .collect();
        // The newest period that has a figure and lies on the way; older than a year it says nothing of today.
        let newest = periods
            .iter()
            .zip(table.row(row))
            .rev()
            .find_map(|(period, reading)| Some((*period, reading.settled_number()?, way.at(*period)?)));
        let Some((period, number, should)) = newest else { continue };
        let Some(value) = part(definition.direction, number, should) else { continue };
        readings.push(reading(rooms, definition, (unit, period), (value, number, should), history, today).await?);
    }
    Ok(readings)
}

/// Of where it should be, in percent: where less is better, half of it is twice as good.
fn part(direction: Direction, number: f64, should: f64) -> Option<f64> {
    let (above, below) = if direction == Direction::Less { (should, number) } else { (number, should) };
    (below > 0.0).then(|| (above / below * 1000.0).round() / 10.0)
}

async fn reading(
    rooms: &Rooms,
    definition: &Definition,
    (unit, period): (&OrganisationId, Period),
    (value, number, should): (f64, f64, f64),
    history: Vec<Moment>,
    today: Date,
) -> Result<Reading> {
    let name = name(rooms, unit, today).await?;
    let page = format!("/governance/indicators/{}", definition.code);
    let link = with(&page, "unit", unit.as_str());
    let told = |lang: &str| {
        let joint = if lang == "zh" { "：" } else { ": " };
        format!("{}{joint}{}", name.text(lang), definition.name.text(lang))
    };
    let actual = Text::new(format!("{} 实际值", period.label("zh")), format!("figure of {}", period.label("en")));
    let way = Text::new(format!("{} 应达到", period.label("zh")), format!("should be in {}", period.label("en")));
    Ok(Reading {
        subject: Subject {
            key: format!("indicator/{}/{unit}", definition.code),
            name: Text::new(told("zh"), told("en")),
            link: link.clone(),
        },
        unit: unit.clone(),
        value: Some(value),
        reference: Some(100.0),
        history,
        evidence: vec![
            Evidence { name: actual, value: Some(number), link: link.clone() },
            Evidence { name: way, value: Some((should * 100.0).round() / 100.0), link },
        ],
    })
}

/// Days since the oldest of the last periods ended that a unit has not reported whole: one subject a unit, each period with
/// its list.
pub(super) async fn missing(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let program = Actor::system("warnings");
    let kinds: BTreeSet<PeriodKind> = rooms
        .indicators
        .list(&program, today)
        .await?
        .iter()
        .filter(|definition| definition.formula == Formula::Entered)
        .flat_map(|definition| definition.periods.iter().copied())
        .collect();
    let mut lacking: BTreeMap<OrganisationId, Vec<(Period, u32)>> = BTreeMap::new();
    for top in rooms.network.children(None, today).await? {
        for kind in &kinds {
            let period = Period::of(*kind, today).before();
            for progress in rooms.indicators.completeness(&program, &top.id, period, today).await? {
                if !progress.is_complete() {
                    let count = progress.due.saturating_sub(progress.accepted + progress.submitted);
                    lacking.entry(progress.unit).or_default().push((period, count));
                }
            }
        }
    }
    let mut readings = Vec::with_capacity(lacking.len());
    for (unit, periods) in lacking {
        let ago = |period: &Period| period.last_day().until(today).map_or(0, |span| span.get_days());
        let oldest = periods.iter().map(|(period, _)| ago(period)).max().unwrap_or(0);
        let page = with("/governance/indicators/completeness", "unit", unit.as_str());
        let evidence = |(period, count): &(Period, u32)| Evidence {
            name: Text::new(
                format!("{} 尚未报送的指标", period.label("zh")),
                format!("indicators of {} not sent yet", period.label("en")),
            ),
            value: Some(f64::from(*count)),
            link: format!("{page}&period={period}"),
        };
        let evidence: Vec<Evidence> = periods.iter().map(evidence).collect();
        readings.push(Reading {
            subject: Subject { key: format!("report/{unit}"), name: name(rooms, &unit, today).await?, link: page },
            unit,
            value: Some(f64::from(oldest)),
            reference: None,
            history: Vec::new(),
            evidence,
        });
    }
    Ok(readings)
}

async fn name(rooms: &Rooms, id: &OrganisationId, day: Date) -> Result<Text> {
    let found = rooms.network.organisation(id, day).await?;
    Ok(found.map_or_else(
        || Text::new(id.to_string(), id.to_string()),
        |found| Text::new(found.profile.name("zh"), found.profile.name("en")),
    ))
}
