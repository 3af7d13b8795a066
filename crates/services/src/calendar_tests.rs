use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::{LimitUnit, office_day, shipped_calendar};

fn days(number: u32, unit: LimitUnit) -> Limit {
    Limit { number, unit, note: None }
}

#[test]
fn a_week_has_five_working_days() {
    let calendar = Calendar::weekends_only();
    let monday = date(2026, 6, 1);
    assert_eq!(calendar.add_working_days(monday, 5), date(2026, 6, 8));
    assert_eq!(calendar.add_working_days(date(2026, 6, 5), 1), date(2026, 6, 8), "Friday and one is Monday");
    assert_eq!(calendar.add_working_days(date(2026, 6, 6), 0), date(2026, 6, 8), "nothing after Saturday is Monday");
    assert_eq!(calendar.add_working_days(date(2026, 6, 8), -1), date(2026, 6, 5));
    assert_eq!(calendar.working_days_between(monday, date(2026, 6, 8)), 5);
    assert_eq!(calendar.working_days_between(date(2026, 6, 8), monday), -5);
}

#[test]
fn holidays_and_make_up_days_count() {
    let calendar = shipped_calendar();
    // Before National Day 2026: 20 September is a make-up Sunday, 25 to 27 and 1 to 7 October are off.
    assert_eq!(calendar.add_working_days(date(2026, 9, 18), 1), date(2026, 9, 20));
    assert_eq!(calendar.add_working_days(date(2026, 9, 30), 3), date(2026, 10, 10));
    let deadline = calendar.deadline(date(2026, 9, 30), &Limit::working_days(7), &[]);
    assert_eq!((deadline.on, deadline.unsure), (date(2026, 10, 15), vec![]));
}

#[test]
fn a_year_without_holidays_is_said_to_be_unsure() {
    let deadline = shipped_calendar().deadline(date(2026, 12, 28), &Limit::working_days(10), &[]);
    assert_eq!((deadline.on, deadline.unsure), (date(2027, 1, 11), vec![2027]));
}

#[test]
fn limits_in_days_and_months_end_on_a_working_day() {
    let calendar = shipped_calendar();
    assert_eq!(calendar.deadline(date(2026, 9, 1), &days(1, LimitUnit::Month), &[]).on, date(2026, 10, 8));
    assert_eq!(calendar.deadline(date(2026, 1, 31), &days(1, LimitUnit::Month), &[]).on, date(2026, 2, 28));
    assert_eq!(calendar.deadline(date(2026, 6, 1), &days(5, LimitUnit::Day), &[]).on, date(2026, 6, 8));
    let week = [Pause { from: date(2026, 6, 2), to: date(2026, 6, 9) }];
    assert_eq!(calendar.deadline(date(2026, 6, 1), &days(5, LimitUnit::Day), &week).on, date(2026, 6, 15));
    assert_eq!(calendar.deadline(date(2026, 6, 6), &Limit::working_days(0), &[]).on, date(2026, 6, 8));
}

#[test]
fn a_pause_moves_the_deadline_by_the_working_days_that_ended_in_it() {
    let calendar = Calendar::weekends_only();
    let deadline = date(2026, 6, 10);
    let pause = |from, to| [Pause { from, to }];
    assert_eq!(calendar.move_by_pauses(deadline, &pause(date(2026, 6, 4), date(2026, 6, 4))), deadline, "same day");
    assert_eq!(calendar.move_by_pauses(deadline, &pause(date(2026, 6, 6), date(2026, 6, 8))), deadline, "a weekend");
    assert_eq!(calendar.move_by_pauses(deadline, &pause(date(2026, 6, 5), date(2026, 6, 8))), date(2026, 6, 11));
    let late =
        calendar.deadline(date(2026, 6, 1), &Limit::working_days(2), &pause(date(2026, 6, 4), date(2026, 6, 30)));
    assert_eq!(late.on, date(2026, 6, 3), "what was late stays late");
    let first =
        calendar.deadline(date(2026, 6, 1), &Limit::working_days(2), &pause(date(2026, 6, 1), date(2026, 6, 2)));
    assert_eq!(first.on, date(2026, 6, 3), "the first day does not count, so pausing on it changes nothing");
    let twice = [
        Pause { from: date(2026, 6, 3), to: date(2026, 6, 5) },
        Pause { from: date(2026, 6, 4), to: date(2026, 6, 8) },
    ];
    assert_eq!(calendar.paused_days(&twice), 3, "what overlaps counts once");
}

