use super::faults;
use crate::testing::scheme;
use crate::{Missing, Point, Rule, Scheme};

fn places(change: impl FnOnce(&mut Scheme)) -> Vec<String> {
    let mut scheme = scheme();
    change(&mut scheme);
    faults(&scheme).into_iter().map(|fault| fault.field).collect()
}

fn rule(change: impl FnOnce(&mut Rule)) -> Vec<String> {
    places(|scheme| change(&mut scheme.dimensions[0].items[1].rule))
}

#[test]
fn a_sound_scheme_has_no_faults() {
    assert_eq!(faults(&scheme()), []);
}

#[test]
fn every_fault_names_its_place() {
    assert_eq!(places(|scheme| scheme.code = "Großes".to_owned()), ["code"]);
    assert_eq!(places(|scheme| scheme.title.en.clear()), ["title"]);
    assert_eq!(places(|scheme| scheme.full = 0), ["full"]);
    assert_eq!(places(|scheme| scheme.grades.reverse()), ["grades"]);
    assert_eq!(places(|scheme| scheme.years.as_mut().unwrap().weights = vec![0.0, 0.0]), ["years"]);
    assert_eq!(places(|scheme| scheme.dimensions[0].weight = f64::NAN), ["dimensions.figures"]);
    assert_eq!(places(|scheme| scheme.dimensions[1].code = "figures".to_owned())[0], "dimensions.figures");
    assert_eq!(places(|scheme| scheme.dimensions[0].items[0].code = "steps".to_owned()), ["dimensions.figures.steps"]);
    assert_eq!(places(|scheme| scheme.dimensions[0].items[0].weight = 0.0), ["dimensions.figures.linear"]);
    assert_eq!(places(|scheme| scheme.dimensions[1].items[1].missing = Missing::Zero), ["dimensions.judged.bonus"]);
    let review = |scheme: &mut Scheme| scheme.dimensions[0].items[0].input = crate::Input::Review;
    assert_eq!(places(review), ["dimensions.figures.linear"]);
    assert!(places(|scheme| scheme.dimensions.clear()).contains(&"dimensions".to_owned()));
}

#[test]
fn rules_that_turn_round_are_refused() {
    let steps = "dimensions.figures.steps";
    let at = |at, score| Point { at, score };
    let with = |new: Vec<Point>| {
        rule(|rule| {
            if let Rule::Steps { steps, .. } = rule {
                *steps = new;
            }
        })
    };
    assert_eq!(with(vec![at(1.0, 50.0), at(2.0, 40.0)]), [steps]);
    assert_eq!(with(vec![at(1.0, 50.0), at(1.0, 60.0)]), [steps]);
    assert_eq!(with(vec![at(1.0, 150.0)]), [steps]);
    assert_eq!(with(vec![]), [steps]);
    assert_eq!(rule(|rule| *rule = Rule::Linear { from: at(1.0, 0.0), to: at(1.0, 100.0) }), [steps]);
    let rank = Rule::Rank { better: crate::Better::Higher, places: vec![80.0, 90.0], rest: 0.0 };
    assert_eq!(rule(|rule| *rule = rank), [steps]);
}
