//! Answers held against a form: everything that is wrong or missing, at once.

use network::Fault;
use serde_json::Value;

use crate::kinds::{fault, value_faults};
use crate::{Answers, Condition, Field, FieldKind, Form, FormStep, Test};

/// Characters of all answers together at most.
const MOST_CHARACTERS: usize = 200_000;
/// Faults that are told at most.
const MOST_FAULTS: usize = 200;
/// Rows of a group where it sets no other number.
pub(crate) const USUAL_ROWS: u32 = 20;

/// Everything that keeps these answers from being sent, all missing ones among it; empty when they are complete.
/// [`Fault::field`] is the key, for a row of a group `key.0.key`.
pub fn check(form: &Form, answers: &Answers) -> Vec<Fault> {
    run(form, answers, true).1
}

/// Like [`check`] for answers that are being written: what is missing is not told.
pub fn check_part(form: &Form, answers: &Answers) -> Vec<Fault> {
    run(form, answers, false).1
}

/// The answers that count: those to fields that are shown, without empty ones and without keys that the form has not.
pub fn shown(form: &Form, answers: &Answers) -> Answers {
    run(form, answers, false).0
}

/// The pages of a form that are shown under these answers.
pub fn steps_shown<'a>(form: &'a Form, answers: &Answers) -> Vec<&'a FormStep> {
    // Conditions name fields that stand earlier, so all the answers that count may be looked at.
    let counted = shown(form, answers);
    let holds = |step: &&FormStep| step.shown_if.iter().all(|condition| holds(condition, &counted, None));
    form.steps.iter().filter(holds).collect()
}

/// What had better be looked at again but stops nothing: credit codes whose check character does not fit.
pub fn warnings(form: &Form, answers: &Answers) -> Vec<Fault> {
    let counted = shown(form, answers);
    let mut found = Vec::new();
    for field in form.fields() {
        match (&field.kind, counted.get(&field.key)) {
            (FieldKind::Group { fields, .. }, Some(Value::Array(rows))) => {
                for (at, row) in rows.iter().enumerate() {
                    for inner in fields {
                        let path = format!("{}.{at}.{}", field.key, inner.key);
                        found.extend(row.get(&inner.key).and_then(|value| unsound(inner, &path, value)));
                    }
                }
            }
            (_, Some(value)) => found.extend(unsound(field, &field.key, value)),
            (_, None) => (),
        }
    }
    found
}

fn unsound(field: &Field, path: &str, value: &Value) -> Option<Fault> {
    let code = value.as_str().filter(|_| field.kind == FieldKind::CreditCode)?;
    let wrong = !network::credit_code_is_sound(&code.trim().to_ascii_uppercase());
    wrong.then(|| {
        let zh = format!("「{}」的校验位不符，请核对统一社会信用代码", field.label.zh);
        fault(path, zh, format!("the check character of «{}» does not fit; look at it again", field.label.en))
    })
}

/// Walks the form once. Conditions look at fields that stand earlier, so what counts is known when it is asked for.
fn run(form: &Form, answers: &Answers, complete: bool) -> (Answers, Vec<Fault>) {
    let mut walk = Walk { complete, faults: Vec::new() };
    let size: usize = answers.iter().map(|(key, value)| key.len() + characters(value)).sum();
    if size > MOST_CHARACTERS {
        let zh = format!("填写内容过长，合计最多 {MOST_CHARACTERS} 个字符");
        let en = format!("the answers are too long: {MOST_CHARACTERS} characters in all at most");
        return (Answers::new(), vec![fault("", zh, en)]);
    }
    walk.unknown("", answers, |key| form.fields().any(|field| field.key == *key));
    let mut counted = Answers::new();
    for step in &form.steps {
        if step.shown_if.iter().all(|condition| holds(condition, &counted, None)) {
            walk.fields(&step.fields, answers, &mut counted, None);
        }
    }
    walk.faults.truncate(MOST_FAULTS);
    (counted, walk.faults)
}

struct Walk {
    complete: bool,
    faults: Vec<Fault>,
}

/// The answers outside a group, and the path of the row.
type Row<'a> = Option<(&'a Answers, &'a str)>;

impl Walk {
    fn unknown(&mut self, path: &str, answers: &Answers, known: impl Fn(&String) -> bool) {
        for key in answers.keys().filter(|key| !known(key)).take(MOST_FAULTS) {
            let key: String = key.chars().take(60).collect();
            let at = format!("{path}{key}");
            self.faults.push(fault(&at, format!("表单没有「{key}」这一项"), format!("the form has no field «{key}»")));
        }
    }

