use proptest::prelude::*;

use super::{points_of_items, score};
use crate::testing::{datum, scheme, snapshot, unit};
use crate::{
    Better, Datum, Detail, Item, Mark, Missing, Outcome, Point, Points, Rule, Scheme, Snapshot, Then, UnitScore, When,
};

fn mark(reviewer: u32, score: f64) -> Mark {
    Mark { reviewer, score, words: String::new() }
}

/// Three cities as they stand in the world of the tests.
fn cities() -> Snapshot {
    let mut snapshot = snapshot(&[
        (11, &[("linear", 15.0), ("steps", 2.0), ("rank", 120.0), ("yes", 1.0)]),
        (12, &[("linear", 10.0), ("steps", 2.0), ("rank", 80.0), ("yes", 1.0)]),
        (13, &[("rank", 100.0)]),
    ]);
    let growth = |now, before| Datum { before: Some(before), ..datum(now) };
    for (number, growth) in [(11, growth(1200.0, 1000.0)), (12, growth(500.0, 0.0))] {
        snapshot.units.get_mut(&unit(number)).unwrap().values.insert("growth".to_owned(), growth);
    }
    for (number, marks) in [(11, [80.0, 90.0]), (12, [70.0, 71.0]), (13, [60.0, 60.0])] {
        let marks = vec![mark(1, marks[0]), mark(2, marks[1])];
        snapshot.units.get_mut(&unit(number)).unwrap().marks.insert("expert".to_owned(), marks);
    }
    snapshot
}

fn points(unit: &UnitScore) -> Vec<(&str, Option<Points>, Points, Outcome)> {
    unit.lines().map(|line| (line.item.as_str(), line.score, line.points, line.outcome)).collect()
}

#[test]
fn every_line_says_how_it_came_to_its_points() {
    let scores = score(&scheme(), &cities());
    let first = scores.of(&unit(11)).unwrap();
    assert_eq!(
        points(first),
        [
            ("linear", Some(Points(7500)), Points(1500), Outcome::Scored),
            ("steps", Some(Points(6000)), Points(600), Outcome::Scored),
            ("rank", Some(Points(10_000)), Points(1000), Outcome::Scored),
            ("growth", Some(Points(5000)), Points(500), Outcome::Scored),
            ("yes", Some(Points(10_000)), Points(1000), Outcome::Scored),
            ("expert", Some(Points(8500)), Points(3400), Outcome::Scored),
            ("bonus", None, Points(0), Outcome::LeftOut),
            ("veto", None, Points(0), Outcome::LeftOut),
            ("fail", None, Points(0), Outcome::LeftOut),
        ]
    );
    assert_eq!((first.sum, first.total, first.rank), (Points(8000), Some(Points(8000)), Some(1)));
    let second = scores.of(&unit(12)).unwrap();
    assert_eq!((second.total, second.rank), (Some(Points(6920)), Some(2)));
    let growth = second.lines().find(|line| line.item == "growth").unwrap();
    assert_eq!(growth.detail, Detail::Growth { before: 0.0, now: 500.0 });
    assert_eq!(growth.score, Some(Points(10_000)), "from nothing to something");
}

#[test]
fn what_is_missing_is_never_silently_nothing() {
    let scores = score(&scheme(), &cities());
    let third = scores.of(&unit(13)).unwrap();
    let outcomes: Vec<Outcome> = third.missing().map(|line| line.outcome).collect();
    assert_eq!(outcomes[..4], [Outcome::MissingZero, Outcome::MissingZero, Outcome::LeftOut, Outcome::MissingZero]);
    assert_eq!((third.sum, third.possible), (Points(3300), Points(9000)));
    assert_eq!(third.total, Some(Points(3667)), "33 of 90 is 36.67 of 100");
    let mut held = cities();
    held.units.get_mut(&unit(13)).unwrap().marks.clear();
    let scores = score(&scheme(), &held);
    let third = scores.of(&unit(13)).unwrap();
    assert_eq!((third.total, third.rank), (None, None));
    assert_eq!(third.awaits, ["expert"]);
    assert_eq!(scores.of(&unit(12)).unwrap().rank, Some(2), "others are not held up");
}

