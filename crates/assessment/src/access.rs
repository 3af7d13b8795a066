//! What someone may see and do of an assessment.

use accounts::{Actor, Cover, Permission, Role};
use database::Connection;
use jiff::civil::Date;
use network::OrganisationId;

use crate::{Assessment, AssessmentError, State, What};

/// What an asker may see and do of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Keeps it: calls reviewers, takes steps, decides, publishes.
    pub keeps: bool,
    /// Reads all of it at any time.
    pub reads_all: bool,
    /// Is called to review something of it.
    pub called: bool,
    /// Units that the asker reads governance of.
    reads: Option<Cover>,
    /// Units for which the asker enters figures and objects.
    reports: Option<Cover>,
    /// Where it stands, and what the public sees.
    state: State,
    public: bool,
    arithmetic: bool,
    /// Whether one of its units is the asker's.
    has_unit: bool,
}

impl Access {
    pub(crate) fn of(actor: &Actor, assessment: &Assessment, units: &[OrganisationId], called: bool) -> Self {
        let keeper = &assessment.keeper;
        let keeps = actor.may_at(Permission::KeepAssessments, keeper);
        let reads = actor.cover(Permission::ReadGovernance);
        let holds = |unit: &OrganisationId| reads.as_ref().is_some_and(|cover| cover.holds(unit));
        let is_final = assessment.state.is_final();
        Self {
            keeps,
            reads_all: keeps || holds(keeper),
            called,
            has_unit: units.iter().any(holds),
            reports: actor.cover(Permission::ReportProgress),
            state: assessment.state,
            public: is_final && assessment.shown.public,
            arithmetic: is_final && assessment.shown.public && assessment.shown.arithmetic,
            reads,
        }
    }

    /// Whether the asker knows of it at all. A unit does from its self-evaluation on.
    pub fn sees(&self) -> bool {
        self.reads_all || self.called || self.public || (self.has_unit && self.state > State::Prepared)
    }

    /// Whether the asker sees the values and evidence of a unit.
    pub fn sees_unit(&self, unit: &OrganisationId) -> bool {
        self.reads_all || (self.state > State::Prepared && self.reads_at(unit))
    }

    /// Whether the asker sees the score of a unit with its arithmetic: one's own from the objection period on, all that
    /// is published with it.
    pub fn sees_score(&self, unit: &OrganisationId) -> bool {
        let own = self.state.is_told_to_units() && self.reads_at(unit);
        self.state.has_result() && (self.reads_all || own || self.arithmetic)
    }

    /// Whether the asker sees all totals beside each other: a unit once the result stands.
    pub fn sees_ranking(&self) -> bool {
        self.state.has_result() && (self.reads_all || self.public || (self.has_unit && self.state.is_final()))
    }

    /// Whether the asker enters the self-evaluation of a unit, and objects for it.
    pub fn reports_for(&self, unit: &OrganisationId) -> bool {
        self.reports.as_ref().is_some_and(|cover| cover.holds(unit))
    }

    /// Whether one of its units is the asker's.
    pub fn has_own_unit(&self) -> bool {
        self.has_unit
    }

    fn reads_at(&self, unit: &OrganisationId) -> bool {
        self.reads.as_ref().is_some_and(|cover| cover.holds(unit))
    }
}

/// What to answer someone who does not know of it: signing in may help a visitor.
pub(crate) fn hidden(actor: &Actor, what: What, id: impl ToString) -> AssessmentError {
    if actor.id().is_none() && !actor.is_system() {
        return actor.denied(Permission::ReadGovernance).into();
    }
    AssessmentError::not_found(what, id)
}

/// Whether a reviewer is bound to a unit: by a role at it, above it or under it. What experts have by that role alone
/// does not bind them.
pub(crate) async fn is_bound(
    connection: &mut Connection,
    reviewer: &Actor,
    unit: &OrganisationId,
    day: Date,
) -> Result<bool, AssessmentError> {
    let roles = reviewer.grants().iter().filter(|grant| grant.role != Role::Expert);
    let covers: Vec<&Cover> = roles.map(|grant| &grant.cover).collect();
    if covers.iter().any(|cover| cover.holds(unit)) {
        return Ok(true);
    }
    if covers.is_empty() {
        return Ok(false);
    }
    let under = network::descendant_ids(connection, unit, day).await?;
    Ok(under.iter().any(|id| covers.iter().any(|cover| cover.holds(id))))
}
