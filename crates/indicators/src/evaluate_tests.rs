use std::collections::BTreeMap;

use database::testing::for_each_backend;
use proptest::prelude::*;

use crate::evaluate::{Evaluator, Leaf, Leaves, Open};
use crate::testing::{World, code, definitions, now, period, today, unit};
use crate::{Book, Missing, Reading, State, Version};
use jiff::civil::date;
use network::Shape;

fn book() -> Book {
    let version =
        |definition| Version { number: 1, from: date(2020, 1, 1), to: None, made_at: now(), made_by: None, definition };
    Book::new(definitions().into_iter().map(version))
}

/// The tree of the small country, read once.
fn shape() -> Shape {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let database = database::Database::open(&database::sqlite_url(&folder.path().join("t.db"))).await.unwrap();
        let world = World::new(database).await;
        let shape = world.indicators.shape().await.unwrap();
        Shape::clone(&shape)
    })
}

/// Readings of the year 2025 with these leaves; `None` is a value of which is said that there is none.
type Given = BTreeMap<(u32, &'static str, &'static str), (State, Option<f64>)>;

fn reads(shape: &Shape, given: &Given, open: &Open, of: u32, what: &str, when: &str) -> Reading {
    let mut leaves = Leaves::default();
    for ((of, what, when), (state, number)) in given {
        let number = *number;
        let leaf = Leaf { state: *state, number };
        leaves.put(&code(what), shape.number(&unit(*of)).unwrap(), period(when), leaf);
    }
    let book = book();
    let number = shape.number(&unit(of)).unwrap();
    Evaluator::new(&book, shape, &leaves, open, today()).reading(&code(what), number, period(when))
}

fn why(reading: &Reading) -> Missing {
    reading.missing().unwrap().clone()
}

#[test]
fn what_is_missing_says_why_and_is_never_zero() {
    let shape = shape();
    let accepted = |number: f64| (State::Accepted, Some(number));
    let mut given = Given::new();
    let read = |given: &Given, of, what: &str, when: &str| reads(&shape, given, &Open::None, of, what, when);
    assert_eq!(why(&read(&given, 4, "A", "2025")), Missing::NotReported);
    assert_eq!(why(&read(&given, 2, "A", "2025")), Missing::NotThisLevel);
    assert_eq!(why(&read(&given, 4, "A", "2025-Q1")), Missing::NotThisPeriod);
    assert_eq!(why(&read(&given, 4, "A", "2019")), Missing::NotDefined);
    assert_eq!(why(&read(&given, 4, "Z", "2025")), Missing::NotDefined);
    given.insert((4, "A", "2025"), accepted(10.0));
    let Missing::Parts { missing: 1, of: 2, sum } = why(&read(&given, 2, "A-SUM", "2025")) else { panic!("parts") };
    assert!((sum - 10.0).abs() < 1e-12);
    given.insert((5, "A", "2025"), (State::Accepted, None));
    assert_eq!(why(&read(&given, 5, "A", "2025")), Missing::Declared);
    assert!(matches!(why(&read(&given, 2, "A-SUM", "2025")), Missing::Parts { missing: 1, of: 2, .. }));
    let Missing::Part { code: part, why: inner } = why(&read(&given, 4, "A-PER-B", "2025")) else { panic!("part") };
    assert_eq!((part, *inner), (code("B"), Missing::NotReported));
    given.insert((4, "B", "2025"), accepted(0.0));
    assert_eq!(why(&read(&given, 4, "A-PER-B", "2025")), Missing::DivisionByZero { code: code("B") });
    assert!(matches!(why(&read(&given, 4, "A-UP", "2025")), Missing::NoLastYear { .. }));
    given.insert((4, "A", "2024"), accepted(0.0));
    assert_eq!(why(&read(&given, 4, "A-UP", "2025")), Missing::DivisionByZero { code: code("A") });
    given.insert((4, "A", "2024"), accepted(8.0));
    assert!((read(&given, 4, "A-UP", "2025").settled_number().unwrap() - 25.0).abs() < 1e-9);
    // 3 × 10/100 + 1 × (100 − 0)/100, of 4.
    assert!((read(&given, 4, "A-X", "2025").settled_number().unwrap() - 32.5).abs() < 1e-9);
}

