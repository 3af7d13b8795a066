//! Values of indicators, made up: what provinces and cities report for three years, and how what is counted stood before.

use accounts::Actor;
use anyhow::Result;
use indicators::{Code, Definition, Entry, Filled, Formula, Indicators, Mark, Period, PeriodKind, Span, State, Text};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::{Level, OrganisationId};
use services::office_day;

use super::{Rooms, Units};

/// A unit that reports.
struct Reporter<'a> {
    id: &'a OrganisationId,
    level: Level,
    /// A number of its own.
    seed: u64,
}

/// Fills in what units enter. What is there stays.
pub(super) async fn fill(rooms: &Rooms, units: &Units, now: Timestamp) -> Result<()> {
    let (indicators, program) = (&rooms.indicators, Actor::system("demonstration"));
    indicators.install(now, &program).await?;
    let today = office_day(now);
    let nation = Reporter { id: &units.nation, level: Level::Nation, seed: 7 };
    let mut reporters = vec![nation];
    for (level, all) in [(Level::Province, &units.provinces), (Level::Prefecture, &units.cities)] {
        reporters.extend(all.iter().map(|unit| {
            let seed = unit.region.as_str().parse().unwrap_or(1);
            Reporter { id: &unit.id, level, seed }
        }));
    }
    let book = indicators.book().await?;
    let entered: Vec<&Definition> = book.in_force(today).filter(|one| one.formula == Formula::Entered).collect();
    let mut rows = Vec::new();
    for reporter in &reporters {
        for definition in entered.iter().filter(|definition| definition.is_for(reporter.level)) {
            rows.extend(
                periods(definition, today).into_iter().filter_map(|period| row(reporter, definition, period, today)),
            );
        }
    }
    indicators.fill(now, &program, rows).await?;
    targets(indicators, &program, units, now).await?;
    close(indicators, &program, units, now).await
}

/// Three years of every kind of period, the running one too.
fn periods(definition: &Definition, today: Date) -> Vec<Period> {
    let first = Date::new(today.year() - 2, 1, 1).unwrap_or(today);
    let kinds = definition.periods.iter().filter(|kind| **kind != PeriodKind::Month);
    kinds
        .flat_map(|kind| {
            let running = Period::of(*kind, today);
            let count = (i32::from(today.year() - first.year()) + 1) * (12 / kind.months());
            running.row(count.unsigned_abs() as usize).into_iter().filter(|period| period.first_day() >= first)
        })
        .collect()
}

/// What a unit has reported for a period: of the last one some units not everything, of the running one drafts alone.
fn row(reporter: &Reporter<'_>, definition: &Definition, period: Period, today: Date) -> Option<Filled> {
    let chance = mixed(reporter.seed, &format!("{}{period}", definition.code));
    let over = period.last_day() < today;
    let behind = mixed(reporter.seed, "behind").is_multiple_of(6);
    let recent = period.last_day() + SignedDuration::from_hours(24 * 100) >= today;
    let (state, reason) = match chance % 100 {
        _ if !over && !chance.is_multiple_of(5) => return None,
        _ if !over => (State::Draft, ""),
        0..=12 if recent && behind => return None,
        13..=20 if recent && behind => (State::Draft, ""),
        21..=26 if recent && behind => (State::Returned, "与上期相差较大，请核对后重新报送"),
        0..=34 if recent => (State::Submitted, ""),
        _ => (State::Accepted, ""),
    };
    let nothing = recent && chance % 23 == 3;
    let number = (!nothing).then(|| number(reporter, definition, period));
    let note = if nothing {
        "统计口径调整，本期未形成数据"
    } else if chance % 11 == 4 {
        "含新设机构"
    } else {
        ""
    };
    let late = SignedDuration::from_hours(24 * (5 + (chance % 20) as i64));
    let end = period.last_day().min(today).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    let at = if over { end + late } else { end };
    let entry =
        Entry { unit: reporter.id.clone(), code: definition.code.clone(), period, number, note: note.to_owned() };
    Some(Filled { entry, state, reason: reason.to_owned(), href: None, at })
}

/// A number of the right size that grows a little every year.
fn number(reporter: &Reporter<'_>, definition: &Definition, period: Period) -> f64 {
    // What was taken stock of is a part of what there is: the same number, and less.
    let part_of_stock = 0.86 + (mixed(reporter.seed, &format!("stock{period}")) % 14) as f64 / 100.0;
    let (code, share) = match definition.code.as_str() {
        "G24-STOCK-DONE" => ("G24-STOCK-ALL", part_of_stock),
        code => (code, 1.0),
    };
    let usual = usual(code) * share;
    let size = match reporter.level {
        Level::Nation => 1.0,
        Level::Province => 0.5 + (mixed(reporter.seed, "size") % 1000) as f64 / 400.0,
        _ => 0.1 + (mixed(reporter.seed, "size") % 1000) as f64 / 1600.0,
    };
    let own = 0.85 + (mixed(reporter.seed, code) % 300) as f64 / 1000.0;
    let years = f64::from(period.in_year() - 2024) + 0.02 * f64::from(period.first_day().month() - 1);
    let growth = 1.0 + years * (0.02 + (mixed(reporter.seed, "growth") % 160) as f64 / 1000.0);
    let noise = 0.96 + (mixed(reporter.seed, &format!("{code}{period}noise")) % 80) as f64 / 1000.0;
    let part = f64::from(period.kind().months()) / 12.0;
    let flows = if is_rate(definition) { 1.0 } else { part };
    let scaled = if is_rate(definition) || reporter.level == Level::Nation { own } else { size * own };
    let number = usual * scaled * growth * noise * flows;
    let most = if definition.unit.zh == "%" || definition.unit.zh == "分" { 100.0 } else { f64::MAX };
    definition.rounded(number.min(most))
}

