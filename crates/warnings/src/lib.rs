//! Warnings: rules over the figures of other rooms, why each fired, and what was done about it.
//!
//! A [`Rule`] is data: which signal, which [`Condition`], which units, how severe, who is told. [`Signals`] reads the figures
//! from the other rooms; [`check`] evaluates all rules and keeps one open [`Warning`] for each rule and subject, which fires again
//! only after it has cleared. Each keeps the figures of the moment, their history and links to what they count. People
//! acknowledge, assign, comment and close it with a result and a reason.

mod action;
mod check;
mod condition;
mod error;
mod kinds;
mod list;
mod rule;
mod rules;
mod signals;
mod sql;
mod step;
#[cfg(test)]
mod testing;
mod warning;
mod warnings;

pub use action::action_label;
pub use check::{Checked, check};
pub use condition::{Condition, Why, fires};
pub use database::{MOST_ON_A_PAGE, Page};
pub use error::{WarningsError, What};
pub use kinds::{Act, Outcome, Severity, State, Told};
pub use list::{Counts, WarningQuery};
pub use network::office_day;
pub use rule::{NewRule, Rule, RuleCode, Scope, change_rule, make_rule, set_rule};
pub use rules::starting_rules;
pub use signals::{Evidence, Moment, Reading, SignalInfo, Signals, SignalsAnswer, Subject};
pub use step::{Step, step, steps_open};
pub use warning::{Event, Warning, WarningId};
pub use warnings::Warnings;
