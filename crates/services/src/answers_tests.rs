use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;
use crate::testing::form;

fn answers(value: Value) -> Answers {
    value.as_object().cloned().unwrap()
}

fn fields(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.field.as_str()).collect()
}

fn example() -> Form {
    form(json!([
        { "key": "kind", "label": ["类型", "Kind"], "required": true, "kind": { "type": "choice", "options": [
            { "key": "person", "label": ["个人", "person"] }, { "key": "firm", "label": ["企业", "firm"] } ] } },
        { "key": "firm", "label": ["企业名称", "Firm"], "required": true, "kind": { "type": "organisation" },
          "shown_if": [{ "field": "kind", "is": { "equals": "firm" } }] },
        { "key": "code", "label": ["信用代码", "Code"], "kind": { "type": "credit-code" },
          "shown_if": [{ "field": "firm", "is": { "answered": true } }] },
        { "key": "by", "label": ["方式", "By"], "kind": { "type": "choices", "least": 1, "options": [
            { "key": "mail", "label": ["邮件", "mail"] }, { "key": "phone", "label": ["电话", "telephone"] } ] } },
        { "key": "phone", "label": ["电话", "Telephone"], "kind": { "type": "telephone" }, "personal": true,
          "required_if": [{ "field": "by", "is": { "one-of": ["phone"] } }] },
        { "key": "parties", "label": ["当事人", "Parties"], "kind": { "type": "group", "most": 3, "fields": [
            { "key": "name", "label": ["姓名", "Name"], "required": true, "personal": true, "kind": { "type": "text", "most": 10 } },
            { "key": "abroad", "label": ["境外", "Abroad"], "kind": { "type": "yes-no" } },
            { "key": "country", "label": ["国家", "Country"], "required": true, "kind": { "type": "text" },
              "shown_if": [{ "field": "abroad", "is": { "equals": true } }] } ] } },
        { "key": "papers", "label": ["材料", "Papers"], "required": true, "kind": { "type": "file", "kinds": ["pdf"], "megabytes": 1, "count": 2 } },
        { "key": "true", "label": ["属实", "True"], "required": true, "kind": { "type": "yes-no", "must_be_yes": true } },
    ]))
}

#[test]
fn everything_that_is_missing_is_named_at_once_in_both_languages() {
    let faults = check(&example(), &Answers::new());
    assert_eq!(fields(&faults), ["kind", "papers", "true"]);
    assert_eq!(faults[1].zh, "请上传「材料」");
    assert_eq!(faults[1].en, "attach «Papers»");
    assert_eq!(check_part(&example(), &Answers::new()), []);
    let firm = answers(json!({ "kind": "firm", "by": ["phone"], "parties": [{}, { "abroad": true }], "true": false }));
    assert_eq!(
        fields(&check(&example(), &firm)),
        ["firm", "phone", "parties.0.name", "parties.1.name", "parties.1.country", "papers", "true"]
    );
}

#[test]
fn a_complete_form_has_no_faults_and_what_is_hidden_does_not_count() {
    let given = answers(json!({
        "kind": "person", "firm": "甲公司", "code": "x", "by": ["mail"], "parties": [{ "name": "张三", "abroad": false, "country": "法国" }],
        "papers": ["01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"], "true": true, "phone": "  "
    }));
    assert_eq!(check(&example(), &given), []);
    let counted = shown(&example(), &given);
    assert_eq!(
        Value::Object(counted.clone()),
        json!({ "kind": "person", "by": ["mail"], "parties": [{ "name": "张三", "abroad": false }], "papers": ["01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"], "true": true })
    );
    assert_eq!(shown(&example(), &counted), counted);
    assert_eq!(
        Value::Object(example().without_personal(&counted)),
        json!({ "kind": "person", "by": ["mail"], "parties": [{ "abroad": false }], "papers": ["01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"], "true": true })
    );
}

#[test]
fn unknown_keys_and_wrong_values_are_refused() {
    let wrong = answers(json!({
        "kind": "robot", "admin": true, "by": ["mail", "mail"], "phone": "call me", "papers": ["../etc"], "true": "yes",
        "parties": [{ "name": "名字实在是太长太长太长了", "role": "x" }, 7, { "name": "a" }, { "name": "b" }]
    }));
    let faults = check(&example(), &wrong);
    assert_eq!(
        fields(&faults),
        ["admin", "kind", "by", "phone", "parties", "parties.0.role", "parties.0.name", "parties.1", "papers", "true"]
    );
    let all_told = faults.iter().all(|fault| !fault.zh.is_empty() && !fault.en.is_empty());
    assert!(all_told);
}

#[test]
fn a_wrong_credit_code_warns_and_stops_nothing() {
    let firm =
        |code: &str| answers(json!({ "kind": "firm", "firm": "甲", "code": code, "papers": ["a"], "true": true }));
    assert_eq!(check(&example(), &firm("91350211M0000XUF46")), []);
    assert_eq!(fields(&warnings(&example(), &firm("91350211M0000XUF46"))), ["code"]);
    assert_eq!(warnings(&example(), &firm("91350100M000100Y43")), []);
    assert_eq!(fields(&check(&example(), &firm("<script>"))), ["code"]);
}

#[test]
fn hostile_sizes_are_refused_before_they_are_looked_at() {
    let long = answers(json!({ "kind": "a".repeat(300_000) }));
    assert_eq!(fields(&check(&example(), &long)), [""]);
    let many: Answers = (0..5_000).map(|n| (format!("k{n}"), json!(1))).collect();
    assert!(check(&example(), &many).len() <= 200);
    let rows = answers(json!({ "parties": vec![json!({ "name": "x" }); 5_000] }));
    assert!(check(&example(), &rows).iter().any(|fault| fault.field == "parties"));
}

/// Any JSON, of the keys of the example more often than not.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("firm")),
        Just(json!("phone")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("(name|abroad|country|x)", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let key = "(kind|firm|code|by|phone|parties|papers|true|other)";
    proptest::collection::btree_map(key, any_json(), 0..9).prop_map(|map| map.into_iter().collect())
}

proptest! {
    #[test]
    fn no_answers_break_the_check(given in any_answers()) {
        let form = example();
        let (part, all) = (check_part(&form, &given), check(&form, &given));
        prop_assert!(part.iter().all(|fault| all.contains(fault)), "what is wrong in part is wrong in all");
        warnings(&form, &given);
        let counted = shown(&form, &given);
        prop_assert_eq!(&shown(&form, &counted), &counted);
        if all.is_empty() {
            prop_assert_eq!(check(&form, &counted), []);
        }
    }
}
