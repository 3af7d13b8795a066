use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::testing::id;
use crate::{course, starting_edition};

fn book() -> Book {
    Book::new(vec![starting_edition().unwrap().0])
}

fn event(number: u32, rule: &str, from: Date) -> Counted {
    Counted { event: EventId(id(number)), edition: 1, rule: rule.to_owned(), from: Some(from), ended: None }
}

fn total(events: &[Counted], day: Date) -> (i64, Grade) {
    let score = score(events, &book(), day).unwrap();
    (score.total, score.grade)
}

#[test]
fn points_are_taken_and_given_while_they_count() {
    let fine = event(1, "M06", date(2026, 1, 1));
    assert_eq!(total(&[], date(2026, 1, 1)), (100, Grade::A));
    assert_eq!(total(std::slice::from_ref(&fine), date(2025, 12, 31)), (100, Grade::A));
    assert_eq!(total(std::slice::from_ref(&fine), date(2026, 1, 1)), (75, Grade::C));
    assert_eq!(total(std::slice::from_ref(&fine), date(2027, 12, 31)), (75, Grade::C));
    assert_eq!(total(std::slice::from_ref(&fine), date(2028, 1, 1)), (100, Grade::A), "its term is over");
    let merit = event(2, "P01", date(2026, 1, 1));
    assert_eq!(total(std::slice::from_ref(&merit), date(2026, 2, 1)), (105, Grade::APlus), "by bonus alone");
    assert_eq!(total(&[fine, merit], date(2026, 2, 1)), (80, Grade::B));
}

#[test]
fn merits_have_caps() {
    let day = date(2026, 2, 1);
    let aid: Vec<Counted> = (0..5).map(|number| event(number, "P02", date(2026, 1, 1))).collect();
    let of_rule = score(&aid, &book(), day).unwrap();
    assert_eq!((of_rule.plus, of_rule.cut), (6, 9));
    let all: Vec<Counted> = (0..9).map(|number| event(number, "P01", date(2026, 1, 1))).collect();
    let of_all = score(&all, &book(), day).unwrap();
    assert_eq!((of_all.plus, of_all.cut, of_all.total), (20, 25, 120));
}

#[test]
fn some_events_put_straight_to_d() {
    let struck = event(1, "M08", date(2026, 1, 1));
    let found = score(&[struck], &book(), date(2036, 1, 1)).unwrap();
    assert_eq!((found.total, found.grade, found.put_to_d), (0, Grade::D, false), "the score says so too");
    let merits = (2..6).map(|number| event(number, "P01", date(2026, 1, 1)));
    let mut events = vec![event(1, "M07", date(2026, 1, 1))];
    events.extend(merits);
    let found = score(&events, &book(), date(2026, 2, 1)).unwrap();
    assert_eq!((found.total, found.grade, found.put_to_d), (80, Grade::D, true));
}

#[test]
fn the_course_tells_every_change() {
    let mut repaired = event(1, "M06", date(2026, 1, 1));
    repaired.ended = Some(date(2026, 9, 1));
    let events = [repaired, event(2, "P01", date(2026, 3, 1))];
    let points = course(&events, &book(), date(2025, 1, 1), date(2028, 12, 31));
    let told: Vec<(String, i64)> = points.iter().map(|point| (point.day.to_string(), point.total)).collect();
    let expected =
        [("2025-01-01", 100), ("2026-01-01", 75), ("2026-03-01", 80), ("2026-09-01", 105), ("2028-03-01", 100)];
    assert_eq!(told, expected.map(|(day, total)| (day.to_owned(), total)));
}

fn any_day() -> impl Strategy<Value = Date> {
    (2023_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn any_event() -> impl Strategy<Value = Counted> {
    let codes: Vec<String> = starting_edition().unwrap().0.rules.into_iter().map(|rule| rule.code).collect();
    let ended = proptest::option::of(any_day());
    (0_u32..1_000_000, proptest::sample::select(codes), proptest::option::of(any_day()), ended)
        .prop_map(|(number, rule, from, ended)| Counted { event: EventId(id(number)), edition: 1, rule, from, ended })
}

proptest! {
    #[test]
    fn the_order_of_events_makes_no_difference(
        events in proptest::collection::vec(any_event(), 0..12), turn in 0_usize..12, day in any_day(),
    ) {
        let mut turned = events.clone();
        turned.rotate_left(turn.min(events.len()));
        turned.reverse();
        let (one, other) = (score(&events, &book(), day).unwrap(), score(&turned, &book(), day).unwrap());
        prop_assert_eq!((one.total, one.grade, one.minus, one.plus), (other.total, other.grade, other.minus, other.plus));
    }

    #[test]
    fn what_is_repaired_or_over_or_not_yet_does_not_count(
        events in proptest::collection::vec(any_event(), 0..12), day in any_day(),
    ) {
        let with = score(&events, &book(), day).unwrap();
        let counting: Vec<Counted> = events
            .iter()
            .filter(|event| {
                let months = book().rule(1, &event.rule).unwrap().months;
                event.from.is_some_and(|from| {
                    let begun = from <= day;
                    let running = months.is_none_or(|months| from.checked_add(i64::from(months).months()).unwrap() > day);
                    begun && running
                }) && event.ended.is_none_or(|ended| ended > day)
            })
            .cloned()
            .collect();
        let without = score(&counting, &book(), day).unwrap();
        prop_assert_eq!((with.total, with.grade), (without.total, without.grade));
    }

    #[test]
    fn misconduct_never_helps_and_merit_never_harms(
        events in proptest::collection::vec(any_event(), 0..12), day in any_day(), more in any_event(),
    ) {
        let before = score(&events, &book(), day).unwrap();
        let takes = book().rule(1, &more.rule).unwrap().points < 0;
        let after = score(&[events, vec![more]].concat(), &book(), day).unwrap();
        if takes {
            prop_assert!(after.total <= before.total && after.grade >= before.grade);
        } else {
            prop_assert!(after.total >= before.total && after.grade <= before.grade);
        }
        prop_assert!(after.total >= 0 && after.plus <= 20);
    }

    #[test]
    fn the_course_agrees_with_the_score_of_every_day(
        events in proptest::collection::vec(any_event(), 0..8), day in any_day(),
    ) {
        let points = course(&events, &book(), date(2023, 1, 1), date(2031, 1, 1));
        let then = points.iter().rfind(|point| point.day <= day).unwrap();
        let found = score(&events, &book(), day).unwrap();
        prop_assert_eq!((then.total, then.grade), (found.total, found.grade));
    }
}
