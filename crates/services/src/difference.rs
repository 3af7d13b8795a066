//! What differs between two versions of an item, for people.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{Item, Limit, Text, names};

/// One element that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Difference {
    /// Path of the element: `materials.2.name`.
    pub path: String,
    /// Its name for people.
    pub name: Text,
    /// What it said; none when it was not told.
    pub before: Option<Text>,
    /// What it says; none when it is no longer told.
    pub after: Option<Text>,
}

/// What differs, in the order of the guide. Entries of lists that have a key or name are compared by it, so that one more entry
/// is one difference; all others by their place.
pub fn differences(before: &Item, after: &Item) -> Vec<Difference> {
    let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    walk(&Place::top(), Some(&before), Some(&after), &mut found);
    found.sort_by_key(|difference| names::rank(&difference.path));
    found
}

/// Where the walk stands.
struct Place {
    path: String,
    name: Option<Text>,
    /// The field whose values are known by a list of words.
    field: String,
}

impl Place {
    fn top() -> Self {
        Self { path: String::new(), name: None, field: String::new() }
    }

    fn down(&self, key: &str, called: &Text, field: &str) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        let name = match &self.name {
            Some(name) => Text::new(format!("{} · {}", name.zh, called.zh), format!("{} · {}", name.en, called.en)),
            None => called.clone(),
        };
        Self { path, name: Some(name), field: field.to_owned() }
    }
}

fn walk(place: &Place, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let (before, after) = (before.filter(|value| told(value)), after.filter(|value| told(value)));
    if before == after {
        return;
    }
    let both = [before, after];
    let all = |test: &dyn Fn(&Value) -> bool| both.iter().flatten().all(|value| test(value));
    if all(&is_map) && !place.is_whole(before, after) {
        for key in keys(before, after) {
            let get = |value: Option<&Value>| value.and_then(|value| value.get(&key)).cloned();
            let called = if place.name.is_none() { names::element(&key) } else { names::of(&key) };
            walk(&place.down(&key, &called, &key), get(before).as_ref(), get(after).as_ref(), found);
        }
    } else if let (true, Some(before), Some(after)) = (all(&|value| is_list_of(value, &is_text)), before, after) {
        paragraphs(place, before, after, found);
    } else if let (true, Some(before), Some(after)) = (all(&|value| is_list_of(value, &is_map)), before, after) {
        entries(place, before, after, found);
    } else {
        let say = |value: Option<&Value>| value.map(|value| said(value, &place.field));
        found.push(place.difference(say(before), say(after)));
    }
}

fn is_text(value: &Value) -> bool {
    text(value).is_some()
}

/// An object with parts of its own: no words in both languages and no limit, which are told as one.
fn is_map(value: &Value) -> bool {
    value.is_object() && !is_text(value) && limit(value).is_none()
}

fn is_list_of(value: &Value, test: &dyn Fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(test))
}

fn limit(value: &Value) -> Option<Limit> {
    serde_json::from_value(value.clone()).ok()
}

