//! An item as the fields of a form: paths and texts. A list of rows is `steps.0.name.zh`; several choices stand under one path.

use std::collections::BTreeMap;

use network::Fault;
use serde_json::{Map, Value, json};
use services::{Form, Item, ItemCode};

use super::parts::{Kind, Part, SECTIONS};
use super::text;
use crate::sent::{Sent, fault};

/// Rows of a list that are read at most.
const MOST_ROWS: usize = 60;
/// What orders the rows of a list.
pub(super) const PLACE: &str = "place";

/// Paths and texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat(BTreeMap<String, Vec<String>>);

impl Flat {
    /// An item as a form shows it.
    pub(super) fn of(item: &Item) -> Self {
        let mut flat = Self::default();
        let form = text::written(&item.form);
        if let Ok(Value::Object(mut map)) = serde_json::to_value(item) {
            map.remove("form");
            map.remove("code");
            flat.put("", &Value::Object(map));
        }
        flat.0.insert("form".to_owned(), vec![form]);
        flat
    }

    fn put(&mut self, path: &str, value: &Value) {
        let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| self.put(&at(key), value)),
            Value::Array(list) if list.iter().all(Value::is_string) => {
                let words = list.iter().filter_map(Value::as_str).map(str::to_owned);
                self.0.insert(path.to_owned(), words.collect());
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(row, value)| self.put(&at(&row.to_string()), value));
            }
            Value::String(text) => self.set(path, text),
            Value::Bool(yes) => self.set(path, if *yes { "yes" } else { "" }),
            Value::Number(number) => self.set(path, &number.to_string()),
            Value::Null => {}
        }
    }

    fn set(&mut self, path: &str, text: &str) {
        self.0.insert(path.to_owned(), vec![text.to_owned()]);
    }

    /// What a form sent, its rows in the order that was asked for and without empty ones.
    pub(super) fn sent(sent: &Sent) -> Self {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, text) in &sent.0 {
            all.entry(name.clone()).or_default().push(text.replace("\r\n", "\n").trim().to_owned());
        }
        let mut flat = Self(all);
        for part in SECTIONS.iter().flat_map(|section| section.parts) {
            match &part.kind {
                Kind::Rows(parts) => flat.settle(part.key, &|flat, row| parts.iter().all(|part| flat.lacks(row, part))),
                Kind::Paragraphs => {
                    flat.settle(part.key, &|flat, row| {
                        flat.get(&format!("{row}.zh")).is_empty() && flat.get(&format!("{row}.en")).is_empty()
                    });
                }
                _ => {}
            }
        }
        flat
    }

    /// Whether nothing was typed for a part of a row; what is chosen from a list says nothing by itself.
    fn lacks(&self, row: &str, part: &Part) -> bool {
        let path = format!("{row}.{}", part.key);
        let empty = |ending: &str| self.get(&format!("{path}{ending}")).is_empty();
        match part.kind {
            Kind::Both | Kind::Paragraph => empty(".zh") && empty(".en"),
            Kind::Limit => empty(".number") && empty(".note.zh") && empty(".note.en"),
            Kind::Line | Kind::Day => empty(""),
            Kind::Count => matches!(self.get(&path), "" | "0"),
            _ => true,
        }
    }

    /// Puts the rows of a list in their order and gives them numbers without gaps.
    fn settle(&mut self, list: &str, is_empty: &dyn Fn(&Self, &str) -> bool) {
        let mut rows: Vec<usize> = self.rows(list).filter(|row| !is_empty(self, &format!("{list}.{row}"))).collect();
        let place = |row: &usize| self.get(&format!("{list}.{row}.{PLACE}")).parse::<f64>().unwrap_or(1e9);
        rows.sort_by(|a, b| place(a).total_cmp(&place(b)));
        rows.truncate(MOST_ROWS);
        let mut settled = BTreeMap::new();
        for (to, row) in rows.iter().enumerate() {
            let from = format!("{list}.{row}.");
            for (path, texts) in self.0.iter().filter(|(path, _)| path.starts_with(&from)) {
                let rest = &path[from.len()..];
                if rest != PLACE {
                    settled.insert(format!("{list}.{to}.{rest}"), texts.clone());
                }
            }
        }
        let prefix = format!("{list}.");
        self.0.retain(|path, _| !path.starts_with(&prefix));
        self.0.extend(settled);
    }

    /// The numbers of the rows of a list.
    pub(super) fn rows(&self, list: &str) -> impl Iterator<Item = usize> {
        let prefix = format!("{list}.");
        let number = |path: &String| path.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok();
        let mut rows: Vec<usize> = self.0.keys().filter_map(number).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter()
    }

    /// The text at a path; empty when there is none.
    pub(super) fn get(&self, path: &str) -> &str {
        self.0.get(path).and_then(|texts| texts.first()).map_or("", String::as_str)
    }

    /// All texts at a path.
    pub(super) fn all(&self, path: &str) -> &[String] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }

    /// The item that was written, or all that keeps it from being one.
    pub(super) fn item(&self, code: &ItemCode) -> Result<Item, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut map = Map::from_iter([("code".to_owned(), json!(code))]);
        for part in SECTIONS.iter().flat_map(|section| section.parts) {
            let value = self.value(part, part.key, &mut faults);
            map.extend(value.map(|value| (part.key.to_owned(), value)));
        }
        let item = serde_json::from_value::<Item>(Value::Object(map));
        match item {
            Ok(item) => {
                let unread = faults.iter().any(|fault| fault.field == "form");
                let told = services::faults(&item).into_iter();
                faults.extend(told.filter(|fault| !unread || !fault.field.starts_with("form")));
                if faults.is_empty() { Ok(item) } else { Err(faults) }
            }
            Err(error) => {
                if faults.is_empty() {
                    faults.push(fault("", &format!("内容无法读取：{error}"), &format!("it cannot be read: {error}")));
                }
                Err(faults)
            }
        }
    }

    /// The form of a request that was written.
    pub(super) fn form(&self) -> Result<Form, Vec<Fault>> {
        text::read(self.get("form")).map_err(|wrong| vec![wrong])
    }

    fn value(&self, part: &Part, path: &str, faults: &mut Vec<Fault>) -> Option<Value> {
        let typed = self.get(path);
        match &part.kind {
            Kind::Line => (!typed.is_empty()).then(|| json!(typed)),
            Kind::Both | Kind::Paragraph => self.words(path, part.needed),
            Kind::Word(words) => {
                let all = words("en");
                if all.iter().any(|(code, _)| *code == typed) {
                    return Some(json!(typed));
                }
                faults.push(fault(path, "请选择", "choose one"));
                // Something to go on with, so that what else is wrong is told too.
                all.first().map(|(code, _)| json!(code))
            }
            Kind::Several(words) => {
                let all = words("en");
                let chosen = all.iter().filter(|(code, _)| self.all(path).iter().any(|one| one == code));
                Some(chosen.map(|(code, _)| json!(code)).collect())
            }
            Kind::Flag => Some(json!(typed == "yes")),
            Kind::Count => number(typed, path, faults).map(|number| json!(number)).or(Some(json!(0))),
            Kind::Day => {
                if typed.is_empty() {
                    return None;
                }
                let day = typed.parse::<jiff::civil::Date>();
                day.map_err(|_| faults.push(fault(path, "日期写作 2026-07-01", "write the day as 2026-07-01"))).ok()?;
                Some(json!(typed))
            }
            Kind::Limit => self.limit(path, faults),
            Kind::Within(parts) => Some(self.within(parts, path, faults)),
            Kind::Paragraphs => {
                let rows = self.rows(path).filter_map(|row| self.words(&format!("{path}.{row}"), true));
                Some(rows.collect())
            }
            Kind::Rows(parts) => {
                let rows = self.rows(path).map(|row| self.within(parts, &format!("{path}.{row}"), faults));
                Some(rows.collect())
            }
            Kind::Form => match text::read(typed) {
                Ok(form) => serde_json::to_value(form).ok(),
                Err(wrong) => {
                    faults.push(wrong);
                    Some(json!({ "steps": [] }))
                }
            },
        }
    }

    fn within(&self, parts: &[Part], path: &str, faults: &mut Vec<Fault>) -> Value {
        let mut map = Map::new();
        for part in parts {
            let value = self.value(part, &format!("{path}.{}", part.key), faults);
            map.extend(value.map(|value| (part.key.to_owned(), value)));
        }
        Value::Object(map)
    }

    /// Words in both languages; a missing one is told by the rules of items.
    fn words(&self, path: &str, needed: bool) -> Option<Value> {
        let (zh, en) = (self.get(&format!("{path}.zh")), self.get(&format!("{path}.en")));
        (needed || !zh.is_empty() || !en.is_empty()).then(|| json!({ "zh": zh, "en": en }))
    }

    fn limit(&self, path: &str, faults: &mut Vec<Fault>) -> Option<Value> {
        let at = format!("{path}.number");
        let note = self.words(&format!("{path}.note"), false);
        if self.get(&at).is_empty() {
            if note.is_some() {
                faults.push(fault(&at, "有说明时须写明时限", "a note needs a number"));
            }
            return None;
        }
        let number = number(self.get(&at), &at, faults)?;
        let mut limit = json!({ "number": number, "unit": self.get(&format!("{path}.unit")) });
        if let Some(note) = note {
            limit["note"] = note;
        }
        Some(limit)
    }
}

fn number(typed: &str, path: &str, faults: &mut Vec<Fault>) -> Option<u32> {
    if typed.is_empty() {
        return None;
    }
    let number = typed.parse();
    number.map_err(|_| faults.push(fault(path, "须为整数", "takes a whole number"))).ok()
}

#[cfg(test)]
#[path = "flat_tests.rs"]
mod tests;
