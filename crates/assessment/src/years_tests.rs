use crate::testing::{datum, scheme, snapshot, unit};
use crate::{Points, Scores, Verdict, mean_words, review, score};

fn year(first: f64, second: Option<f64>) -> Scores {
    let mut data = snapshot(&[(11, &[("linear", 20.0)]), (12, &[("linear", 20.0)])]);
    data.units.get_mut(&unit(11)).unwrap().values.insert("expert".to_owned(), datum(first));
    if let Some(second) = second {
        data.units.get_mut(&unit(12)).unwrap().values.insert("expert".to_owned(), datum(second));
    }
    score(&scheme(), &data)
}

#[test]
fn years_are_joined_by_their_weights() {
    let years = scheme().years.unwrap();
    let results = [year(100.0, Some(50.0)), year(100.0, None), year(80.0, Some(50.0))];
    let reviewed = review(&years, &[Some(&results[0]), Some(&results[1]), Some(&results[2])]);
    assert_eq!(reviewed[0].unit, unit(11));
    assert_eq!(reviewed[0].totals, [Some(Points(7500)), Some(Points(7500)), Some(Points(6500))]);
    assert_eq!((reviewed[0].mean, reviewed[0].verdict), (Some(Points(7000)), Verdict::Passed));
    assert_eq!(mean_words(&years, &reviewed[0], "en"), "(75.00 × 1 + 75.00 × 1 + 65.00 × 2) ÷ 4 = 70.00");
    assert_eq!((reviewed[1].mean, reviewed[1].verdict), (None, Verdict::Incomplete), "missing is not zero");
    let reviewed = review(&years, &[Some(&results[0]), None, Some(&results[2])]);
    assert!(reviewed.iter().all(|unit| unit.verdict == Verdict::Incomplete));
    assert!(review(&years, &[]).is_empty());
}

#[test]
fn a_failed_year_is_not_made_up_for() {
    let years = scheme().years.unwrap();
    let mut failed = year(100.0, Some(100.0));
    failed.units[0].failed = true;
    let good = year(100.0, Some(100.0));
    let reviewed = review(&years, &[Some(&failed), Some(&good), Some(&good)]);
    let of = |number| reviewed.iter().find(|it| it.unit == unit(number)).unwrap().verdict;
    assert_eq!((of(11), of(12)), (Verdict::NotPassed, Verdict::Passed));
}
