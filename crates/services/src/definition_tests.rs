use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::testing::form;

fn fields(definition: Value) -> Vec<String> {
    let mut faults = Vec::new();
    form_faults(&form(definition), &mut faults);
    faults.into_iter().map(|fault| fault.field).collect()
}

#[test]
fn a_form_that_makes_no_sense_is_refused_where_it_makes_none() {
    let label = json!(["名", "Name"]);
    let text = json!({ "type": "text" });
    let choice = json!({ "type": "choice", "options": [{ "key": "a", "label": label }] });
    let field = |key: &str, kind: &Value| json!({ "key": key, "label": label, "kind": kind });
    let with = |key: &str, rule: &str, condition: Value| {
        let mut field = field(key, &text);
        field[rule] = json!([condition]);
        field
    };
    assert_eq!(
        fields(json!([
            field("a", &text),
            field("b", &choice),
            with("c", "shown_if", json!({ "field": "b", "is": { "equals": "a" } }))
        ])),
        [""; 0]
    );
    let wrong = [
        json!([field("A", &text)]),
        json!([field("a", &text), field("a", &text)]),
        json!([field("a", &json!({ "type": "choice", "options": [] }))]),
        json!([field(
            "a",
            &json!({ "type": "choice", "options": [{ "key": "x", "label": label }, { "key": "x", "label": label }] })
        )]),
        json!([field("a", &json!({ "type": "choices", "options": [{ "key": "x", "label": label }], "least": 2 }))]),
        json!([field("a", &json!({ "type": "number", "least": 2, "most": 1 }))]),
        json!([field("a", &json!({ "type": "date", "from": "2026-01-02", "to": "2026-01-01" }))]),
        json!([field("a", &json!({ "type": "text", "most": 0 }))]),
        json!([field("a", &json!({ "type": "file", "megabytes": 5000 }))]),
        json!([field("a", &json!({ "type": "group", "fields": [] }))]),
        json!([field("a", &json!({ "type": "group", "fields": [field("b", &text)], "least": 30 }))]),
        json!([with("a", "shown_if", json!({ "field": "a", "is": { "answered": true } }))]),
        json!([with("a", "required_if", json!({ "field": "b", "is": { "answered": true } })), field("b", &text)]),
        json!([field("b", &choice), with("a", "shown_if", json!({ "field": "b", "is": { "equals": "z" } }))]),
        json!([field("b", &choice), with("a", "shown_if", json!({ "field": "b", "is": { "one-of": [] } }))]),
    ];
    for definition in wrong {
        assert_eq!(fields(definition.clone()).len(), 1, "{definition}");
    }
    let nested =
        json!({ "type": "group", "fields": [field("b", &json!({ "type": "group", "fields": [field("c", &text)] }))] });
    assert!(!fields(json!([field("a", &nested)])).is_empty());
    assert_eq!(
        fields(json!([field("a", &json!({ "type": "group", "fields": [field("b", &text)] })), field("b", &text)])),
        [""; 0],
        "keys of rows are their own"
    );
}

#[test]
fn unknown_words_of_a_form_are_refused() {
    let form = json!({ "steps": [{ "key": "a", "title": ["一", "One"], "fields": [{ "key": "x", "label": ["名", "X"], "kind": { "type": "text", "maximum": 3 } }] }] });
    assert!(serde_json::from_value::<Form>(form).is_err());
    assert!(serde_json::from_value::<FieldKind>(json!({ "type": "robot" })).is_err());
}

proptest! {
    #[test]
    fn rules_of_the_catalogue_hold_for_any_choice(number in 0_usize..52, seed in proptest::collection::vec(any::<u8>(), 64)) {
        let item = &crate::catalogue().unwrap()[number];
        // Answers in which every choice falls somewhere: what is asked for is never a field that is hidden.
        let mut seed = seed.into_iter().cycle();
        let mut pick = |count: usize| seed.next().map_or(0, usize::from) % count.max(1);
        let mut answers = crate::Answers::new();
        for field in item.form.fields() {
            let value = match &field.kind {
                FieldKind::Choice { options } => json!(options[pick(options.len())].key),
                FieldKind::Choices { options, .. } => json!([options[pick(options.len())].key]),
                FieldKind::YesNo { must_be_yes } => json!(*must_be_yes || pick(2) == 0),
                _ => continue,
            };
            answers.insert(field.key.clone(), value);
        }
        let missing = crate::check(&item.form, &answers);
        prop_assert!(missing.iter().all(|fault| item.form.field(&fault.field).is_some()));
    }
}
