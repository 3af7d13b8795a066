//! Answers that were given, for those who read them.

use serde_json::Value;
use services::{Answers, Field, FieldKind, Form};

use super::Shown;
use crate::language::Lang;

/// A page of a form with its answers; only what was answered.
pub(crate) struct ToldStep {
    pub(crate) title: String,
    pub(crate) answers: Vec<Told>,
}

/// One answer.
pub(crate) struct Told {
    pub(crate) label: String,
    /// The answer in words; empty for files and rows.
    pub(crate) text: String,
    /// Files: id and name.
    pub(crate) files: Vec<(String, String)>,
    /// Whether it is about a person.
    pub(crate) personal: bool,
    /// Whether it is the number of a right.
    pub(crate) is_right: bool,
    /// Rows of a group.
    pub(crate) rows: Vec<Vec<Told>>,
}

/// The answers that count, in the order of the form. Masking what is personal is the caller's: see
/// [`Form::without_personal`].
pub(crate) fn told(form: &Form, answers: &Answers, shown: &Shown<'_>) -> Vec<ToldStep> {
    let counted = services::shown(form, answers);
    let step = |step: &services::FormStep| {
        let answers = step.fields.iter().filter_map(|field| one(field, counted.get(&field.key)?, shown)).collect();
        ToldStep { title: step.title.text(shown.lang.code()).to_owned(), answers }
    };
    form.steps.iter().map(step).filter(|step: &ToldStep| !step.answers.is_empty()).collect()
}

fn one(field: &Field, value: &Value, shown: &Shown<'_>) -> Option<Told> {
    let label = field.label.text(shown.lang.code()).to_owned();
    let (personal, is_right) = (field.personal, field.kind == FieldKind::RightNumber);
    let mut told = Told { label, text: String::new(), files: Vec::new(), personal, is_right, rows: Vec::new() };
    match &field.kind {
        FieldKind::File(_) => {
            let ids = value.as_array()?.iter().filter_map(Value::as_str);
            told.files = ids.filter_map(|id| Some((id.to_owned(), (shown.documents)(id)?))).collect();
        }
        FieldKind::Group { fields, .. } => {
            let row = |row: &Value| fields.iter().filter_map(|field| one(field, row.get(&field.key)?, shown)).collect();
            told.rows = value.as_array()?.iter().map(row).collect();
        }
        kind => told.text = said(kind, value, shown.lang),
    }
    Some(told)
}

fn said(kind: &FieldKind, value: &Value, lang: Lang) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        // A whole number is written without decimals.
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    };
    match (kind, value) {
        (FieldKind::Choice { options } | FieldKind::Choices { options, .. }, value) => {
            let name = |value: &Value| {
                let option = options.iter().find(|option| value.as_str() == Some(option.key.as_str()));
                option.map_or_else(|| plain(value), |option| option.label.text(lang.code()).to_owned())
            };
            match value {
                Value::Array(all) => all.iter().map(name).collect::<Vec<_>>().join(lang.t("、", ", ")),
                one => name(one),
            }
        }
        (FieldKind::YesNo { .. }, Value::Bool(yes)) => {
            if *yes { lang.t("是", "yes") } else { lang.t("否", "no") }.to_owned()
        }
        (FieldKind::Number { unit: Some(unit), .. }, value) => format!("{} {}", plain(value), unit.text(lang.code())),
        (FieldKind::Region, Value::String(code)) => {
            let region = code.parse().ok().and_then(|code| {
                network::divisions().iter().rev().find(|region| region.code == code).map(|region| &region.name)
            });
            region.map_or_else(|| code.clone(), |name| format!("{name} ({code})"))
        }
        (_, value) => plain(value),
    }
}
