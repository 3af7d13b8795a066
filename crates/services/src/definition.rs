//! Whether a form makes sense as a form.

use std::collections::{BTreeMap, BTreeSet};

use network::Fault;
use serde_json::Value;

use crate::kinds::fault;
use crate::sound::{Texts, words};
use crate::{Choice, Condition, Field, FieldKind, FileRule, Form, Test};

/// Fields of a form at most, with those inside groups.
const MOST_FIELDS: usize = 200;
/// Steps of a form at most.
const MOST_STEPS: usize = 20;
/// Options of a choice at most.
const MOST_OPTIONS: usize = 200;
/// Rows and files at most.
const MOST_ROWS: u32 = 100;
/// Megabytes a file at most.
const MOST_MEGABYTES: u32 = 200;

/// What keeps a form from being stored.
pub(crate) fn form_faults(form: &Form, faults: &mut Vec<Fault>) {
    let mut reading = Reading { faults, earlier: BTreeMap::new() };
    if form.steps.is_empty() || form.steps.iter().any(|step| step.fields.is_empty()) {
        reading.tell("form", "表单至少有一步，每步至少有一项", "a form has a step at least, a step a field at least");
    }
    let fields: usize = form.fields().map(|field| 1 + inner(field).len()).sum();
    if form.steps.len() > MOST_STEPS || fields > MOST_FIELDS {
        reading.tell("form", "表单过长", "the form is too long: 20 steps and 200 fields at most");
    }
    let mut steps = BTreeSet::new();
    for step in &form.steps {
        let path = format!("form.{}", step.key);
        if !is_key(&step.key) || !steps.insert(&step.key) {
            reading.tell(
                &path,
                "步骤标识须唯一，由小写字母、数字和 _ 组成",
                "a step needs a key of its own: a-z, 0-9 and _",
            );
        }
        words(reading.faults, Texts::LINE, &path, &step.title);
        if let Some(help) = &step.help {
            words(reading.faults, Texts::LONG, &path, help);
        }
        reading.conditions(&path, &step.shown_if);
        reading.fields(&path, &step.fields, false);
    }
}

fn inner(field: &Field) -> &[Field] {
    match &field.kind {
        FieldKind::Group { fields, .. } => fields,
        _ => &[],
    }
}

fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

struct Reading<'a> {
    faults: &'a mut Vec<Fault>,
    /// Fields that stand earlier, with what they may answer; those of a row only while it is read.
    earlier: BTreeMap<String, FieldKind>,
}

