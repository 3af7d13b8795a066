//! The catalogue that comes with the program, as TOML: lists of items over what their list has in common.
//!
//! A file has `[defaults]`, laid under every item, and `[[item]]`s. Words are `["中文", "English"]`. `promise = 5` is a promised
//! limit of so many working days that no document asks for. A form is a list of steps, each a table or the name of one in
//! `shared.toml`; so are fields. The step `papers` is made of the materials: a field for files each.

use accounts::{Actor, Cover, Permission};
use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Id, OrganisationId};
use serde_json::json;
use toml::{Table, Value};

use crate::sql::calendar as keepers;
use crate::sql::version as at_rest;
use crate::write::{self, Made};
use crate::{Item, NewDraft, Seen, ServicesError};

const SHARED: &str = include_str!("../catalogue/shared.toml");
const LISTS: [&str; 6] = [
    include_str!("../catalogue/basic.toml"),
    include_str!("../catalogue/value-added.toml"),
    include_str!("../catalogue/patents.toml"),
    include_str!("../catalogue/trade-marks.toml"),
    include_str!("../catalogue/rights-aid.toml"),
    include_str!("../catalogue/consultation.toml"),
];

/// The 52 items of the starting catalogue: 15 basic, 4 value-added, 33 of the one window.
pub fn catalogue() -> Result<Vec<Item>, ServicesError> {
    let shared = table("shared.toml", SHARED)?;
    let mut items = Vec::new();
    for list in LISTS {
        let list = table("catalogue", list)?;
        let defaults = list.get("defaults").and_then(Value::as_table).cloned().unwrap_or_default();
        for own in list.get("item").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table) {
            items.push(item(&shared, defaults.clone(), own)?);
        }
    }
    Ok(items)
}

fn table(name: &str, text: &str) -> Result<Table, ServicesError> {
    text.parse().map_err(|error: toml::de::Error| wrong(name, &error))
}

fn wrong(of: &str, reason: &dyn std::fmt::Display) -> ServicesError {
    ServicesError::Unreadable { of: format!("catalogue {of}"), reason: reason.to_string() }
}

fn item(shared: &Table, mut laid: Table, own: &Table) -> Result<Item, ServicesError> {
    laid.extend(own.clone());
    let name = laid.get("code").and_then(Value::as_str).unwrap_or("without a code").to_owned();
    if let Some(Value::Integer(days)) = laid.remove("promise") {
        let note = [
            "本目录的默认承诺，各网点可另行公布更短时限",
            "promised by this catalogue; outlets may publish a shorter time",
        ];
        let limit = Table::from_iter([
            ("number".to_owned(), Value::Integer(days)),
            ("unit".to_owned(), "working-day".into()),
            ("note".to_owned(), Value::Array(note.map(Value::from).to_vec())),
        ]);
        laid.entry("promised_limit").or_insert(Value::Table(limit));
    }
    let materials = laid.get("materials").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut named = materials.clone();
    for (at, material) in named.iter_mut().filter_map(Value::as_table_mut).enumerate() {
        material.insert("field".to_owned(), format!("paper_{}", at + 1).into());
    }
    let steps = laid.remove("form").and_then(|form| form.as_array().cloned()).unwrap_or_default();
    let takes_papers = steps.iter().any(|step| step.as_str() == Some("papers")) && !materials.is_empty();
    let steps: Result<Vec<Option<Value>>, ServicesError> =
        steps.into_iter().map(|step| form_step(shared, &name, &materials, step)).collect();
    let form = Table::from_iter([("steps".to_owned(), Value::Array(steps?.into_iter().flatten().collect()))]);
    laid.insert("form".to_owned(), Value::Table(form));
    if takes_papers {
        laid.insert("materials".to_owned(), Value::Array(named));
    }
    let mut item: Item = Value::Table(laid).try_into().map_err(|error: toml::de::Error| wrong(&name, &error))?;
    // In the order of their lists, as forms send them, so that an edit does not seem to move them.
    item.objects.sort();
    item.channels.sort();
    item.records.sort();
    Ok(item)
}

