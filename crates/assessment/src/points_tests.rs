use proptest::prelude::*;

use super::{Points, number};

#[test]
fn points_are_written_with_two_places() {
    assert_eq!(Points::of(12.345).to_string(), "12.35");
    assert_eq!(Points::of(-0.5).to_string(), "-0.50");
    assert_eq!(Points::of(f64::NAN), Points::NONE);
    assert_eq!(Points(100).share(Points(1), Points(3)), Points(33));
    assert_eq!(Points(100).share(Points(1), Points(0)), Points::NONE);
}

#[test]
fn numbers_are_written_as_people_do() {
    assert_eq!(number(20.0), "20");
    assert_eq!(number(15.5), "15.5");
    assert_eq!(number(-0.000_01), "0");
    assert_eq!(number(1.0 / 3.0), "0.3333");
}

proptest! {
    #[test]
    fn a_larger_part_is_never_a_smaller_share(whole in 1_i64..100_000, one in 0_i64..100_000, more in 0_i64..1_000) {
        let of = Points(10_000);
        prop_assert!(of.share(Points(one), Points(whole)) <= of.share(Points(one + more), Points(whole)));
    }
}
