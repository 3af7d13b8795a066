//! Indicators: behind their trajectory, not reported.

use std::collections::{BTreeMap, BTreeSet};

use accounts::Actor;
use anyhow::Result;
use indicators::{Code, Definition, Direction, Formula, Period, PeriodKind, Progress, Reader, TableQuery, Target};
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

/// Days since each of the last periods ended that a unit has not reported whole: one subject for a unit and period, which lists
/// what is missing.
pub(super) async fn missing(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let program = Actor::system("warnings");
    let known = rooms.indicators.list(&program, today).await?;
    let entered = known.iter().filter(|definition| definition.formula == Formula::Entered);
    let kinds: BTreeSet<PeriodKind> = entered.flat_map(|definition| definition.periods.iter().copied()).collect();
    let names: BTreeMap<&Code, &Text> = known.iter().map(|definition| (&definition.code, &definition.name)).collect();
    let mut readings = Vec::new();
    for top in rooms.network.children(None, today).await? {
        for kind in &kinds {
            let period = Period::of(*kind, today).before();
            for progress in rooms.indicators.completeness(&program, &top.id, period, today).await? {
                if !progress.is_complete() {
                    let unit = name(rooms, &progress.unit, today).await?;
                    readings.push(unsent(&progress, period, (&unit, &names), today));
                }
            }
        }
    }
    Ok(readings)
}

/// What a unit has not sent for a period: each indicator with its page.
fn unsent(
    progress: &Progress,
    period: Period,
    (unit, names): (&Text, &BTreeMap<&Code, &Text>),
    today: Date,
) -> Reading {
    let of = |path: &str| format!("{}&period={period}", with(path, "unit", progress.unit.as_str()));
    let evidence = |code: &Code| {
        let name = |lang: &str| format!("{code} {}", names.get(code).map_or("", |name| name.text(lang)));
        Evidence {
            name: Text::new(name("zh"), name("en")),
            value: None,
            link: of(&format!("/governance/indicators/{code}")),
        }
    };
    let days = period.last_day().until(today).map_or(0, |span| span.get_days());
    Reading {
        subject: Subject {
            key: format!("report/{}/{period}", progress.unit),
            name: Text::new(
                format!("{} {}：{} 项未报送", unit.zh, period.label("zh"), progress.unsent.len()),
                format!("{}, {}: {} not sent", unit.en, period.label("en"), progress.unsent.len()),
            ),
            link: of("/governance/indicators/completeness"),
        },
        unit: progress.unit.clone(),
        value: Some(f64::from(days)),
        reference: None,
        history: Vec::new(),
        evidence: progress.unsent.iter().map(evidence).collect(),
    }
}

async fn name(rooms: &Rooms, id: &OrganisationId, day: Date) -> Result<Text> {
    let found = rooms.network.organisation(id, day).await?;
    Ok(found.map_or_else(
        || Text::new(id.to_string(), id.to_string()),
        |found| Text::new(found.profile.name("zh"), found.profile.name("en")),
    ))
}