    fn fields(&mut self, fields: &[Field], answers: &Answers, counted: &mut Answers, row: Row<'_>) {
        let outer = row.map(|(outer, _)| outer);
        for field in fields {
            if !field.shown_if.iter().all(|condition| holds(condition, counted, outer)) {
                continue;
            }
            let path = format!("{}{}", row.map_or("", |(_, path)| path), field.key);
            let Some(value) = answers.get(&field.key).filter(|value| !is_empty(value)) else {
                let asked = !field.required_if.is_empty()
                    && field.required_if.iter().all(|condition| holds(condition, counted, outer));
                if self.complete && (field.required || asked) {
                    self.faults.push(missing(field, &path));
                }
                continue;
            };
            let value = match &field.kind {
                FieldKind::Group { fields, least, most } => {
                    self.group(field, (fields, *least, *most), value, (counted, &path))
                }
                kind => {
                    value_faults(kind, &field.label, &path, value, &mut self.faults);
                    Some(value.clone())
                }
            };
            counted.extend(value.map(|value| (field.key.clone(), value)));
        }
    }

    fn group(
        &mut self,
        field: &Field,
        (fields, least, most): (&[Field], Option<u32>, Option<u32>),
        value: &Value,
        (outer, path): (&Answers, &str),
    ) -> Option<Value> {
        let label = &field.label;
        let Some(rows) = value.as_array() else {
            self.faults.push(fault(path, format!("「{}」的格式不正确", label.zh), "expected a list of rows"));
            return None;
        };
        let most = most.unwrap_or(USUAL_ROWS) as usize;
        if rows.len() > most {
            let zh = format!("「{}」最多 {most} 行", label.zh);
            self.faults.push(fault(path, zh, format!("«{}» takes {most} rows at most", label.en)));
        }
        let least = least.unwrap_or(0) as usize;
        if self.complete && rows.len() < least {
            let zh = format!("「{}」至少 {least} 行", label.zh);
            self.faults.push(fault(path, zh, format!("«{}» needs {least} rows at least", label.en)));
        }
        let counted = rows.iter().take(most).enumerate().map(|(at, row)| {
            let mut inner = Answers::new();
            let Some(row) = row.as_object() else {
                let zh = format!("「{}」第 {} 行的格式不正确", label.zh, at + 1);
                let en = format!("row {} of «{}» is no set of answers", at + 1, label.en);
                self.faults.push(fault(&format!("{path}.{at}"), zh, en));
                return Value::Object(inner);
            };
            let path = format!("{path}.{at}.");
            self.unknown(&path, row, |key| fields.iter().any(|field| field.key == *key));
            self.fields(fields, row, &mut inner, Some((outer, &path)));
            Value::Object(inner)
        });
        Some(Value::Array(counted.collect()))
    }
}

fn missing(field: &Field, path: &str) -> Fault {
    let (zh, en) = match field.kind {
        FieldKind::File(_) => ("请上传", "attach"),
        FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Region => ("请选择", "choose"),
        FieldKind::YesNo { must_be_yes: true } => ("请确认", "confirm"),
        FieldKind::YesNo { .. } => ("请回答", "answer"),
        _ => ("请填写", "fill in"),
    };
    fault(path, format!("{zh}「{}」", field.label.zh), format!("{en} «{}»", field.label.en))
}

/// Whether there is nothing in an answer.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Whether a condition holds of the answers that count: those of the row first, then those outside.
pub(crate) fn holds(condition: &Condition, counted: &Answers, outer: Option<&Answers>) -> bool {
    let answer = counted.get(&condition.field).or_else(|| outer.and_then(|outer| outer.get(&condition.field)));
    let is = |expected: &Value| match answer {
        Some(Value::Array(chosen)) => chosen.iter().any(|one| same(one, expected)),
        Some(value) => same(value, expected),
        None => false,
    };
    match &condition.is {
        Test::Equals(expected) => is(expected),
        Test::OneOf(expected) => expected.iter().any(is),
        Test::Answered(expected) => answer.is_some() == *expected,
    }
}

/// Equal, and `1` equals `1.0`.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
        _ => one == other,
    }
}

fn characters(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(list) => list.iter().map(|one| 1 + characters(one)).sum(),
        Value::Object(map) => map.iter().map(|(key, one)| key.len() + characters(one)).sum(),
        _ => 8,
    }
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
