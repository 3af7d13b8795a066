use super::*;

#[test]
fn what_is_over_takes_no_act() {
    for state in [EventState::Repaired, EventState::Cancelled, EventState::Withdrawn] {
        for act in Act::ALL {
            assert_eq!(after(*act, state), None, "{act} in {state}");
        }
    }
}

#[test]
fn nothing_counts_that_was_not_announced() {
    let into_force: Vec<_> = STEPS.iter().filter(|(_, _, to)| *to == EventState::InForce).collect();
    assert!(
        into_force.iter().all(|(_, from, _)| from
            .iter()
            .all(|from| { matches!(from, EventState::Announced | EventState::Repairing) }))
    );
}
