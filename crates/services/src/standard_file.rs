//! Items in the manner of GB/T 39046-2020: Chinese names of elements, its code values, one flat object an item.
//!
//! Words stand under the name of their element, the English beside them under the name with «(英文)»; limits are three
//! elements each. What the standard does not know (lists, records to keep, the form) stands under names made in its manner.

use network::Problem;
use serde_json::{Map, Value, json};

use crate::elements::{ENGLISH, Element, ITEM, LIMIT_UNIT, NOTE, Shape, UNIT};
use crate::{Item, ServicesError, Version};

/// The version seen, so that an import does not overwrite what was changed in between.
pub(crate) const VERSION: &str = "版本号";
/// Told for readers; on import it follows from the fees.
pub(crate) const HAS_FEE: &str = "是否收费";

/// Elements without which there is no item; what lists must hold is told by [`crate::faults`].
const REQUIRED: [&str; 11] =
    ["code", "group", "theme", "title", "summary", "item_type", "level", "body", "processing", "result", "progress"];

/// Writes items in the manner of GB/T 39046-2020: an object with one list «事项».
pub fn export_json(versions: &[Version]) -> Result<Vec<u8>, ServicesError> {
    let items = versions.iter().map(|version| written(version).map(Value::Object)).collect::<Result<Vec<_>, _>>()?;
    let mut bytes = serde_json::to_vec_pretty(&json!({ "事项": items })).map_err(|error| failed(&error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// One version as elements of the standard.
pub(crate) fn written(version: &Version) -> Result<Map<String, Value>, ServicesError> {
    let own = serde_json::to_value(&version.item).map_err(|error| failed(&error))?;
    let mut out = Map::new();
    outward(ITEM, &own, &mut out);
    out.insert(HAS_FEE.to_owned(), json!(if version.item.fees.is_empty() { "0" } else { "1" }));
    out.insert(VERSION.to_owned(), json!(version.number));
    Ok(out)
}

fn failed(error: &serde_json::Error) -> ServicesError {
    ServicesError::Unreadable { of: "JSON".to_owned(), reason: error.to_string() }
}

fn outward(elements: &[Element], own: &Value, out: &mut Map<String, Value>) {
    for element in elements {
        let Some(value) = own.get(element.key).filter(|value| !value.is_null()) else { continue };
        outward_one(element.zh, &element.shape, value, out);
    }
}

fn outward_one(name: &str, shape: &Shape, value: &Value, out: &mut Map<String, Value>) {
    let mut put = |ending: &str, value: Value| {
        out.insert(format!("{name}{ending}"), value);
    };
    match shape {
        Shape::Plain | Shape::Own => put("", value.clone()),
        Shape::Flag => put("", json!(if value == &json!(true) { "1" } else { "0" })),
        Shape::Words => {
            put("", value["zh"].clone());
            put(ENGLISH, value["en"].clone());
        }
        Shape::Word(list) => {
            let word = value.as_str().unwrap_or_default();
            put("", (list.standard)(word).map_or_else(|| value.clone(), |code| json!(code)));
        }
        Shape::Limit => {
            put("", value["number"].clone());
            let unit = value["unit"].as_str().unwrap_or_default();
            put(UNIT, json!((LIMIT_UNIT.standard)(unit)));
            if let Some(note) = value.get("note").filter(|note| !note.is_null()) {
                put(NOTE, note["zh"].clone());
                put(&format!("{NOTE}{ENGLISH}"), note["en"].clone());
            }
        }
        Shape::Beside(parts) => outward(parts, value, out),
        Shape::Inside(parts) => {
            let mut inner = Map::new();
            outward(parts, value, &mut inner);
            put("", Value::Object(inner));
        }
        Shape::Many(shape) => {
            let list = value.as_array().map_or(&[][..], Vec::as_slice);
            if matches!(shape, Shape::Words) {
                put("", list.iter().map(|text| text["zh"].clone()).collect());
                put(ENGLISH, list.iter().map(|text| text["en"].clone()).collect());
                return;
            }
            let one = |value: &Value| {
                let mut inner = Map::new();
                outward_one("", shape, value, &mut inner);
                inner.remove("").unwrap_or(Value::Null)
            };
            put("", list.iter().map(one).collect());
        }
    }
}

/// Reads one object of elements; all that is wrong with it.
pub(crate) fn read(line: u64, mut from: Map<String, Value>) -> Result<Item, Vec<Problem>> {
    from.remove(HAS_FEE);
    from.remove(VERSION);
    let mut reading = Reading { line, problems: Vec::new() };
    let own = reading.inward(ITEM, &mut from, "");
    for element in ITEM.iter().filter(|element| REQUIRED.contains(&element.key)) {
        let told = reading.problems.iter().any(|problem| problem.column.starts_with(element.zh));
        if !own.contains_key(element.key) && !told {
            reading.tell(element.zh, "缺少该要素", "this element is missing");
        }
    }
    for name in from.keys().take(50) {
        let en = format!("there is no element «{name}»");
        reading.problems.push(problem(line, name, format!("没有「{name}」这一要素"), en));
    }
    if !reading.problems.is_empty() {
        return Err(reading.problems);
    }
    serde_json::from_value(Value::Object(own)).map_err(|error| {
        let (zh, en) = (format!("事项内容不完整或格式不正确：{error}"), format!("the item cannot be read: {error}"));
        vec![problem(line, "", zh, en)]
    })
}

pub(crate) fn problem(line: u64, column: &str, zh: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem { line, column: column.to_owned(), zh: zh.into(), en: en.into() }
}

struct Reading {
    line: u64,
    problems: Vec<Problem>,
}

impl Reading {
    fn tell(&mut self, column: &str, zh: &str, en: &str) {
        self.problems.push(problem(self.line, column, zh, en));
    }

    /// Takes the elements out of an object; what is left over is unknown.
    fn inward(&mut self, elements: &[Element], from: &mut Map<String, Value>, path: &str) -> Map<String, Value> {
        let mut own = Map::new();
        for element in elements {
            let at = format!("{path}{}", element.zh);
            if let Some(value) = self.inward_one(&element.shape, element.zh, from, &at) {
                own.insert(element.key.to_owned(), value);
            }
        }
        own
    }

    fn inward_one(&mut self, shape: &Shape, name: &str, from: &mut Map<String, Value>, at: &str) -> Option<Value> {
        let mut take = |ending: &str| from.remove(&format!("{name}{ending}")).filter(|value| !is_blank(value));
        match shape {
            Shape::Plain | Shape::Own => take(""),
            Shape::Flag => {
                let value = take("")?;
                let flag = match word_of(&value).as_deref().map(str::trim) {
                    Some("1" | "true" | "TRUE" | "是") => Some(true),
                    Some("0" | "false" | "FALSE" | "否") => Some(false),
                    _ => value.as_bool(),
                };
                if flag.is_none() {
                    self.tell(at, "须为 1(是)或 0(否)", "takes 1 (yes) or 0 (no)");
                }
                flag.map(Value::Bool)
            }
            Shape::Words => {
                let (zh, en) = (take(""), take(ENGLISH));
                self.words(zh, en, at)
            }
            Shape::Word(list) => {
                let value = take("")?;
                let word = word_of(&value);
                let own = word.as_deref().and_then(list.own);
                if own.is_none() {
                    self.tell(at, "代码值不在标准所列范围内", "is no code value of the standard");
                }
                own.map(|own| json!(own))
            }
            Shape::Limit => {
                let parts = (take(""), take(UNIT), take(NOTE), take(&format!("{NOTE}{ENGLISH}")));
                self.limit(parts, at)
            }
            Shape::Beside(parts) => {
                let own = self.inward(parts, from, "");
                (!own.is_empty()).then_some(Value::Object(own))
            }
            Shape::Inside(parts) => {
                let value = take("")?;
                self.inside(parts, value, at)
            }
            Shape::Many(shape) => {
                let (list, english) = (take(""), if matches!(shape, Shape::Words) { take(ENGLISH) } else { None });
                self.many(shape, list, english, at)
            }
        }
    }

    fn inside(&mut self, parts: &[Element], value: Value, at: &str) -> Option<Value> {
        let Value::Object(mut inner) = value else {
            self.tell(at, "须为对象", "takes an object");
            return None;
        };
        let own = self.inward(parts, &mut inner, &format!("{at}."));
        for name in inner.keys().take(20) {
            self.tell(&format!("{at}.{name}"), "没有这一要素", "there is no such element");
        }
        Some(Value::Object(own))
    }

    fn words(&mut self, zh: Option<Value>, en: Option<Value>, at: &str) -> Option<Value> {
        match (zh, en) {
            (None, None) => None,
            (Some(zh), Some(en)) => Some(json!({ "zh": zh, "en": en })),
            (Some(_), None) => {
                self.tell(&format!("{at}{ENGLISH}"), "缺少英文", "the English is missing");
                None
            }
            (None, Some(_)) => {
                self.tell(at, "缺少中文", "the Chinese is missing");
                None
            }
        }
    }

    fn limit(
        &mut self,
        (number, unit, zh, en): (Option<Value>, Option<Value>, Option<Value>, Option<Value>),
        at: &str,
    ) -> Option<Value> {
        let note = self.words(zh, en, &format!("{at}{NOTE}"));
        let number = number?;
        let unit = unit.as_ref().and_then(word_of).and_then(|word| (LIMIT_UNIT.own)(&word));
        if unit.is_none() {
            self.tell(&format!("{at}{UNIT}"), "须为 1 工作日、2 日或 3 月", "takes 1 working day, 2 day or 3 month");
        }
        let mut limit = json!({ "number": number, "unit": unit? });
        if let Some(note) = note {
            limit["note"] = note;
        }
        Some(limit)
    }

    fn many(&mut self, shape: &Shape, list: Option<Value>, english: Option<Value>, at: &str) -> Option<Value> {
        let rows = |value: Option<Value>| match value {
            None => Some(Vec::new()),
            Some(Value::Array(rows)) => Some(rows),
            Some(_) => None,
        };
        let (Some(list), Some(english)) = (rows(list), rows(english)) else {
            self.tell(at, "须为列表", "takes a list");
            return None;
        };
        if matches!(shape, Shape::Words) {
            if list.len() != english.len() {
                self.tell(&format!("{at}{ENGLISH}"), "中英文条数不同", "as many entries in English as in Chinese");
                return None;
            }
            return Some(list.into_iter().zip(english).map(|(zh, en)| json!({ "zh": zh, "en": en })).collect());
        }
        let mut own = Vec::with_capacity(list.len());
        for (number, value) in list.into_iter().enumerate() {
            let mut inner = Map::from_iter([(String::new(), value)]);
            own.extend(self.inward_one(shape, "", &mut inner, &format!("{at}.{}", number + 1)));
        }
        Some(Value::Array(own))
    }
}

/// A code value, which may have become a number on its way.
fn word_of(value: &Value) -> Option<String> {
    match value {
        Value::String(word) => Some(word.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

#[cfg(test)]
#[path = "standard_file_tests.rs"]
mod tests;
