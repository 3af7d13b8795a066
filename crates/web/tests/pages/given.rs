//! A site over a handful of made-up rights.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use database::Database;
use figures::{Limits, Pictures};
use http_body_util::BodyExt as _;
use index::{Index, open_embedded};
use records::{
    ApplicationNumber, Authority, Claim, Date, Ipc, Locarno, NiceClass, Office, OfficeStatus, Origin, Part, PartKey,
    Party, RightKind, Status, Subject, Text, Vienna,
};
use register::{Batch, Delivery, Register, SchemeEntry};
use search::Searcher;
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{App, Clock, Rooms, Settings};

use crate::seen::Page;

const TODAY: Date = Date::constant(2026, 7, 1);

/// A title that would do harm if it were not escaped.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// Bytes that differ every time and are the same in every run.
fn random() -> [u8; 32] {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&DRAWN.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    bytes
}

/// Passwords that are hashed quickly.
fn quick() -> accounts::Settings {
    accounts::Settings { hashing: accounts::Hashing::MADE_UP, ..accounts::Settings::default() }
}

/// A site in a folder of its own.
pub(crate) struct Site {
    router: Router,
    pub(crate) register: Register,
    pub(crate) network: network::Network,
    pub(crate) accounts: accounts::Accounts,
    pub(crate) notices: notices::Notices,
    pub(crate) services: services::Services,
    pub(crate) cases: cases::Cases,
    pub(crate) indicators: indicators::Indicators,
    pub(crate) credit: credit::Credit,
    pub(crate) warnings: warnings::Warnings,
    _folder: TempDir,
}

/// A site with the rights of [`parts`].
pub(crate) async fn site() -> Site {
    site_with(parts()).await
}

/// A site with these parts.
pub(crate) async fn site_with(parts: Vec<Part>) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&database::sqlite_url(&folder.path().join("huizhi.db"))).await.unwrap();
    let register = Register::open(database.clone()).await.unwrap();
    let index: Arc<dyn Index> =
        Arc::new(open_embedded(&folder.path().join("index"), index::Settings::default()).unwrap());
    let delivery = |(n, part)| Delivery { part, origin: Origin { file: "made-up.jsonl".into(), position: n } };
    let parts = (0..).zip(parts).map(delivery).collect();
    let batch = Batch { parts, loaded_at: "2026-06-30T01:02:03Z".to_owned(), ..Batch::default() };
    register.apply(batch).await.unwrap();
    ingest::follow(&register, &*index, TODAY, |_| {}).await.unwrap();
    let searcher = Searcher::new(register.clone(), index, TODAY);
    let pictures = Pictures::new(folder.path().join("pictures"), Limits::default());
    let analyses = insight::Store::open(database.clone()).await.unwrap();
    let clock = Clock { today: || TODAY, now: || "2026-07-01T08:00:00Z".parse().unwrap(), random };
    let network = network::Network::open(database.clone()).await.unwrap();
    let secret = accounts::Secret::new([1; 32]);
    let cases = cases::Cases::open(database.clone(), secret.clone()).await.unwrap();
    let accounts = accounts::Accounts::open(database.clone(), secret, quick()).await.unwrap();
    let notices = notices::Notices::open(database.clone()).await.unwrap();
    let services = services::Services::open(database.clone()).await.unwrap();
    let ratings = ratings::Ratings::open(database.clone()).await.unwrap();
    let indicators = indicators::Indicators::open(database.clone()).await.unwrap();
    let plans = plans::Plans::open(database.clone()).await.unwrap();
    let assessments = assessment::Assessments::open(database.clone()).await.unwrap();
    let credit = credit::Credit::open(database.clone()).await.unwrap().reading(Arc::new(crate::filed::Alike));
    let warnings = warnings::Warnings::open(database).await.unwrap().reading(Arc::new(crate::filed::Staff));
    let rooms = Rooms {
        notices: notices.clone(),
        webhooks: notices::Webhooks::new(&[1; 32], false),
        searcher,
        pictures,
        analyses,
        accounts: accounts.clone(),
        network: network.clone(),
        services: services.clone(),
        cases: cases.clone(),
        ratings,
        indicators: indicators.clone(),
        plans,
        assessments,
        credit: credit.clone(),
        warnings: warnings.clone(),
    };
    let router = web::router(Arc::new(App::new(rooms, Settings::default(), clock)));
    Site {
        router,
        register,
        network,
        accounts,
        notices,
        services,
        cases,
        indicators,
        credit,
        warnings,
        _folder: folder,
    }
}

