use jiff::civil::date;
use network::{Kind, Level, Node, Status};
use proptest::prelude::*;

use super::Tree;
use crate::testing::{UNITS, assigned, contents, unit};
use crate::{Assignment, Contents, Duty, Rule};

const DAY: jiff::civil::Date = date(2026, 6, 1);

fn node(at: usize) -> Node {
    let (number, parent, level, region) = UNITS[at];
    Node {
        id: unit(number),
        parent: parent.map(unit),
        depth: 0,
        name_zh: format!("第{number}单位"),
        name_en: None,
        kind: if level == Level::Outlet { Kind::Tisc } else { Kind::Administration },
        level,
        region: region.parse().unwrap(),
        status: Status::Active,
    }
}

fn tree() -> Tree {
    Tree::new(DAY, (0..UNITS.len()).map(node).collect())
}

fn units(numbers: &[u32]) -> Vec<network::OrganisationId> {
    numbers.iter().map(|number| unit(*number)).collect()
}

#[test]
fn every_rule_means_whom_it_says() {
    let (contents, tree) = (contents(), tree());
    let meant = |assignment: &Assignment| tree.meant(&contents, assignment).units;
    let required = |rule, list| assigned(Duty::Required, rule, list);
    assert_eq!(meant(&required(Rule::Nation, "")), units(&[1]));
    assert_eq!(meant(&required(Rule::Provinces, "")), units(&[2, 3]));
    assert_eq!(meant(&required(Rule::ProvincesOf, "east")), units(&[2]));
    assert_eq!(meant(&required(Rule::CitiesOf, "cities")), units(&[4, 6]), "an outlet in the city is not its office");
    assert_eq!(meant(&Assignment { batch: Some(2), ..required(Rule::BatchOf, "cities") }), units(&[6]));
    assert_eq!(meant(&required(Rule::CitiesIn, "east")), units(&[4, 5]));
    assert_eq!(meant(&required(Rule::CitiesIn, "no such list")), []);
    let by_name = Assignment { units: vec![unit(7), unit(99)], ..required(Rule::Units, "") };
    let meant = tree.meant(&contents, &by_name);
    assert_eq!((meant.units, meant.gone), (units(&[7]), units(&[99])), "who is not there on the day is told");
}

#[test]
fn a_region_without_a_unit_is_told() {
    let small = Tree::new(DAY, [0, 1, 3].map(node).to_vec());
    let meant = small.meant(&contents(), &assigned(Duty::Required, Rule::CitiesOf, "cities"));
    assert_eq!(meant.units, units(&[4]));
    assert_eq!(meant.without_unit, ["330100".parse().unwrap()]);
}

#[test]
fn who_is_meant_twice_must_and_a_part_is_for_whom_the_whole_is() {
    let mut contents = contents();
    let whole = &mut contents.groups[0].tasks[0];
    whole.assignments.push(assigned(Duty::Optional, Rule::Provinces, ""));
    whole.tasks[0].assignments.clear();
    let tree = tree();
    let placed: Vec<_> = contents.tasks().collect();
    let whole = tree.concerned(&contents, &placed[0]);
    assert_eq!(whole.get(&unit(2)), Some(&Duty::Required));
    assert_eq!(whole.len(), 5);
    assert_eq!(tree.concerned(&contents, &placed[1]), whole);
}

#[test]
fn below_and_above_are_told() {
    let tree = tree();
    assert_eq!(tree.below(&unit(2)).len(), 3);
    assert_eq!(tree.parent(&unit(4)).map(|node| node.id.clone()), Some(unit(2)));
    assert_eq!(tree.parent(&unit(1)), None);
    let set = [unit(2), unit(4), unit(6)].into();
    assert_eq!(tree.highest(&set), [&unit(2), &unit(6)]);
}

fn any_assignment() -> impl Strategy<Value = Assignment> {
    let list = prop_oneof![Just("cities"), Just("east")];
    (prop::sample::select(Rule::ALL), list, prop::option::of(1..3_u32), prop::collection::vec(1..9_u32, 0..4)).prop_map(
        |(rule, list, batch, named)| Assignment {
            duty: Duty::Required,
            rule,
            list: list.to_owned(),
            batch,
            units: named.into_iter().map(unit).collect(),
        },
    )
}

proptest! {
    /// Whoever is meant in a part of the tree is meant in all of it.
    #[test]
    fn resolving_is_monotone_in_the_tree(assignment in any_assignment(), kept in prop::collection::btree_set(0..7_usize, 0..7)) {
        let contents: Contents = contents();
        let part = Tree::new(DAY, kept.into_iter().map(node).collect());
        let (few, all) = (part.meant(&contents, &assignment), tree().meant(&contents, &assignment));
        prop_assert!(few.units.iter().all(|unit| all.units.contains(unit)));
        prop_assert!(all.gone.iter().all(|gone| few.gone.contains(gone)));
        prop_assert!(all.without_unit.iter().all(|region| few.without_unit.contains(region)));
    }
}
