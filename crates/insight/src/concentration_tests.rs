use proptest::prelude::*;

use super::{Concentration, Level};

fn of(counts: &[u64]) -> Concentration {
    Concentration::of(counts.iter().copied(), counts.iter().sum()).expect("somebody applied")
}

#[test]
fn known_shares_give_the_known_index() {
    // Four firms with 40, 30, 20 and 10 per cent: 1600 + 900 + 400 + 100.
    let known = of(&[40, 30, 20, 10]);
    assert!((known.hhi - 3000.0).abs() < 1e-9);
    assert_eq!((known.cr4, known.cr8, known.cr10, known.level), (1.0, 1.0, 1.0, Level::High));

    // Twenty equal firms: 20 times 5 squared.
    let equal = of(&[7; 20]);
    assert!((equal.hhi - 500.0).abs() < 1e-9);
    assert!((equal.cr4 - 0.2).abs() < 1e-12 && (equal.cr8 - 0.4).abs() < 1e-12 && (equal.cr10 - 0.5).abs() < 1e-12);
    assert_eq!((equal.applicants, equal.mentions, equal.level), (20, 140, Level::Low));
}

#[test]
fn one_applicant_holds_all() {
    let one = of(&[5]);
    assert_eq!((one.hhi, one.cr4, one.cr10, one.level), (10_000.0, 1.0, 1.0, Level::High));
}

#[test]
fn nobody_has_no_concentration() {
    assert_eq!(Concentration::of([], 0), None);
    assert_eq!(Concentration::of([0, 0], 3), None);
}

#[test]
fn classes_meet_at_1000_and_1800() {
    assert_eq!(Level::of(999.9), Level::Low);
    assert_eq!(Level::of(1000.0), Level::Moderate);
    assert_eq!(Level::of(1800.0), Level::Moderate);
    assert_eq!(Level::of(1800.1), Level::High);
}

#[test]
fn a_list_that_was_cut_says_so() {
    let cut = Concentration::of(std::iter::repeat_n(1, super::MOST_APPLICANTS), 80_000).expect("many");
    assert!(!cut.complete);
    assert_eq!(cut.mentions, 80_000);
    assert!(cut.hhi < 0.2);
}

proptest! {
    #[test]
    fn the_order_does_not_matter_and_everything_is_in_bounds(counts in proptest::collection::vec(1u64..10_000, 1..60)) {
        let one = of(&counts);
        let turned: Vec<u64> = counts.iter().rev().copied().collect();
        prop_assert_eq!(&one, &of(&turned));
        prop_assert!(one.cr4 <= one.cr8 && one.cr8 <= one.cr10 && one.cr10 <= 1.0 + 1e-12);
        // The index lies between that of equal shares and that of one applicant.
        prop_assert!(one.hhi >= 10_000.0 / counts.len() as f64 - 1e-6 && one.hhi <= 10_000.0 + 1e-6);
    }
}