impl Site {
    /// Brings in the starting catalogue, in force from the beginning of 2026.
    pub(crate) async fn install(&self) {
        self.install_for(None).await;
    }

    /// Brings it in for an organisation that keeps it.
    pub(crate) async fn install_for(&self, keeper: Option<&network::OrganisationId>) {
        let mut write = self.services.database().write().await.unwrap();
        let (now, system) = ("2026-01-01T00:00:00Z".parse().unwrap(), accounts::Actor::system("test"));
        services::install(&mut write, now, &system, keeper, jiff::civil::date(2026, 1, 1)).await.unwrap();
        write.commit().await.unwrap();
    }

    /// An answer: head and body.
    pub(crate) async fn answer(&self, request: Request<Body>) -> (axum::http::response::Parts, Vec<u8>) {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        (parts, body.collect().await.unwrap().to_bytes().to_vec())
    }

    /// An answer: status, address that it leads to, body.
    pub(crate) async fn send(&self, request: Request<Body>) -> (StatusCode, String, Vec<u8>) {
        let (parts, body) = self.answer(request).await;
        let location = parts.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
        (parts.status, location, body)
    }

    pub(crate) async fn get(&self, address: &str) -> (StatusCode, String, Vec<u8>) {
        self.send(Request::get(address).header("host", "huizhi.test").body(Body::empty()).unwrap()).await
    }

    /// The page at an address, with its status.
    pub(crate) async fn page_with(&self, address: &str, status: u16) -> Page {
        let (found, _, body) = self.get(address).await;
        assert_eq!(found.as_u16(), status, "{address}: {}", String::from_utf8_lossy(&body));
        Page::read(address, &body)
    }

    /// The page at an address.
    pub(crate) async fn page(&self, address: &str) -> Page {
        self.page_with(address, 200).await
    }

    /// Where an address leads.
    pub(crate) async fn led(&self, address: &str) -> String {
        let (status, location, body) = self.get(address).await;
        assert!(status.is_redirection(), "{address}: {status} {}", String::from_utf8_lossy(&body));
        location
    }

    /// A form with files, as browsers send it: name, file name, content.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str, &[u8])]) -> (StatusCode, String, Vec<u8>) {
        let mut body = Vec::new();
        for (name, file, content) in fields {
            let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let kind = "multipart/form-data; boundary=cut";
        self.send(Request::post(address).header("content-type", kind).body(Body::from(body)).unwrap()).await
    }

