//! Demonstration rights: deterministic, of all kinds, in Chinese and English, under an office code that no office uses.

use fastrand::Rng;
use records::{
    ApplicationNumber, Date, Image, ImageKind, KindCode, Level, Office, Part, PartKey, Publication, PublicationNumber,
    Record, RightKind, Subject,
};

use super::pictures;
use super::topics::{TOPICS, Trend};
use super::years::{self, weighted};

/// The parts of right number `at` of a set made with `seed`; every right has one to three.
pub(super) fn parts(seed: u64, at: u64) -> Vec<Part> {
    let mut maker = Maker::new(seed, at);
    match kind(at) {
        RightKind::Design => maker.design(),
        RightKind::Trademark => maker.mark(),
        RightKind::Gi => maker.indication(),
        RightKind::Layout => maker.layout(),
        patent => maker.patent(patent),
    }
}

/// The kind of right number `at`.
pub(super) fn kind(at: u64) -> RightKind {
    match at % 20 {
        0..=7 => RightKind::Invention,
        8..=10 => RightKind::UtilityModel,
        11..=12 => RightKind::Design,
        13 if at % 100 == 13 => RightKind::Plant,
        13..=17 => RightKind::Trademark,
        18 => RightKind::Gi,
        _ => RightKind::Layout,
    }
}

pub(super) const NOTE_ZH: &str = "演示数据，虚构内容，不对应任何真实权利。";
pub(super) const NOTE_EN: &str = "Demonstration data: made up, no real right.";

pub(super) struct Maker {
    pub(super) rng: Rng,
    pub(super) seed: u64,
    pub(super) at: u64,
}

/// What a patent is about, as those who cite it know it too.
#[derive(Clone, Copy)]
pub(super) struct Core {
    pub(super) topic: usize,
    pub(super) filed: Date,
    /// Number of the right that was filed first in its family; itself without one.
    pub(super) leader: u64,
    /// Its place in the family, from 0.
    pub(super) member: u64,
    /// Rights of the family.
    pub(super) family: u64,
}

impl Core {
    /// The core of patent number `at`.
    pub(super) fn of(seed: u64, at: u64) -> Self {
        let (leader, member, family) = family(at);
        let mut rng = rng(seed, leader, 1);
        let topic = weighted(&mut rng, TOPICS.iter().map(|topic| topic.weight));
        if let Some(place) = series(at) {
            // Six on one day, the others one each week.
            let filed = Date::constant(
                2025,
                7 + (place.saturating_sub(5) / 4) as i8,
                7 + (place.saturating_sub(5) % 4 * 7) as i8,
            );
            return Self { topic, filed, leader, member, family };
        }
        let filed = years::filing(&mut rng, TOPICS[topic].trend);
        // What follows within a priority year must still be filed before the set ends.
        let first =
            if family > 1 && filed.year() > 2022 { Date::constant(2022, filed.month(), filed.day()) } else { filed };
        let filed = years::plus_months(first, member as i16 * 3);
        Self { topic, filed, leader, member, family }
    }
}

/// The place of right number `at` among a dozen utility models of one applicant that differ by hardly more than a number: what a
/// look at filings should find.
pub(super) fn series(at: u64) -> Option<u64> {
    (at % 20 == 9 && (900..1_140).contains(&at)).then(|| (at - 900) / 20)
}

/// Of every ten inventions at the fourth of twenty places, the first two, the next three and the last five are families:
/// (number of the first, place in the family, rights of the family).
fn family(at: u64) -> (u64, u64, u64) {
    if at % 20 != 3 {
        return (at, 0, 1);
    }
    let place = at / 20 % 10;
    let (from, count) = match place {
        0..=1 => (0, 2),
        2..=4 => (2, 3),
        _ => (5, 5),
    };
    (at - (place - from) * 20, place - from, count)
}

/// Numbers for one right and purpose.
fn rng(seed: u64, at: u64, purpose: u64) -> Rng {
    Rng::with_seed(seed ^ (at * 4 + purpose).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

impl Maker {
    fn new(seed: u64, at: u64) -> Self {
        Self { rng: rng(seed, at, 0), seed, at }
    }

    /// Numbers that all members of a family share.
    pub(super) fn shared(&self, leader: u64) -> Rng {
        rng(self.seed, leader, 2)
    }

    pub(super) fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    /// A day of filing on the usual course of growth.
    pub(super) fn day(&mut self) -> Date {
        years::filing(&mut self.rng, Trend::Growing)
    }

    pub(super) fn subject(application: &ApplicationNumber, publications: &[&Publication]) -> Subject {
        let publications = publications.iter().map(|p| p.number.clone()).collect();
        Subject { application: Some(application.clone()), publications }
    }

    pub(super) fn part(&self, record_name: &str, subject: Subject, as_of: Option<Date>, mut record: Record) -> Part {
        record.facts.push(("note".to_owned(), format!("{NOTE_ZH} {NOTE_EN}")));
        let key = PartKey::new("demo", format!("{}:{record_name}", self.at));
        Part { as_of, record, ..Part::new(key, subject, records::Authority::Office) }
    }

    pub(super) fn publication(&self, kind: &str, level: Level, date: Date) -> Option<Publication> {
        let number = PublicationNumber::read(Office::DEMO, &digits(self.at), None).ok()?;
        Some(Publication { number, kind: KindCode::read(kind), date: Some(date), level: Some(level) })
    }

    /// Drawings of a patent, the first for the abstract.
    pub(super) fn drawings(&mut self) -> Vec<Image> {
        let first = self.rng.u64(..);
        let count = self.rng.u64(1..=4);
        let kind = |at| if at == 0 { ImageKind::Abstract } else { ImageKind::Drawing };
        let step = |at: u64| pictures::drawing(first % pictures::DRAWINGS + at * 7);
        (0..count).map(|at| Image { file: step(at), kind: kind(at) }).collect()
    }
}

/// The application number of right number `at`.
pub(super) fn application(at: u64, right: RightKind, filed: Date) -> ApplicationNumber {
    let serial = format!("{}{at:07}", filed.year());
    ApplicationNumber { office: Office::DEMO, right, serial, check: None }
}

/// The digits of the publication number of right number `at`.
pub(super) fn digits(at: u64) -> String {
    format!("{:09}", 100_000_000 + at)
}

pub(super) fn pick<T: Copy>(rng: &mut Rng, list: &[T]) -> T {
    list[rng.usize(..list.len())]
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
