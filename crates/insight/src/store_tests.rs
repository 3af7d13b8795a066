use database::testing::for_each_backend;
use jiff::civil::date;
use records::{ApplicationNumber, Authority, Office, Origin, Part, PartKey, RightKind, Subject, Text};
use register::{Batch, Delivery, Register};

use super::{SavedId, Store};
use crate::example::{analysis, nothing};
use crate::{InsightError, SectionId, changes};

const NOON: &str = "2026-03-10T12:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_analysis_shows_the_same_figures_later() {
    for_each_backend(|database| async move {
        let store = Store::open(database.clone()).await.expect("a store");
        let id = store.save(&analysis(), NOON).await.expect("saved");
        let later = Store::open(database).await.expect("opened again");
        let saved = later.load(&id).await.expect("read").expect("it is there");
        assert_eq!(saved.analysis, analysis());
        assert_eq!((saved.id, saved.seq, saved.made_at.as_str()), (id, 42, NOON));
        assert_eq!(saved.query, analysis().query);
        assert_eq!(saved.settings, analysis().settings);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_is_kept_once_as_it_was_first() {
    for_each_backend(|database| async move {
        let store = Store::open(database).await.expect("a store");
        let first = store.save(&analysis(), NOON).await.expect("saved");
        let mut later = analysis();
        later.day = later.day.tomorrow().expect("a day");
        let again = store.save(&later, "2026-03-11T12:00:00Z").await.expect("saved");
        assert_eq!((first.clone(), store.count().await.expect("a count")), (again, 1));
        let saved = store.load(&first).await.expect("read").expect("it is there");
        assert_eq!((saved.analysis, saved.made_at.as_str()), (analysis(), NOON));

        let mut other = analysis();
        other.settings.sections.insert(SectionId::Trend);
        let of_settings = store.save(&other, NOON).await.expect("saved");
        other.position = 43;
        let of_position = store.save(&other, NOON).await.expect("saved");
        assert!(of_settings != first && of_position != of_settings);
        assert_eq!(store.count().await.expect("a count"), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_saved_is_not_there() {
    for_each_backend(|database| async move {
        let store = Store::open(database).await.expect("a store");
        let id = SavedId::of(&nothing());
        assert_eq!(store.load(&id).await.expect("read"), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_analysis_too_large_is_refused_with_its_size() {
    for_each_backend(|database| async move {
        let store = Store::open(database).await.expect("a store");
        let mut large = analysis();
        large.text = "x".repeat(3 << 20);
        let refused = store.save(&large, NOON).await.expect_err("too large");
        assert!(matches!(refused, InsightError::TooLarge { most, .. } if most == 2 << 20));
        assert_eq!(store.count().await.expect("a count"), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_count_the_rights_that_moved_since() {
    for_each_backend(|database| async move {
        let store = Store::open(database.clone()).await.expect("a store");
        let register = Register::open(database).await.expect("a register");
        let mut then = analysis();
        then.position = 0;
        let id = store.save(&then, NOON).await.expect("saved");
        let saved = store.load(&id).await.expect("read").expect("it is there");
        let same = changes(&saved, &then, &register).await.expect("compared");
        assert!(same.is_none(), "{same:?}");

        give(&register, [part("a", 1, 1), part("b", 1, 2), part("c", 1, 3)]).await;
        let mut gone = part("c", 2, 3);
        gone.withdrawn = true;
        give(&register, [part("b", 2, 2), gone]).await;
        let mut now = then.clone();
        now.total = 12;
        let moved = changes(&saved, &now, &register).await.expect("compared");
        assert_eq!((moved.entries, moved.changed, moved.removed), (5, Some(2), Some(1)));
        assert_eq!((moved.total_then, moved.total_now, moved.figures.len()), (10, 12, 1));
    })
    .await;
}

/// A part of application `n`, named and dated by a day of May.
fn part(key: &str, day: i8, n: u32) -> Part {
    let number = (15_000_000 + n).to_string();
    let application = ApplicationNumber::verbatim(Office::EP, &number, RightKind::Invention).expect("a number");
    let subject = Subject { application: Some(application), publications: Vec::new() };
    let mut part = Part::new(PartKey::new("test", key), subject, Authority::Office);
    part.as_of = Some(date(2024, 5, day));
    part.record.right = Some(RightKind::Invention);
    part.record.titles = vec![Text::new(Some("en"), format!("title of {day} May"))];
    part
}

async fn give(register: &Register, parts: impl IntoIterator<Item = Part>) {
    let origin = |position| Origin { file: "a.xml".to_owned(), position };
    let parts = (0..).zip(parts).map(|(n, part)| Delivery { part, origin: origin(n) }).collect();
    register.apply(Batch { parts, loaded_at: NOON.to_owned(), ..Batch::default() }).await.expect("stored");
}

#[test]
fn an_id_is_read_in_either_case_and_nothing_else_is_one() {
    let id = SavedId::of(&analysis());
    assert_eq!(SavedId::read(&id.as_str().to_uppercase()), Some(id));
    for wrong in ["", "123", "../../etc/passwd/../..", "zzzzzzzzzzzzzzzzzzzz"] {
        assert_eq!(SavedId::read(wrong), None);
    }
}
