//! Made-up rights under the office code of demonstration data, with the untidiness of real ones.

use std::sync::Arc;

use database::Database;
use index::{Document, Index, Settings, open_embedded};
use records::{
    ApplicationNumber, Authority, Citation, Cpc, Date, Ipc, Locarno, NiceClass, Office, OfficeStatus, Origin, Part,
    PartKey, Party, Publication, PublicationNumber, RightKind, Status, Subject, Text,
};
use register::{Batch, Delivery, Register, SchemeEntry};
use search::Searcher;
use tempfile::TempDir;

pub(crate) const TODAY: Date = Date::constant(2026, 7, 1);
const AT: &str = "2026-06-30T01:02:03Z";

/// A searcher over rights, with the folder of its index.
pub(crate) struct Given {
    pub(crate) searcher: Searcher,
    pub(crate) register: Register,
    index: Arc<dyn Index>,
    _folder: TempDir,
}

/// A searcher over these parts in a database.
pub(crate) async fn given(database: Database, parts: Vec<Part>) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let index: Arc<dyn Index> = Arc::new(open_embedded(folder.path(), Settings::default()).unwrap());
    let register = Register::open(database).await.unwrap();
    load_ipc(&register).await;
    let searcher = Searcher::new(register.clone(), Arc::clone(&index), TODAY);
    let given = Given { searcher, register, index, _folder: folder };
    given.add(parts).await;
    given
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

fn publication(n: u32) -> PublicationNumber {
    PublicationNumber::read(Office::DEMO, &format!("{}", 7_000_000 + n), None).unwrap()
}

const FIRMS: [(&str, Option<&str>, Option<&str>); 9] = [
    ("云岭新能源有限公司", Some("CN"), Some("云南省")),
    ("雲嶺新能源有限公司", Some("CN"), Some("云南")),
    ("North Lake Optics, Inc.", Some("US"), Some("CA")),
    ("NORTH LAKE OPTICS INC", Some("US"), Some("CA")),
    ("海沧微电子有限公司", Some("CN"), Some("Fujian")),
    ("Bergtal Maschinen GmbH", Some("DE"), None),
    ("A \"quoted\" (firm) OR NOT", Some("FR"), Some("Bretagne")),
    ("港湾科技有限公司", Some("HK"), None),
    ("独立发明人", None, None),
];

const SYMBOLS: [(&str, &str); 6] = [
    ("H01M10/0525", "H01M10/052"),
    ("H01M4/36", "H02J7/00"),
    ("G02B13/00", "G02B9/62"),
    ("G06F16/9535", "H04L9/40"),
    ("C01B32/182", "H01M4/36"),
    ("A61K31/00", "A61P35/00"),
];

/// `count` rights of every kind; the same each time.
pub(crate) fn many(count: u32) -> Vec<Part> {
    (1..=count).map(one).collect()
}

fn one(n: u32) -> Part {
    let kind = RightKind::ALL[n as usize % RightKind::ALL.len()];
    let application =
        ApplicationNumber { office: Office::DEMO, right: kind, serial: format!("2015{n:07}"), check: None };
    let subject = Subject { application: Some(application), publications: vec![publication(n)] };
    let mut part = Part::new(PartKey::new("made-up", n), subject, Authority::Office);
    part.as_of = Some(Date::constant(2026, 6, 1));
    let record = &mut part.record;
    record.right = Some(kind);
    record.titles = vec![Text::new(Some("zh"), format!("{}{n}", ["电池", "透镜", "检索方法"][n as usize % 3]))];
    let year = 1975 + (n * 7 % 53) as i16;
    // Every eleventh has no filing date; a few are dated after today.
    record.filing_date = (!n.is_multiple_of(11)).then(|| Date::constant(year, 3, 1 + (n % 28) as i8));
    let published = Date::constant((year + 1).min(2026), 5, 6);
    record.publications = vec![Publication { number: publication(n), kind: None, date: Some(published), level: None }];
    if n.is_multiple_of(2) {
        record.grant_date = Some(Date::constant(year + 2, 5, 6));
        record.office_status = Some(OfficeStatus { date: None, text: "in force".into(), status: Status::InForce });
    }
    parties(n, record);
    classes(n, kind, record);
    if n.is_multiple_of(4) {
        let citation = |number: String| Citation { number: Some(number), ..Citation::default() };
        record.citations = vec![citation(format!("{}A", publication(n % 9 + 1))), citation("US8000000B2".into())];
    }
    part
}

fn parties(n: u32, record: &mut records::Record) {
    let party = |at: u32| {
        let (name, country, region) = FIRMS[at as usize % FIRMS.len()];
        Party { country: country.map(Into::into), region: region.map(Into::into), ..Party::named(name) }
    };
    if !n.is_multiple_of(13) {
        record.applicants = vec![party(n / 2)];
    }
    if n.is_multiple_of(5) {
        record.applicants.push(party(n / 3 + 2));
    }
    if n.is_multiple_of(3) {
        record.owners = vec![party(n / 7)];
    }
    if !n.is_multiple_of(4) {
        record.inventors = vec![Party::named(format!("李{}", ["明", "华", "霞"][n as usize % 3])), party(8)];
    }
    if n.is_multiple_of(6) {
        record.agents = vec![Party::named("惠达代理事务所")];
    }
}

fn classes(n: u32, kind: RightKind, record: &mut records::Record) {
    let (first, second) = SYMBOLS[n as usize % SYMBOLS.len()];
    match kind {
        RightKind::Trademark => {
            let class = |class: u8| NiceClass { class, lang: None, terms: vec!["电池".to_owned()] };
            record.nice = vec![class(9), class(1 + (n % 45) as u8)];
        }
        RightKind::Design => record.locarno = vec![Locarno::read("14-02").unwrap(), Locarno::read("13-03").unwrap()],
        RightKind::Invention => {
            record.ipc = vec![Ipc::read(first).unwrap()];
            record.cpc = vec![Cpc::read(first).unwrap(), Cpc::read(second).unwrap()];
        }
        RightKind::UtilityModel => record.cpc = vec![Cpc::read(second).unwrap()],
        _ => {}
    }
}

/// A small IPC with titles in both languages; not every symbol of the rights is in it.
async fn load_ipc(register: &Register) {
    let entry = |symbol: &str, depth, zh: &str, en: &str| SchemeEntry {
        symbol: symbol.into(),
        depth,
        title_zh: Some(zh.into()),
        title_en: Some(en.into()),
    };
    let places = [
        entry("H", 0, "电学", "Electricity"),
        entry("H01", 1, "电气元件", "Electric elements"),
        entry("H01M", 2, "电池", "Batteries"),
        entry("H01M4/00", 3, "电极", "Electrodes"),
        entry("H01M10/00", 3, "二次电池", "Secondary cells"),
        entry("H01M10/0525", 4, "摇椅式电池", "Rocking-chair batteries"),
    ];
    register.load_scheme("ipc", "2026.01", &places).await.unwrap();
}
