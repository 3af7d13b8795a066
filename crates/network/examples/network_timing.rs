//! Times the coverage figures of 3,000 organisations and a page of the directory:
//! `cargo run --release -p network --example network_timing -- 3000 [postgres://…]`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::time::Instant;

use database::{Database, sqlite_url};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{DirectoryQuery, Id, Kind, Level, Network, NewOrganisation, OrganisationId, Profile, RegionLevel};

/// How often each question is asked.
const ROUNDS: usize = 50;
const OPENED: Date = date(2021, 1, 1);
const DAY: Date = date(2026, 6, 30);

fn id(number: u32) -> OrganisationId {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    OrganisationId(Id::make(Timestamp::UNIX_EPOCH, random))
}

/// So many organisations: one nation, a body in every province, the rest in prefectures, of every kind.
async fn fill(database: &Database, count: u32) -> Result<(), Box<dyn Error>> {
    let lasting = |region: &&network::Region| region.holds_on(OPENED) && region.holds_on(DAY);
    let places: Vec<_> = network::divisions().iter().filter(lasting).collect();
    let mut write = database.write().await?;
    for number in 1..=count {
        let place = &places[number as usize % places.len()];
        let kind = Kind::ALL[number as usize % Kind::ALL.len()];
        let level = if place.code.level() == RegionLevel::Province { Level::Province } else { Level::Outlet };
        let (kind, level, region) = if number == 1 {
            (Kind::Administration, Level::Nation, "000000".parse()?)
        } else {
            (kind, level, place.code.clone())
        };
        let profile = Profile::new(&format!("第{number}机构"), kind, level, region);
        let parent = (number > 1).then(|| id(1));
        let new = NewOrganisation { id: id(number), parent, from: OPENED, profile };
        network::create(&mut write, Timestamp::UNIX_EPOCH, &new).await?;
    }
    Ok(write.commit().await?)
}

fn told(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:<34} p50 {:>6.1} ms  p95 {:>6.1} ms", at(0.5), at(0.95));
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(3000);
    let folder = tempfile::tempdir()?;
    let address = arguments.next().unwrap_or_else(|| sqlite_url(&folder.path().join("timing.db")));
    let database = Database::open(&address).await?;
    let network = Network::open(database.clone()).await?;
    fill(&database, count).await?;
    let (mut coverage, mut directory) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        network.coverage(DAY).await?;
        coverage.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        network.directory(&DirectoryQuery::on(DAY)).await?;
        directory.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    println!("{count} organisations");
    told("coverage as of a day", &mut coverage);
    told("a page of the directory with counts", &mut directory);
    Ok(())
}
