use serde_json::json;

use super::*;
use crate::testing::form;

#[test]
fn what_a_page_sends_becomes_answers() {
    let form = form(json!([
        { "key": "n", "label": ["数", "N"], "kind": { "type": "number" } },
        { "key": "m", "label": ["数", "M"], "kind": { "type": "number" } },
        { "key": "y", "label": ["是", "Y"], "kind": { "type": "yes-no" } },
        { "key": "c", "label": ["选", "C"], "kind": { "type": "choices", "options": [{ "key": "a", "label": ["甲", "A"] }, { "key": "b", "label": ["乙", "B"] }] } },
        { "key": "t", "label": ["文", "T"], "kind": { "type": "long-text" } },
        { "key": "g", "label": ["组", "G"], "kind": { "type": "group", "fields": [
            { "key": "x", "label": ["项", "X"], "kind": { "type": "text" } },
            { "key": "z", "label": ["数", "Z"], "kind": { "type": "number" } } ] } },
    ]));
    let pairs = [
        ("n", "12"),
        ("m", "twelve"),
        ("y", "no"),
        ("c", "a"),
        ("c", "b"),
        ("t", " 一\r\n二 "),
        ("csrf", "secret"),
        ("g.10.x", "后"),
        ("g.2.x", "前"),
        ("g.2.z", "1.5"),
        ("g.5.x", " "),
        ("g.bad.x", "?"),
        ("g.3", "?"),
    ];
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let answers = from_written(&form, &pairs);
    assert_eq!(
        Value::Object(answers.clone()),
        json!({ "n": 12, "m": "twelve", "y": false, "c": ["a", "b"], "t": "一\n二", "g": [{ "x": "前", "z": 1.5 }, { "x": "后" }] })
    );
    let faults = crate::check(&form, &answers);
    assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["m"]);
    assert_eq!(from_written(&form, &[]), Answers::new());
}
