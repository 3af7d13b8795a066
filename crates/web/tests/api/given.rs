//! A site over made-up rights under the office code of demonstration data.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use database::Database;
use figures::{Limits, Pictures};
use http_body_util::BodyExt as _;
use index::{Index, open_embedded};
use network::{NewOrganisation, OrganisationId, Profile};
use records::{
    ApplicationNumber, Authority, Citation, Claim, Cpc, Date, Description, Ipc, KindCode, Level, Locarno, NiceClass,
    Office, OfficeStatus, Origin, Part, PartKey, Party, Priority, Publication, PublicationNumber, RightKind, Status,
    Subject, Text,
};
use register::{Batch, Delivery, Register, SchemeEntry};
use search::Searcher;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{App, Clock, Rooms, Settings};

pub(crate) const TODAY: Date = Date::constant(2026, 7, 1);

/// Rights of an ordinary site.
pub(crate) const RIGHTS: u32 = 140;

/// Bytes that differ every time and are the same in every run.
fn random() -> [u8; 32] {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&DRAWN.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    bytes
}

/// A site in a folder of its own.
pub(crate) struct Site {
    router: Router,
    register: Register,
    services: services::Services,
    indicators: indicators::Indicators,
    pub(crate) plans: plans::Plans,
    pub(crate) assessments: assessment::Assessments,
    pub(crate) credit: credit::Credit,
    index: Arc<dyn Index>,
    _folder: TempDir,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A site with ordinary rights, without a limit.
pub(crate) async fn site() -> Site {
    site_with(Settings { requests_per_minute: 0, ..Settings::default() }, (1..=RIGHTS).map(part).collect()).await
}

/// A site with these settings and parts.
pub(crate) async fn site_with(settings: Settings, parts: Vec<Part>) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&database::sqlite_url(&folder.path().join("huizhi.db"))).await.unwrap();
    let register = Register::open(database.clone()).await.unwrap();
    register.load_scheme("ipc", "2026.01", &scheme()).await.unwrap();
    let index: Arc<dyn Index> =
        Arc::new(open_embedded(&folder.path().join("index"), index::Settings::default()).unwrap());
    let searcher = Searcher::new(register.clone(), Arc::clone(&index), TODAY);
    let pictures = Pictures::new(folder.path().join("pictures"), Limits::default());
    let analyses = insight::Store::open(database.clone()).await.unwrap();
    let clock = Clock { today: || TODAY, now: || "2026-07-01T08:00:00Z".parse().unwrap(), random };
    let network = network::Network::open(database.clone()).await.unwrap();
    let mut write = network.database().write().await.unwrap();
    network::create(&mut write, (clock.now)(), &organisation()).await.unwrap();
    write.commit().await.unwrap();
    let secret = accounts::Secret::new([1; 32]);
    let cases = cases::Cases::open(database.clone(), secret.clone()).await.unwrap();
    let accounts = accounts::Accounts::open(database.clone(), secret, accounts::Settings::default()).await.unwrap();
    let notices = notices::Notices::open(database.clone()).await.unwrap();
    let services = services::Services::open(database.clone()).await.unwrap();
    let ratings = ratings::Ratings::open(database.clone()).await.unwrap();
    let indicators = indicators::Indicators::open(database.clone()).await.unwrap();
    let plans = plans::Plans::open(database.clone()).await.unwrap();
    let assessments = assessment::Assessments::open(database.clone()).await.unwrap();
    let credit = credit::Credit::open(database.clone()).await.unwrap();
    let warnings = warnings::Warnings::open(database).await.unwrap();
    let rooms = Rooms {
        notices,
        webhooks: notices::Webhooks::new(&[1; 32], false),
        searcher,
        pictures,
        analyses,
        accounts,
        network,
        services: services.clone(),
        cases,
        ratings,
        indicators: indicators.clone(),
        plans: plans.clone(),
        assessments: assessments.clone(),
        credit: credit.clone(),
        warnings,
    };
    let router = web::router(Arc::new(App::new(rooms, settings, clock)));
    let site = Site { router, register, services, indicators, plans, assessments, credit, index, _folder: folder };
    site.add(parts).await;
    site
}

