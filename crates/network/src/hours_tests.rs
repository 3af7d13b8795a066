use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

fn hours(weekday: Weekday, from: i8, to: i8) -> Hours {
    Hours { weekday, from: time(from, 0, 0, 0), to: time(to, 0, 0, 0), note: None }
}

fn office() -> Vec<Hours> {
    let days = Weekday::ALL[..5].iter();
    days.flat_map(|day| [hours(*day, 9, 12), hours(*day, 13, 17)]).chain([hours(Weekday::Saturday, 9, 12)]).collect()
}

#[test]
fn the_clock_is_that_of_the_country() {
    let moment = "2026-06-30T16:30:00Z".parse().unwrap();
    assert_eq!(local(moment), date(2026, 7, 1).at(0, 30, 0, 0));
    assert_eq!(Weekday::of(date(2026, 7, 1)), Weekday::Wednesday);
    assert_eq!(Weekday::of(date(2026, 7, 5)), Weekday::Sunday);
}

#[test]
fn an_outlet_is_open_until_its_break_and_tells_when_it_opens_again() {
    let at = |day: i8, hour: i8, minute: i8| opening(&office(), date(2026, 7, day).at(hour, minute, 0, 0));
    assert_eq!(at(1, 9, 0), Opening::Open(time(12, 0, 0, 0)));
    assert_eq!(at(1, 12, 0), Opening::Closed(Some((Weekday::Wednesday, time(13, 0, 0, 0)))), "the last minute is out");
    assert_eq!(at(1, 17, 0), Opening::Closed(Some((Weekday::Thursday, time(9, 0, 0, 0)))));
    assert_eq!(at(4, 12, 30), Opening::Closed(Some((Weekday::Monday, time(9, 0, 0, 0)))), "over Sunday");
    assert_eq!(opening(&[], date(2026, 7, 1).at(10, 0, 0, 0)), Opening::Unknown);
    let once = [hours(Weekday::Wednesday, 9, 10)];
    assert_eq!(
        opening(&once, date(2026, 7, 1).at(11, 0, 0, 0)),
        Opening::Closed(Some((Weekday::Wednesday, time(9, 0, 0, 0)))),
        "next week"
    );
    let through = [hours(Weekday::Wednesday, 9, 12), hours(Weekday::Wednesday, 12, 14)];
    assert_eq!(opening(&through, date(2026, 7, 1).at(10, 0, 0, 0)), Opening::Open(time(14, 0, 0, 0)));
}

#[test]
fn days_that_are_alike_stand_in_one_line() {
    assert_eq!(hours_lines(&office(), "zh"), ["周一-周六 09:00-12:00", "周一-周五 13:00-17:00"]);
    let mut noted = hours(Weekday::Sunday, 9, 12);
    noted.note = Some("by appointment".to_owned());
    assert_eq!(hours_lines(&[noted], "en"), ["Sunday 09:00-12:00 by appointment"]);
}

proptest! {
    #[test]
    fn lines_are_read_as_what_they_were_written_from(picks in prop::collection::btree_set((0_usize..7, 0_i8..11), 0..20), zh in any::<bool>()) {
        let mut all: Vec<Hours> = picks.into_iter().map(|(day, at)| hours(Weekday::ALL[day], at * 2, at * 2 + 1)).collect();
        let lines = hours_lines(&all, if zh { "zh" } else { "en" }).join("\n");
        let mut read = crate::row::read_hours(&lines).unwrap();
        read.sort();
        all.sort();
        prop_assert_eq!(read, all);
    }
}