#[test]
fn too_few_marks_are_missing_and_three_lose_their_ends() {
    let mut snapshot = cities();
    let marks = &mut snapshot.units.get_mut(&unit(11)).unwrap().marks;
    marks.insert("expert".to_owned(), vec![mark(1, 80.0)]);
    assert_eq!(score(&scheme(), &snapshot).of(&unit(11)).unwrap().total, None);
    let marks = &mut snapshot.units.get_mut(&unit(11)).unwrap().marks;
    marks.insert("expert".to_owned(), vec![mark(1, 80.0), mark(2, 20.0), mark(3, 81.0), mark(4, 100.0)]);
    let scores = score(&scheme(), &snapshot);
    let line = scores.of(&unit(11)).unwrap().lines().find(|line| line.item == "expert").unwrap();
    assert_eq!(line.score, Some(Points(8050)));
    assert_eq!(line.detail, Detail::Marks { marks: vec![20.0, 80.0, 81.0, 100.0], trimmed: true });
}

#[test]
fn a_bonus_ends_at_its_own_cap_and_at_the_cap_of_all() {
    let mut snapshot = cities();
    for (wanted, expected) in [(2.0, 8200), (4.0, 8300), (9.0, 8300), (-3.0, 8000)] {
        snapshot.units.get_mut(&unit(11)).unwrap().values.insert("bonus".to_owned(), datum(wanted));
        let total = score(&scheme(), &snapshot).of(&unit(11)).unwrap().total;
        assert_eq!(total, Some(Points(expected)), "{wanted}");
    }
}

#[test]
fn a_veto_caps_or_fails_and_says_why() {
    let mut snapshot = cities();
    snapshot.units.get_mut(&unit(11)).unwrap().values.insert("veto".to_owned(), datum(1.0));
    let scores = score(&scheme(), &snapshot);
    let first = scores.of(&unit(11)).unwrap();
    assert_eq!((first.total, first.rank, first.failed), (Some(Points(5900)), Some(2), false));
    assert_eq!(first.vetoes, ["veto"]);
    snapshot.units.get_mut(&unit(11)).unwrap().values.insert("fail".to_owned(), datum(1.0));
    let scores = score(&scheme(), &snapshot);
    let first = scores.of(&unit(11)).unwrap();
    assert_eq!((first.rank, first.failed), (None, true));
    assert_eq!(scores.ranking().last().unwrap().unit, unit(11));
    snapshot.units.get_mut(&unit(11)).unwrap().values.insert("fail".to_owned(), datum(0.0));
    assert!(!score(&scheme(), &snapshot).of(&unit(11)).unwrap().failed);
}

#[test]
fn who_has_the_same_shares_the_mean_of_their_places() {
    let places = |rule: Rule| {
        let mut scheme = scheme();
        let item = scheme.dimensions[0].items.iter_mut().find(|item| item.code == "rank").unwrap();
        item.rule = rule;
        let units = [(11, [("rank", 5.0)]), (12, [("rank", 5.0)]), (13, [("rank", 1.0)]), (14, [("rank", 9.0)])];
        let units: Vec<(u32, &[(&str, f64)])> = units.iter().map(|(unit, values)| (*unit, &values[..])).collect();
        let scores = score(&scheme, &snapshot(&units));
        let line = |unit: &UnitScore| unit.lines().find(|line| line.item == "rank").cloned().unwrap();
        scores.units.iter().map(|unit| (line(unit).detail, line(unit).score.unwrap().0)).collect::<Vec<_>>()
    };
    let place = |place, sharing| Detail::Place { place, of: 4, sharing };
    let even = Rule::Rank { better: Better::Higher, places: vec![], rest: 0.0 };
    // Places 2 and 3 of 4 give 66.67 and 33.33.
    assert_eq!(places(even), [(place(2, 2), 5000), (place(2, 2), 5000), (place(4, 1), 0), (place(1, 1), 10_000)]);
    let lower = Rule::Rank { better: Better::Lower, places: vec![100.0, 80.0], rest: 40.0 };
    let expected = [(place(2, 2), 6000), (place(2, 2), 6000), (place(1, 1), 10_000), (place(4, 1), 4000)];
    assert_eq!(places(lower), expected, "the last of the listed places and the first of the rest");
}