/// The one organisation of every site.
pub(crate) fn organisation() -> NewOrganisation {
    let id = OrganisationId::make("2026-01-01T00:00:00Z".parse().unwrap(), [7; 10]);
    let region = "500000".parse().unwrap();
    let mut profile = Profile::new("山城保护中心", network::Kind::ProtectionCentre, network::Level::Outlet, region);
    profile.name_en = Some("Hill City Protection Centre".to_owned());
    profile.services = vec!["B02".to_owned()];
    NewOrganisation { id, parent: None, from: Date::constant(2024, 1, 1), profile }
}

impl Site {
    /// Brings in the starting catalogue, in force from the beginning of 2026.
    pub(crate) async fn install(&self) {
        let mut write = self.services.database().write().await.unwrap();
        let (now, system) = ("2026-01-01T00:00:00Z".parse().unwrap(), accounts::Actor::system("test"));
        services::install(&mut write, now, &system, None, jiff::civil::date(2026, 1, 1)).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Brings in the starting indicators.
    pub(crate) async fn install_indicators(&self) {
        let (now, system) = ("2026-01-01T00:00:00Z".parse().unwrap(), accounts::Actor::system("test"));
        self.indicators.install(now, &system).await.unwrap();
    }

    /// Adds parts and lets the index follow.
    pub(crate) async fn add(&self, parts: Vec<Part>) {
        let delivery = |(n, part)| Delivery { part, origin: Origin { file: "made-up.jsonl".into(), position: n } };
        let parts = (0..).zip(parts).map(delivery).collect();
        let batch = Batch { parts, loaded_at: "2026-06-30T01:02:03Z".to_owned(), ..Batch::default() };
        self.register.apply(batch).await.unwrap();
        ingest::follow(&self.register, &*self.index, TODAY, |_| {}).await.unwrap();
    }

    pub(crate) async fn get(&self, address: &str) -> Reply {
        self.send(Method::GET, address, &[], "").await
    }

    pub(crate) async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(Method::GET, address, headers, "").await
    }

    pub(crate) async fn send(&self, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = Request::builder().method(method).uri(address).header("host", "huizhi.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// JSON of an address that must answer.
    pub(crate) async fn json(&self, address: &str) -> Value {
        let reply = self.get(address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}: {}", reply.text());
        reply.json()
    }

    /// The problem of an address that must fail.
    pub(crate) async fn problem(&self, address: &str, status: u16) -> Value {
        self.get(address).await.problem(status)
    }
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The problem document that this must be.
    pub(crate) fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], status);
        let (code, title) = (problem["code"].as_str().unwrap(), problem["title"].as_str().unwrap());
        assert!(!code.is_empty() && !title.is_empty());
        assert_eq!(problem["type"], format!("/help/api#{code}"));
        problem
    }
}

/// A text as it stands in an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |all, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => all + &char::from(byte).to_string(),
        byte => format!("{all}%{byte:02X}"),
    })
}

const FIRMS: [(&str, &str); 5] = [
    ("云岭新能源有限公司", "CN"),
    ("North Lake Optics, Inc.", "US"),
    ("海沧微电子有限公司", "CN"),
    ("Bergtal Maschinen GmbH", "DE"),
    ("A \"quoted\" <firm> & OR NOT", "FR"),
];

const TOPICS: [(&str, &str, &str); 4] = [
    ("石墨烯电池及其制备方法", "A graphene battery and its making", "H01M10/0525"),
    ("固态电解质隔膜", "Solid electrolyte separator", "H01M10/056"),
    ("成像透镜组", "Imaging lens group", "G02B13/00"),
    ("数据检索方法", "Method of retrieving data", "G06F16/9535"),
];

/// Serial number and kind code of the publication of right `n`.
pub(crate) fn printed(n: u32) -> (String, &'static str) {
    (format!("{}", 7_000_000 + n), if kind(n) == RightKind::UtilityModel { "U" } else { "A" })
}

/// Publication of right `n`; that of a utility model keeps its letter.
pub(crate) fn publication(n: u32) -> PublicationNumber {
    let (serial, code) = printed(n);
    PublicationNumber::read(Office::DEMO, &serial, Some(code)).unwrap()
}

/// Kind of right `n`.
pub(crate) fn kind(n: u32) -> RightKind {
    RightKind::ALL[n as usize % RightKind::ALL.len()]
}

