//! Demonstration rights: deterministic, of all kinds, in Chinese and English, under an office code that no office uses.

use fastrand::Rng;
use records::{
    ApplicationNumber, Authority, Citation, Claim, Date, Description, Effect, Event, Image, ImageKind, Ipc, KindCode,
    Level, Locarno, NiceClass, Office, OfficeStatus, Part, PartKey, Party, Publication, PublicationNumber, Record,
    RightKind, Status, Subject, Text, Vienna,
};

use super::words::{AGENCIES, CHIPS, FIRMS, GOODS, INDICATIONS, MARKS, PEOPLE, TOPICS, Topic};

/// The parts of right number `at` of a set made with `seed`; every right has one to three.
pub(crate) fn parts(seed: u64, at: u64) -> Vec<Part> {
    let mut maker = Maker { rng: Rng::with_seed(seed ^ at.wrapping_mul(0x9e37_79b9_7f4a_7c15)), at };
    match at % 20 {
        0..=7 => maker.patent(RightKind::Invention),
        8..=10 => maker.patent(RightKind::UtilityModel),
        11..=12 => maker.design(),
        13 if at % 100 == 13 => maker.patent(RightKind::Plant),
        13..=17 => maker.mark(),
        18 => maker.indication(),
        _ => maker.layout(),
    }
}

const NOTE_ZH: &str = "演示数据，虚构内容，不对应任何真实权利。";
const NOTE_EN: &str = "Demonstration data: made up, no real right.";

struct Maker {
    rng: Rng,
    at: u64,
}

