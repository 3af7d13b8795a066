//! Which act is open in which state, and where it leads.

use crate::{Act, EventState};

/// An act: from which states, and to which.
const STEPS: &[(Act, &[EventState], EventState)] = &[
    (Act::Edit, &[EventState::Draft], EventState::Draft),
    (Act::Attach, &[EventState::Draft], EventState::Draft),
    (Act::Detach, &[EventState::Draft], EventState::Draft),
    (Act::Announce, &[EventState::Draft], EventState::Announced),
    (Act::Object, &[EventState::Announced], EventState::Objected),
    (Act::Uphold, &[EventState::Objected], EventState::Announced),
    (Act::Change, &[EventState::Objected], EventState::Announced),
    (Act::Cancel, &[EventState::Objected], EventState::Cancelled),
    (Act::TakeEffect, &[EventState::Announced], EventState::InForce),
    (Act::ApplyForRepair, &[EventState::InForce], EventState::Repairing),
    (Act::Repair, &[EventState::Repairing], EventState::Repaired),
    (Act::RefuseRepair, &[EventState::Repairing], EventState::InForce),
    (
        Act::Withdraw,
        &[EventState::Draft, EventState::Announced, EventState::Objected, EventState::InForce, EventState::Repairing],
        EventState::Withdrawn,
    ),
];

/// Where an act leads from a state; none when it is not open there.
pub(crate) fn after(act: Act, state: EventState) -> Option<EventState> {
    STEPS.iter().find(|(open, from, _)| *open == act && from.contains(&state)).map(|(_, _, to)| *to)
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
