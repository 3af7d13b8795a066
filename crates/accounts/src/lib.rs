//! People: who they are, what they may, what they did.
//!
//! An [`Actor`] is whoever asks: a visitor, a person with roles at organisations, or the program itself. Domain functions
//! take an `Actor` and ask it ([`Actor::require`]); nobody else decides a permission. [`Permission::table`] is the one
//! table of who may what. Every write leaves an entry in the audit trail ([`record`]) inside its own transaction.
//! [`Accounts`] keeps people, sessions and roles; what names or reaches a person is sealed at rest ([`Secret`]).

mod accounts;
mod action;
mod actor;
mod audit;
mod code;
mod contact;
mod cover;
mod error;
pub mod keeping;
mod link;
mod oidc;
mod password;
mod people;
mod permission;
mod person;
mod personal;
mod qr;
mod random;
mod roles;
mod second_step;
mod secret;
pub mod sending;
mod session;
mod sign_in;
#[cfg(test)]
mod speed_tests;
mod sql;
mod staff;
pub mod testing;
mod throttle;
mod token;
mod trail;
#[cfg(test)]
mod world;

pub use accounts::{Accounts, Settings};
pub use action::action_label;
pub use actor::{Actor, Cover, Grant, PersonId};
pub use audit::{Entry, record, record_all};
pub use contact::{Email, Telephone, masked_address, masked_name};
pub use cover::cover_at;
pub use error::{AccountsError, Denied};
pub use link::Link;
pub use oidc::{Arrived, Begun, Identity, Provider, Returned};
pub use password::{Hashing, LONGEST_PASSWORD, Password, SHORTEST_PASSWORD, password_faults};
pub use people::{Addressee, Changed, Particulars, SignUp};
pub use permission::{Permission, Role};
pub use person::{Language, MaskedPerson, Person};
pub use personal::PersonalData;
pub use qr::qr_svg;
pub use random::Random;
pub use roles::{Colleague, Given, GrantId, NewGrant};
pub use second_step::{Enrolment, RecoveryCodes, SecondStep};
pub use secret::{Sealed, Secret, Unopened};
pub use session::{Opened, Origin, Session, SessionId, Signed};
pub use sign_in::Proof;
pub use staff::{Staff, StaffPage, StaffQuery};
pub use token::{NoToken, Token};
pub use trail::{AuditEntry, AuditPage, AuditQuery, Break, BrokenAt, Head, MOST_ENTRIES_ON_A_PAGE, Verified};

use database::Database;

/// Brings the tables of this crate up to date without opening the accounts: for those who only write entries.
pub async fn migrate(database: &Database) -> Result<(), AccountsError> {
    accounts::migrate(database).await
}
