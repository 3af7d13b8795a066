//! Made-up ids, moments and people for the tests of the rooms above.

use jiff::{SignedDuration, Timestamp};
use network::{Id, OrganisationId};

use crate::{Actor, Cover, Grant, PersonId, Role};

/// Ten in the morning of Monday, 1 June 2026, where the offices are.
pub fn now() -> Timestamp {
    Timestamp::constant(1_780_279_200, 0)
}

/// The same hour so many days later.
pub fn days(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

/// The id with this number.
pub fn id(number: u32) -> Id {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    Id::make(Timestamp::UNIX_EPOCH, random)
}

/// The organisation with this number.
pub fn organisation(number: u32) -> OrganisationId {
    OrganisationId(id(number))
}

/// The person with this number.
pub fn person(number: u32) -> PersonId {
    PersonId(id(1_000 + number))
}

/// Someone with a role at some organisations.
pub fn actor(number: u32, role: Role, at: &[u32]) -> Actor {
    let cover = Cover::At(at.iter().map(|number| organisation(*number)).collect());
    Actor::person(person(number), "王工", vec![Grant { role, cover }])
}
