use jiff::civil::{Date, date};

use super::*;

fn working_days(year: i16) -> i64 {
    shipped_calendar().working_days_between(date(year - 1, 12, 31), date(year, 12, 31))
}

#[test]
fn the_shipped_years_are_read_whole() {
    let days = calendar_file::read(include_bytes!("../calendars/china.csv")).unwrap();
    assert_eq!(shipped_calendar().years().collect::<Vec<_>>(), [2024, 2025, 2026]);
    assert_eq!((2024..=2026).map(|year| shipped_calendar().days(year).count()).sum::<usize>(), days.len());
}

#[test]
fn the_number_of_working_days_is_that_of_the_law() {
    // All days less weekends and legal holidays: 11 days in 2024, 13 since 2025; the eve of 2024 was left to employers.
    assert_eq!([2024, 2025, 2026].map(working_days), [251, 248, 248]);
}

#[test]
fn days_off_and_make_up_days_are_as_the_state_council_said() {
    let calendar = shipped_calendar();
    let off = |month, days: std::ops::RangeInclusive<i8>, year| days.map(move |day| date(year, month, day));
    let holidays: Vec<Date> = off(2, 10..=17, 2024)
        .chain(off(10, 1..=8, 2025))
        .chain(off(2, 15..=23, 2026))
        .chain(off(6, 19..=21, 2026))
        .chain([date(2025, 1, 28), date(2025, 2, 4), date(2025, 6, 2), date(2026, 1, 2), date(2024, 6, 10)])
        .collect();
    assert!(holidays.iter().all(|day| !calendar.is_working(*day)));
    let make_up = [
        date(2024, 2, 4),
        date(2024, 2, 18),
        date(2024, 4, 7),
        date(2024, 4, 28),
        date(2024, 5, 11),
        date(2024, 9, 14),
        date(2024, 9, 29),
        date(2024, 10, 12),
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ];
    assert!(make_up.iter().all(|day| calendar.is_working(*day)));
    assert!(
        [date(2024, 2, 9), date(2025, 2, 5), date(2026, 2, 24), date(2026, 10, 8)]
            .iter()
            .all(|day| calendar.is_working(*day))
    );
}