    /// A plain form, as browsers send it: names and values already encoded.
    pub(crate) async fn send_form(&self, address: &str, form: &str) -> (StatusCode, String, Vec<u8>) {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(address).header("content-type", kind).header("host", "huizhi.test");
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// Loads a small scheme: symbol, depth, Chinese and English title.
    pub(crate) async fn load(&self, scheme: &str, places: &[(&str, u32, &str, &str)]) {
        let entry = |(symbol, depth, zh, en): &(&str, u32, &str, &str)| SchemeEntry {
            symbol: (*symbol).into(),
            depth: *depth,
            title_zh: Some((*zh).into()).filter(|title: &String| !title.is_empty()),
            title_en: Some((*en).into()),
        };
        let places: Vec<SchemeEntry> = places.iter().map(entry).collect();
        self.register.load_scheme(scheme, "2026.01", &places).await.unwrap();
    }
}

/// A small IPC.
pub(crate) const IPC: &[(&str, u32, &str, &str)] = &[
    ("G", 0, "物理", "Physics"),
    ("H", 0, "电学", "Electricity"),
    ("H01", 1, "电气元件", "Electric elements"),
    ("H01M", 2, "电池", "Batteries"),
    ("H01M10/00", 3, "二次电池", "Secondary cells"),
    ("H01M10/05", 4, "非水电解质蓄电池", "Non-aqueous accumulators"),
    ("H01M10/0525", 5, "", "Rocking-chair <batteries>"),
];

/// Id of right `n`.
pub(crate) fn id(n: u32, right: RightKind) -> String {
    application(Office::DEMO, n, right).id().to_string()
}

fn application(office: Office, n: u32, right: RightKind) -> ApplicationNumber {
    ApplicationNumber { office, right, serial: format!("2015{n:07}"), check: None }
}

fn part(office: Office, n: u32, right: RightKind, zh: &str, en: &str) -> Part {
    let subject = Subject { application: Some(application(office, n, right)), publications: Vec::new() };
    let mut part = Part::new(PartKey::new("made-up", format!("{n}{}", right.code())), subject, Authority::Office);
    part.as_of = Some(Date::constant(2026, 6, 1));
    part.record.right = Some(right);
    part.record.titles = vec![Text::new(Some("zh"), zh), Text::new(Some("en"), en)];
    part.record.applicants = vec![Party { country: Some("CN".into()), ..Party::named("云岭新能源有限公司") }];
    part.record.filing_date = Some(Date::constant(2015, 3, 1));
    part.record.office_status = Some(OfficeStatus { date: None, text: "in force".into(), status: Status::InForce });
    part
}

fn mark(office: Office, n: u32, words: &str, classes: &[u8]) -> Part {
    let mut part = part(office, n, RightKind::Trademark, words, words);
    let class = |class: &u8| NiceClass { class: *class, lang: None, terms: vec!["电池".to_owned()] };
    part.record.nice = classes.iter().map(class).collect();
    part.record.vienna = vec![Vienna::read("26.11.02").unwrap()];
    part
}

/// Mark `n` of the European Union.
pub(crate) fn mark_of_the_union(n: u32, words: &str) -> Part {
    mark(Office::EM, n, words, &[9])
}

/// Two inventions, a design whose serial number is that of an invention, marks of two offices, and a hostile one.
pub(crate) fn parts() -> Vec<Part> {
    use RightKind::{Design, Invention};
    let mut battery = part(Office::DEMO, 1, Invention, "石墨烯电池", "Graphene battery");
    battery.record.ipc = vec![Ipc::read("H01M10/0525").unwrap()];
    battery.record.claims =
        vec![Claim { number: 1, text: "一种电池，含有石墨烯。".into(), ..Claim::default() }];
    let mut search = part(Office::DEMO, 2, Invention, "数据检索方法", "Retrieving data");
    search.record.ipc = vec![Ipc::read("G06F16/9535").unwrap()];
    search.record.claims = vec![Claim { number: 1, text: "一种方法，含有检索。".into(), ..Claim::default() }];
    search.record.office_status = None;
    let mut lamp = part(Office::DEMO, 2, Design, "台灯", "Lamp");
    lamp.record.locarno = vec![Locarno::read("26-05").unwrap()];
    let mut hostile = mark(Office::DEMO, 6, HOSTILE, &[9]);
    hostile.record.applicants = vec![Party::named(HOSTILE)];
    vec![
        battery,
        search,
        lamp,
        mark(Office::DEMO, 3, "惠知", &[9, 42]),
        mark(Office::DEMO, 4, "NORTHLAKE", &[25]),
        mark(Office::EM, 5, "HUIZHI", &[9]),
        hostile,
    ]
}