#[test]
fn a_day_ends_at_midnight_of_the_offices() {
    assert_eq!(end_of_day(date(2026, 6, 1)).to_string(), "2026-06-01T16:00:00Z");
    assert_eq!(office_day("2026-06-01T15:59:59Z".parse().unwrap()), date(2026, 6, 1));
    assert_eq!(office_day("2026-06-01T16:00:00Z".parse().unwrap()), date(2026, 6, 2));
}

#[test]
fn the_ends_of_time_do_not_hang_or_panic() {
    let calendar = Calendar::weekends_only();
    calendar.add_working_days(Date::MAX, 10);
    calendar.add_working_days(Date::MIN, -10);
    calendar.deadline(Date::MAX, &days(3_650, LimitUnit::Month), &[]);
    end_of_day(Date::MAX);
    assert_eq!(calendar.working_days_between(Date::MAX, Date::MAX), 0);
}

/// A day of the years that are known or of the year after.
fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..1_400).prop_map(|after| date(2024, 1, 1).saturating_add(jiff::Span::new().days(after)))
}

/// A calendar with odd holidays: also whole weeks and long runs of make-up days.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let special = (any_day(), any::<bool>());
    proptest::collection::vec(special, 0..120).prop_map(|special| {
        let days = special.into_iter().map(|(day, holiday)| {
            let weekend = day.weekday().to_monday_zero_offset() >= 5;
            let kind = if holiday || !weekend { DayKind::Holiday } else { DayKind::WorkingDay };
            CalendarDay { day, kind, name: Text::new("假", "off") }
        });
        Calendar::new(2024..=2028, days)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn adding_and_counting_are_inverse(calendar in any_calendar(), from in any_day(), number in 1_i64..300) {
        let to = calendar.add_working_days(from, number);
        prop_assert!(calendar.is_working(to));
        prop_assert_eq!(calendar.working_days_between(from, to), number);
        prop_assert_eq!(calendar.working_days_between(to, from), -number);
    }

    #[test]
    fn adding_twice_is_adding_the_sum(calendar in any_calendar(), from in any_day(), a in 1_i64..90, b in 0_i64..90) {
        let twice = calendar.add_working_days(calendar.add_working_days(from, a), b);
        prop_assert_eq!(twice, calendar.add_working_days(from, a + b));
    }

    #[test]
    fn a_split_pause_moves_as_much_as_the_whole(
        calendar in any_calendar(), start in any_day(), number in 0_u32..60,
        cuts in proptest::collection::vec(any_day(), 2..6),
    ) {
        let mut cuts = cuts;
        cuts.sort();
        let whole = [Pause { from: cuts[0], to: cuts[cuts.len() - 1] }];
        let parts: Vec<Pause> = cuts.windows(2).map(|pair| Pause { from: pair[0], to: pair[1] }).collect();
        for unit in LimitUnit::ALL {
            let limit = days(number, *unit);
            prop_assert_eq!(calendar.deadline(start, &limit, &whole), calendar.deadline(start, &limit, &parts));
        }
        let step_by_step = parts.iter().fold(calendar.add_working_days(start, i64::from(number) + 1), |at, part| {
            calendar.move_by_pauses(at, &[*part])
        });
        let at_once = calendar.move_by_pauses(calendar.add_working_days(start, i64::from(number) + 1), &whole);
        prop_assert_eq!(step_by_step, at_once);
    }

    #[test]
    fn deadlines_are_working_days_and_later_limits_end_later(
        calendar in any_calendar(), start in any_day(), number in 0_u32..200, more in 1_u32..30,
    ) {
        for unit in LimitUnit::ALL {
            let (short, long) = (calendar.deadline(start, &days(number, *unit), &[]), calendar.deadline(start, &days(number + more, *unit), &[]));
            prop_assert!(calendar.is_working(short.on));
            prop_assert!(short.on >= start && short.on <= long.on);
        }
    }

    #[test]
    fn done_on_the_deadline_measures_the_limit(
        calendar in any_calendar(), start in any_day(), number in 1_u32..60,
        paused in proptest::collection::vec((0_i64..60, 0_i64..30), 0..4),
    ) {
        let span = |days| jiff::Span::new().days(days);
        let pauses: Vec<Pause> = paused.into_iter().map(|(after, length)| {
            let from = start.saturating_add(span(after));
            Pause { from, to: from.saturating_add(span(length)) }
        }).collect();
        let on = calendar.deadline(start, &Limit::working_days(number), &pauses).on;
        prop_assert_eq!(calendar.measured_days(start, on, &pauses), i64::from(number));
    }
}
