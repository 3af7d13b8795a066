use crate::check::{Beside, draft_faults, faults};
use crate::testing::{definitions, entry};
use crate::{Definition, Entry, Missing, Reading, Rule};

fn with(rules: Vec<Rule>) -> Definition {
    Definition { rules, ..definitions().into_iter().next().unwrap() }
}

fn said(rules: Vec<Rule>, number: f64, note: &str, last: Option<f64>, below: Option<f64>) -> Vec<String> {
    let reading = |number: Option<f64>| number.map_or(Reading::Missing { why: Missing::NotReported }, Reading::settled);
    let entry = Entry { note: note.to_owned(), ..entry(4, "A", "2025", Some(number)) };
    let beside = Beside { last: reading(last), below: reading(below) };
    faults(&with(rules), &entry, &beside).into_iter().map(|fault| fault.en).collect()
}

#[test]
fn least_most_and_whole() {
    assert!(said(vec![Rule::Min { value: 0.0 }, Rule::Max { value: 100.0 }], 50.0, "", None, None).is_empty());
    assert_eq!(said(vec![Rule::Min { value: 0.0 }], -1.0, "", None, None), ["no less than 0.0"]);
    assert_eq!(said(vec![Rule::Max { value: 100.0 }], 100.5, "", None, None), ["no more than 100.0"]);
    assert_eq!(said(vec![Rule::Whole], 1.5, "", None, None), ["a whole number"]);
}

#[test]
fn a_fall_and_a_leap_are_noticed_only_beside_a_last_number() {
    let fall = || vec![Rule::NotBelowLast { percent: 20.0 }];
    assert!(said(fall(), 80.0, "", Some(100.0), None).is_empty());
    assert_eq!(said(fall(), 79.0, "", Some(100.0), None).len(), 1);
    assert!(said(fall(), 1.0, "", None, None).is_empty(), "nothing to compare with");
    assert!(said(fall(), 1.0, "", Some(0.0), None).is_empty(), "no percent of zero");
    let note = || vec![Rule::NoteWhen { below: None, above: Some(1000.0), change: Some(50.0) }];
    assert_eq!(said(note(), 160.0, "", Some(100.0), None).len(), 1);
    assert!(said(note(), 160.0, "新政策", Some(100.0), None).is_empty());
    assert_eq!(said(note(), 1001.0, "", None, None).len(), 1);
}

#[test]
fn the_sum_of_the_units_below_is_held_against_the_number() {
    let sum = || vec![Rule::SumOfChildren];
    assert!(said(sum(), 30.0, "", None, Some(30.0)).is_empty());
    assert_eq!(said(sum(), 31.0, "", None, Some(30.0)), ["the units below sum up to 30.0"]);
    assert_eq!(said(sum(), 31.0, "", None, None).len(), 1, "a sum that is missing is not zero");
}

#[test]
fn a_draft_needs_a_number_of_its_digits_or_a_reason() {
    let fault = |number: Option<f64>, note: &str| {
        let entry = Entry { note: note.to_owned(), ..entry(4, "A", "2025", number) };
        draft_faults(&with(Vec::new()), &entry).len()
    };
    assert_eq!(fault(Some(1.5), ""), 0);
    assert_eq!(fault(Some(1.55), ""), 1);
    assert_eq!(fault(Some(f64::NAN), ""), 1);
    assert_eq!(fault(Some(1e300), ""), 1);
    assert_eq!(fault(None, " "), 1);
    assert_eq!(fault(None, "机构调整，未统计"), 0);
    assert_eq!(fault(Some(1.0), &"字".repeat(1001)), 1);
}