#[test]
fn drafts_are_seen_by_their_own_and_marked_all_the_way_up() {
    let shape = shape();
    let mut given = Given::new();
    given.insert((4, "A", "2025"), (State::Draft, Some(1.0)));
    given.insert((5, "A", "2025"), (State::Submitted, Some(2.0)));
    let sees = |open: &Open, of, what| reads(&shape, &given, open, of, what, "2025");
    assert_eq!(why(&sees(&Open::None, 4, "A")), Missing::NotReported, "that someone writes is nobody's business");
    assert_eq!(why(&sees(&Open::None, 5, "A")), Missing::NotAccepted { state: State::Submitted });
    assert_eq!(sees(&Open::All, 2, "A-SUM"), Reading::Number { number: 3.0, provisional: true });
    let own = Open::Of([shape.number(&unit(4)).unwrap()].into());
    assert!(sees(&own, 4, "A").is_provisional());
    assert!(matches!(why(&sees(&own, 2, "A-SUM")), Missing::Parts { missing: 1, .. }));
}

#[test]
fn a_ring_that_came_past_the_check_ends() {
    let mut all = definitions();
    for definition in &mut all {
        if definition.code == code("A") {
            definition.formula = crate::Formula::Ratio { of: code("A-PER-B"), per: code("B"), factor: 1.0 };
        }
    }
    let version =
        |definition| Version { number: 1, from: date(2020, 1, 1), to: None, made_at: now(), made_by: None, definition };
    let book = Book::new(all.into_iter().map(version));
    let ring = book.check(&code("A")).unwrap_err();
    assert!(ring.to_string().ends_with("A → A-PER-B → A"), "{ring}");
    let (shape, leaves, open) = (shape(), Leaves::default(), Open::None);
    let number = shape.number(&unit(4)).unwrap();
    let reading = Evaluator::new(&book, &shape, &leaves, &open, today()).reading(&code("A"), number, period("2025"));
    assert!(reading.number().is_none());
}

#[tokio::test]
async fn a_merged_unit_keeps_its_past_and_growth_across_the_merger_does_not_compare() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        for (of, when, number) in [(4, "2024", 10.0), (5, "2024", 20.0), (4, "2025", 40.0)] {
            world.accepted(of, "A", when, number).await;
        }
        let mut write = world.database.write().await.unwrap();
        let four = unit(4);
        let heir = network::Heir::Existing(&four, 1);
        network::merge(&mut write, now(), &[(unit(5), 1)], heir, date(2025, 7, 1), None).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(world.value(5, "A", "2024").await, Reading::settled(20.0), "old values stay");
        assert_eq!(world.value(2, "A-SUM", "2024").await, Reading::settled(30.0), "with the tree of then");
        assert_eq!(world.value(2, "A-SUM", "2025").await, Reading::settled(40.0), "with the tree of now");
        assert_eq!(why(&world.value(5, "A", "2026").await), Missing::NoUnit);
        assert_eq!(why(&world.value(4, "A-UP", "2025").await), Missing::Reorganised { on: date(2025, 7, 1) });
    })
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_sum_is_the_sum_of_its_children_or_missing(numbers in proptest::collection::vec(proptest::option::of(0..1_000_i32), 3)) {
        static SHAPE: std::sync::LazyLock<Shape> = std::sync::LazyLock::new(shape);
        let mut given = Given::new();
        for (of, number) in [4, 5, 6].into_iter().zip(&numbers) {
            if let Some(number) = number {
                given.insert((of, "A", "2025"), (State::Accepted, Some(f64::from(*number))));
            }
        }
        let read = |of, what: &str| reads(&SHAPE, &given, &Open::None, of, what, "2025");
        let expected = |of: &[usize]| of.iter().map(|at| numbers[*at].map(f64::from)).sum::<Option<f64>>();
        prop_assert_eq!(read(2, "A-SUM").settled_number(), expected(&[0, 1]));
        prop_assert_eq!(read(3, "A-SUM").settled_number(), expected(&[2]));
        prop_assert_eq!(read(1, "A-SUM").settled_number(), expected(&[0, 1, 2]));
        if numbers.iter().any(Option::is_none) {
            prop_assert_eq!(read(1, "A-SUM").number(), None, "missing is never zero");
        }
    }

    #[test]
    fn growth_and_its_base_give_the_number_back(before in 1..10_000_i32, after in 0..10_000_i32) {
        static SHAPE: std::sync::LazyLock<Shape> = std::sync::LazyLock::new(shape);
        let mut given = Given::new();
        given.insert((4, "A", "2024"), (State::Accepted, Some(f64::from(before))));
        given.insert((4, "A", "2025"), (State::Accepted, Some(f64::from(after))));
        let up = reads(&SHAPE, &given, &Open::None, 4, "A-UP", "2025").settled_number().unwrap();
        prop_assert!((f64::from(before) * (1.0 + up / 100.0) - f64::from(after)).abs() < 1e-6);
        let x = reads(&SHAPE, &given, &Open::None, 4, "A-X", "2025");
        prop_assert_eq!(x.number(), None, "an index without a part is missing");
    }
}
