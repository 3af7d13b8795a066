//! The answers of a client, as the form of the item asked for them.

use cases::{CaseFile, Document};
use serde_json::Value;
use services::{Answers, Field, FieldKind, Form};

use crate::frame::Visit;

/// The answers of one step.
pub(crate) struct StepView {
    pub(crate) title: String,
    pub(crate) rows: Vec<AnswerView>,
}

/// A question with its answer.
pub(crate) struct AnswerView {
    pub(crate) label: String,
    pub(crate) text: String,
    /// Files: address and name.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) personal: bool,
    /// Address of the right that the answer names.
    pub(crate) right: Option<String>,
}

/// All that was answered, step by step; what the form does not know stands at the end.
pub(crate) fn steps(form: &Form, answers: &Answers, file: &CaseFile, visit: &Visit) -> Vec<StepView> {
    let lang = visit.lang.code();
    let step = |step: &services::FormStep| {
        let rows: Vec<AnswerView> =
            step.fields.iter().filter_map(|field| row(field, answers.get(&field.key)?, file, visit)).collect();
        (!rows.is_empty()).then(|| StepView { title: step.title.text(lang).to_owned(), rows })
    };
    let mut steps: Vec<StepView> = form.steps.iter().filter_map(step).collect();
    let known = |key: &String| form.steps.iter().flat_map(|step| &step.fields).any(|field| field.key == *key);
    let others: Vec<AnswerView> = answers
        .iter()
        .filter(|(key, _)| !known(key))
        .map(|(key, value)| AnswerView {
            label: key.clone(),
            text: plain(value),
            files: Vec::new(),
            personal: false,
            right: None,
        })
        .collect();
    if !others.is_empty() {
        steps.push(StepView { title: visit.t("其他", "Other").to_owned(), rows: others });
    }
    steps
}

fn row(field: &Field, answer: &Value, file: &CaseFile, visit: &Visit) -> Option<AnswerView> {
    let text = words(field, answer, visit);
    let files = match (&field.kind, answer) {
        (FieldKind::File(_), Value::Array(ids)) => {
            ids.iter().filter_map(Value::as_str).filter_map(|id| linked(file, id)).collect()
        }
        _ => Vec::new(),
    };
    let right = matches!(field.kind, FieldKind::RightNumber).then(|| crate::link::list(&text));
    let is_empty = text.is_empty() && files.is_empty();
    let label = field.label.text(visit.lang.code()).to_owned();
    (!is_empty).then_some(AnswerView { label, text, files, personal: field.personal, right })
}

/// The answer in words; files have none.
fn words(field: &Field, answer: &Value, visit: &Visit) -> String {
    let lang = visit.lang.code();
    let option = |options: &[services::Choice], key: &str| {
        let found = options.iter().find(|option| option.key == key);
        found.map_or_else(|| key.to_owned(), |option| option.label.text(lang).to_owned())
    };
    match (&field.kind, answer) {
        (FieldKind::File(_), _) => String::new(),
        (FieldKind::Choice { options }, Value::String(key)) => option(options, key),
        (FieldKind::Choices { options, .. }, Value::Array(keys)) => {
            let keys = keys.iter().filter_map(Value::as_str);
            keys.map(|key| option(options, key)).collect::<Vec<_>>().join(visit.t("、", ", "))
        }
        (FieldKind::Number { unit: Some(unit), .. }, Value::Number(number)) => {
            format!("{number} {}", unit.text(lang))
        }
        (FieldKind::YesNo { .. }, Value::Bool(yes)) => {
            if *yes { visit.t("是", "Yes") } else { visit.t("否", "No") }.to_owned()
        }
        (FieldKind::Group { fields, .. }, Value::Array(rows)) => {
            let row = |row: &Value| {
                let answered = fields.iter().filter_map(|field| Some((field, row.get(&field.key)?)));
                let pairs = answered.map(|(field, answer)| {
                    format!("{}{}{}", field.label.text(lang), visit.t("：", ": "), words(field, answer, visit))
                });
                pairs.collect::<Vec<_>>().join(visit.t("；", "; "))
            };
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        (_, answer) => plain(answer),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn linked(file: &CaseFile, id: &str) -> Option<(String, String)> {
    let document = file.documents.iter().filter(|document| document.id.as_str() == id && !document.withdrawn);
    let latest: &Document = document.max_by_key(|document| document.version)?;
    Some((content_address(file, latest), latest.name.clone()))
}

/// Where the content of a document is to be had.
pub(crate) fn content_address(file: &CaseFile, document: &Document) -> String {
    format!("{}/documents/{}/{}", super::address(&file.case.id), document.id, document.version)
}
