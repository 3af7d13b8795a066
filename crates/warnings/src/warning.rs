//! A warning, and what was done to it.

use accounts::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{OrganisationId, office_day};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::condition::Why;
use crate::{Act, Outcome, Reading, Rule, Severity, State};

network::named! {
    /// The name of a warning.
    WarningId
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// Its name.
    pub id: WarningId,
    /// Counts the changes.
    pub version: i64,
    /// The unit whose matter it is.
    pub unit: OrganisationId,
    /// How severe.
    pub severity: Severity,
    /// Where it stands.
    pub state: State,
    /// The rule as it was when it fired.
    pub rule: Rule,
    /// The figures as they were when it fired.
    pub reading: Reading,
    /// What was compared.
    pub why: Why,
    /// When it fired.
    #[schema(value_type = String, format = DateTime)]
    pub fired_at: Timestamp,
    /// How often it fired again while it was open.
    pub again: u32,
    /// When the figure was no longer as the rule says; none while it is.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub cleared_at: Option<Timestamp>,
    /// Who is to work it.
    pub assignee: Option<PersonId>,
    /// With which result it was closed.
    pub outcome: Option<Outcome>,
    /// Why it was closed so.
    pub reason: Option<String>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
}

impl Warning {
    /// Days since it fired.
    pub fn age(&self, today: Date) -> i32 {
        let fired = office_day(self.fired_at);
        fired.until(today).map_or(0, |span| span.get_days()).max(0)
    }

    /// What no two open warnings share.
    pub(crate) fn open_key(&self) -> Option<String> {
        (self.state != State::Closed).then(|| format!("{}/{}", self.rule.code, self.reading.subject.key))
    }
}

/// What was done to a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningEvent)]
pub struct Event {
    /// Counts from 1.
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who did it; none for the program.
    pub by: Option<PersonId>,
    /// What was done.
    pub act: Act,
    /// Where it stands after.
    pub to: State,
    /// To whom it was given.
    pub assignee: Option<PersonId>,
    /// With which result it was closed.
    pub outcome: Option<Outcome>,
    /// What was said.
    pub words: String,
}
