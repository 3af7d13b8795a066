use crate::testing::{code, definitions};
use crate::{Definition, Formula, Part, Rule};

fn first() -> Definition {
    definitions().into_iter().next().unwrap()
}

fn fields(definition: &Definition) -> Vec<String> {
    definition.faults().into_iter().map(|fault| fault.field).collect()
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    assert_eq!(fields(&first()), Vec::<String>::new());
    let mut wrong = first();
    wrong.name.en.clear();
    wrong.periods.clear();
    wrong.levels.clear();
    wrong.decimals = 9;
    wrong.formula = Formula::Growth { of: code("A") };
    wrong.rules = vec![Rule::Min { value: f64::NAN }];
    assert_eq!(fields(&wrong), ["name", "decimals", "periods", "levels", "formula", "rules"]);
}

#[test]
fn an_index_needs_weights_and_two_different_ends() {
    let part = Part { of: code("B"), weight: 1.0, zero: 0.0, full: 10.0 };
    let with = |parts: Vec<Part>| Definition { formula: Formula::Index { parts }, ..first() };
    assert!(fields(&with(vec![part.clone()])).is_empty());
    assert_eq!(fields(&with(Vec::new())), ["formula"]);
    assert_eq!(fields(&with(vec![Part { weight: 0.0, ..part.clone() }])), ["formula"]);
    assert_eq!(fields(&with(vec![Part { full: 0.0, ..part.clone() }])), ["formula"]);
    assert!((part.scaled(5.0) - 0.5).abs() < 1e-12 && part.scaled(99.0) <= 1.0 && part.scaled(-1.0) >= 0.0);
}

#[test]
fn numbers_are_written_with_groups_and_their_digits() {
    let of = |decimals, number: f64| Definition { decimals, ..first() }.written(number);
    assert_eq!(of(0, 1_234_567.0), "1,234,567");
    assert_eq!(of(2, -1234.5), "−1,234.50");
    assert_eq!(of(1, -0.04), "0.0");
    assert_eq!(of(0, 999.6), "1,000");
}

#[test]
fn a_definition_is_read_as_it_is_written() {
    for definition in definitions() {
        let json = serde_json::to_string(&definition).unwrap();
        assert_eq!(crate::from_json(&json).unwrap(), definition);
    }
    let counted = |more: &str| {
        let formula = format!(r#"formula = {{ kind = "counted", measure = "rights.filed"{more} }}"#);
        crate::from_toml(&super::super::testing::DEFINITIONS.replacen(r#"formula = { kind = "entered" }"#, &formula, 1))
    };
    let narrowed = counted(r#", where = "at=university""#).unwrap().remove(0);
    let condition = Some("at=university".to_owned());
    assert_eq!(narrowed.formula, Formula::Counted { measure: "rights.filed".to_owned(), condition });
    let json = serde_json::to_string(&narrowed).unwrap();
    assert!(json.contains(r#""where":"at=university""#), "{json}");
    assert_eq!(crate::from_json(&json).unwrap(), narrowed);
    assert!(!serde_json::to_string(&counted("").unwrap()[0]).unwrap().contains("where"));
    assert!(counted(r#", were = "at=university""#).unwrap_err().to_string().contains("were"), "no condition is lost");
    let mistyped = super::super::testing::DEFINITIONS.replacen("decimals", "decimal", 1);
    assert!(crate::from_toml(&mistyped).unwrap_err().to_string().contains("decimal"));
}