/// Lists of paragraphs: those that stand in both say nothing; the others are paired in their order.
fn paragraphs(place: &Place, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    let (before, after) = (list(before), list(after));
    let gone: Vec<&Value> = before.iter().filter(|value| !after.contains(value)).collect();
    let new: Vec<&Value> = after.iter().filter(|value| !before.contains(value)).collect();
    for at in 0..gone.len().max(new.len()) {
        let say = |values: &[&Value]| values.get(at).and_then(|value| text(value));
        found.push(place.difference(say(&gone), say(&new)));
    }
    if gone.is_empty() && new.is_empty() {
        let numbered = |all: &[Value]| Some(joined(all.iter().filter_map(text), (" → ", " → ")));
        found.push(place.down("order", &Text::new("顺序", "order"), "").difference(numbered(before), numbered(after)));
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Place {
    /// An entry that is new or gone is told as a whole.
    fn is_whole(&self, before: Option<&Value>, after: Option<&Value>) -> bool {
        self.name.is_some() && (before.is_none() || after.is_none())
    }

    fn difference(&self, before: Option<Text>, after: Option<Text>) -> Difference {
        Difference { path: self.path.clone(), name: self.name.clone().unwrap_or_default(), before, after }
    }
}

/// An entry of a list: the key that pairs it with one of the other list, what it is called, and what it says.
struct Entry<'a> {
    key: String,
    called: Text,
    value: &'a Value,
}

/// Entries of two lists, paired by their keys.
fn entries(place: &Place, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    let (before, after) = (named(list(before)), named(list(after)));
    let same = |all: &[Entry<'_>], key: &str| all.iter().position(|entry| entry.key == key);
    for entry in &before {
        let other = same(&after, &entry.key).map(|at| after[at].value);
        walk(&place.down(&entry.key, &entry.called, &place.field), Some(entry.value), other, found);
    }
    for entry in after.iter().filter(|entry| same(&before, &entry.key).is_none()) {
        walk(&place.down(&entry.key, &entry.called, &place.field), None, Some(entry.value), found);
    }
    let kept = |all: &[Entry<'_>], others: &[Entry<'_>]| -> Vec<String> {
        all.iter().map(|entry| entry.key.clone()).filter(|key| same(others, key).is_some()).collect()
    };
    if kept(&before, &after) != kept(&after, &before) {
        let lines = |all: &[Entry<'_>]| Some(joined(all.iter().map(|entry| entry.called.clone()), (" → ", " → ")));
        found.push(place.down("order", &Text::new("顺序", "order"), "").difference(lines(&before), lines(&after)));
    }
}

fn named(list: &[Value]) -> Vec<Entry<'_>> {
    let mut seen = std::collections::BTreeMap::new();
    let entry = |(at, value): (usize, &'_ Value)| {
        let called = ["label", "name", "title", "question"].iter().find_map(|key| text(value.get(key)?));
        let key = value.get("key").and_then(Value::as_str).map(str::to_owned);
        let key =
            key.or_else(|| called.as_ref().map(|called| called.zh.clone())).unwrap_or_else(|| (at + 1).to_string());
        let times: &mut usize = seen.entry(key.clone()).or_insert(0);
        *times += 1;
        let called = called.unwrap_or_else(|| Text::new((at + 1).to_string(), (at + 1).to_string()));
        (if *times > 1 { format!("{key}#{times}") } else { key }, called)
    };
    let names: Vec<(String, Text)> = list.iter().enumerate().map(entry).collect();
    names.into_iter().zip(list).map(|((key, called), value)| Entry { key, called, value }).collect()
}

fn keys(before: Option<&Value>, after: Option<&Value>) -> Vec<String> {
    let of =
        |value: Option<&Value>| value.and_then(Value::as_object).map(|map| map.keys().cloned().collect::<Vec<_>>());
    let mut keys = of(before).unwrap_or_default();
    for key in of(after).unwrap_or_default() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Whether a value says anything: an empty list and an absent element are the same.
fn told(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(list) => !list.is_empty(),
        _ => true,
    }
}

/// A value that is words in both languages.
fn text(value: &Value) -> Option<Text> {
    let map = value.as_object().filter(|map| map.len() == 2)?;
    Some(Text::new(map.get("zh")?.as_str()?, map.get("en")?.as_str()?))
}

/// A value in words.
fn said(value: &Value, field: &str) -> Text {
    if let Some(text) = text(value) {
        return text;
    }
    if let Some(limit) = limit(value) {
        let note = limit.note.clone();
        return match note {
            Some(note) => {
                Text::new(format!("{}（{}）", limit.text("zh"), note.zh), format!("{} ({})", limit.text("en"), note.en))
            }
            None => Text::new(limit.text("zh"), limit.text("en")),
        };
    }
    match value {
        Value::Bool(true) => Text::new("是", "yes"),
        Value::Bool(false) => Text::new("否", "no"),
        Value::String(word) => names::word(field, word),
        Value::Number(number) => Text::new(number.to_string(), number.to_string()),
        Value::Null => Text::default(),
        Value::Array(list) => joined(list.iter().map(|one| said(one, field)), ("、", ", ")),
        Value::Object(map) => {
            let part = |(key, value): (&String, &Value)| {
                let (name, value) = (names::of(key), said(value, key));
                Text::new(format!("{}：{}", name.zh, value.zh), format!("{}: {}", name.en, value.en))
            };
            joined(map.iter().filter(|(_, value)| told(value)).map(part), ("；", "; "))
        }
    }
}

fn joined(parts: impl Iterator<Item = Text>, (zh, en): (&str, &str)) -> Text {
    let parts: Vec<Text> = parts.collect();
    let join = |lang: &str, with: &str| parts.iter().map(|part| part.text(lang)).collect::<Vec<_>>().join(with);
    Text::new(join("zh", zh), join("en", en))
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
