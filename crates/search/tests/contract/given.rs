//! Made-up rights under the office code of demonstration data, in a register and an index.

use std::sync::Arc;

use database::Database;
use index::{Document, Index, Settings, open_embedded};
use records::{
    ApplicationNumber, Authority, Citation, Claim, Cpc, Date, Description, Effect, Event, Ipc, KindCode, Level,
    Locarno, NiceClass, Office, OfficeStatus, Origin, Part, PartKey, Party, Publication, PublicationNumber, Related,
    RightId, RightKind, Status, Subject, Text, Vienna,
};
use register::{Batch, Delivery, Register, SchemeEntry};
use search::Searcher;
use tempfile::TempDir;

pub(crate) const TODAY: Date = Date::constant(2026, 7, 1);
pub(crate) const AT: &str = "2026-06-30T01:02:03Z";

/// A searcher over rights, with the folder of its index.
pub(crate) struct Given {
    pub(crate) searcher: Searcher,
    pub(crate) register: Register,
    index: Arc<dyn Index>,
    _folder: TempDir,
    _database: Option<TempDir>,
}

/// A searcher over these parts in a database.
pub(crate) async fn given(database: Database, parts: Vec<Part>) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let index: Arc<dyn Index> = Arc::new(open_embedded(folder.path(), Settings::default()).unwrap());
    let register = Register::open(database).await.unwrap();
    let searcher = Searcher::new(register.clone(), Arc::clone(&index), TODAY);
    let given = Given { searcher, register, index, _folder: folder, _database: None };
    given.add(parts).await;
    given
}

/// A searcher over these parts in a database of its own.
pub(crate) async fn alone(parts: Vec<Part>) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&database::sqlite_url(&folder.path().join("huizhi.db"))).await.unwrap();
    let given = given(database, parts).await;
    Given { _database: Some(folder), ..given }
}

impl Given {
    /// Adds parts and lets the index follow.
    pub(crate) async fn add(&self, parts: Vec<Part>) {
        let delivery = |(n, part)| Delivery { part, origin: Origin { file: "made-up.jsonl".into(), position: n } };
        let parts = (0..).zip(parts).map(delivery).collect();
        self.register.apply(Batch { parts, loaded_at: AT.to_owned(), ..Batch::default() }).await.unwrap();
        let after = self.index.cursor().unwrap();
        let changes = self.register.changes_with_rights(after, 100_000).await.unwrap();
        let seq = self.register.last_seq().await.unwrap();
        let documents = changes.into_iter().map(|(change, right)| match right {
            Some(right) => Document::Put { status: right.status_on(TODAY), right: Box::new(right) },
            None => Document::Remove(change.right),
        });
        self.index.add(documents.collect()).unwrap();
        self.index.commit(seq, TODAY).unwrap();
    }
}

/// Publication `n` of the demonstration office.
pub(crate) fn publication(n: u32) -> PublicationNumber {
    PublicationNumber::read(Office::DEMO, &format!("{}", 7_000_000 + n), None).unwrap()
}

/// Id of right `n` of a kind.
pub(crate) fn id(n: u32, right: RightKind) -> RightId {
    application(n, right).id()
}

fn application(n: u32, right: RightKind) -> ApplicationNumber {
    ApplicationNumber { office: Office::DEMO, right, serial: format!("2015{n:07}"), check: None }
}

/// A part about application `n` with a title.
pub(crate) fn part(n: u32, right: RightKind, title: &str) -> Part {
    let subject = Subject { application: Some(application(n, right)), publications: vec![publication(n)] };
    let mut part = Part::new(PartKey::new("made-up", n), subject, Authority::Office);
    part.as_of = Some(Date::constant(2026, 6, 1));
    part.record.right = Some(right);
    part.record.titles = vec![Text::new(Some("zh"), title)];
    part.record.publications = vec![Publication {
        number: publication(n),
        kind: KindCode::read("A"),
        date: Some(Date::constant(2016, 1, 15)),
        level: Some(Level::Application),
    }];
    part
}

fn party(name: &str, country: &str, region: &str) -> Party {
    let city = (region == "云南省").then(|| "昆明市".to_owned());
    Party { country: Some(country.to_owned()), region: Some(region.to_owned()), city, ..Party::named(name) }
}

const FIRMS: [(&str, &str, &str); 7] = [
    ("云岭新能源有限公司", "CN", "云南省"),
    ("雲嶺新能源有限公司", "CN", "云南省"),
    ("North Lake Optics, Inc.", "US", "CA"),
    ("NORTH LAKE OPTICS INC", "US", "CA"),
    ("海沧微电子有限公司", "CN", "福建省"),
    ("Bergtal Maschinen GmbH", "DE", "Bayern"),
    ("A \"quoted\" (firm) OR NOT", "FR", "Bretagne"),
];

const TOPICS: [(&str, &str, &str, &str); 4] = [
    ("石墨烯电池及其制备方法", "A graphene battery and its making", "H01M10/0525", "H01M10/052"),
    ("固态电解质隔膜", "Solid electrolyte separator", "H01M10/056", "H01M4/36"),
    ("成像透镜组", "Imaging lens group", "G02B13/00", "G02B9/62"),
    ("数据检索方法", "Method of retrieving data", "G06F16/9535", "G06F16/33"),
];

