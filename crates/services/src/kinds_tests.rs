use serde_json::json;

use super::*;

fn faults(kind: Value, value: Value) -> Vec<String> {
    let kind: FieldKind = serde_json::from_value(kind).unwrap();
    let mut faults = Vec::new();
    value_faults(&kind, &Text::new("项", "It"), "it", &value, &mut faults);
    faults.into_iter().map(|fault| fault.en).collect()
}

#[test]
fn each_kind_takes_its_own_and_nothing_else() {
    let options = json!([{ "key": "a", "label": ["甲", "A"] }, { "key": "b", "label": ["乙", "B"] }]);
    let takes = [
        (json!({ "type": "text" }), json!("一行")),
        (json!({ "type": "long-text" }), json!("一行\n两行")),
        (json!({ "type": "number", "least": 0, "most": 10 }), json!(2.5)),
        (json!({ "type": "number", "whole": true }), json!(-3)),
        (json!({ "type": "date", "from": "2026-01-01", "to": "2026-12-31" }), json!("2026-02-28")),
        (json!({ "type": "choice", "options": options }), json!("a")),
        (json!({ "type": "choices", "options": options, "least": 1, "most": 2 }), json!(["b", "a"])),
        (json!({ "type": "yes-no" }), json!(false)),
        (json!({ "type": "file" }), json!(["01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"])),
        (json!({ "type": "right-number" }), json!("ZL 2015 1 0163325.6")),
        (json!({ "type": "organisation" }), json!("重庆某某有限公司")),
        (json!({ "type": "region" }), json!("500106")),
        (json!({ "type": "telephone" }), json!("+86 (23) 1234-5678")),
        (json!({ "type": "email" }), json!("a.b@example.org")),
        (json!({ "type": "credit-code" }), json!("91110000600037341L")),
    ];
    for (kind, value) in &takes {
        assert_eq!(faults(kind.clone(), value.clone()), Vec::<String>::new(), "{kind}");
    }
    for (kind, _) in &takes {
        assert!(!faults(kind.clone(), json!({ "a": 1 })).is_empty(), "{kind}");
    }
    let refuses = [
        (json!({ "type": "text", "most": 2 }), json!("三个字")),
        (json!({ "type": "text" }), json!("两\n行")),
        (json!({ "type": "long-text" }), json!("a\u{0}b")),
        (json!({ "type": "number", "least": 0 }), json!(-1)),
        (json!({ "type": "number", "whole": true }), json!(1.5)),
        (json!({ "type": "number" }), json!("12")),
        (json!({ "type": "date" }), json!("2026-02-30")),
        (json!({ "type": "date" }), json!("20260228")),
        (json!({ "type": "date", "to": "2026-01-01" }), json!("2026-01-02")),
        (json!({ "type": "choices", "options": options, "most": 1 }), json!(["a", "b"])),
        (json!({ "type": "yes-no", "must_be_yes": true }), json!(false)),
        (json!({ "type": "file", "count": 1 }), json!(["a", "b"])),
        (json!({ "type": "file" }), json!(["a", "a"])),
        (json!({ "type": "right-number" }), json!("无号码")),
        (json!({ "type": "region" }), json!("50010")),
        (json!({ "type": "telephone" }), json!("12345; rm")),
        (json!({ "type": "email" }), json!("a@b@c.d")),
        (json!({ "type": "email" }), json!("a @example.org")),
    ];
    for (kind, value) in refuses {
        assert_eq!(faults(kind.clone(), value.clone()).len(), 1, "{kind} {value}");
    }
}

#[test]
fn files_are_taken_by_kind_and_size() {
    let rule = FileRule { kinds: vec![FileKind::Pdf], megabytes: 1, count: 1 };
    assert_eq!(rule.refusal("f", Some(FileKind::Pdf), 1 << 20), None);
    assert!(rule.refusal("f", Some(FileKind::Pdf), (1 << 20) + 1).unwrap().en.contains("larger than 1 MB"));
    assert!(rule.refusal("f", Some(FileKind::Zip), 1).unwrap().en.contains("pdf"));
    assert!(rule.refusal("f", None, 1).is_some() && rule.refusal("f", Some(FileKind::Pdf), 0).is_some());
}
