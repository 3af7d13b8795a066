use indicators::{Definition, Formula};
use jiff::Timestamp;

use super::{read, written};
use crate::sent::Sent;

fn starting() -> Vec<Definition> {
    let versions = indicators::starting(Timestamp::UNIX_EPOCH).unwrap();
    versions.into_iter().map(|version| version.definition).collect()
}

#[test]
fn every_starting_indicator_comes_back_from_the_form_as_it_was() {
    let all = starting();
    assert!(all.len() > 70);
    for definition in all {
        assert_eq!(read(&written(&definition)).unwrap(), definition, "{}", definition.code);
    }
}

#[test]
fn everything_that_cannot_be_read_is_named_at_its_field() {
    let sent = |pairs: &[(&str, &str)]| {
        Sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    };
    let faults = read(&sent(&[
        ("code", "不行"),
        ("kind", "ratio"),
        ("of", "A-ONE"),
        ("factor", "many"),
        ("decimals", "x"),
        ("min", "一"),
        ("target", "3"),
        ("baseline_period", "last year"),
    ]))
    .unwrap_err();
    let mut fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    fields.sort_unstable();
    let expected = [
        "baseline",
        "baseline_period",
        "code",
        "decimals",
        "direction",
        "factor",
        "group",
        "min",
        "per",
        "target_period",
    ];
    assert_eq!(fields, expected);
    assert!(faults.iter().all(|fault| !fault.zh.is_empty() && !fault.en.is_empty()));
}

#[test]
fn empty_rows_of_an_index_are_passed_over() {
    let index = starting().into_iter().find(|one| matches!(one.formula, Formula::Index { .. }));
    let mut definition = index.unwrap();
    let mut sent = written(&definition);
    let Formula::Index { parts } = &mut definition.formula else { unreachable!() };
    let first = sent.0.iter_mut().find(|(name, _)| name == "part_0").unwrap();
    first.1.clear();
    parts.remove(0);
    sent.0.push((format!("part_{}", parts.len() + 1), String::new()));
    assert_eq!(read(&sent).unwrap(), definition);
}
