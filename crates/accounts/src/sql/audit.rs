//! The audit trail at rest.

mod read;
mod verify;

use database::{Connection, query};
use jiff::Timestamp;
use sqlx::Row as _;

use crate::audit::STRANDS;
use crate::sql::stamp;
use crate::{AccountsError, Actor, Entry};

pub(crate) use read::{about, list, mark};
pub(crate) use verify::verify;

/// Hash before the first entry of a strand.
const BEGINNING: &str = "";

/// Appends to the strand of the object; its head stays locked until the commit.
pub(crate) async fn append(
    connection: &mut Connection,
    now: Timestamp,
    actor: &Actor,
    entry: &Entry<'_>,
) -> Result<(), AccountsError> {
    let strand = strand(entry.kind, entry.object);
    let lock = "UPDATE accounts_audit_heads SET number = number + 1 WHERE strand = $1 RETURNING number, hash";
    let head = query(lock).bind(strand).fetch_one(&mut *connection).await?;
    let (number, before): (i64, String) = (head.try_get(0)?, head.try_get(1)?);
    // People are named by their id alone: their names can be deleted, entries cannot.
    let part = if actor.is_system() { actor.name() } else { "" };
    let fields = [
        stamp(now),
        actor.id().map_or_else(String::new, ToString::to_string),
        part.to_owned(),
        entry.action.to_owned(),
        entry.kind.to_owned(),
        entry.object.to_owned(),
        entry.organisation.map_or_else(String::new, ToString::to_string),
        entry.reason.unwrap_or_default().to_owned(),
        if entry.detail.is_null() { String::new() } else { entry.detail.to_string() },
    ];
    let hash = link(&before, strand, number, &fields);
    let insert = "INSERT INTO accounts_audit (strand, number, at, person, actor, action, kind, object, organisation, \
        reason, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let statement = fields.into_iter().fold(query(insert).bind(strand).bind(number), database::Query::bind);
    statement.bind(hash.clone()).execute(&mut *connection).await?;
    let advance = "UPDATE accounts_audit_heads SET hash = $2 WHERE strand = $1";
    query(advance).bind(strand).bind(hash).execute(connection).await?;
    Ok(())
}

/// The strand of an object.
pub(crate) fn strand(kind: &str, object: &str) -> i64 {
    let hash = blake3::hash(format!("{kind}\0{object}").as_bytes());
    i64::from(hash.as_bytes()[0]) % STRANDS
}

/// The hash of an entry: of the one before it, its place, and its fields, each with its length.
fn link(before: &str, strand: i64, number: i64, fields: &[String; 9]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{before}\n{strand}\n{number}\n").as_bytes());
    for field in fields {
        hasher.update(format!("{}:{field}\n", field.len()).as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
