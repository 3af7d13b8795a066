use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

/// Friday 1 May to Tuesday 5 May 2026 off, Saturday 9 May worked.
fn calendar() -> Calendar {
    let day = |day, kind| services::CalendarDay { day, kind, name: services::Text::new("测试", "Test") };
    let holidays = (1..=5).map(|d| day(date(2026, 5, d), services::DayKind::Holiday));
    let worked = [day(date(2026, 5, 9), services::DayKind::WorkingDay)];
    Calendar::new([2026], holidays.chain(worked))
}

fn terms(promised: u32, statutory: u32) -> Terms {
    Terms {
        promised: Some(Limit::working_days(promised)),
        statutory: Some(Limit::working_days(statutory)),
        special: Some(Limit::working_days(7)),
        ..Terms::default()
    }
}

fn accepted_on(day: Date) -> Course {
    Course {
        received: day,
        accepted: Some(day),
        supplement_asked: None,
        planned: None,
        stands: Vec::new(),
        extension: None,
        delivered: None,
    }
}

fn stand(from: Date, to: Option<Date>) -> Stand {
    Stand { kind: PauseKind::Paused, from, to }
}

#[test]
fn limits_count_working_days_over_holidays_and_make_up_days() {
    let course = accepted_on(date(2026, 4, 30));
    let found = deadlines(&calendar(), &terms(3, 10), &course, date(2026, 4, 30));
    assert_eq!(found.promised, Some(date(2026, 5, 8)), "6, 7, 8 May");
    assert_eq!(found.statutory, Some(date(2026, 5, 18)), "and 9 May, a Saturday on which offices work");
    assert_eq!(found.due(State::Work), Some(date(2026, 5, 8)), "the earliest counts");
    assert_eq!(found.due(State::Archived), None);
}

#[test]
fn a_request_is_answered_within_five_working_days_without_those_spent_waiting_for_the_client() {
    let mut course = Course { accepted: None, ..accepted_on(date(2026, 6, 1)) };
    let found = deadlines(&calendar(), &Terms::default(), &course, date(2026, 6, 1));
    assert_eq!(found.due(State::Received), Some(date(2026, 6, 8)));
    course.supplement_asked = Some(date(2026, 6, 3));
    course.stands = vec![Stand { kind: PauseKind::Supplement, from: date(2026, 6, 3), to: Some(date(2026, 6, 9)) }];
    let found = deadlines(&calendar(), &Terms::default(), &course, date(2026, 6, 9));
    assert_eq!(found.due(State::Supplement), Some(date(2026, 6, 10)));
    assert_eq!(found.due(State::Received), Some(date(2026, 6, 12)), "3, 4, 5, 8 June did not count");
    assert_eq!((found.promised, found.used, found.stood), (None, None, 4));
}

#[test]
fn statutory_promised_planned_and_measured_stand_side_by_side() {
    let day = date(2026, 6, 1);
    let mut course = accepted_on(day);
    course.planned = Some(Planned { since: date(2026, 6, 3), day: date(2026, 6, 5) });
    course.stands = vec![stand(date(2026, 6, 4), Some(date(2026, 6, 8)))];
    course.delivered = Some(date(2026, 6, 9));
    let found = deadlines(&calendar(), &terms(5, 20), &course, date(2026, 9, 1));
    assert_eq!(found.promised, Some(date(2026, 6, 10)), "8 June moved by 4 and 5 June");
    assert_eq!(found.planned, Some(date(2026, 6, 9)));
    assert_eq!(found.statutory, Some(date(2026, 7, 1)));
    assert_eq!(found.used, Some(4), "2, 3, 8, 9 June");
}

#[test]
fn a_special_procedure_alone_moves_the_laws_limit() {
    let day = date(2026, 6, 1);
    let mut course = accepted_on(day);
    course.extension = Some((Ground::Complexity, 3));
    let found = deadlines(&calendar(), &terms(5, 10), &course, day);
    assert_eq!((found.promised, found.statutory), (Some(date(2026, 6, 11)), Some(date(2026, 6, 15))));
    course.extension = Some((Ground::SpecialProcedure, 3));
    let found = deadlines(&calendar(), &terms(5, 10), &course, day);
    assert_eq!((found.promised, found.statutory), (Some(date(2026, 6, 11)), Some(date(2026, 6, 18))));
    assert_eq!(most_extension(&calendar(), &terms(5, 10), Ground::Complexity, day), 5);
    assert_eq!(most_extension(&calendar(), &terms(5, 10), Ground::SpecialProcedure, day), 7);
    assert_eq!(most_extension(&calendar(), &Terms::default(), Ground::SpecialProcedure, day), 0);
}

