use proptest::prelude::*;

use super::*;
use crate::testing::reading;

fn of(value: Option<f64>, reference: Option<f64>) -> Reading {
    Reading { reference, ..reading(3, value) }
}

#[test]
fn each_condition_fires_at_its_limit() {
    let below = Condition::Below { limit: 2.0 };
    assert!(fires(&below, &of(Some(1.0), None)).is_some());
    assert!(fires(&below, &of(Some(2.0), None)).is_none());
    let at_least = Condition::AtLeast { limit: 20.0 };
    assert!(fires(&at_least, &of(Some(20.0), None)).is_some());
    assert!(fires(&at_least, &of(Some(19.9), None)).is_none());
    let late = Condition::Late { days: 0.0, most: 60.0 };
    assert!(fires(&late, &of(Some(1.0), None)).is_some());
    assert!(fires(&late, &of(Some(0.0), None)).is_none());
    assert!(fires(&late, &of(Some(60.0), None)).is_some() && fires(&late, &of(Some(61.0), None)).is_none());
    let trajectory = Condition::BelowReference { margin: 0.1 };
    assert_eq!(fires(&trajectory, &of(Some(89.0), Some(100.0))).unwrap().limit, Some(90.0));
    assert!(fires(&trajectory, &of(Some(90.0), Some(100.0))).is_none());
    assert!(fires(&trajectory, &of(Some(-99.0), Some(-100.0))).is_none(), "a loss that is expected");
    let jump = Condition::Jump { times: 3.0, least: 5.0 };
    assert!(fires(&jump, &of(Some(6.0), Some(2.0))).is_some());
    assert!(fires(&jump, &of(Some(4.0), Some(1.0))).is_none(), "few");
    assert!(fires(&jump, &of(Some(5.0), Some(0.0))).is_some(), "from nothing to many");
}

#[test]
fn codes_and_numbers_come_back() {
    for (code, zh, en) in Condition::CODES {
        let condition = Condition::of(code, 0.5, 2.0).unwrap();
        assert_eq!(
            (condition.code(), Condition::of(code, condition.numbers().0, condition.numbers().1)),
            (code, Some(condition))
        );
        assert!(!zh.is_empty() && !en.is_empty() && condition.text("zh") != condition.text("en"));
    }
    assert_eq!(Condition::of("else", 0.0, 0.0), None);
    assert!(!Condition::Jump { times: 1.0, least: 0.0 }.is_sound());
    assert!(!Condition::Below { limit: f64::NAN }.is_sound());
}

fn any_condition() -> impl Strategy<Value = Condition> {
    (0_usize..6, 0.0_f64..10.0, 0.0_f64..10.0)
        .prop_map(|(place, first, second)| Condition::of(Condition::CODES[place].0, first, second).unwrap())
}

proptest! {
    #[test]
    fn what_is_missing_is_never_zero(condition in any_condition(), reference in proptest::option::of(-10.0_f64..10.0)) {
        let found = fires(&condition, &of(None, reference));
        prop_assert_eq!(found.is_some(), condition == Condition::Missing);
        prop_assert!(fires(&condition, &of(Some(f64::NAN), reference)).is_some() == (condition == Condition::Missing));
    }

    #[test]
    fn a_comparison_without_a_reference_never_fires(value in -10.0_f64..10.0, margin in 0.0_f64..1.0) {
        let alone = of(Some(value), None);
        for condition in [Condition::BelowReference { margin }, Condition::Jump { times: 2.0, least: 0.0 }] {
            prop_assert_eq!(fires(&condition, &alone), None);
        }
    }
}
