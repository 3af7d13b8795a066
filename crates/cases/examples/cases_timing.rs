//! Times submissions by fifty clients at once and the inbox of an outlet with many cases:
//! `cargo run -p cases --example cases_timing -- 50000 [postgres://…]`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeSet;
use std::error::Error;
use std::time::{Duration, Instant};

use accounts::{Actor, Cover, Grant, PersonId, Role, Secret};
use cases::{By, Cases, Contact, InboxQuery, Level, NewCase, Sort};
use database::{Database, Dialect, query, sqlite_url};
use jiff::Timestamp;
use network::{Id, Kind, Network, NewOrganisation, OrganisationId, Profile};
use services::{Item, Seen, Services};
use sqlx::Connection as _;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const CLIENTS: u32 = 50;
const ROUNDS: u32 = 10;
const OUTLETS: u32 = 40;

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(494_000)
}

fn id(number: u32) -> Id {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    Id::make(Timestamp::UNIX_EPOCH, random)
}

fn outlet(number: u32) -> OrganisationId {
    OrganisationId(id(number))
}

fn item() -> Outcome<Item> {
    let json = r#"{"code": "T01", "group": "basic", "theme": "consultation",
        "title": {"zh": "业务咨询", "en": "Consultation"}, "summary": {"zh": "答复。", "en": "Answers."},
        "item_type": "public-service", "level": "city",
        "body": {"name": {"zh": "站", "en": "Outlet"}, "nature": "entrusted"},
        "conditions": [{"zh": "问题明确", "en": "A clear question"}], "objects": ["person"], "channels": ["web"],
        "processing": "promised", "promised_limit": {"number": 5, "unit": "working-day"}, "materials": [],
        "steps": [{"name": {"zh": "答复", "en": "Answer"}, "what": {"zh": "写出", "en": "Write"}}],
        "result": {"name": {"zh": "答复", "en": "Answer"}}, "progress": {"zh": "查询码", "en": "Tracking code"},
        "form": {"steps": [{"key": "ask", "title": {"zh": "问题", "en": "Question"}, "fields": [
            {"key": "question", "label": {"zh": "问题", "en": "Question"}, "kind": {"type": "long-text"}, "required": true}]}]}}"#;
    Ok(serde_json::from_str(json)?)
}

async fn open(database: &Database) -> Outcome<Cases> {
    accounts::migrate(database).await?;
    Network::open(database.clone()).await?;
    Services::open(database.clone()).await?;
    notices::Notices::open(database.clone()).await?;
    let cases = Cases::open(database.clone(), Secret::new([7; 32])).await?;
    let mut write = database.write().await?;
    let from = "2020-01-01".parse()?;
    for number in 1..=OUTLETS {
        let profile = Profile::new(&format!("第{number}站"), Kind::Tisc, network::Level::Outlet, "500106".parse()?);
        network::create(&mut write, now(), &NewOrganisation { id: outlet(number), parent: None, from, profile })
            .await?;
    }
    let (program, item) = (Actor::system("timing"), item()?);
    let new = services::NewDraft { key: &id(9_000), keeper: None, item: &item };
    let made = services::draft(&mut write, now(), &program, &new).await?;
    let seen = Seen { code: &item.code, number: made.number, revision: made.revision };
    services::publish(&mut write, now(), &program, seen, (from, None), None).await?;
    write.commit().await?;
    Ok(cases)
}

