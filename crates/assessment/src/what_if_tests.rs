use crate::testing::{datum, scheme, snapshot, unit};
use crate::{Points, Supposed, what_if};

#[test]
fn other_weights_and_values_are_compared_and_nothing_else_changes() {
    let mut data = snapshot(&[(11, &[("linear", 20.0), ("yes", 0.0)]), (12, &[("linear", 0.0), ("yes", 1.0)])]);
    for unit in data.units.values_mut() {
        unit.values.insert("expert".to_owned(), datum(50.0));
    }
    let scheme = scheme();
    let (was, would, compared) = what_if(&scheme, &data, &Supposed::default());
    assert_eq!(was, would);
    assert!(compared.iter().all(|it| it.was == it.would && it.rank_was == it.rank_would));
    let supposed = Supposed {
        items: [("linear".to_owned(), 5.0), ("yes".to_owned(), 60.0)].into(),
        values: vec![(unit(12), "linear".to_owned(), Some(20.0)), (unit(99), "linear".to_owned(), Some(20.0))],
        ..Supposed::default()
    };
    let (_, would, compared) = what_if(&scheme, &data, &supposed);
    let of = |number| compared.iter().find(|it| it.unit == unit(number)).unwrap();
    assert_eq!((of(11).rank_was, of(11).rank_would), (Some(1), Some(2)));
    assert_eq!((of(12).rank_was, of(12).rank_would), (Some(2), Some(1)));
    assert_eq!(compared[0].unit, unit(12));
    assert_ne!(would.scheme, was.scheme);
    let gone = Supposed { values: vec![(unit(11), "expert".to_owned(), None)], ..Supposed::default() };
    let (_, would, _) = what_if(&scheme, &data, &gone);
    assert_eq!(would.of(&unit(11)).unwrap().total, None);
    let unsound = Supposed { items: [("linear".to_owned(), f64::NAN)].into(), ..Supposed::default() };
    assert_eq!(unsound.scheme(&scheme), scheme);
    assert!(was.of(&unit(11)).unwrap().total > Some(Points(0)));
}