#[test]
fn places_give_the_same_sum_whoever_is_like_whom() {
    let sum = |values: [f64; 4]| -> i64 {
        let mut scheme = scheme();
        let item = scheme.dimensions[0].items.iter_mut().find(|item| item.code == "rank").unwrap();
        item.rule = Rule::Rank { better: Better::Higher, places: vec![], rest: 0.0 };
        let values = values.map(|value| [("rank", value)]);
        let units: Vec<(u32, &[(&str, f64)])> = (11..15).zip(values.iter().map(|values| &values[..])).collect();
        let scores = score(&scheme, &snapshot(&units));
        let lines = scores.units.iter().flat_map(UnitScore::lines).filter(|line| line.item == "rank");
        lines.map(|line| line.score.unwrap().0).sum()
    };
    for values in [[4.0, 3.0, 2.0, 1.0], [1.0, 1.0, 2.0, 2.0], [0.0, 0.0, 0.0, 9.0], [0.0; 4]] {
        assert!((sum(values) - 20_000).abs() <= 4, "{values:?}: {}, by rounding alone", sum(values));
    }
}

#[test]
fn a_decision_stands_in_place_of_marks() {
    let mut snapshot = cities();
    snapshot.units.get_mut(&unit(11)).unwrap().values.insert("expert".to_owned(), datum(95.0));
    let scores = score(&scheme(), &snapshot);
    let line = scores.of(&unit(11)).unwrap().lines().find(|line| line.item == "expert").unwrap();
    assert_eq!((line.score, &line.detail), (Some(Points(9500)), &Detail::Decided));
}

#[test]
fn growth_of_nothing_is_defined() {
    let growth = |before, now| {
        let mut snapshot = cities();
        let datum = Datum { before, ..datum(now) };
        snapshot.units.get_mut(&unit(11)).unwrap().values.insert("growth".to_owned(), datum);
        let scores = score(&scheme(), &snapshot);
        scores.of(&unit(11)).unwrap().lines().find(|line| line.item == "growth").unwrap().score
    };
    assert_eq!(growth(Some(0.0), 0.0), Some(Points(0)), "nothing and nothing is no growth");
    assert_eq!(growth(Some(0.0), 1.0), Some(Points(10_000)));
    assert_eq!(growth(None, 1.0), None, "without the year before it is missing");
    assert_eq!(growth(Some(f64::NAN), 1.0), None);
    assert_eq!(growth(Some(-10.0), -5.0), Some(Points(10_000)), "half of a loss is made up: 50 %");
}

#[test]
fn a_snapshot_that_was_kept_scores_the_same() {
    let (scheme, snapshot) = (scheme(), cities());
    let again: Snapshot = serde_json::from_str(&snapshot.to_json()).unwrap();
    assert_eq!(snapshot.hash(), again.hash());
    assert_eq!(score(&scheme, &snapshot), score(&scheme, &again));
    assert_eq!(score(&scheme, &snapshot).hash(), score(&scheme, &again).hash());
    let mut other = scheme.clone();
    other.dimensions[0].weight = 61.0;
    assert_ne!(other.hash(), scheme.hash());
}

#[test]
fn a_unit_with_nothing_to_score_has_no_total() {
    let mut scheme = scheme();
    for item in scheme.dimensions.iter_mut().flat_map(|dimension| &mut dimension.items) {
        item.missing = Missing::LeaveOut;
    }
    let scores = score(&scheme, &snapshot(&[(11, &[])]));
    assert_eq!((scores.units[0].total, scores.units[0].rank), (None, None));
    assert!(score(&scheme, &Snapshot::default()).units.is_empty());
}