impl Reading<'_> {
    fn tell(&mut self, path: &str, zh: &str, en: &str) {
        self.faults.push(fault(path, format!("{path}：{zh}"), en));
    }

    fn fields(&mut self, path: &str, fields: &[Field], in_row: bool) {
        for field in fields {
            let path = format!("{path}.{}", field.key);
            if !is_key(&field.key) || self.earlier.contains_key(&field.key) {
                self.tell(
                    &path,
                    "字段标识须唯一，由小写字母、数字和 _ 组成",
                    "a field needs a key of its own: a-z, 0-9 and _",
                );
            }
            words(self.faults, Texts::LINE, &path, &field.label);
            if let Some(help) = &field.help {
                words(self.faults, Texts::LONG, &path, help);
            }
            self.conditions(&path, &field.required_if);
            self.conditions(&path, &field.shown_if);
            if field.prefill.as_deref().is_some_and(|key| !key.split('.').all(is_key)) {
                self.tell(&path, "预填来源须如 account.name", "a prefill key is written like account.name");
            }
            self.kind(&path, &field.kind, in_row);
            self.earlier.insert(field.key.clone(), field.kind.clone());
        }
    }

    fn kind(&mut self, path: &str, kind: &FieldKind, in_row: bool) {
        match kind {
            FieldKind::Text { most: Some(most) } if !(1..=2_000).contains(most) => {
                self.tell(path, "字数上限须在 1 至 2000 之间", "a line takes 1 to 2,000 characters");
            }
            FieldKind::LongText { most: Some(most) } if !(1..=20_000).contains(most) => {
                self.tell(path, "字数上限须在 1 至 20000 之间", "a long text takes 1 to 20,000 characters");
            }
            FieldKind::Number { least, most, unit, .. } => {
                if least.zip(*most).is_some_and(|(least, most)| least > most) {
                    self.tell(path, "下限大于上限", "the smallest is above the largest");
                }
                if let Some(unit) = unit {
                    words(self.faults, Texts::LINE, path, unit);
                }
            }
            FieldKind::Date { from: Some(from), to: Some(to) } if from > to => {
                self.tell(path, "最早日期晚于最晚日期", "the earliest day is after the latest");
            }
            FieldKind::Choice { options } => self.options(path, options),
            FieldKind::Choices { options, least, most } => {
                self.options(path, options);
                let (least, most) = (least.unwrap_or(0) as usize, most.map_or(options.len(), |most| most as usize));
                if least > most || most == 0 || least > options.len() {
                    self.tell(path, "可选数量不成立", "so many options cannot be chosen");
                }
            }
            FieldKind::File(FileRule { megabytes, count, .. })
                if !(1..=MOST_MEGABYTES).contains(megabytes) || !(1..=MOST_ROWS).contains(count) =>
            {
                self.tell(path, "文件大小或数量不成立", "1 to 200 megabytes and 1 to 100 files");
            }
            FieldKind::Group { fields, least, most } => {
                let most = most.unwrap_or(crate::answers::USUAL_ROWS);
                if in_row
                    || fields.is_empty()
                    || fields.iter().any(|field| matches!(field.kind, FieldKind::Group { .. }))
                {
                    self.tell(path, "组内须有字段，且不能再嵌套组", "a group has fields, and no groups among them");
                } else if least.unwrap_or(0) > most || !(1..=MOST_ROWS).contains(&most) {
                    self.tell(path, "行数不成立", "1 to 100 rows, and no more at least than at most");
                }
                let outside = self.earlier.clone();
                self.fields(path, fields, true);
                self.earlier = outside;
            }
            _ => (),
        }
    }

    fn options(&mut self, path: &str, options: &[Choice]) {
        let keys: BTreeSet<&str> = options.iter().map(|option| option.key.as_str()).collect();
        let sound = options.iter().all(|option| {
            (1..=40).contains(&option.key.len())
                && option.key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        });
        if options.is_empty() || options.len() > MOST_OPTIONS || keys.len() != options.len() || !sound {
            self.tell(path, "选项须有各自的标识", "every option needs a key of its own: letters, digits, - _ and dots");
        }
        for option in options {
            words(self.faults, Texts::LINE, path, &option.label);
        }
    }

    fn conditions(&mut self, path: &str, conditions: &[Condition]) {
        for condition in conditions {
            let Some(kind) = self.earlier.get(&condition.field) else {
                let zh = format!("{path}：条件中的「{}」须是前面的字段", condition.field);
                let en = format!("the condition names «{}», which is no earlier field", condition.field);
                self.faults.push(fault(path, zh, en));
                continue;
            };
            let fits = match &condition.is {
                Test::Equals(value) => may_be(kind, value),
                Test::OneOf(values) => !values.is_empty() && values.iter().all(|value| may_be(kind, value)),
                Test::Answered(_) => true,
            };
            if !fits {
                let zh = format!("{path}：「{}」不会是条件中的值", condition.field);
                let en = format!("«{}» never has the value of the condition", condition.field);
                self.faults.push(fault(path, zh, en));
            }
        }
    }
}

/// Whether an answer of this kind can equal a value.
fn may_be(kind: &FieldKind, value: &Value) -> bool {
    match kind {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => {
            options.iter().any(|option| Some(option.key.as_str()) == value.as_str())
        }
        FieldKind::YesNo { .. } => value.is_boolean(),
        FieldKind::Number { .. } => value.is_number(),
        FieldKind::Group { .. } | FieldKind::File(_) => false,
        _ => value.is_string(),
    }
}

#[cfg(test)]
#[path = "definition_tests.rs"]
mod tests;
