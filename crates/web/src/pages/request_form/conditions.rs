//! Conditions in words, and as data for the script that hides what they exclude.

use serde_json::{Value, json};
use services::{Condition, Field, FieldKind, Test};

use super::Labels;
use crate::language::Lang;

/// In which case something is asked or needed.
pub(crate) struct When {
    /// For people: `「申请人类型」为「企业」`.
    pub(crate) words: String,
    /// For `request.js`: a list of `{"name": …, "is": …}`.
    pub(crate) rule: String,
}

impl When {
    /// Conditions that must all hold; none when there are none. `row` is the path of a row and the fields of its group.
    pub(crate) fn of(
        conditions: &[Condition],
        labels: &Labels<'_>,
        row: Option<(&str, &[Field])>,
        lang: Lang,
    ) -> Option<Self> {
        if conditions.is_empty() {
            return None;
        }
        let inner = |key: &str| row.and_then(|(_, fields)| fields.iter().find(|field| field.key == key));
        let words = |condition: &Condition| {
            let field = inner(&condition.field).or_else(|| labels.get(condition.field.as_str()).copied());
            words(condition, field, lang)
        };
        let name = |condition: &Condition| match (row, inner(&condition.field)) {
            (Some((path, _)), Some(_)) => format!("{path}{}", condition.field),
            _ => condition.field.clone(),
        };
        let rule = |condition: &Condition| json!({ "name": name(condition), "is": condition.is });
        let all: Vec<String> = conditions.iter().map(words).collect();
        let rules: Vec<Value> = conditions.iter().map(rule).collect();
        Some(Self { words: all.join(lang.t("，且", " and ")), rule: Value::Array(rules).to_string() })
    }
}

fn words(condition: &Condition, field: Option<&Field>, lang: Lang) -> String {
    let label = field.map_or(condition.field.as_str(), |field| field.label.text(lang.code()));
    let value = |value: &Value| said(value, field, lang);
    match &condition.is {
        Test::Equals(expected) => {
            format!("{}{}{}", quoted(label, lang), lang.t("为", " is "), value(expected))
        }
        Test::OneOf(expected) => {
            let all: Vec<String> = expected.iter().map(value).collect();
            format!("{}{}{}", quoted(label, lang), lang.t("为", " is "), all.join(lang.t("或", " or ")))
        }
        Test::Answered(true) => format!("{}{}", quoted(label, lang), lang.t("已填写", " is answered")),
        Test::Answered(false) => format!("{}{}", quoted(label, lang), lang.t("未填写", " is not answered")),
    }
}

fn quoted(text: &str, lang: Lang) -> String {
    format!("{}{text}{}", lang.t("「", "«"), lang.t("」", "»"))
}

/// A value as the field shows it.
fn said(value: &Value, field: Option<&Field>, lang: Lang) -> String {
    if let Value::Bool(yes) = value {
        return quoted(if *yes { lang.t("是", "yes") } else { lang.t("否", "no") }, lang);
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let options = match field.map(|field| &field.kind) {
        Some(FieldKind::Choice { options } | FieldKind::Choices { options, .. }) => options.as_slice(),
        _ => &[],
    };
    let option = options.iter().find(|option| option.key == text);
    quoted(option.map_or(text.as_str(), |option| option.label.text(lang.code())), lang)
}
