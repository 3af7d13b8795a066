use proptest::prelude::*;

use super::{Count, Ranking, share};

fn counts(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

#[test]
#[expect(clippy::float_cmp, reason = "these shares are exact")]
fn a_share_is_a_number_even_of_nothing() {
    assert_eq!(share(0, 0), 0.0);
    assert_eq!(share(1, 4), 0.25);
    assert_eq!(share(5, 4), 1.0, "never more than the whole");
}

#[test]
fn a_ranking_is_ordered_and_says_who_has_none() {
    let ranking = Ranking::new(&counts(&[("乙", 2), ("甲", 3), ("丙", 2), ("丁", 0)]), 2, 6, 10);
    assert_eq!(ranking.entries, [Count::of("甲", 3, 10), Count::of("丙", 2, 10)]);
    assert_eq!((ranking.with, ranking.without, ranking.different), (6, 4, None));
}

#[test]
fn a_ranking_of_single_values_knows_them_all() {
    let ranking = Ranking::single(&counts(&[("CN", 3), ("US", 1)]), 1, 10);
    assert_eq!(ranking.entries, [Count::of("CN", 3, 10)]);
    assert_eq!((ranking.with, ranking.without, ranking.different), (4, 6, Some(2)));
}

#[test]
fn a_ranking_of_nothing_is_empty() {
    assert_eq!(Ranking::new(&[], 10, 0, 0), Ranking::default());
}

proptest! {
    #[test]
    fn shares_of_single_values_add_up_to_one_at_most(
        numbers in proptest::collection::vec(0u64..1000, 0..20),
        further in 0u64..1000,
        most in 0usize..20,
    ) {
        let listed: Vec<(String, u64)> = numbers.iter().enumerate().map(|(i, n)| (format!("{i:02}"), *n)).collect();
        let total = numbers.iter().sum::<u64>() + further;
        let ranking = Ranking::single(&listed, most, total);
        prop_assert_eq!(ranking.with + ranking.without, total);
        prop_assert!(ranking.entries.len() <= most);
        prop_assert!(ranking.entries.iter().map(|entry| entry.share).sum::<f64>() <= 1.0 + 1e-9);
        prop_assert!(ranking.entries.is_sorted_by(|a, b| (b.count, &a.value) <= (a.count, &b.value)));
    }
}
