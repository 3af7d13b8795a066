//! Who may keep an item: those whose role holds at the organisation that keeps it.

use accounts::{Actor, Cover, Denied, Permission};
use network::OrganisationId;

/// Whether the actor may do this to what the organisation keeps. What no organisation keeps belongs to the whole platform:
/// a role that holds everywhere is needed.
pub(crate) fn may(actor: &Actor, permission: Permission, keeper: Option<&OrganisationId>) -> bool {
    match (actor.cover(permission), keeper) {
        (Some(Cover::Everywhere), _) => true,
        (Some(cover), Some(keeper)) => cover.holds(keeper),
        _ => false,
    }
}

/// Refuses unless [`may`].
pub(crate) fn require(actor: &Actor, permission: Permission, keeper: Option<&OrganisationId>) -> Result<(), Denied> {
    if may(actor, permission, keeper) { Ok(()) } else { Err(actor.denied(permission)) }
}
