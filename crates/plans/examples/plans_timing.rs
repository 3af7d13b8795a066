//! Times the matrix of 400 units × 60 tasks, what is due for a unit, what is late, and a public page, with a report in every cell:
//! `cargo run --release -p plans --example plans_timing -- 400 60 [postgres://…]`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::time::Instant;

use accounts::{Actor, Cover};
use database::{Database, sqlite_url};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{Id, Kind, Level, Network, NewOrganisation, OrganisationId, Profile, RegionLevel};
use notices::Notices;
use plans::{
    Asked, Assignment, Contents, Duty, Group, NewPlan, NewReport, Plan, Plans, Progress, Rule, Said, Seen, Task, Text,
};

/// How often each question is asked.
const ROUNDS: usize = 30;
const OPENED: Date = date(2021, 1, 1);
const DAY: Date = date(2026, 6, 30);

fn id(number: usize) -> OrganisationId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&(number as u64).to_be_bytes());
    OrganisationId(Id::make(Timestamp::UNIX_EPOCH, random))
}

fn now() -> Timestamp {
    "2026-06-30T02:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A nation and so many administrations of prefectures under it, as many outlets besides.
async fn units(database: &Database, count: usize) -> Result<Vec<OrganisationId>, Box<dyn Error>> {
    let lasting = |region: &&network::Region| region.holds_on(OPENED) && region.holds_on(DAY);
    let places: Vec<_> = network::divisions().iter().filter(lasting).collect();
    let places: Vec<_> = places.into_iter().filter(|place| place.code.level() == RegionLevel::Prefecture).collect();
    let mut write = database.write().await?;
    for number in 0..=count * 2 {
        let place = places[number % places.len()].code.clone();
        let (kind, level, region) = match number {
            0 => (Kind::Administration, Level::Nation, "000000".parse()?),
            number if number <= count => (Kind::Administration, Level::Prefecture, place),
            _ => (Kind::Tisc, Level::Outlet, place),
        };
        let profile = Profile::new(&format!("第{number}单位"), kind, level, region);
        let new = NewOrganisation { id: id(number), parent: (number > 0).then(|| id(0)), from: OPENED, profile };
        network::create(&mut write, now(), &new).await?;
    }
    write.commit().await?;
    Ok((1..=count).map(id).collect())
}

fn contents(units: &[OrganisationId], tasks: usize) -> Contents {
    let mut contents = Contents::new(Text::new("计划", "A plan"), 2026);
    let whom = |at: usize| Assignment {
        duty: if at.is_multiple_of(5) { Duty::Optional } else { Duty::Required },
        rule: Rule::Units,
        list: String::new(),
        batch: None,
        units: units.to_vec(),
    };
    for group in 0..tasks.div_ceil(10) {
        let tasks = (group * 10..(group * 10 + 10).min(tasks)).map(|at| Task {
            key: format!("{}", at + 1),
            title: Text::new(format!("第{}项任务", at + 1), format!("Task {}", at + 1)),
            due: Some(if at.is_multiple_of(2) { date(2026, 5, 31) } else { date(2026, 12, 31) }),
            assignments: vec![whom(at)],
            ..Task::default()
        });
        let title = Text::new(format!("第{}组", group + 1), format!("Group {}", group + 1));
        contents.groups.push(Group { key: format!("{}", group + 1), title, tasks: tasks.collect() });
    }
    contents
}

/// A report in every cell; three of four are accepted.
async fn fill(plans: &Plans, plan: &Plan, units: &[OrganisationId], tasks: usize) -> Result<(), Box<dyn Error>> {
    let actor = Actor::system("timing");
    for (at, unit) in units.iter().enumerate() {
        let mut write = plans.database().write().await?;
        for task in 1..=tasks {
            let key = task.to_string();
            let mark = at + task;
            plans.choose(&mut write, now(), &actor, (&plan.id, unit, &key), true).await.ok();
            let progress = if mark.is_multiple_of(3) { Progress::Done } else { Progress::UnderWay };
            let said = Said { progress, percent: 50, words: "进展".to_owned(), ..Said::default() };
            let form = format!("key-of-a-form-{at}-{task}");
            let new = NewReport { key: &form, plan: &plan.id, task: &key, unit, said: &said, public: true };
            let report = plans.begin(&mut write, now(), &actor, &new).await?;
            let report = plans.submit(&mut write, now(), &actor, Seen::new(&report.id, report.version)).await?;
            if !mark.is_multiple_of(4) {
                plans.accept(&mut write, now(), &actor, Seen::new(&report.id, report.version), "").await?;
            }
        }
        write.commit().await?;
    }
    Ok(())
}

fn told(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:<40} p50 {:>6.1} ms  p95 {:>6.1} ms  most {:>6.1} ms", at(0.5), at(0.95), at(1.0));
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(400);
    let tasks = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(60);
    let folder = tempfile::tempdir()?;
    let address = arguments.next().unwrap_or_else(|| sqlite_url(&folder.path().join("timing.db")));
    let database = Database::open(&address).await?;
    accounts::migrate(&database).await?;
    Network::open(database.clone()).await?;
    Notices::open(database.clone()).await?;
    let plans = Plans::open(database.clone()).await?;
    let actor = Actor::system("timing");
    let begun = Instant::now();
    let all = units(&database, count).await?;
    let (contents, issuer) = (contents(&all, tasks), id(0));
    let new = NewPlan { key: "key-of-a-form-000001", issuer: &issuer, contents: &contents, copied_from: None };
    let mut write = database.write().await?;
    let plan = plans.make(&mut write, now(), &actor, &new).await?;
    let plan = plans.issue(&mut write, now(), &actor, Seen::new(&plan.id, plan.version), "").await?;
    let plan = plans.show(&mut write, now(), &actor, Seen::new(&plan.id, plan.version), true).await?;
    write.commit().await?;
    fill(&plans, &plan, &all, tasks).await?;
    println!("{count} units × {tasks} tasks, filled in {:.1} s", begun.elapsed().as_secs_f64());
    let (mut first, mut matrix, mut mine, mut late, mut public) = (vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let fresh = Plans::open(database.clone()).await?;
        let begun = Instant::now();
        let cells = fresh.matrix(&actor, &plan.id, DAY, &Asked::default()).await?.units.len() * tasks;
        first.push(begun.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(cells, count * tasks);
        let begun = Instant::now();
        plans.matrix(&actor, &plan.id, DAY, &Asked::default()).await?;
        matrix.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        plans.mine(&actor, DAY, true).await?;
        mine.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        plans.late(&Cover::Everywhere, DAY).await?;
        late.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        plans.public(&plan.id, DAY).await?;
        public.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    told("matrix, nothing known yet", &mut first);
    told("matrix", &mut matrix);
    told("what is due, all units", &mut mine);
    told("what is late", &mut late);
    told("public page", &mut public);
    Ok(())
}
