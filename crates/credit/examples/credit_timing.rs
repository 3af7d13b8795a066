//! Times the public list, one agency's score and its course over so many agencies with ten events each, and the signs of
//! 20,000 filings: `cargo run --release -p credit --example credit_timing -- 3000 [postgres://…]`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::time::Instant;

use accounts::Actor;
use credit::{
    AgencyId, AgencyKind, AgencyQuery, Credit, Filing, FilingState, Limits, NewAgency, NewEvent, Particulars, Peers,
    Step, Told, announce, course, draft, enter_agency, profile, settle, signs,
};
use database::{Database, sqlite_url};
use jiff::Timestamp;
use jiff::civil::date;
use network::{Id, Kind, Level, Network, NewOrganisation, OrganisationId, Profile};

/// How often each question is asked.
const ROUNDS: usize = 20;

fn told(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:<40} p50 {:>7.1} ms  p95 {:>7.1} ms", at(0.5), at(0.95));
}

async fn fill(database: &Database, count: u32) -> Result<Vec<AgencyId>, Box<dyn Error>> {
    let (program, from): (_, Timestamp) = (Actor::system("timing"), "2025-03-01T00:00:00Z".parse()?);
    let keeper = OrganisationId(Id::make(Timestamp::UNIX_EPOCH, [1; 10]));
    let region: network::RegionCode = "500000".parse()?;
    let mut write = database.write().await?;
    let profile = Profile::new("管理部门", Kind::Administration, Level::Province, region.clone());
    let new = NewOrganisation { id: keeper.clone(), parent: None, from: date(2021, 1, 1), profile };
    network::create(&mut write, from, &new).await?;
    let mut agencies = Vec::new();
    for number in 0..count {
        let particulars = Particulars {
            name: format!("第{number}代理机构"),
            name_en: None,
            code: None,
            kind: AgencyKind::Patent,
            region: region.clone(),
            address: None,
            branches: Vec::new(),
            former_names: Vec::new(),
            closed: None,
        };
        let key = format!("agency-{number:06}");
        let new = NewAgency { key: &key, keeper: &keeper, particulars: &particulars };
        let agency = enter_agency(&mut write, from, &program, &new).await?.id;
        for event in 0..10 {
            let rule = ["M01", "M02", "M05", "P01", "P02"][(number as usize + event) % 5];
            let of = Told {
                rule: rule.to_owned(),
                happened: date(2025, 1, 1),
                facts: "经核查属实".to_owned(),
                document: String::new(),
                ground: String::new(),
                evidence: Vec::new(),
            };
            let key = format!("event-{number:06}-{event}");
            let made = draft(&mut write, from, &program, &NewEvent { key: &key, agency: &agency, told: &of }).await?;
            announce(&mut write, from, &program, Step { id: &made.id, version: 1, words: "" }).await?;
        }
        agencies.push(agency);
    }
    write.commit().await?;
    Ok(agencies)
}

fn filings() -> Vec<Filing> {
    let filing = |number: usize| Filing {
        id: format!("CN-P-{number}"),
        title: format!("一种装置{}的方法", number % 4_000),
        address: format!("示范路{}号", number % 300),
        inventors: vec![format!("发明人{}", number % 900)],
        filed: Some(date(2010 + (number % 15) as i16, 1 + (number % 12) as i8, 1 + (number % 28) as i8)),
        state: if number.is_multiple_of(3) { FilingState::Withdrawn } else { FilingState::Granted },
    };
    (0..20_000).map(filing).collect()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(3000);
    let folder = tempfile::tempdir()?;
    let address = arguments.next().unwrap_or_else(|| sqlite_url(&folder.path().join("timing.db")));
    let database = Database::open(&address).await?;
    accounts::migrate(&database).await?;
    Network::open(database.clone()).await?;
    notices::Notices::open(database.clone()).await?;
    let credit = Credit::open(database.clone()).await?;
    let agencies = fill(&database, count).await?;
    let day = date(2025, 9, 1);
    let begun = Instant::now();
    let settled = settle(&database, "2025-08-01T00:00:00Z".parse()?).await?;
    println!("{count} agencies, {settled} events took effect in {:.1} s", begun.elapsed().as_secs_f64());
    let (mut list, mut grades, mut one, mut drawn) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let book = credit.book().await?;
    for round in 0..ROUNDS {
        let agency = &agencies[round * agencies.len() / ROUNDS];
        let begun = Instant::now();
        credit.agencies(day, &AgencyQuery::default()).await?;
        list.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        credit.grades(day, &AgencyQuery::default()).await?;
        grades.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        credit.score_of(agency, day).await?;
        one.push(begun.elapsed().as_secs_f64() * 1000.0);
        let counted = credit.counted_of(agency).await?;
        let begun = Instant::now();
        course(&counted, &book, date(2023, 1, 1), date(2028, 1, 1));
        drawn.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    told("a page of agencies by level", &mut list);
    told("agencies of each level", &mut grades);
    told("the score of one agency", &mut one);
    told("its course over five years", &mut drawn);
    let filings = filings();
    let mut looked = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let figures = profile(&filings, &Peers::default());
        signs(&filings, &figures, &Limits::default());
        looked.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    told("figures and signs of 20,000 filings", &mut looked);
    Ok(())
}