/// Whether it does not grow with the length of the period or the size of the unit.
fn is_rate(definition: &Definition) -> bool {
    definition.unit.zh == "%" || definition.unit.zh == "分" || definition.code.as_str().ends_with("10K")
}

/// A usual number of a province for a year, or of the country.
fn usual(code: &str) -> f64 {
    match code {
        "P14-NETWORK" => 420.0,
        "P14-PLATFORM" => 62.0,
        "P14-STANDARD" => 24.0,
        "P14-STAFF" => 3.4,
        "P14-FUND" => 26.0,
        "P14-SATISFY" => 79.0,
        "P14-PURCHASE" => 8.5,
        "G21-TISC" => 103.0,
        "G21-OPENDATA" => 12.0,
        "G24-INV-EXAM" => 15.4,
        "G24-TM-EXAM" => 4.0,
        "G24-PLEDGE" => 240.0,
        "G24-PLEDGE-SME" => 1_100.0,
        "G24-OUTLETS" => 462.0,
        "G24-STOCK-ALL" => 42_000.0,
        "G24-CLUSTERS" => 10.0,
        "G24-TOPICS" => 5.0,
        "G24-DENSE" => 13.0,
        "T-SESSIONS" => 60.0,
        "T-PEOPLE" => 9_000.0,
        "E-INV-10K" => 11.0,
        "E-TM-10K" => 2_400.0,
        "E-CONVERT" => 8_600.0,
        "E-DISPUTE" => 1_400.0,
        "E-MEDIATE" => 700.0,
        "E-AID" => 900.0,
        "E-FUND" => 4_200.0,
        "E-STAFF" => 160.0,
        _ => 50.0,
    }
}

/// Targets of provinces; a third of them has none, so that it shows.
async fn targets(indicators: &Indicators, program: &Actor, units: &Units, now: Timestamp) -> Result<()> {
    for text in ["E-INV-10K", "G24-PLEDGE"] {
        let code: Code = text.parse()?;
        let known = indicators.targets(&code).await?;
        for (at, unit) in units.provinces.iter().enumerate() {
            if at % 3 == 2 || known.iter().any(|target| target.unit == unit.id) {
                continue;
            }
            let (first, last) = (Period::year(2024), Period::year(2027));
            let Some(base) = indicators.value(&unit.id, &code, first, office_day(now)).await?.number() else {
                continue;
            };
            let baseline = Mark { period: first, number: base };
            let target = Mark { period: last, number: (base * 1.35 * 10.0).round() / 10.0 };
            let marks = (Some(baseline), Some(target));
            indicators.set_target(now, program, (&code, &unit.id), marks, "演示目标", 0).await?;
        }
    }
    Ok(())
}

/// The year before last is closed everywhere.
async fn close(indicators: &Indicators, program: &Actor, units: &Units, now: Timestamp) -> Result<()> {
    let year = Period::year(office_day(now).year() - 2);
    for id in units.cities.iter().chain(&units.provinces).map(|unit| &unit.id) {
        match indicators.close(now, program, id, year).await {
            Ok(_) | Err(indicators::IndicatorsError::StillOpen { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Measures what is counted for two years, and makes up how what stands now stood before.
pub(crate) async fn measure(indicators: &Indicators, now: Timestamp) -> Result<()> {
    let program = Actor::system("demonstration");
    let milliseconds = || Timestamp::now().as_millisecond();
    indicators.refresh(now, &program, Span { back: 23 }, &milliseconds).await?;
    let today = office_day(now);
    let any: Vec<String> =
        indicators.measures().into_iter().filter(|measure| measure.any_period).map(|measure| measure.code).collect();
    let book = indicators.book().await?;
    let mut rows = Vec::new();
    for definition in book.in_force(today) {
        let Formula::Counted { measure, .. } = &definition.formula else { continue };
        if any.contains(measure) {
            continue;
        }
        for kind in &definition.periods {
            let running = Period::of(*kind, today);
            let before = running.row(if *kind == PeriodKind::Year { 3 } else { 9 });
            for value in indicators.origins(&program, &definition.code, running).await? {
                rows.extend(
                    before.iter().rev().enumerate().skip(1).map(|(back, period)| earlier(&value, back, *period)),
                );
            }
        }
    }
    indicators.fill(now, &program, rows).await?;
    Ok(())
}

/// How a number stood some periods before, made up.
fn earlier(value: &indicators::Value, back: usize, period: Period) -> Filled {
    let year = f64::from(period.kind().months()) / 12.0;
    let number = value.number.map(|number| (number * (1.0 - 0.06 * year * back as f64)).round().max(0.0));
    let note = serde_json::to_string(&Text::new("演示数据，由当前值推算", "made up from the number of today"))
        .unwrap_or_default();
    let entry = Entry { unit: value.unit.clone(), code: value.code.clone(), period, number, note };
    let end = period.last_day().to_zoned(jiff::tz::TimeZone::UTC).map(|end| end.timestamp());
    Filled { entry, state: State::Computed, reason: String::new(), href: None, at: end.unwrap_or(value.at) }
}

/// A number that looks like chance and is always the same.
fn mixed(seed: u64, word: &str) -> u64 {
    let mut hash = seed ^ 0x9E37_79B9_7F4A_7C15;
    for byte in word.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^ (hash >> 32)
}
