use std::collections::BTreeSet;

use crate::testing::{code, now, period};
use crate::{Book, Formula, PeriodKind, starting};

fn book() -> Book {
    Book::new(starting(now()).unwrap())
}

#[test]
fn the_starting_indicators_are_sound_and_refer_to_each_other_alone() {
    let book = book();
    let codes: BTreeSet<_> = book.codes().cloned().collect();
    assert_eq!(codes.len(), starting(now()).unwrap().len(), "no code twice");
    for code in &codes {
        let definition = &book.latest(code).unwrap().definition;
        assert_eq!(definition.faults(), [], "{code}");
        book.check(code).unwrap();
        for part in definition.formula.parts() {
            let part = &book.latest(part).unwrap().definition;
            let kinds = |of: &crate::Definition| of.periods.iter().copied().collect::<BTreeSet<PeriodKind>>();
            assert!(kinds(definition).is_subset(&kinds(part)), "{code} is kept for periods that {} has not", part.code);
            let levels = part.levels.iter().collect::<BTreeSet<_>>();
            let summed = matches!(definition.formula, Formula::Summed { .. });
            assert!(summed || definition.levels.iter().all(|level| levels.contains(level)), "{code} and {}", part.code);
        }
    }
}

#[test]
fn the_facts_of_the_documents_stand_and_what_is_open_has_no_target() {
    let book = book();
    let facts = |text: &str| {
        let definition = &book.latest(&code(text)).unwrap().definition;
        let number = |mark: Option<crate::Mark>| mark.map(|mark| (mark.period, mark.number));
        (number(definition.baseline), number(definition.target))
    };
    let at = |when: &str, number: f64| Some((period(when), number));
    assert_eq!(facts("P14-TISC"), (at("2020", 60.0), at("2025", 180.0)));
    assert_eq!(facts("P14-FUND"), (at("2020", 15.0), at("2025", 30.0)));
    assert_eq!(facts("P14-SATISFY"), (at("2020", 70.0), at("2025", 80.0)));
    for open in ["P14-NETWORK", "P14-PLATFORM", "P14-STANDARD", "P14-STAFF", "P14-PURCHASE", "G24-DENSE"] {
        assert_eq!(facts(open), (None, None), "{open}");
    }
    assert_eq!(facts("N-PREF-COVER").1, at("2021", 30.0));
    assert_eq!(facts("N-PROV-COVER").1, at("2021", 100.0));
    assert_eq!(facts("G21-TISC").1, at("2021", 100.0));
    assert_eq!(facts("G21-OPENDATA").1, at("2021-08", 10.0));
    assert_eq!(facts("G24-INV-EXAM").1, at("2024", 15.5));
    assert_eq!(facts("G24-TM-EXAM").1, at("2024", 4.0));
    assert_eq!(facts("G24-PLEDGE-UP").1, at("2024", 10.0));
    assert_eq!(facts("G24-BODIES").1, at("2024", 172.0));
    assert_eq!(facts("G24-OUTLETS").1, at("2024", 460.0));
    assert_eq!(facts("G24-STOCK").1, at("2024", 100.0));
}