fn one_item(rule: Rule) -> Scheme {
    let mut scheme = scheme();
    scheme.dimensions.truncate(1);
    let item = Item { rule, weight: 1.0, ..scheme.dimensions[0].items[0].clone() };
    scheme.dimensions[0].items = vec![item];
    scheme
}

fn total(scheme: &Scheme, value: f64) -> Points {
    score(scheme, &snapshot(&[(11, &[("linear", value)])])).units[0].total.unwrap()
}

/// Steps that never give less for more.
fn rising() -> impl Strategy<Value = Vec<Point>> {
    prop::collection::btree_map(-1000_i32..1000, 0_u32..=100, 1..6).prop_map(|steps| {
        let mut scores: Vec<u32> = steps.values().copied().collect();
        scores.sort_unstable();
        steps.keys().zip(scores).map(|(at, score)| Point { at: f64::from(*at), score: f64::from(score) }).collect()
    })
}

proptest! {
    #[test]
    fn a_better_input_never_scores_less(
        a in -2000_i32..2000, more in 0_i32..2000, from in -1000_i32..1000, span in 1_i32..1000, steps in rising(),
    ) {
        let (a, b) = (f64::from(a) / 2.0, f64::from(a + more) / 2.0);
        let (from, to) = (f64::from(from), f64::from(from + span));
        let up = |score| Point { at: from, score };
        let linear = one_item(Rule::Linear { from: up(0.0), to: Point { at: to, score: 100.0 } });
        prop_assert!(total(&linear, a) <= total(&linear, b));
        let falling = one_item(Rule::Linear { from: up(100.0), to: Point { at: to, score: 0.0 } });
        prop_assert!(total(&falling, a) >= total(&falling, b));
        let rule = Rule::Steps { better: Better::Higher, steps: steps.clone(), otherwise: 0.0 };
        prop_assert!(total(&one_item(rule.clone()), a) <= total(&one_item(rule), b));
        let lower: Vec<Point> = steps.iter().map(|step| Point { at: -step.at, score: step.score }).collect();
        let rule = Rule::Steps { better: Better::Lower, steps: lower, otherwise: 0.0 };
        prop_assert!(total(&one_item(rule.clone()), a) >= total(&one_item(rule), b));
    }

    #[test]
    fn points_of_items_are_the_full_points(weights in prop::collection::vec((1_u32..500, prop::collection::vec(1_u32..500, 1..8)), 1..8), full in 1_u32..1000) {
        let mut scheme = scheme();
        scheme.full = full;
        let dimension = scheme.dimensions[0].clone();
        scheme.dimensions = weights.iter().enumerate().map(|(d, (weight, items))| {
            let items = items.iter().enumerate().map(|(n, weight)| Item {
                code: format!("i{d}-{n}"), weight: f64::from(*weight), ..dimension.items[0].clone()
            });
            crate::Dimension { code: format!("d{d}"), weight: f64::from(*weight), items: items.collect(), ..dimension.clone() }
        }).collect();
        let points = points_of_items(&scheme);
        let full = Points(i64::from(full) * 100);
        prop_assert_eq!(points.values().copied().sum::<Points>(), full);
        // Weights are proportions: twice of all of them is the same.
        let mut double = scheme.clone();
        for dimension in &mut double.dimensions {
            dimension.weight *= 2.0;
            dimension.items.iter_mut().for_each(|item| item.weight *= 4.0);
        }
        prop_assert_eq!(points_of_items(&double), points);
        // Who reaches everything has the full points.
        let all: Vec<(String, f64)> = scheme.items().map(|(_, item)| (item.code.clone(), 20.0)).collect();
        let all: Vec<(&str, f64)> = all.iter().map(|(code, value)| (code.as_str(), *value)).collect();
        prop_assert_eq!(score(&scheme, &snapshot(&[(11, &all)])).units[0].total, Some(full));
    }

    #[test]
    fn what_is_left_out_is_rescaled(values in prop::collection::vec(0_u32..=20, 3), left in 0_usize..3) {
        let mut scheme = scheme();
        scheme.dimensions.truncate(1);
        let item = scheme.dimensions[0].items[0].clone();
        scheme.dimensions[0].items = (0..3).map(|n| Item {
            code: format!("i{n}"), weight: 10.0 * f64::from(n + 1), missing: Missing::LeaveOut, ..item.clone()
        }).collect();
        let codes = ["i0", "i1", "i2"];
        let there: Vec<(&str, f64)> =
            (0..3).filter(|n| *n != left).map(|n| (codes[n], f64::from(values[n]))).collect();
        let scored = score(&scheme, &snapshot(&[(11, &there)]));
        // The same as a scheme that never had the item, but for one hundredth of rounding.
        let mut without = scheme.clone();
        without.dimensions[0].items.remove(left);
        let other = score(&without, &snapshot(&[(11, &there)]));
        let (a, b) = (scored.units[0].total.unwrap().0, other.units[0].total.unwrap().0);
        prop_assert!((a - b).abs() <= 3, "{a} {b}");
        prop_assert!(scored.units[0].possible < Points(10_000));
    }

    #[test]
    fn the_order_of_units_and_their_names_make_no_difference(values in prop::collection::vec(0_u32..30, 4)) {
        let one = |number: u32| [("linear", f64::from(values[number as usize])), ("rank", f64::from(values[number as usize] / 3))];
        let sets = [one(0), one(1), one(2), one(3)];
        let forward: Vec<(u32, &[(&str, f64)])> = (0..4).map(|n| (11 + n, &sets[n as usize][..])).collect();
        let mut scheme = scheme();
        scheme.dimensions.truncate(1);
        let scores = score(&scheme, &snapshot(&forward));
        let backward: Vec<_> = forward.iter().rev().copied().collect();
        prop_assert_eq!(&scores, &score(&scheme, &snapshot(&backward)));
        // The same figures under other names have the same points.
        let renamed: Vec<(u32, &[(&str, f64)])> = (0..4).map(|n| (20 - n, &sets[n as usize][..])).collect();
        let other = score(&scheme, &snapshot(&renamed));
        for n in 0..4 {
            let (a, b) = (scores.of(&unit(11 + n)).unwrap(), other.of(&unit(20 - n)).unwrap());
            prop_assert_eq!((a.total, a.rank), (b.total, b.rank));
        }
    }

    #[test]
    fn no_numbers_break_it(values in prop::collection::vec(prop::num::f64::ANY, 9)) {
        let codes = ["linear", "steps", "rank", "growth", "yes", "expert", "bonus", "veto", "fail"];
        let all: Vec<(&str, f64)> = codes.into_iter().zip(values).collect();
        let scores = score(&scheme(), &snapshot(&[(11, &all), (12, &all)]));
        for unit in &scores.units {
            prop_assert!(unit.total.is_none_or(|total| total >= Points(0) && total <= Points(10_300)));
        }
    }
}

#[test]
fn vetoes_look_at_the_side_that_they_name() {
    let strikes = |when, value| {
        let mut scheme = scheme();
        let item = scheme.dimensions[1].items.iter_mut().find(|item| item.code == "veto").unwrap();
        item.rule = Rule::Veto { when, then: Then::Cap(10.0) };
        let mut snapshot = cities();
        snapshot.units.get_mut(&unit(11)).unwrap().values.insert("veto".to_owned(), datum(value));
        !score(&scheme, &snapshot).of(&unit(11)).unwrap().vetoes.is_empty()
    };
    assert!(strikes(When::Below(5.0), 4.9) && !strikes(When::Below(5.0), 5.0));
    assert!(strikes(When::Above(5.0), 5.1) && !strikes(When::Above(5.0), 5.0));
}
