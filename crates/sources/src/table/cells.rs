//! The cells of a row → values of fields: lists split, empty words left out, composite cells taken apart.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::mapping::{Column, Field, Mapping};
use super::row::Value;
use crate::Findings;

/// A cell with the name of its column: one text, or several where the source itself has a list.
pub(super) struct Cell<'r> {
    pub(super) name: &'r str,
    /// The name as it is compared.
    pub(super) normal: Cow<'r, str>,
    pub(super) texts: Vec<String>,
}

/// Values of all cells that the mapping knows; cells that it neither knows nor ignores are counted as unread.
pub(super) fn values<'r>(cells: &'r [Cell<'r>], mapping: &'r Mapping, findings: &mut Findings) -> Vec<Value<'r>> {
    let mut values = Vec::new();
    for cell in cells {
        let mut known = mapping.ignores(&cell.normal);
        for column in mapping.columns_named(&cell.normal) {
            known = true;
            cell.texts.iter().for_each(|text| add(cell.name, text, column, mapping, &mut values));
        }
        if !known && cell.texts.iter().any(|text| !mapping.is_empty(text.trim())) {
            *findings.unread.entry(format!("column {}", cell.name)).or_default() += 1;
        }
    }
    values
}

fn add<'r>(name: &'r str, text: &str, column: &'r Column, mapping: &Mapping, values: &mut Vec<Value<'r>>) {
    let text = text.trim().trim_matches(|c| column.strip.contains(c));
    let mut push = |field: &'r Field, text: &str| {
        let text = text.trim();
        if !mapping.is_empty(text) {
            values.push(Value { name, column, field, text: text.to_owned() });
        }
    };
    match &column.field {
        Some(field) => split(text, &column.split).iter().for_each(|item| push(field, item)),
        None => parts(text, column).into_iter().for_each(|(field, item)| push(field, item)),
    }
}

/// Items of a list; `json` reads an array of texts.
fn split(text: &str, separators: &[String]) -> Vec<String> {
    if separators.iter().any(|separator| separator == "json")
        && let Ok(items) = serde_json::from_str::<Vec<String>>(text)
    {
        return items;
    }
    let mut items = vec![text.to_owned()];
    for separator in separators.iter().filter(|separator| !separator.is_empty() && *separator != "json") {
        items = items.iter().flat_map(|item| item.split(separator.as_str())).map(str::to_owned).collect();
    }
    items
}

/// Takes a cell of several fields apart: at its labels when it begins with the first of them, else at `between`.
fn parts<'r, 't>(text: &'t str, column: &'r Column) -> Vec<(&'r Field, &'t str)> {
    let labelled = column.labels.first().is_some_and(|label| text.starts_with(label.as_str()));
    if !labelled {
        let pieces: Vec<&str> = match column.between.as_str() {
            "" => vec![text],
            between => text.splitn(column.parts.len().max(1), between).collect(),
        };
        return column.parts.iter().zip(pieces).collect();
    }
    let starts: Vec<Option<usize>> = column.labels.iter().map(|label| text.find(label.as_str())).collect();
    let pieces = column.parts.iter().zip(&column.labels).zip(&starts).filter_map(|((field, label), start)| {
        let from = (*start)? + label.len();
        let to = starts.iter().flatten().copied().filter(|start| *start >= from).min().unwrap_or(text.len());
        Some((field, text.get(from..to)?))
    });
    pieces.collect()
}

/// The cells of a JSON object; objects inside are told by names joined with dots, arrays as lists.
pub(super) fn of_object(object: &Json) -> Vec<(String, Vec<String>)> {
    let mut cells = Vec::new();
    flatten("", object, &mut cells);
    cells
}

fn flatten(name: &str, value: &Json, cells: &mut Vec<(String, Vec<String>)>) {
    let text = match value {
        Json::Null => return,
        Json::Object(fields) => {
            for (key, value) in fields {
                let path = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&path, value, cells);
            }
            return;
        }
        Json::Array(items) => return items.iter().for_each(|item| flatten(name, item, cells)),
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) => value.to_string(),
    };
    match cells.iter_mut().find(|(known, _)| known == name) {
        Some((_, texts)) => texts.push(text),
        None => cells.push((name.to_owned(), vec![text])),
    }
}
