use super::*;
use crate::testing::item;
use crate::{Basis, LimitUnit, Need};

fn fields(change: impl FnOnce(&mut Item)) -> Vec<String> {
    let mut item = item("X-1");
    change(&mut item);
    faults(&item).into_iter().map(|fault| fault.field).collect()
}

#[test]
fn what_contradicts_itself_is_refused() {
    assert_eq!(fields(|_| ()), [""; 0]);
    assert_eq!(fields(|item| item.summary.zh = " 空白 ".to_owned()), ["summary.zh"]);
    assert_eq!(fields(|item| item.title.en = "x".repeat(201)), ["title.en"]);
    assert_eq!(fields(|item| item.conditions[0].zh.clear()), ["conditions.0.zh"]);
    assert_eq!(fields(|item| item.channels.push(item.channels[0])), ["objects"]);
    assert_eq!(
        fields(|item| {
            item.statutory_limit = Some(Limit::working_days(1));
            item.promised_limit = Some(Limit::working_days(2));
        }),
        ["promised_limit"]
    );
    assert_eq!(
        fields(|item| item.statutory_limit = Some(Limit { number: 9_999, unit: LimitUnit::Day, note: None })),
        ["statutory_limit"]
    );
    assert_eq!(
        fields(|item| {
            item.processing = Processing::Promised;
            item.promised_limit = None;
        }),
        ["promised_limit"]
    );
    let material = |need, link: Option<&str>, field: Option<&str>| Material {
        name: Text::new("材料", "paper"),
        issuer: None,
        originals: 1,
        copies: 0,
        need,
        when: None,
        form_link: link.map(str::to_owned),
        field: field.map(str::to_owned),
    };
    assert_eq!(fields(|item| item.materials.push(material(Need::Conditional, None, None))), ["materials.0.when"]);
    assert_eq!(
        fields(|item| item.materials.push(material(Need::Required, None, Some("nothing")))),
        ["materials.0.field"]
    );
    assert_eq!(
        fields(|item| item.materials.push(material(Need::Required, Some("/forms/1"), Some("attachments")))),
        [""; 0]
    );
    for link in ["javascript:alert(1)", "//evil.example", "https://a b", "data:x"] {
        assert_eq!(
            fields(|item| item.materials.push(material(Need::Required, Some(link), None))),
            ["materials.0.form_link"]
        );
    }
    let days = |from: &str, to: &str| Basis {
        name: Text::new("法", "Law"),
        article: None,
        number: None,
        from: from.parse().ok(),
        to: to.parse().ok(),
    };
    assert_eq!(fields(|item| item.basis.push(days("2026-01-01", "2025-01-01"))), ["basis"]);
    assert!(
        fields(|item| item.conveniences = vec![Text::new("长".repeat(3_900), "x".repeat(3_900)); 50])
            .contains(&String::new())
    );
}
