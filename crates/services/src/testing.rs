//! Made-up people and items for the tests of this crate.

use accounts::{Actor, Cover, Grant, PersonId, Role};
use database::Database;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Id, OrganisationId};

use crate::{Form, Item, NewDraft, Seen, Services, ServicesError, Text, Version};

/// The moment of all changes in tests: 1 June 2026 in the offices.
pub(crate) fn now() -> Timestamp {
    "2026-06-01T02:00:00Z".parse().unwrap()
}

pub(crate) fn id(number: u16) -> Id {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    Id::make(Timestamp::UNIX_EPOCH, random)
}

pub(crate) fn organisation(number: u16) -> OrganisationId {
    OrganisationId(id(number))
}

/// A person with a role at organisations.
pub(crate) fn person(number: u16, role: Role, at: &[u16]) -> Actor {
    let cover = Cover::At(at.iter().map(|number| organisation(*number)).collect());
    Actor::person(PersonId(id(number)), &format!("人{number}"), vec![Grant { role, cover }])
}

/// An administrator of everything.
pub(crate) fn administrator() -> Actor {
    let grant = Grant { role: Role::Administrator, cover: Cover::Everywhere };
    Actor::person(PersonId(id(900)), "管理员", vec![grant])
}

/// An item with little more than it must have.
pub(crate) fn item(code: &str) -> Item {
    let mut item = crate::catalogue().unwrap().into_iter().find(|item| item.code.as_str() == "B08").unwrap();
    item.code = code.parse().unwrap();
    item.title = Text::new(format!("事项{code}"), format!("Item {code}"));
    item
}

/// A form of JSON.
pub(crate) fn form(fields: serde_json::Value) -> Form {
    let step = serde_json::json!({ "key": "one", "title": ["一", "One"], "fields": fields });
    serde_json::from_value(serde_json::json!({ "steps": [step] })).unwrap()
}

pub(crate) fn seen(version: &Version) -> Seen<'_> {
    Seen { code: &version.code, number: version.number, revision: version.revision }
}

/// A draft made by an administrator of everything.
pub(crate) async fn drafted(database: &Database, key: u16, item: &Item) -> Result<Version, ServicesError> {
    let mut write = database.write().await?;
    let new = NewDraft { key: &id(key), keeper: None, item };
    let draft = crate::draft(&mut write, now(), &administrator(), &new).await?;
    write.commit().await?;
    Ok(draft)
}

/// A draft put in force by an administrator of everything.
pub(crate) async fn published(database: &Database, draft: &Version, from: Date) -> Result<Version, ServicesError> {
    let mut write = database.write().await?;
    let version = crate::publish(&mut write, now(), &administrator(), seen(draft), (from, None), None).await?;
    write.commit().await?;
    Ok(version)
}

/// Services with the tables of the rooms below.
pub(crate) async fn open(database: &Database) -> Services {
    accounts::migrate(database).await.unwrap();
    Services::open(database.clone()).await.unwrap()
}
