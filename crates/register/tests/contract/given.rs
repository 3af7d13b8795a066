//! Small parts for the tests: rights of the demonstration's numbers, nothing real.

use database::Database;
use records::{
    ApplicationNumber, Authority, Date, Office, Origin, Part, PartKey, Publication, PublicationNumber, RightId,
    RightKind, Subject, Text,
};
use register::{Batch, Delivery, Outcome, Register};

pub(crate) const AT: &str = "2026-01-02T03:04:05Z";

/// Application `n`.
pub(crate) fn application(n: u32) -> ApplicationNumber {
    ApplicationNumber::verbatim(Office::EP, &format!("{}", 15_000_000 + n), RightKind::Invention).unwrap()
}

/// Publication `n`.
pub(crate) fn publication(n: u32) -> PublicationNumber {
    PublicationNumber::read(Office::EP, &format!("{}", 2_000_000 + n), None).unwrap()
}

/// Id of application `n`.
pub(crate) fn right(n: u32) -> RightId {
    application(n).id()
}

/// Waiting id of publication `n`.
pub(crate) fn waiting(n: u32) -> RightId {
    publication(n).waiting_id()
}

/// A part of key `key` on day `day` of a month, naming an application and publications, with a title.
pub(crate) fn part(key: &str, day: i8, names: Option<u32>, publications: &[u32], title: &str) -> Part {
    let publications: Vec<PublicationNumber> = publications.iter().map(|&n| publication(n)).collect();
    let subject = Subject { application: names.map(application), publications: publications.clone() };
    let mut part = Part::new(PartKey::new("test", key), subject, Authority::Office);
    part.as_of = Some(Date::constant(2024, 5, day));
    part.record.right = Some(RightKind::Invention);
    part.record.titles = vec![Text::new(Some("en"), title)];
    part.record.publications =
        publications.into_iter().map(|number| Publication { number, kind: None, date: None, level: None }).collect();
    part
}

/// The part that takes `part` back on day `day`.
pub(crate) fn withdrawal(part: &Part, day: i8) -> Part {
    let mut withdrawal = Part::new(part.key.clone(), part.subject.clone(), part.authority);
    withdrawal.as_of = Some(Date::constant(2024, 5, day));
    withdrawal.withdrawn = true;
    withdrawal
}

/// A batch of parts that lie one after the other in `file`.
pub(crate) fn batch(file: &str, parts: impl IntoIterator<Item = Part>) -> Batch {
    let delivery = |(n, part)| Delivery { part, origin: Origin { file: file.to_owned(), position: n * 100 } };
    let parts = (0_u64..).zip(parts).map(delivery).collect();
    Batch { parts, loaded_at: AT.to_owned(), ..Batch::default() }
}

/// Opens the register in a database.
pub(crate) async fn open(database: Database) -> Register {
    Register::open(database).await.unwrap()
}

/// Applies parts.
pub(crate) async fn give(register: &Register, parts: impl IntoIterator<Item = Part>) -> Outcome {
    register.apply(batch("a.xml", parts)).await.unwrap()
}

/// Fails when the register is not sound.
pub(crate) async fn assert_sound(register: &Register) {
    let audit = register.check().await.unwrap();
    assert!(audit.is_sound(), "{:#?}", audit.listed);
}
