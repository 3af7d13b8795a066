//! Times a check over so many subjects (all firing, then nothing new), the list and its counts:
//! `cargo run --release -p warnings --example warnings_timing -- 3000 [postgres://…]`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::time::Instant;

use accounts::Actor;
use database::{Database, sqlite_url};
use jiff::Timestamp;
use jiff::civil::date;
use network::{Id, Kind, Level, Network, NewOrganisation, OrganisationId, Profile, Text};
use warnings::{Reading, SignalInfo, Signals, SignalsAnswer, Subject, WarningQuery, Warnings, check, office_day};

/// How often each question is asked.
const ROUNDS: usize = 20;

fn id(number: u32) -> OrganisationId {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    OrganisationId(Id::make(Timestamp::UNIX_EPOCH, random))
}

/// Outlets with one on their staff.
#[derive(Debug)]
struct Staff(u32);

impl Signals for Staff {
    fn known(&self) -> Vec<SignalInfo> {
        Vec::new()
    }

    fn read<'a>(&'a self, signal: &'a str, _: Timestamp) -> SignalsAnswer<'a, Vec<Reading>> {
        let reading = |number: u32| Reading {
            subject: Subject {
                key: format!("outlet/{number}"),
                name: Text::new(format!("第{number}网点"), format!("Outlet {number}")),
                link: format!("/network/{}", id(number)),
            },
            unit: id(number),
            value: Some(1.0),
            reference: None,
            history: Vec::new(),
            evidence: Vec::new(),
        };
        Box::pin(
            async move { Ok(if signal == "outlet-staff" { (2..=self.0).map(reading).collect() } else { Vec::new() }) },
        )
    }
}

fn told(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:<40} p50 {:>7.1} ms  p95 {:>7.1} ms", at(0.5), at(0.95));
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
    let warnings = Warnings::open(database.clone()).await?;
    let mut write = database.write().await?;
    for number in 1..=count {
        let (level, region) = if number == 1 { (Level::Nation, "000000") } else { (Level::Outlet, "500106") };
        let kind = if number == 1 { Kind::Administration } else { Kind::Tisc };
        let profile = Profile::new(&format!("第{number}机构"), kind, level, region.parse()?);
        let parent = (number > 1).then(|| id(1));
        let new = NewOrganisation { id: id(number), parent, from: date(2021, 1, 1), profile };
        network::create(&mut write, Timestamp::UNIX_EPOCH, &new).await?;
    }
    write.commit().await?;
    let (staff, now): (_, Timestamp) = (Staff(count), "2026-06-01T02:00:00Z".parse()?);
    let begun = Instant::now();
    let fired = check(&database, &staff, now).await?.fired;
    println!("{fired} warnings fired in {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
    let (program, today) = (Actor::system("timing"), office_day(now));
    let (mut again, mut list, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        check(&database, &staff, now).await?;
        again.push(begun.elapsed().as_secs_f64() * 1000.0);
        let asked = WarningQuery { open: true, ..WarningQuery::default() };
        let begun = Instant::now();
        warnings.warnings(&program, &asked).await?;
        list.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        warnings.counts(&program, today, &asked).await?;
        counts.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    told("a check in which nothing changed", &mut again);
    told("a page of open warnings", &mut list);
    told("open warnings by severity and age", &mut counts);
    Ok(())
}