#[test]
fn warnings_come_two_working_days_before() {
    let due = Some(date(2026, 5, 8));
    let on = |day| level(&calendar(), due, false, day);
    assert_eq!(on(date(2026, 4, 30)), Level::Ok, "6, 7 and 8 May are left");
    assert_eq!(on(date(2026, 5, 5)), Level::Ok);
    assert_eq!(on(date(2026, 5, 6)), Level::Soon);
    assert_eq!(on(date(2026, 5, 8)), Level::Soon);
    assert_eq!(on(date(2026, 5, 9)), Level::Late);
    assert_eq!(level(&calendar(), due, true, date(2026, 6, 1)), Level::Standing);
    assert_eq!(level(&calendar(), None, false, date(2026, 6, 1)), Level::Ok);
}

#[test]
fn an_extension_is_paused_like_the_promise_itself_and_lateness_is_not_paused_away() {
    let mut course = accepted_on(date(2026, 6, 1));
    course.extension = Some((Ground::Client, 5));
    course.stands = vec![stand(date(2026, 6, 9), Some(date(2026, 6, 11)))];
    let found = deadlines(&calendar(), &terms(5, 5), &course, date(2026, 6, 11));
    assert_eq!(found.promised, Some(date(2026, 6, 17)), "15 June, and 9 and 10 June more");
    assert_eq!(found.statutory, Some(date(2026, 6, 8)), "was over when the clock was stopped");
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..365).prop_map(|days| date(2026, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

proptest! {
    /// Splitting a pause, at any day, moves a deadline as much as the whole.
    #[test]
    fn a_pause_in_pieces_moves_as_much_as_the_whole(start in any_day(), after in 0_i64..30, first in 0_i64..40, second in 0_i64..40) {
        let from = plus(start, after);
        let (middle, to) = (plus(from, first), plus(from, first + second));
        let mut whole = accepted_on(start);
        whole.stands = vec![stand(from, Some(to))];
        let mut pieces = whole.clone();
        pieces.stands = vec![stand(from, Some(middle)), stand(middle, Some(to))];
        let today = plus(to, 1);
        let all = |course| deadlines(&calendar(), &terms(5, 20), course, today);
        prop_assert_eq!(all(&whole), all(&pieces));
    }

    /// The deadline moves by exactly the working days that ended while the clock stood, and always falls on a working day.
    #[test]
    fn a_pause_moves_by_its_working_days(start in any_day(), after in 1_i64..30, length in 0_i64..60, promised in 30_u32..60) {
        let calendar = calendar();
        let mut course = accepted_on(start);
        let (from, to) = (plus(start, after), plus(start, after + length));
        let before = deadlines(&calendar, &terms(promised, 60), &course, to).promised.unwrap();
        course.stands = vec![stand(from, Some(to))];
        let found = deadlines(&calendar, &terms(promised, 60), &course, to);
        let after = found.promised.unwrap();
        let stood = (0..length).filter(|day| calendar.is_working(plus(from, *day))).count() as i64;
        prop_assert_eq!(calendar.working_days_between(before, after), stood);
        prop_assert_eq!(i64::from(found.stood), stood);
        prop_assert!(calendar.is_working(after));
    }

    /// What is measured never counts a day on which the clock stood: what is left at the stop is left when it runs on.
    #[test]
    fn what_was_left_when_the_clock_stopped_is_left_when_it_runs_on(start in any_day(), after in 1_i64..20, length in 0_i64..60) {
        let calendar = calendar();
        let (from, to) = (plus(start, after), plus(start, after + length));
        let mut course = accepted_on(start);
        let before = deadlines(&calendar, &terms(30, 60), &course, from).promised.unwrap();
        course.stands = vec![stand(from, Some(to))];
        let found = deadlines(&calendar, &terms(30, 60), &course, to);
        let left = |day: Date, due| calendar.working_days_between(plus(day, -1), due);
        prop_assert_eq!(left(to, found.promised.unwrap()), left(from, before));
        let used = calendar.working_days_between(start, to) - i64::from(found.stood);
        prop_assert_eq!(i64::from(found.used.unwrap()), used);
    }

    /// More time never brings a deadline nearer.
    #[test]
    fn deadlines_never_run_backwards(start in any_day(), number in 0_u32..60, more in 0_u32..30) {
        let calendar = calendar();
        let course = accepted_on(start);
        let one = deadlines(&calendar, &terms(number, number), &course, start);
        let two = deadlines(&calendar, &terms(number + more, number + more), &course, start);
        prop_assert!(one.promised <= two.promised && one.statutory <= two.statutory);
        prop_assert!(one.promised.unwrap() >= start);
    }
}