/// A step of a form, by name or in full; none for papers where there are no materials.
fn form_step(shared: &Table, item: &str, materials: &[Value], step: Value) -> Result<Option<Value>, ServicesError> {
    let mut step = match step {
        Value::String(name) if name == "papers" => {
            return Ok((!materials.is_empty()).then(|| papers(materials)));
        }
        Value::String(name) => called(shared, "steps", &name, item)?,
        other => other,
    };
    if let Some(fields) = step.get_mut("fields").and_then(Value::as_array_mut) {
        for field in fields {
            if let Some(name) = field.as_str() {
                *field = called(shared, "fields", name, item)?;
            }
        }
    }
    Ok(Some(step))
}

fn called(shared: &Table, list: &str, name: &str, item: &str) -> Result<Value, ServicesError> {
    let found = shared.get(list).and_then(|list| list.get(name)).cloned();
    found.ok_or_else(|| wrong(item, &format!("shared.toml has no {list}.{name}")))
}

/// The step that takes the materials.
fn papers(materials: &[Value]) -> Value {
    let field = |(at, material): (usize, &Value)| {
        let part = |key: &str| material.get(key).cloned();
        let mut field = Table::from_iter([
            ("key".to_owned(), Value::from(format!("paper_{}", at + 1))),
            ("kind".to_owned(), Value::Table(Table::from_iter([("type".to_owned(), Value::from("file"))]))),
        ]);
        field.extend(part("name").map(|name| ("label".to_owned(), name)));
        field.extend(part("when").map(|when| ("help".to_owned(), when)));
        let required = part("need").is_some_and(|need| need.as_str() == Some("required"));
        field.insert("required".to_owned(), Value::Boolean(required));
        Value::Table(field)
    };
    let title = ["上传材料", "Papers"].map(Value::from).to_vec();
    Value::Table(Table::from_iter([
        ("key".to_owned(), Value::from("papers")),
        ("title".to_owned(), Value::Array(title)),
        ("fields".to_owned(), Value::Array(materials.iter().enumerate().map(field).collect())),
    ]))
}

/// Brings in the items of the starting catalogue that are not there yet, in force from a day on, and says which organisation keeps
/// them and the calendar; none = whoever may do so everywhere. Items that are there stay as they are. Answers how many
/// came in. For a role that holds everywhere, or the program itself.
pub async fn install(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    keeper: Option<&OrganisationId>,
    from: Date,
) -> Result<usize, ServicesError> {
    for permission in [Permission::EditItems, Permission::PublishItems] {
        if actor.cover(permission) != Some(Cover::Everywhere) {
            return Err(actor.denied(permission).into());
        }
    }
    // Whoever installs at the same time waits here and finds the items.
    keepers::keep(write, keeper).await?;
    let mut came = 0;
    for item in catalogue()? {
        if !at_rest::of(write, &item.code).await?.is_empty() {
            continue;
        }
        let key = starting_key(&item);
        let new = NewDraft { key: &key, keeper, item: &item };
        let Made::Now(draft) = write::draft_in(write, (now, actor), &new).await? else { continue };
        let seen = Seen { code: &draft.code, number: draft.number, revision: draft.revision };
        let version = write::publish_in(write, (now, actor), seen, (from, None), None).await?;
        write::audit(write, (now, actor), &version, ("services.install", None), json!({ "from": from })).await?;
        came += 1;
    }
    Ok(came)
}

/// The key of the first draft of an item of the catalogue: the same wherever it is installed.
fn starting_key(item: &Item) -> Id {
    let mut bytes = [0_u8; 10];
    for (at, byte) in item.code.as_str().bytes().enumerate() {
        let place = &mut bytes[at % 10];
        *place = place.wrapping_mul(31).wrapping_add(byte);
    }
    Id::make(Timestamp::UNIX_EPOCH, bytes)
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