impl Maker {
    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.rng.usize(..list.len())]
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    fn day(&mut self, from: i16, to: i16) -> Date {
        Date::constant(self.rng.i16(from..=to), self.rng.i8(1..=12), self.rng.i8(1..=28))
    }

    fn application(&self, right: RightKind, filed: Date) -> ApplicationNumber {
        let serial = format!("{}{:07}", filed.year(), self.at);
        ApplicationNumber { office: Office::DEMO, right, serial, check: None }
    }

    fn subject(application: &ApplicationNumber, publications: &[&Publication]) -> Subject {
        let publications = publications.iter().map(|p| p.number.clone()).collect();
        Subject { application: Some(application.clone()), publications }
    }

    fn part(&self, record_name: &str, subject: Subject, as_of: Option<Date>, mut record: Record) -> Part {
        record.facts.push(("note".to_owned(), format!("{NOTE_ZH} {NOTE_EN}")));
        let key = PartKey::new("demo", format!("{}:{record_name}", self.at));
        Part { as_of, record, ..Part::new(key, subject, Authority::Office) }
    }

    fn publication(&self, kind: &str, level: Level, date: Date) -> Option<Publication> {
        let number = PublicationNumber::read(Office::DEMO, &format!("{:09}", 100_000_000 + self.at), None).ok()?;
        Some(Publication { number, kind: KindCode::read(kind), date: Some(date), level: Some(level) })
    }

    fn firm(&mut self) -> Party {
        let (name, english, region, city) = self.pick(FIRMS);
        let other_names = if name == english { Vec::new() } else { vec![english.to_owned()] };
        let country = match region {
            "MN" => "US",
            "BY" => "DE",
            _ => "CN",
        };
        Party {
            other_names,
            country: Some(country.to_owned()),
            region: Some(region.to_owned()),
            city: Some(city.to_owned()),
            address: Some(format!("{region}{city}演示路{}号", self.rng.u16(1..300))),
            ..Party::named(name)
        }
    }

    fn people(&mut self) -> Vec<Party> {
        let from = self.rng.usize(..PEOPLE.len());
        let people = (0..self.rng.usize(1..=4)).map(|step| PEOPLE[(from + step) % PEOPLE.len()]);
        people
            .map(|(name, latin)| {
                let other_names = if name == latin { Vec::new() } else { vec![latin.to_owned()] };
                Party { other_names, country: Some("CN".to_owned()), ..Party::named(name) }
            })
            .collect()
    }

    fn patent(&mut self, right: RightKind) -> Vec<Part> {
        let topic = &TOPICS[self.rng.usize(..TOPICS.len())];
        let filed = self.day(2008, 2019);
        let application = self.application(right, filed);
        let ((thing_zh, thing_en), writing) = (self.pick(topic.things), Writing::new(self, topic));
        let applicants = if self.chance(15) { vec![self.firm(), self.firm()] } else { vec![self.firm()] };
        let mut record = Record {
            right: Some(right),
            titles: vec![
                Text::new(Some("zh"), format!("一种{}的{thing_zh}", writing.gain_zh)),
                Text::new(Some("en"), format!("{} with {}", capital(thing_en), writing.gain_en)),
            ],
            abstracts: writing.abstracts(thing_zh, thing_en),
            claims: writing.claims(self, thing_zh),
            description: Some(writing.description(thing_zh)),
            inventors: self.people(),
            agents: vec![Party {
                organisation: Some(self.pick(AGENCIES).to_owned()), ..Party::named("演示代理人")
            }],
            applicants,
            filing_date: Some(filed),
            ipc: symbols(self, topic),
            citations: self.citations(),
            images: vec![Image { file: format!("{:07}-1.png", self.at), kind: ImageKind::Drawing }],
            ..Record::default()
        };
        let Some(first) = self.publication("A", Level::Application, plus_months(filed, 18)) else { return Vec::new() };
        let mut parts = Vec::new();
        let examined = right != RightKind::UtilityModel;
        if examined {
            record.publications = vec![first.clone()];
            parts.push(self.part("A", Self::subject(&application, &[&first]), first.date, record.clone()));
        }
        let granted = !examined || self.chance(60);
        if granted {
            let (kind, months) = if examined { ("B", 40) } else { ("U", 9) };
            if let Some(grant) = self.publication(kind, Level::Grant, plus_months(filed, months)) {
                record.publications = vec![grant.clone()];
                record.grant_date = grant.date;
                record.owners.clone_from(&record.applicants);
                parts.push(self.part("B", Self::subject(&application, &[&grant]), grant.date, record));
            }
        }
        parts.extend(self.events(&application, filed, granted));
        parts
    }

    /// A legal-status record for some.
    fn events(&mut self, application: &ApplicationNumber, filed: Date, granted: bool) -> Option<Part> {
        let (months, code, text, effect) = match (granted, self.rng.u8(..10)) {
            (true, 0..=1) => (72, "CF01", "未缴年费专利权终止", Effect::Lapsed),
            (true, 2) => (60, "TR01", "专利权的转移", Effect::Transferred),
            (true, 3) => (66, "PE01", "专利权质押合同登记的生效", Effect::Pledged),
            (true, 4) => (64, "EE01", "专利实施许可合同备案的生效", Effect::Licensed),
            (false, 0..=2) => (48, "RJ01", "发明专利申请公布后的驳回", Effect::Refused),
            (false, 3..=4) => (44, "WD01", "发明专利申请公布后的视为撤回", Effect::Withdrawn),
            (false, 5..=8) => (24, "SE01", "实质审查的生效", Effect::Examination),
            _ => return None,
        };
        let date = plus_months(filed, months);
        let event = Event { date: Some(date), code: code.to_owned(), text: text.to_owned(), effect: Some(effect) };
        let record = Record { events: vec![event], ..Record::default() };
        Some(self.part("event", Self::subject(application, &[]), Some(date), record))
    }

    fn citations(&mut self) -> Vec<Citation> {
        (0..self.rng.usize(..5))
            .map(|_| Citation {
                number: Some(format!("XX{:09}A", 100_000_000 + self.rng.u64(..2000))),
                by: Some("examiner".to_owned()),
                ..Citation::default()
            })
            .collect()
    }

    fn design(&mut self) -> Vec<Part> {
        let topic = &TOPICS[self.rng.usize(..TOPICS.len())];
        let filed = self.day(2012, 2024);
        let application = self.application(RightKind::Design, filed);
        let (zh, en) = self.pick(topic.things);
        let Some(grant) = self.publication("S", Level::Grant, plus_months(filed, 7)) else { return Vec::new() };
        let record = Record {
            right: Some(RightKind::Design),
            titles: vec![Text::new(Some("zh"), zh), Text::new(Some("en"), capital(en))],
            abstracts: vec![Text::new(Some("zh"), format!("设计要点在于{zh}的形状与图案的结合。{NOTE_ZH}"))],
            applicants: vec![self.firm()],
            inventors: self.people(),
            filing_date: Some(filed),
            grant_date: grant.date,
            locarno: Locarno::read(topic.locarno).into_iter().collect(),
            images: (1..=3)
                .map(|n| Image { file: format!("{:07}-{n}.png", self.at), kind: ImageKind::Design })
                .collect(),
            publications: vec![grant.clone()],
            ..Record::default()
        };
        vec![self.part("S", Self::subject(&application, &[&grant]), grant.date, record)]
    }

    fn mark(&mut self) -> Vec<Part> {
        let filed = self.day(2010, 2024);
        let application = self.application(RightKind::Trademark, filed);
        let ((text, lang), (class, zh, en)) = (self.pick(MARKS), self.pick(GOODS));
        let terms = |lang: &str, terms: &[&str]| NiceClass {
            class,
            lang: Some(lang.to_owned()),
            terms: terms.iter().map(|t| (*t).to_owned()).collect(),
        };
        let (status, words) = self.pick(&[
            (Status::InForce, "注册"),
            (Status::InForce, "注册"),
            (Status::Pending, "等待实质审查"),
            (Status::Refused, "驳回"),
            (Status::Lapsed, "商标注销"),
        ]);
        let registered = matches!(status, Status::InForce | Status::Lapsed).then(|| plus_months(filed, 10));
        let record = Record {
            right: Some(RightKind::Trademark),
            titles: vec![Text::new(Some(lang), format!("{text} {}", self.at % 97))],
            applicants: vec![self.firm()],
            agents: vec![Party::named(AGENCIES[1])],
            filing_date: Some(filed),
            grant_date: registered,
            registration_number: registered.map(|_| format!("{}", 70_000_000 + self.at)),
            expiry_date: registered.map(|day| plus_months(day, 120)),
            nice: vec![terms("zh", zh), terms("en", en)],
            vienna: Vienna::read(self.pick(&["26.11.02", "05.03.13", "01.15.15"])).into_iter().collect(),
            images: vec![Image { file: format!("{:07}.png", self.at), kind: ImageKind::Mark }],
            office_status: Some(OfficeStatus { date: registered.or(Some(filed)), text: words.to_owned(), status }),
            ..Record::default()
        };
        vec![self.part("mark", Self::subject(&application, &[]), registered, record)]
    }

    fn indication(&mut self) -> Vec<Part> {
        let (name, english, area, class) = self.pick(INDICATIONS);
        let day = self.day(2004, 2023);
        let application = self.application(RightKind::Gi, day);
        let announced = self.publication("G", Level::Grant, plus_months(day, 11));
        let record = Record {
            right: Some(RightKind::Gi),
            titles: vec![Text::new(Some("zh"), name), Text::new(Some("en"), english)],
            abstracts: vec![Text::new(Some("zh"), format!("产地范围为{area}现辖行政区域。{NOTE_ZH}"))],
            applicants: vec![Party::named(format!("{area}人民政府（演示）"))],
            filing_date: Some(day),
            grant_date: Some(plus_months(day, 11)),
            nice: vec![NiceClass { class, lang: Some("zh".to_owned()), terms: vec![name.to_owned()] }],
            office_status: Some(OfficeStatus {
                date: Some(plus_months(day, 11)),
                text: "批准保护".to_owned(),
                status: Status::InForce,
            }),
            facts: vec![("area".to_owned(), area.to_owned())],
            publications: announced.iter().cloned().collect(),
            ..Record::default()
        };
        vec![self.part("gi", Self::subject(&application, &announced.iter().collect::<Vec<_>>()), Some(day), record)]
    }

    fn layout(&mut self) -> Vec<Part> {
        let (zh, en) = self.pick(CHIPS);
        let filed = self.day(2014, 2024);
        let application = self.application(RightKind::Layout, filed);
        let granted = plus_months(filed, 6);
        let Some(announced) = self.publication("L", Level::Grant, granted) else { return Vec::new() };
        let record = Record {
            right: Some(RightKind::Layout),
            titles: vec![Text::new(Some("zh"), zh), Text::new(Some("en"), capital(en))],
            owners: vec![self.firm()],
            inventors: self.people(),
            filing_date: Some(filed),
            grant_date: Some(granted),
            expiry_date: Some(plus_months(filed, 120)),
            registration_number: Some(format!("BS.{:02}{:07}", filed.year() % 100, self.at)),
            publications: vec![announced.clone()],
            ..Record::default()
        };
        vec![self.part("layout", Self::subject(&application, &[&announced]), Some(granted), record)]
    }
}

