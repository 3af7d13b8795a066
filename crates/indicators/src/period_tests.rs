use jiff::civil::date;
use proptest::prelude::*;

use super::{Period, PeriodKind};

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

#[test]
fn a_period_is_read_as_it_is_written() {
    for text in ["2025", "2025-H1", "2025-H2", "2025-Q1", "2025-Q4", "2025-01", "2025-12"] {
        assert_eq!(period(text).to_string(), text);
    }
    for wrong in
        ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-H3", "2025-1", "2025-Q", "二〇二五", "2025-+1", "1850"]
    {
        assert!(wrong.parse::<Period>().is_err(), "{wrong}");
    }
}

#[test]
fn a_period_knows_its_days_and_its_neighbours() {
    assert_eq!((period("2024-02").first_day(), period("2024-02").last_day()), (date(2024, 2, 1), date(2024, 2, 29)));
    assert_eq!((period("2025-Q4").first_day(), period("2025-Q4").last_day()), (date(2025, 10, 1), date(2025, 12, 31)));
    assert_eq!(period("2025-H1").before(), period("2024-H2"));
    assert_eq!(period("2025-12").after(), period("2026-01"));
    assert_eq!(period("2025-Q3").last_year(), period("2024-Q3"));
    assert_eq!(period("2025").row(3), [period("2023"), period("2024"), period("2025")]);
    assert_eq!(period("2025-Q3").label("zh"), "2025 年第 3 季度");
}

proptest! {
    #[test]
    fn every_day_lies_in_its_period(year in 1900_i16..2999, month in 1_i8..=12, day in 1_i8..=28) {
        let day = date(year, month, day);
        for kind in PeriodKind::ALL {
            let period = Period::of(*kind, day);
            prop_assert!(period.first_day() <= day && day <= period.last_day());
            prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
            prop_assert_eq!(period.before().last_day().tomorrow().unwrap(), period.first_day());
            prop_assert_eq!(period.last_year().in_year() + 1, period.in_year());
        }
    }
}
