//! People: who they are, what they may, what they did.
//!
//! An [`Actor`] is whoever asks: a visitor, a person with roles at organisations, or the program itself. Domain functions
//! take an `Actor` and ask it ([`Actor::require`]); nobody else decides a permission. [`Permission::table`] is the one
//! table of who may what. Every write leaves an entry in the audit trail ([`record`]) inside its own transaction.

mod actor;
mod audit;
mod error;
mod permission;
mod sql;

pub use actor::{Actor, Cover, Grant, PersonId};
pub use audit::{Entry, record};
pub use error::{AccountsError, Denied};
pub use permission::{Permission, Role};

use database::Migration;

/// Tables of this crate.
const MIGRATIONS: [Migration; 1] = [Migration {
    version: 1,
    name: "audit trail",
    sqlite: include_str!("../migrations/0001_audit.sqlite.sql"),
    postgres: include_str!("../migrations/0001_audit.postgres.sql"),
}];

/// Brings the tables of this crate up to date.
pub async fn migrate(database: &database::Database) -> Result<(), AccountsError> {
    Ok(database.migrate("accounts", &MIGRATIONS).await?)
}
