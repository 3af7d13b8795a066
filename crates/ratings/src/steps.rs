//! The steps of a follow-up as data: verify, mend, answer, call back.

use crate::{Action, State};

/// Working days after a bad rating by whose end contact is made and the complaint verified.
pub const CONTACT_DAYS: i64 = 1;
/// Working days after a bad rating by whose end it is mended and answered.
pub const MEND_DAYS: i64 = 5;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// In which states.
    pub from: &'static [State],
    /// Where it leads; none stays where it is.
    pub to: Option<State>,
    /// Whether words must say what was found, done or told.
    pub words: bool,
}

/// Every state in which something is to be done.
const OPEN: &[State] = &[State::Verify, State::Mend, State::Answer, State::CallBack];

/// All steps that staff take. Opening, correcting and excluding come from outside.
pub const STEPS: &[Step] = &[
    Step { action: Action::Assign, from: OPEN, to: None, words: false },
    Step { action: Action::Note, from: OPEN, to: None, words: true },
    Step { action: Action::Confirm, from: &[State::Verify], to: Some(State::Mend), words: true },
    Step { action: Action::Explain, from: &[State::Verify], to: Some(State::Answer), words: true },
    Step { action: Action::Mended, from: &[State::Mend], to: Some(State::Answer), words: true },
    Step { action: Action::Answer, from: &[State::Answer], to: Some(State::CallBack), words: true },
    Step { action: Action::Content, from: &[State::CallBack], to: Some(State::Closed), words: false },
    Step { action: Action::NotContent, from: &[State::CallBack], to: Some(State::Mend), words: true },
    Step { action: Action::Unreached, from: &[State::CallBack], to: Some(State::Closed), words: true },
];

/// The step that an action is in a state; none when it cannot be done there.
pub fn step(action: Action, state: State) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.action == action && step.from.contains(&state))
}

/// What can be done in a state.
pub fn actions(state: State) -> impl Iterator<Item = Action> {
    STEPS.iter().filter(move |step| step.from.contains(&state)).map(|step| step.action)
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
