use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;

use super::{ALL, FIRMS, PREFIXES, any, firm, inventors};

#[test]
fn firms_are_different_and_sit_in_many_provinces_and_countries() {
    let names: BTreeSet<String> = (0..FIRMS).map(|rank| firm(rank).name).collect();
    assert_eq!(names.len(), FIRMS);
    assert!(names.iter().all(|name| name.contains("演示") || name.contains("Demo") || name.contains("Sample")));
    let regions: BTreeSet<&str> = ALL.iter().filter(|firm| firm.country == "CN").map(|firm| firm.region).collect();
    assert!(regions.len() >= 15, "{regions:?}");
    assert!(regions.iter().all(|region| region.ends_with(['省', '市', '区'])), "{regions:?}");
    let countries: BTreeSet<&str> = ALL.iter().map(|firm| firm.country).collect();
    assert!(countries.len() >= 6, "{countries:?}");
    assert_eq!(PREFIXES.iter().collect::<BTreeSet<_>>().len(), PREFIXES.len());
}

#[test]
fn a_few_firms_have_most_of_the_rights() {
    let mut rng = Rng::with_seed(1);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    (0..10_000).for_each(|_| *counts.entry(any(&mut rng)).or_default() += 1);
    let largest: usize = (0..10).filter_map(|rank| counts.get(&rank)).sum();
    assert!((2_500..6_500).contains(&largest), "{largest}");
    assert!(counts.len() > 150, "the small ones file too: {}", counts.len());
}

#[test]
fn inventors_of_a_firm_come_from_its_team() {
    let mut rng = Rng::with_seed(1);
    let people: BTreeSet<String> = (0..500).flat_map(|_| inventors(&mut rng, 60)).map(|person| person.name).collect();
    assert!((4..=6).contains(&people.len()), "{people:?}");
}
