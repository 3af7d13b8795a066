//! Times a table of 3,000 units × 24 months, a sum over all of them, completeness and a refresh:
//! `cargo run --release -p indicators --example indicators_timing -- 3000 [postgres://…]`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use accounts::Actor;
use database::{Database, sqlite_url};
use indicators::{
    Asked, Boxed, Code, Entry, Figure, Figures, Filled, Indicators, Measure, Period, Reader, Span, State, TableQuery,
    Text, Unit, from_toml,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{Id, Kind, Level, Network, NewOrganisation, OrganisationId, Profile, RegionLevel};

/// How often each question is asked.
const ROUNDS: usize = 20;
const OPENED: Date = date(2021, 1, 1);
const TODAY: Date = date(2026, 6, 30);

const DEFINITIONS: &str = r#"
[[indicator]]
code = "T-ENTERED"
name = ["填报", "Entered"]
group = "service"
unit = ["件", "pieces"]
direction = "more"
formula = { kind = "entered" }
periods = ["month"]
levels = ["prefecture"]
public = true

[[indicator]]
code = "T-SUM"
name = ["合计", "Sum"]
group = "service"
unit = ["件", "pieces"]
direction = "more"
formula = { kind = "summed", of = "T-ENTERED" }
periods = ["month"]
levels = ["nation", "province"]
public = true

[[indicator]]
code = "T-UP"
name = ["增长", "Growth"]
group = "service"
unit = ["%", "%"]
direction = "more"
formula = { kind = "growth", of = "T-ENTERED" }
periods = ["month"]
levels = ["prefecture"]
public = true

[[indicator]]
code = "T-COUNTED"
name = ["计算", "Counted"]
group = "service"
unit = ["件", "pieces"]
direction = "more"
formula = { kind = "counted", measure = "timing.number" }
periods = ["month", "quarter", "year"]
levels = ["nation", "province", "prefecture"]
public = true
"#;

/// Counts one for everyone.
#[derive(Debug)]
struct Counting;

impl Figures for Counting {
    fn measures(&self) -> Vec<Measure> {
        let (name, meaning) = (Text::default(), Text::default());
        vec![Measure { code: "timing.number".to_owned(), name, meaning, any_period: true, narrows: false }]
    }

    fn read<'a>(&'a self, _: Asked<'a>, units: &'a [Unit]) -> Boxed<'a, Result<Vec<Figure>, String>> {
        Box::pin(async move { Ok(units.iter().map(|_| Figure { number: Ok(1.0), href: None }).collect()) })
    }
}

fn id(number: u32) -> OrganisationId {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    OrganisationId(Id::make(Timestamp::UNIX_EPOCH, random))
}

/// A nation, thirty-one provinces, the rest cities under them.
async fn fill(database: &Database, count: u32) -> Result<(), Box<dyn Error>> {
    let lasting = |region: &&network::Region| region.holds_on(OPENED) && region.holds_on(TODAY);
    let of_level =
        |level| network::divisions().iter().filter(lasting).filter(move |region| region.code.level() == level);
    let provinces: Vec<_> = of_level(RegionLevel::Province).take(31).collect();
    let cities: Vec<_> = of_level(RegionLevel::Prefecture).collect();
    let mut write = database.write().await?;
    for number in 1..=count + 32 {
        let (level, parent, region) = match number {
            1 => (Level::Nation, None, "000000".parse()?),
            2..=32 => (Level::Province, Some(1), provinces[number as usize - 2].code.clone()),
            _ => (Level::Prefecture, Some(2 + number % 31), cities[number as usize % cities.len()].code.clone()),
        };
        let profile = Profile::new(&format!("第{number}单位"), Kind::Administration, level, region);
        let new = NewOrganisation { id: id(number), parent: parent.map(id), from: OPENED, profile };
        network::create(&mut write, Timestamp::UNIX_EPOCH, &new).await?;
    }
    Ok(write.commit().await?)
}

fn told(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:<44} p50 {:>7.1} ms  p95 {:>7.1} ms", at(0.5), at(0.95));
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(3000);
    let folder = tempfile::tempdir()?;
    let address = arguments.next().unwrap_or_else(|| sqlite_url(&folder.path().join("timing.db")));
    let database = Database::open(&address).await?;
    accounts::migrate(&database).await?;
    Network::open(database.clone()).await?;
    notices::Notices::open(database.clone()).await?;
    let indicators = Indicators::open(database.clone()).await?.with(vec![Arc::new(Counting)]);
    fill(&database, count).await?;
    let (program, now) = (Actor::system("timing"), Timestamp::UNIX_EPOCH);
    for definition in from_toml(DEFINITIONS)? {
        indicators.define(now, &program, &definition, (OPENED, None), 0).await?;
    }
    let last = Period::of(indicators::PeriodKind::Month, TODAY);
    let (long, periods) = (last.row(36), last.row(24));
    let units: Vec<OrganisationId> = (33..=count + 32).map(id).collect();
    let code: Code = "T-ENTERED".parse()?;
    let begun = Instant::now();
    for period in &long {
        let row = |unit: &OrganisationId| Filled {
            entry: Entry {
                unit: unit.clone(),
                code: code.clone(),
                period: *period,
                number: Some(f64::from(period.first_day().month())),
                note: String::new(),
            },
            state: State::Accepted,
            reason: String::new(),
            href: None,
            at: now,
        };
        indicators.fill(now, &program, units.iter().map(row).collect()).await?;
    }
    println!("{count} units, {} values stored in {:.1} s", units.len() * long.len(), begun.elapsed().as_secs_f64());
    for (text, of) in [("T-ENTERED", &units[..]), ("T-UP", &units[..]), ("T-SUM", &[id(1)][..])] {
        let code: Code = text.parse()?;
        let asked = TableQuery { code: &code, units: of, periods: &periods, as_of: None, today: TODAY };
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let table = indicators.table(Reader::Settled, &asked).await?;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
            let missing = table.readings.iter().filter(|reading| reading.number().is_none()).count();
            if missing > 0 {
                return Err(format!("{text}: {missing} readings are missing").into());
            }
        }
        told(&format!("{text}: {} units × {} months", of.len(), periods.len()), &mut times);
    }
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        indicators.completeness(&program, &id(1), last, TODAY).await?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    told("completeness of a month", &mut times);
    for round in ["first", "again"] {
        let begun = Instant::now();
        let done = indicators.refresh("2026-06-30T00:00:00Z".parse()?, &program, Span { back: 1 }, &|| 0).await?;
        let took = begun.elapsed().as_secs_f64();
        println!("refresh, {round}: {} values measured, {} changed, {took:.2} s", done.measured, done.changed);
    }
    Ok(())
}