/// What one patent says of itself.
struct Writing {
    part_zh: &'static str,
    part_en: &'static str,
    second_zh: &'static str,
    gain_zh: &'static str,
    gain_en: &'static str,
}

impl Writing {
    fn new(maker: &mut Maker, topic: &Topic) -> Self {
        let (part_zh, part_en) = maker.pick(topic.parts);
        let (second_zh, _) = maker.pick(topic.parts);
        let (gain_zh, gain_en) = maker.pick(topic.gains);
        Self { part_zh, part_en, second_zh, gain_zh, gain_en }
    }

    fn abstracts(&self, thing_zh: &str, thing_en: &str) -> Vec<Text> {
        let Self { part_zh, part_en, second_zh, gain_zh, gain_en } = self;
        let zh = format!(
            "本发明公开了一种{thing_zh}，包括{part_zh}和{second_zh}。所述{part_zh}与{second_zh}相连，能够{gain_zh}。{NOTE_ZH}"
        );
        let en =
            format!("The invention discloses a {thing_en} comprising a {part_en}, which gives {gain_en}. {NOTE_EN}");
        vec![Text::new(Some("zh"), zh), Text::new(Some("en"), en)]
    }

    fn claims(&self, maker: &mut Maker, thing: &str) -> Vec<Claim> {
        let Self { part_zh, second_zh, gain_zh, .. } = self;
        let mut claims =
            vec![claim(1, format!("一种{thing}，其特征在于，包括{part_zh}以及与其相连的{second_zh}。"), vec![])];
        for number in 2..=maker.rng.u32(3..12) {
            let on = maker.rng.u32(1..number);
            let text = format!(
                "根据权利要求{on}所述的{thing}，其特征在于，所述{part_zh}设有第{number}连接部，用于{gain_zh}。"
            );
            claims.push(claim(number, text, vec![on]));
        }
        claims
    }