/// `count` rights of every kind; the same each time.
pub(crate) fn many(count: u32) -> Vec<Part> {
    (1..=count).map(one).collect()
}

/// Right `n` of [`many`].
fn one(n: u32) -> Part {
    let kind = RightKind::ALL[n as usize % RightKind::ALL.len()];
    let (zh, en, ipc, cpc) = TOPICS[n as usize % TOPICS.len()];
    let mut part = part(n, kind, &format!("{zh}{n}"));
    let record = &mut part.record;
    record.titles.push(Text::new(Some("en"), format!("{en} {n}")));
    record.abstracts = vec![Text::new(Some("zh"), format!("本文公开了{zh}。其中的隔膜抑制枝晶生长。编号{n}。"))];
    let firm = |at: u32| FIRMS[at as usize % FIRMS.len()];
    let (name, country, region) = firm(n / 3);
    record.applicants = vec![party(name, country, region)];
    if n.is_multiple_of(5) {
        let (second, ..) = firm(n / 3 + 2);
        record.applicants.push(party(second, country, region));
    }
    record.owners = vec![party(firm(n / 7).0, "CN", "云南省")];
    record.inventors =
        vec![Party::named(format!("李{}", ["明", "华", "霞"][n as usize % 3])), Party::named("Jean Martin")];
    record.agents = vec![Party::named("惠达代理事务所")];
    let year = 2008 + (n % 12) as i16;
    record.filing_date = Some(Date::constant(year, 3, 1 + (n % 28) as i8));
    if n.is_multiple_of(2) {
        record.grant_date = Some(Date::constant(year + 2, 5, 6));
        record.expiry_date = Some(Date::constant(year + 10, 3, 1));
        record.office_status = Some(OfficeStatus { date: None, text: "in force".into(), status: Status::InForce });
    }
    match kind {
        RightKind::Trademark => {
            let class = |class: u8, term: &str| NiceClass { class, lang: None, terms: vec![term.to_owned()] };
            record.nice = vec![class(9, "电池"), class(1 + (n % 45) as u8, "other goods")];
            record.vienna = vec![Vienna::read("26.11.02").unwrap()];
        }
        RightKind::Design => record.locarno = vec![Locarno::read("14-02").unwrap()],
        RightKind::Invention | RightKind::UtilityModel => {
            record.ipc = vec![Ipc::read(ipc).unwrap()];
            record.cpc = vec![Cpc::read(ipc).unwrap(), Cpc::read(cpc).unwrap()];
            record.claims = vec![
                Claim { number: 1, text: format!("一种{zh}，含有部件甲{n}。"), ..Claim::default() },
                Claim { number: 2, text: "如权利要求1所述。".into(), depends_on: vec![1], lang: None },
            ];
            let mut description = Description::default();
            description.heading("背景技术");
            description.paragraph(format!("现有{zh}容易开裂。"));
            record.description = Some(description);
            record.family_id = Some((n / 30).to_string());
        }
        _ => {}
    }
    if n > 10 && kind == RightKind::Invention {
        let number = format!("{}A", publication(n % 10 + 1));
        record.citations = vec![
            Citation { number: Some(number), category: Some("X".into()), ..Citation::default() },
            Citation { text: Some("a book".into()), ..Citation::default() },
        ];
        let parent = Related { relation: "division".into(), number: format!("{}", publication(n - 7)), date: None };
        record.related = vec![parent];
    }
    record.events = vec![Event {
        date: Some(Date::constant(2019, 1, 1)),
        code: "TR1".into(),
        text: "转让".into(),
        effect: n.is_multiple_of(4).then_some(Effect::Transferred),
    }];
    part
}

/// A small IPC with titles in both languages.
pub(crate) async fn load_ipc(register: &Register) {
    let entry = |symbol: &str, depth, zh: &str, en: &str| SchemeEntry {
        symbol: symbol.into(),
        depth,
        title_zh: Some(zh.into()),
        title_en: Some(en.into()),
    };
    let places = [
        entry("G", 0, "物理", "Physics"),
        entry("G02", 1, "光学", "Optics"),
        entry("G02B", 2, "光学元件", "Optical elements"),
        entry("H", 0, "电学", "Electricity"),
        entry("H01", 1, "电气元件", "Electric elements"),
        entry("H01M", 2, "电池", "Batteries"),
        entry("H01M4/00", 3, "电极", "Electrodes"),
        entry("H01M10/00", 3, "二次电池", "Secondary cells"),
        entry("H01M10/05", 4, "非水电解质蓄电池", "Non-aqueous accumulators"),
        entry("H01M10/052", 5, "锂蓄电池", "Li-accumulators"),
        entry("H01M10/0525", 6, "摇椅式电池", "Rocking-chair batteries"),
        entry("H01M10/056", 5, "以电解质材料为特征的", "Characterised by the electrolyte"),
    ];
    register.load_scheme("ipc", "2026.01", &places).await.unwrap();
}