/// Application of right `n`; two rights of one serial number have different kinds.
fn application(n: u32) -> ApplicationNumber {
    ApplicationNumber { office: Office::DEMO, right: kind(n), serial: format!("2015{:07}", n / 2), check: None }
}

/// Id of right `n`.
pub(crate) fn id(n: u32) -> String {
    application(n).id().to_string()
}

/// Right `n`; the same each time.
pub(crate) fn part(n: u32) -> Part {
    let subject = Subject { application: Some(application(n)), publications: vec![publication(n)] };
    let mut part = Part::new(PartKey::new("made-up", n), subject, Authority::Office);
    part.as_of = Some(Date::constant(2026, 6, 1));
    let (zh, en, symbol) = TOPICS[n as usize % TOPICS.len()];
    let record = &mut part.record;
    record.right = Some(kind(n));
    record.titles = vec![Text::new(Some("zh"), format!("{zh}{n}")), Text::new(Some("en"), format!("{en} {n}"))];
    record.abstracts = vec![Text::new(Some("zh"), format!("本文公开了{zh}。\n其中的隔膜抑制枝晶生长\u{1}。编号{n}。"))];
    let year = 2008 + (n % 12) as i16;
    record.publications = vec![Publication {
        number: publication(n),
        kind: KindCode::read(printed(n).1),
        date: Some(Date::constant(year + 1, 9, 15)),
        level: Some(Level::Application),
    }];
    record.filing_date = Some(Date::constant(year, 3, 1 + (n % 28) as i8));
    let party = |at: u32| {
        let (name, country) = FIRMS[at as usize % FIRMS.len()];
        Party { country: Some(country.to_owned()), ..Party::named(name) }
    };
    record.applicants = vec![party(n / 3)];
    if n.is_multiple_of(5) {
        record.applicants.push(party(n / 3 + 2));
    }
    record.inventors = vec![Party::named(format!("李{}", ["明", "华", "霞"][n as usize % 3]))];
    if n.is_multiple_of(2) {
        record.grant_date = Some(Date::constant(year + 2, 5, 6));
        record.office_status = Some(OfficeStatus { date: None, text: "in force".into(), status: Status::InForce });
    }
    match kind(n) {
        RightKind::Trademark => {
            record.nice = vec![NiceClass { class: 9, lang: None, terms: vec!["电池".to_owned()] }];
        }
        RightKind::Design => record.locarno = vec![Locarno::read("14-02").unwrap()],
        RightKind::Invention | RightKind::UtilityModel => {
            record.ipc = vec![Ipc::read(symbol).unwrap()];
            record.cpc = vec![Cpc::read(symbol).unwrap()];
            record.claims =
                vec![Claim { number: 1, text: format!("一种{zh}，含有部件甲{n}。"), ..Claim::default() }];
            let mut description = Description::default();
            description.paragraph(format!("现有{zh}容易开裂。"));
            record.description = Some(description);
            record.family_id = Some((1 + n / 30).to_string());
            record.priorities =
                vec![Priority { office: Some(Office::DEMO), number: format!("2014{n:07}"), date: record.filing_date }];
            record.citations = vec![
                Citation {
                    number: Some(format!("{}A", publication(7))),
                    category: Some("X".into()),
                    ..Citation::default()
                },
                Citation { text: Some("a book".into()), ..Citation::default() },
            ];
        }
        _ => {}
    }
    part
}

/// A small IPC.
fn scheme() -> Vec<SchemeEntry> {
    let entry = |symbol: &str, depth, zh: &str, en: &str| SchemeEntry {
        symbol: symbol.into(),
        depth,
        title_zh: Some(zh.into()),
        title_en: Some(en.into()),
    };
    vec![
        entry("G", 0, "物理", "Physics"),
        entry("G02", 1, "光学", "Optics"),
        entry("G02B", 2, "光学元件", "Optical elements"),
        entry("H", 0, "电学", "Electricity"),
        entry("H01", 1, "电气元件", "Electric elements"),
        entry("H01M", 2, "电池", "Batteries"),
        entry("H01M10/00", 3, "二次电池", "Secondary cells"),
        entry("H01M10/052", 4, "锂蓄电池", "Li-accumulators"),
        entry("H01M10/0525", 5, "摇椅式电池", "Rocking-chair batteries"),
        entry("H01M10/056", 4, "以电解质材料为特征的", "Characterised by the electrolyte"),
    ]
}