    fn description(&self, thing: &str) -> Description {
        let Self { part_zh, second_zh, gain_zh, .. } = self;
        let mut description = Description { lang: Some("zh".to_owned()), ..Description::default() };
        description.heading("技术领域");
        description.paragraph(format!("本发明涉及{thing}的技术领域。"));
        description.heading("背景技术");
        description.paragraph(format!("现有的{thing}难以{gain_zh}。为此需要改进{part_zh}。"));
        description.heading("发明内容");
        description.paragraph(format!("为了{gain_zh}，在{part_zh}与{second_zh}之间设置连接部。连接部可以拆卸。"));
        description.heading("具体实施方式");
        description.paragraph(format!("实施例一：{part_zh}位于{second_zh}上方。{NOTE_ZH}"));
        description
    }
}

/// One or two IPC symbols of the topic.
fn symbols(maker: &mut Maker, topic: &Topic) -> Vec<Ipc> {
    let from = maker.rng.usize(..topic.ipc.len());
    let symbols = (0..maker.rng.usize(1..=2)).map(|step| topic.ipc[(from + step) % topic.ipc.len()]);
    symbols.filter_map(Ipc::read).collect()
}

fn claim(number: u32, text: String, depends_on: Vec<u32>) -> Claim {
    Claim { number, text, depends_on, lang: Some("zh".to_owned()) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The same day so many months later; days up to the 28th exist in every month.
fn plus_months(day: Date, months: i16) -> Date {
    let at = day.year() * 12 + i16::from(day.month()) - 1 + months;
    Date::constant(at / 12, (at % 12 + 1) as i8, day.day())
}
