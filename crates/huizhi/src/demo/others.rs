//! Marks, designs, geographical indications and layouts.

use records::{
    Date, Effect, Image, ImageKind, Level, Locarno, NiceClass, OfficeStatus, Part, Party, Record, RightKind, Status,
    Text, Vienna,
};

use super::events::Life;
use super::make::{Maker, NOTE_ZH, application, capital, pick};
use super::topics::{PRODUCTS as PRODUCT_TOPICS, TOPICS};
use super::words::{CHIPS, GOODS, HEADS, PRODUCTS, SECONDS, TAILS, VIENNA};
use super::years::{LAST, later, plus_months, term, weighted};
use super::{parties, pictures};

impl Maker {
    pub(super) fn design(&mut self) -> Vec<Part> {
        let chosen = weighted(&mut self.rng, PRODUCT_TOPICS.iter().map(|at| TOPICS[*at].weight));
        let topic = PRODUCT_TOPICS[chosen];
        let filed = self.day();
        let application = application(self.at, RightKind::Design, filed);
        let (zh, en) = pick(&mut self.rng, TOPICS[topic].things);
        let granted = plus_months(filed, self.rng.i16(5..=9));
        let Some(grant) = self.publication("S", Level::Grant, granted) else { return Vec::new() };
        let rank = parties::applicant(&mut self.rng, topic);
        let product = self.rng.u64(..pictures::PRODUCTS);
        let image = |view| Image { file: pictures::view(product, view), kind: ImageKind::Design };
        // Since June 2021 designs last longer, as in Chinese law.
        let expires = term(filed, if filed < Date::constant(2021, 6, 1) { 10 } else { 15 });
        let record = Record {
            right: Some(RightKind::Design),
            titles: vec![Text::new(Some("zh"), zh), Text::new(Some("en"), capital(en))],
            abstracts: vec![Text::new(Some("zh"), format!("设计要点在于{zh}的形状与图案的结合。{NOTE_ZH}"))],
            applicants: vec![parties::firm(rank)],
            inventors: parties::inventors(&mut self.rng, rank),
            agents: vec![parties::agent(&mut self.rng, rank)],
            filing_date: Some(filed),
            grant_date: grant.date,
            expiry_date: expires,
            locarno: Locarno::read(TOPICS[topic].locarno).into_iter().collect(),
            images: (0..pictures::VIEWS).map(image).collect(),
            publications: vec![grant.clone()],
            ..Record::default()
        };
        let mut life = Life::new();
        life.add(grant.date, "GR01", "外观设计专利权授予", Effect::Granted);
        life.of_granted(&mut self.rng, granted, expires);
        let events = life.finish();
        let last = events.last().and_then(|event| event.date);
        vec![
            self.part("S", Self::subject(&application, &[&grant]), grant.date, record),
            self.part("event", Self::subject(&application, &[]), last, Record { events, ..Record::default() }),
        ]
    }

    pub(super) fn mark(&mut self) -> Vec<Part> {
        let filed = self.day();
        let application = application(self.at, RightKind::Trademark, filed);
        let (text, lang) = self.mark_word();
        let registered = later(filed, self.rng.i16(9..=14));
        let (status, words, expires, life) = self.mark_life(filed, registered);
        let registered = registered.filter(|_| !matches!(status, Status::Pending | Status::Refused));
        let count = [1, 1, 1, 1, 2, 2, 3][self.rng.usize(..7)];
        let from = self.rng.usize(..GOODS.len()).min(self.rng.usize(..GOODS.len()));
        let image = Image { file: pictures::mark(self.rng.u64(..)), kind: ImageKind::Mark };
        let events = life.finish();
        let as_of = events.last().and_then(|event| event.date);
        let record = Record {
            right: Some(RightKind::Trademark),
            titles: vec![Text::new(Some(lang), text)],
            applicants: vec![parties::firm(parties::any(&mut self.rng))],
            agents: vec![parties::mark_agent(&mut self.rng)],
            filing_date: Some(filed),
            grant_date: registered,
            registration_number: registered.map(|_| format!("{}", 70_000_000 + self.at)),
            expiry_date: expires.filter(|_| registered.is_some()),
            nice: (0..count).flat_map(|step| goods(from + step * 5)).collect(),
            vienna: Vienna::read(pick(&mut self.rng, VIENNA)).into_iter().collect(),
            images: vec![image],
            office_status: Some(OfficeStatus { date: as_of, text: words.to_owned(), status }),
            events,
            ..Record::default()
        };
        vec![self.part("mark", Self::subject(&application, &[]), as_of, record)]
    }

