//! Answers as a page without JavaScript sends them: names and texts.

use serde_json::{Number, Value};

use crate::{Answers, Field, FieldKind, Form};

/// Rows of a group that are read at most.
const MOST_ROWS: usize = 200;

/// Makes answers of the pairs that a page sends. A field stands under its key, several choices and files under their key
/// several times, a field of a row under `key.0.key`; yes and no are `yes` and `no`. Names that the form has not are passed over;
/// what is no number stays text, so that [`crate::check`] tells of it. Empty rows are left out.
pub fn from_written(form: &Form, pairs: &[(String, String)]) -> Answers {
    let mut answers = Answers::new();
    for field in form.fields() {
        let value = match &field.kind {
            FieldKind::Group { fields, .. } => rows(&field.key, fields, pairs),
            _ => value(field, &field.key, pairs),
        };
        if let Some(value) = value {
            answers.insert(field.key.clone(), value);
        }
    }
    answers
}

fn rows(key: &str, fields: &[Field], pairs: &[(String, String)]) -> Option<Value> {
    let prefix = format!("{key}.");
    let number = |name: &str| name.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok();
    let mut numbers: Vec<usize> = pairs.iter().filter_map(|(name, _)| number(name)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.truncate(MOST_ROWS);
    let row = |at: &usize| {
        let cell = |field: &Field| {
            let value = value(field, &format!("{key}.{at}.{}", field.key), pairs)?;
            Some((field.key.clone(), value))
        };
        let row: Answers = fields.iter().filter_map(cell).collect();
        (!row.is_empty()).then_some(Value::Object(row))
    };
    let rows: Vec<Value> = numbers.iter().filter_map(row).collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}

fn value(field: &Field, name: &str, pairs: &[(String, String)]) -> Option<Value> {
    let mut texts = pairs.iter().filter(|(other, _)| other == name).map(|(_, text)| text.trim());
    let mut texts = texts.by_ref().filter(|text| !text.is_empty());
    if matches!(field.kind, FieldKind::Choices { .. } | FieldKind::File(_)) {
        let list: Vec<Value> = texts.take(MOST_ROWS).map(|text| Value::String(text.to_owned())).collect();
        return (!list.is_empty()).then_some(Value::Array(list));
    }
    let text = texts.next()?;
    Some(match &field.kind {
        FieldKind::Number { .. } => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
        FieldKind::YesNo { .. } => match text {
            "yes" | "true" | "on" => Value::Bool(true),
            "no" | "false" => Value::Bool(false),
            other => Value::String(other.to_owned()),
        },
        // Browsers send line ends as CR LF.
        FieldKind::LongText { .. } => Value::String(text.replace("\r\n", "\n")),
        _ => Value::String(text.to_owned()),
    })
}

fn number(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

#[cfg(test)]
#[path = "written_tests.rs"]
mod tests;