fn request(number: u32) -> Outcome<NewCase> {
    let contact = Contact { name: "张三丰".to_owned(), telephone: "13800001234".to_owned(), ..Contact::default() };
    let answers = serde_json::from_str(r#"{"question": "专利年费如何缴纳?"}"#)?;
    let key = format!("key-of-a-request-{number:08}");
    let new = NewCase::new(key, "T01".parse()?, outlet(1), answers, contact);
    Ok(NewCase { title: format!("年费咨询 {number}"), ..new })
}

async fn submissions(cases: &Cases) -> Outcome<()> {
    let (mut times, begun) = (Vec::new(), Instant::now());
    for round in 0..ROUNDS {
        let mut clients = Vec::new();
        for client in 0..CLIENTS {
            let (cases, number) = (cases.clone(), round * CLIENTS + client);
            clients.push(tokio::spawn(async move {
                let actor = Actor::person(PersonId(id(50_000 + client)), "张三", Vec::new());
                let begun = Instant::now();
                cases.submit(now(), By::from(&actor), &request(number)?).await?;
                Outcome::Ok(begun.elapsed())
            }));
        }
        for client in clients {
            times.push(client.await??);
        }
    }
    told("submit, 50 clients at once", &mut times);
    println!("{:>40}  {:.0}/s", "", f64::from(ROUNDS * CLIENTS) / begun.elapsed().as_secs_f64());
    Ok(())
}

/// Copies of one case: `count` at the first outlet, as many at the others; four fifths of them open.
async fn fill(database: &Database, count: u32) -> Outcome<()> {
    const COPY: &str = "INSERT INTO cases_cases (id, reference, submit_key, tracking, state, is_open, outlet, due_on, search, \
        touched_at, submit_digest, version, events, paused, item, item_version, title, channel, assignee, client, \
        client_name, lang, contact, parties, answers, received_at, accepted_at, delivered_at, closed_at, clock_on, \
        escalated, consultation, outcome, answer, parent, merged_into, measured, on_time, body) \
        SELECT $1, $2, $1, $1, $3, $4, $5, $6, $7 || SUBSTR(search, 17), $8, submit_digest, 1, 1, 0, item, item_version, \
        title, channel, assignee, client, client_name, lang, contact, parties, answers, received_at, accepted_at, \
        delivered_at, closed_at, clock_on, escalated, consultation, outcome, answer, parent, merged_into, measured, \
        on_time, body FROM cases_cases WHERE submit_key <> id LIMIT 1";
    let states = ["received", "accepted", "work", "delivered", "archived"];
    let mut write = database.write().await?;
    for number in 0..2 * count {
        let place = if number < count { 1 } else { 2 + number % (OUTLETS - 1) };
        let state = states[(number / 28 % 5) as usize];
        let reference = cases::Reference::make(2025, u64::from(number)).to_string();
        let day = 1 + number % 28;
        query(COPY)
            .bind(id(1_000_000 + number).to_string())
            .bind(reference.clone())
            .bind(state)
            .bind(i64::from(state != "archived"))
            .bind(outlet(place).to_string())
            .bind(if state == "delivered" { "9999-12-31".to_owned() } else { format!("2026-05-{day:02}") })
            .bind(reference.to_lowercase())
            .bind(format!("2026-04-{day:02}T02:00:00.{:03}Z", number % 1_000))
            .execute(&mut *write)
            .await?;
    }
    write.commit().await?;
    Ok(())
}

fn told(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    println!("{what:>40}  p50 {:7.2} ms  p95 {:7.2} ms  max {:7.2} ms", at(50), at(95), at(100));
}

async fn lists(cases: &Cases) -> Outcome<()> {
    let of = |numbers: std::ops::RangeInclusive<u32>, role| {
        let cover = Cover::At(numbers.map(outlet).collect::<BTreeSet<_>>());
        Actor::person(PersonId(id(1)), "王工", vec![Grant { role, cover }])
    };
    let staff = of(1..=1, Role::OutletStaff);
    let administrator = of(1..=OUTLETS, Role::Administrator);
    let queries = [
        ("open", InboxQuery::open()),
        ("all", InboxQuery::all()),
        ("late", InboxQuery { level: Some(Level::Late), ..InboxQuery::open() }),
        ("latest", InboxQuery { sort: Sort::Received, ..InboxQuery::all() }),
        ("latest change", InboxQuery { sort: Sort::Touched, ..InboxQuery::open() }),
        ("a number", InboxQuery { text: Some(cases::Reference::make(2025, 123).to_string()), ..InboxQuery::all() }),
        ("words of many", InboxQuery { text: Some("年费".to_owned()), ..InboxQuery::open() }),
    ];
    for (who, actor) in [("outlet", &staff), ("40 outlets", &administrator)] {
        for (what, asked) in &queries {
            let (mut pages, mut counts) = (Vec::new(), Vec::new());
            for _ in 0..15 {
                let begun = Instant::now();
                cases.inbox(now(), By::from(actor), asked).await?;
                pages.push(begun.elapsed());
                let begun = Instant::now();
                cases.inbox_counts(now(), By::from(actor), asked).await?;
                counts.push(begun.elapsed());
            }
            told(&format!("{who}: {what}"), &mut pages);
            told(&format!("{who}: {what}, counts"), &mut counts);
        }
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().unwrap_or_else(|| "50000".to_owned()).parse()?;
    let folder = tempfile::tempdir()?;
    let address = arguments.next().unwrap_or_else(|| sqlite_url(&folder.path().join("huizhi.db")));
    let database = Database::open(&address).await?;
    let cases = open(&database).await?;
    submissions(&cases).await?;
    let begun = Instant::now();
    fill(&database, count).await?;
    println!("{:>40}  {:.1} s", format!("{count} cases there, {count} elsewhere"), begun.elapsed().as_secs_f64());
    // What autovacuum does within a minute of such a load.
    let mut connection = sqlx::AnyConnection::connect(&address).await?;
    let tidy = if database.dialect() == Dialect::Postgres { "VACUUM ANALYZE" } else { "ANALYZE" };
    query(tidy).execute(&mut connection).await?;
    lists(&cases).await?;
    database.close().await;
    Ok(())
}
