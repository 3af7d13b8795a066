use jiff::civil::date;
use proptest::prelude::*;

use super::{Growth, Horizon, LifeYear, MOST_YEARS, OTHER_LAG, PATENT_LAG, Trend, Year, life_cycle};

fn horizon(newest: Option<records::Date>) -> Horizon {
    Horizon { today: date(2026, 3, 10), newest, lag: PATENT_LAG }
}

fn years(list: &[(i16, u64, bool)]) -> Vec<Year> {
    list.iter().map(|&(year, count, complete)| Year { year, count, complete }).collect()
}

#[test]
fn a_year_is_complete_eighteen_months_after_its_end() {
    let at = |newest| horizon(Some(newest));
    assert!(!at(date(2025, 6, 29)).filed(2023), "what was filed on the last of December 2023 is not yet out");
    assert!(at(date(2025, 6, 30)).filed(2023));
    assert!(!at(date(2025, 6, 30)).filed(2024));
    let marks = Horizon { lag: OTHER_LAG, ..at(date(2025, 9, 30)) };
    assert!(marks.filed(2024));
}

#[test]
fn a_year_of_publication_is_complete_when_it_is_over() {
    assert!(!horizon(Some(date(2025, 12, 30))).published(2025));
    assert!(horizon(Some(date(2025, 12, 31))).published(2025));
    assert!(horizon(Some(date(2026, 1, 2))).published(2025));
}

#[test]
fn publications_dated_in_the_future_do_not_complete_a_year() {
    assert!(!horizon(Some(date(2099, 1, 1))).filed(2025));
    assert!(!horizon(Some(date(2099, 1, 1))).published(2026));
}

#[test]
fn without_a_publication_no_year_is_complete() {
    assert!(!horizon(None).filed(1990) && !horizon(None).published(1990));
}

#[test]
fn a_trend_has_no_gaps_and_adds_up() {
    let trend = Trend::new(&[(2021, 3), (2019, 1), (2031, 2)], 10, date(2026, 3, 10), |year| year < 2021);
    assert_eq!(trend.years, years(&[(2019, 1, true), (2020, 0, true), (2021, 3, false)]));
    assert_eq!((trend.earlier, trend.later, trend.undated), (0, 2, 4));
}

#[test]
fn a_trend_of_nothing_is_empty() {
    assert_eq!(Trend::new(&[], 0, date(2026, 3, 10), |_| true), Trend::default());
    let undated = Trend::new(&[(2020, 0)], 7, date(2026, 3, 10), |_| true);
    assert_eq!((undated.years.len(), undated.undated), (0, 7));
}

#[test]
fn the_years_before_the_last_forty_are_added_up() {
    let trend = Trend::new(&[(1890, 2), (1980, 3), (2020, 1)], 6, date(2026, 3, 10), |_| true);
    assert_eq!(trend.years.len(), MOST_YEARS);
    assert_eq!((trend.years[0].year, trend.earlier, trend.listed()), (1981, 5, 1));
    assert_eq!(trend.last(2).iter().map(|year| year.year).collect::<Vec<_>>(), [2019, 2020]);
}

#[test]
fn growth_is_that_of_complete_years() {
    let growth = Growth::of(&years(&[
        (2018, 0, true),
        (2019, 100, true),
        (2020, 110, true),
        (2021, 121, true),
        (2022, 5, false),
    ]));
    let rates: Vec<(i16, Option<f64>)> = growth.yearly.iter().map(|year| (year.year, year.rate)).collect();
    assert_eq!(rates, [(2019, None), (2020, Some(0.1)), (2021, Some(0.1))]);
    let compound = growth.compound.expect("two complete years");
    assert_eq!((compound.from, compound.to), (2019, 2021));
    assert!((compound.rate - 0.1).abs() < 1e-12);
}

#[test]
fn growth_needs_two_complete_years_and_is_never_no_number() {
    assert_eq!(Growth::of(&[]), Growth::default());
    assert_eq!(Growth::of(&years(&[(2020, 5, true)])), Growth::default());
    assert_eq!(Growth::of(&years(&[(2020, 5, true), (2021, 5, false)])), Growth::default());
    assert_eq!(Growth::of(&years(&[(2020, 0, true), (2021, 0, true)])).compound, None);
    let gone = Growth::of(&years(&[(2020, 5, true), (2021, 0, true)]));
    assert_eq!(gone.compound.map(|compound| compound.rate), Some(-1.0));
    assert_eq!(gone.yearly[0].rate, Some(-1.0));
}

#[test]
fn the_life_cycle_sets_applicants_against_applications() {
    let trend = years(&[(2019, 4, true), (2020, 0, true), (2021, 6, false)]);
    let life = life_cycle(&trend, &[(2021, 2), (2019, 3)]);
    let year = |year, applicants, applications, complete| LifeYear { year, applicants, applications, complete };
    assert_eq!(life, [year(2019, 3, 4, true), year(2021, 2, 6, false)]);
    assert_eq!(life_cycle(&[], &[(2019, 3)]), []);
}

proptest! {
    #[test]
    fn every_right_stands_in_one_place_of_a_trend(
        counts in proptest::collection::btree_map(1850i16..2040, 0u64..50, 0..60),
        undated in 0u64..50,
    ) {
        let counts: Vec<(i16, u64)> = counts.into_iter().collect();
        let total = counts.iter().map(|(_, count)| count).sum::<u64>() + undated;
        let trend = Trend::new(&counts, total, date(2026, 3, 10), |year| year < 2024);
        prop_assert_eq!(trend.earlier + trend.listed() + trend.later + trend.undated, total);
        prop_assert!(trend.years.len() <= MOST_YEARS);
        prop_assert!(trend.years.is_sorted_by(|a, b| a.year + 1 == b.year));
        let growth = Growth::of(&trend.years);
        prop_assert!(growth.yearly.iter().filter_map(|year| year.rate).all(f64::is_finite));
        prop_assert!(growth.compound.is_none_or(|compound| compound.rate.is_finite() && compound.rate >= -1.0));
    }
}
