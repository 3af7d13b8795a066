//! The audit trail: append-only, hash-chained.
//!
//! Entries form [`STRANDS`] chains; the object of an entry decides its strand, so that one object's entries are in one
//! chain and concurrent writers of different objects seldom wait for each other. The head of a strand stays locked
//! until the commit: `record` is best the last statement of a transaction.

use database::Write;
use jiff::Timestamp;
use network::OrganisationId;
use serde_json::Value;

use crate::{AccountsError, Actor, sql};

/// Number of chains.
pub(crate) const STRANDS: i64 = 16;

/// What is written down about one act.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What was done: `case.accept`, `organisation.update`, `person.read`.
    pub action: &'a str,
    /// Kind of what it was done to: `case`, `organisation`, `person`.
    pub kind: &'a str,
    /// Its id.
    pub object: &'a str,
    /// At which organisation, where one is concerned.
    pub organisation: Option<&'a OrganisationId>,
    /// Why, where a reason was given.
    pub reason: Option<&'a str>,
    /// What changed, in few words; no personal data: entries outlive its deletion. `Null` for nothing.
    pub detail: Value,
}

impl<'a> Entry<'a> {
    /// What was done to the `object` of a `kind`.
    pub fn new(
        action: &'a str,
        (kind, object): (&'a str, &'a str),
        organisation: Option<&'a OrganisationId>,
        reason: Option<&'a str>,
        detail: Value,
    ) -> Self {
        Self { action, kind, object, organisation, reason, detail }
    }
}

/// Writes several entries into the caller's transaction, in an order in which two transactions never wait for each other
/// in a ring.
pub async fn record_all(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    entries: &[Entry<'_>],
) -> Result<(), AccountsError> {
    let mut ordered: Vec<&Entry<'_>> = entries.iter().collect();
    ordered.sort_by_key(|entry| sql::audit::strand(entry.kind, entry.object));
    for entry in ordered {
        sql::append(write, now, actor, entry).await?;
    }
    Ok(())
}

/// Writes an entry into the caller's transaction. Whoever writes several uses [`record_all`].
pub async fn record(write: &mut Write, now: Timestamp, actor: &Actor, entry: &Entry<'_>) -> Result<(), AccountsError> {
    sql::append(write, now, actor, entry).await
}
