use super::{Class, Classes, Place, Scheme, sections};

fn counts(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

fn example() -> Classes {
    let classes = counts(&[("H01M", 8), ("Nice 9", 5), ("H02J", 3), ("C01B", 2), ("Nice 35", 6), ("Locarno 14", 1)]);
    let groups = counts(&[("H01M4", 6), ("H01M10", 7), ("C01B32", 2), ("B60L50", 1)]);
    Classes::new((&classes, &groups), &counts(&[("C", 2), ("H", 9)]), 10, (10, 20))
}

#[test]
fn values_of_the_class_facet_belong_to_three_schemes() {
    assert_eq!(Place::of("H01M"), Place::Patent("H01M"));
    assert_eq!(Place::of("Nice 9"), Place::Nice("9"));
    assert_eq!(Place::of("Locarno 14"), Place::Locarno("14"));
}

#[test]
fn a_section_is_known_without_counting_when_one_subclass_makes_it() {
    let known = sections(&counts(&[("H01M", 8), ("Nice 9", 5), ("H02J", 3), ("C01B", 2)]));
    assert_eq!(known.into_iter().collect::<Vec<_>>(), [("C".to_owned(), Some(2)), ("H".to_owned(), None)]);
}

#[test]
fn classes_stand_as_a_tree_in_the_order_of_sections() {
    let classes = example();
    let symbols =
        |classes: &[Class]| classes.iter().map(|class| (class.symbol.clone(), class.count)).collect::<Vec<_>>();
    assert_eq!(symbols(&classes.sections), counts(&[("C", 2), ("H", 9)]));
    assert_eq!(symbols(&classes.sections[1].below), counts(&[("H01M", 8), ("H02J", 3)]));
    assert_eq!(symbols(&classes.sections[1].below[0].below), counts(&[("H01M10/00", 7), ("H01M4/00", 6)]));
    assert_eq!(symbols(&classes.nice), counts(&[("9", 5), ("35", 6)]));
    assert_eq!(symbols(&classes.locarno), counts(&[("14", 1)]));
    assert_eq!((classes.with, classes.sections[1].share), (10, 0.45));
}

#[test]
fn a_place_never_counts_more_than_the_one_above_it() {
    fn lawful(class: &Class) -> bool {
        class.below.iter().all(|below| below.count <= class.count && lawful(below))
    }
    assert!(example().sections.iter().all(lawful));
}

#[test]
fn no_classes_make_an_empty_tree() {
    assert_eq!(Classes::new((&[], &[]), &[], 10, (0, 0)), Classes::default());
}

#[test]
fn titles_come_in_the_language_asked_for_or_the_one_there_is() {
    let mut classes = example();
    classes.entitle(&|scheme, symbol| match (scheme, symbol) {
        (Scheme::Patent, "H") => (Some("电学".to_owned()), Some("Electricity".to_owned())),
        (Scheme::Nice, "9") => (None, Some("Instruments".to_owned())),
        _ => (None, None),
    });
    assert_eq!(classes.sections[1].title("zh"), Some("电学"));
    assert_eq!(classes.sections[1].title("en"), Some("Electricity"));
    assert_eq!(classes.nice[0].title("zh"), Some("Instruments"));
    assert_eq!(classes.sections[0].title("zh"), None);
    let [(_, patent), (_, nice), _] = classes.symbols();
    assert_eq!(patent, ["C", "C01B", "C01B32/00", "H", "H01M", "H01M10/00", "H01M4/00", "H02J"]);
    assert_eq!(nice, ["9", "35"]);
}