    /// A word that sounds like some others, in Chinese or Latin letters.
    fn mark_word(&mut self) -> (String, &'static str) {
        let (chinese, latin) = pick(&mut self.rng, HEADS);
        // The first spelling is the one that the others sound like.
        let spelling =
            |rng: &mut fastrand::Rng, of: &[&'static str]| of[rng.usize(..of.len()).min(rng.usize(..of.len()))];
        if self.chance(70) {
            (format!("{}{}", spelling(&mut self.rng, chinese), pick(&mut self.rng, TAILS)), "zh")
        } else {
            (format!("{}{}", spelling(&mut self.rng, latin), pick(&mut self.rng, SECONDS)), "en")
        }
    }

    /// Status with the office's words, expiry, and what happened.
    fn mark_life(&mut self, filed: Date, registered: Option<Date>) -> (Status, &'static str, Option<Date>, Life) {
        let mut life = Life::new();
        life.add(Some(filed), "", "商标注册申请收文", Effect::Filed);
        let Some(day) = registered.filter(|_| self.chance(82)) else {
            let refused = later(filed, 11).filter(|_| self.chance(85));
            life.add(refused, "", "商标注册申请驳回", Effect::Refused);
            let (status, words) =
                if refused.is_some() { (Status::Refused, "驳回") } else { (Status::Pending, "等待实质审查") };
            return (status, words, None, life);
        };
        life.add(Some(day), "", "商标注册", Effect::Granted);
        if self.chance(8) {
            life.add(later(day, 20), "", "商标转让完成", Effect::Transferred);
        }
        if self.chance(6) {
            life.add(later(day, 16), "", "商标使用许可备案完成", Effect::Licensed);
        }
        if self.chance(5) {
            life.add(later(day, 38), "", "撤销连续三年不使用注册商标申请", Effect::Disputed);
        }
        let first_end = term(day, 10);
        let over = first_end.filter(|end| *end <= LAST);
        match over {
            None if self.chance(6) => {
                life.add(later(day, self.rng.i16(30..=100)), "", "商标注销", Effect::Surrendered);
                let ended = life.ended();
                let words = if ended { "商标注销" } else { "注册" };
                (if ended { Status::Lapsed } else { Status::InForce }, words, first_end, life)
            }
            None => (Status::InForce, "注册", first_end, life),
            Some(end) if self.chance(70) => {
                life.add(Some(end), "", "商标续展完成", Effect::Renewed);
                (Status::InForce, "注册", term(day, 20), life)
            }
            Some(end) => {
                life.add(end.tomorrow().ok(), "", "期满未续展", Effect::Expired);
                (Status::Expired, "期满未续展注销", Some(end), life)
            }
        }
    }

    pub(super) fn indication(&mut self) -> Vec<Part> {
        let (product_zh, product_en, class) = pick(&mut self.rng, PRODUCTS);
        let (chinese, latin) = pick(&mut self.rng, HEADS);
        let place = self.rng.usize(..parties::PLACES.len());
        let (region, city) = parties::PLACES[place];
        let area = format!("{region}{city}{}演示镇", chinese[0]);
        let name = format!("{}演示{product_zh}", chinese[0]);
        let english = format!("{} Demo {product_en}", capital(&latin[0].to_lowercase()));
        let day = self.day();
        let application = application(self.at, RightKind::Gi, day);
        let granted = plus_months(day, 11);
        let announced = self.publication("G", Level::Grant, granted);
        let applicant = Party {
            country: Some("CN".to_owned()),
            region: Some(region.to_owned()),
            city: Some(city.to_owned()),
            ..Party::named(format!("{area}人民政府（演示）"))
        };
        let record = Record {
            right: Some(RightKind::Gi),
            titles: vec![Text::new(Some("zh"), name.clone()), Text::new(Some("en"), english)],
            abstracts: vec![Text::new(Some("zh"), format!("产地范围为{area}现辖行政区域。{NOTE_ZH}"))],
            applicants: vec![applicant],
            filing_date: Some(day),
            grant_date: Some(granted),
            nice: vec![NiceClass { class, lang: Some("zh".to_owned()), terms: vec![name] }],
            office_status: Some(OfficeStatus {
                date: Some(granted),
                text: "批准保护".to_owned(),
                status: Status::InForce,
            }),
            facts: vec![("area".to_owned(), area)],
            publications: announced.iter().cloned().collect(),
            ..Record::default()
        };
        vec![self.part("gi", Self::subject(&application, &announced.iter().collect::<Vec<_>>()), Some(day), record)]
    }

    pub(super) fn layout(&mut self) -> Vec<Part> {
        // Semiconductors are topic 7.
        const SEMICONDUCTORS: usize = 7;
        let (zh, en) = pick(&mut self.rng, CHIPS);
        let filed = self.day();
        let application = application(self.at, RightKind::Layout, filed);
        let granted = plus_months(filed, 6);
        let Some(announced) = self.publication("L", Level::Grant, granted) else { return Vec::new() };
        let rank = parties::applicant(&mut self.rng, SEMICONDUCTORS);
        let record = Record {
            right: Some(RightKind::Layout),
            titles: vec![Text::new(Some("zh"), zh), Text::new(Some("en"), capital(en))],
            applicants: vec![parties::firm(rank)],
            owners: vec![parties::firm(rank)],
            inventors: parties::inventors(&mut self.rng, rank),
            filing_date: Some(filed),
            grant_date: Some(granted),
            expiry_date: term(filed, 10),
            registration_number: Some(format!("BS.{:02}{:07}", filed.year() % 100, self.at)),
            publications: vec![announced.clone()],
            ..Record::default()
        };
        vec![self.part("layout", Self::subject(&application, &[&announced]), Some(granted), record)]
    }
}

/// One of the kinds of goods, in both languages.
fn goods(at: usize) -> [NiceClass; 2] {
    let (class, zh, en) = GOODS[at % GOODS.len()];
    [("zh", zh), ("en", en)].map(|(lang, terms)| NiceClass {
        class,
        lang: Some(lang.to_owned()),
        terms: terms.iter().map(|term| (*term).to_owned()).collect(),
    })
}
