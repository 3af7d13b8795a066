//! Whoever asks.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use network::{Id, NoId, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Denied, Permission, Role};

/// The name of a person's account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct PersonId(pub Id);

impl PersonId {
    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for PersonId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        text.parse().map(Self)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// At every organisation.
    Everywhere,
    /// At these alone: the organisation of the grant and all that stood under it when the actor was made.
    At(BTreeSet<OrganisationId>),
}

impl Cover {
    /// Whether the organisation is in it.
    pub fn holds(&self, organisation: &OrganisationId) -> bool {
        match self {
            Self::Everywhere => true,
            Self::At(organisations) => organisations.contains(organisation),
        }
    }

    /// Cuts a list to what is covered: every list and count of a room passes here, with the column of its organisation.
    pub fn narrow(&self, conditions: &mut database::Conditions, column: &str) {
        if let Self::At(organisations) = self {
            conditions.and_one_of(column, organisations);
        }
    }

    fn join(self, other: &Self) -> Self {
        match (self, other) {
            (Self::At(mut mine), Self::At(more)) => {
                mine.extend(more.iter().cloned());
                Self::At(mine)
            }
            _ => Self::Everywhere,
        }
    }
}

/// A role and where it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Where.
    pub cover: Cover,
}

/// Whoever asks: a visitor, a person, or the program itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    person: Option<PersonId>,
    name: String,
    grants: Arc<[Grant]>,
    system: bool,
}

impl Actor {
    /// Someone who has not signed in.
    pub fn visitor() -> Self {
        Self { person: None, name: String::new(), grants: Arc::new([]), system: false }
    }

    /// A person with these roles; everyone who has signed in is a client besides.
    pub fn person(id: PersonId, name: &str, grants: Vec<Grant>) -> Self {
        Self::shared(id, name, grants.into())
    }

    /// A person whose roles are shared with the actors of other requests.
    pub(crate) fn shared(id: PersonId, name: &str, grants: Arc<[Grant]>) -> Self {
        Self { person: Some(id), name: name.to_owned(), grants, system: false }
    }

    /// The program itself, by the name of the part that acts (`deadlines`, `demonstration`); it may do everything.
    pub fn system(part: &str) -> Self {
        Self { person: None, name: part.to_owned(), grants: Arc::new([]), system: true }
    }

    /// The same one with the eyes of a role at these organisations alone: for figures over what stands under a unit, where
    /// whoever asks may read the figures and not each of the things that are counted.
    #[must_use]
    pub fn narrowed(&self, role: Role, organisations: BTreeSet<OrganisationId>) -> Self {
        let grants = Arc::new([Grant { role, cover: Cover::At(organisations) }]);
        Self { person: self.person.clone(), name: self.name.clone(), grants, system: false }
    }

    /// The person's account; none for visitors and the program.
    pub fn id(&self) -> Option<&PersonId> {
        self.person.as_ref()
    }

    /// Whether this is the program itself.
    pub fn is_system(&self) -> bool {
        self.system
    }

    /// Name to show; empty for visitors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The roles given to a person.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Whether the person has the role anywhere.
    pub fn has(&self, role: Role) -> bool {
        match role {
            Role::Visitor => true,
            Role::Client => self.person.is_some(),
            _ => self.grants.iter().any(|grant| grant.role == role),
        }
    }

    /// Where the actor may do this; none = nowhere. Roles that are everyone's hold everywhere: what is a person's own is
    /// decided by the domain function, which knows whose it is.
    pub fn cover(&self, permission: Permission) -> Option<Cover> {
        if self.always_may(permission) {
            return Some(Cover::Everywhere);
        }
        let mut covers = self.covers(permission);
        let first = covers.next()?.clone();
        Some(covers.fold(first, Cover::join))
    }

    /// Whether the actor may do this everywhere, without a role that was given.
    fn always_may(&self, permission: Permission) -> bool {
        let roles = permission.roles();
        self.system || roles.contains(&Role::Visitor) || (self.person.is_some() && roles.contains(&Role::Client))
    }

    fn covers(&self, permission: Permission) -> impl Iterator<Item = &Cover> {
        let roles = permission.roles();
        self.grants.iter().filter(|grant| roles.contains(&grant.role)).map(|grant| &grant.cover)
    }

    /// Whether the actor may do this somewhere.
    pub fn may(&self, permission: Permission) -> bool {
        self.always_may(permission) || self.covers(permission).next().is_some()
    }

    /// Whether the actor may do this everywhere.
    pub fn may_everywhere(&self, permission: Permission) -> bool {
        self.always_may(permission) || self.covers(permission).any(|cover| *cover == Cover::Everywhere)
    }

    /// Whether the actor may do this at an organisation.
    pub fn may_at(&self, permission: Permission, organisation: &OrganisationId) -> bool {
        self.always_may(permission) || self.covers(permission).any(|cover| cover.holds(organisation))
    }

    /// Refuses unless the actor may do this somewhere.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        if self.may(permission) { Ok(()) } else { Err(self.denied(permission)) }
    }

    /// Refuses unless the actor may do one of these somewhere.
    pub fn require_one_of(&self, permissions: &[Permission]) -> Result<(), Denied> {
        match permissions {
            [first, ..] if !permissions.iter().any(|permission| self.may(*permission)) => Err(self.denied(*first)),
            _ => Ok(()),
        }
    }

    /// Refuses unless the actor may do this at an organisation.
    pub fn require_at(&self, permission: Permission, organisation: &OrganisationId) -> Result<(), Denied> {
        if self.may_at(permission, organisation) { Ok(()) } else { Err(self.denied(permission)) }
    }

    /// The refusal: signing in may help a visitor.
    pub fn denied(&self, permission: Permission) -> Denied {
        Denied { permission, signed_in: self.person.is_some() }
    }
}

#[cfg(test)]
#[path = "actor_tests.rs"]
mod tests;
