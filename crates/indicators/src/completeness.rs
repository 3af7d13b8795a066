//! Who has reported what.

use accounts::{Actor, Permission};
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::closing::due;
use crate::evaluate::{Evaluator, Leaves, Open, tree_day};
use crate::indicators::unit_number;
use crate::sql::{closings, leaves, values};
use crate::{ClosingState, Code, Definition, Indicators, IndicatorsError, Period, Reading, State, Value};

/// How far a unit is with a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorProgress)]
pub struct Progress {
    /// Which unit.
    pub unit: OrganisationId,
    /// How many values it enters for the period.
    pub due: u32,
    /// How many are accepted.
    pub accepted: u32,
    /// How many wait for the unit above.
    pub submitted: u32,
    /// How many were returned.
    pub returned: u32,
    /// How many are drafts.
    pub drafts: u32,
    /// Those of which nothing was written yet.
    pub none: Vec<Code>,
    /// Those that were not sent: nothing written, drafts, returned ones.
    pub unsent: Vec<Code>,
    /// Where the period stands.
    pub state: ClosingState,
    /// Why it was declared missing or opened again.
    pub reason: String,
}

impl Progress {
    /// Whether everything was sent, or nothing will come.
    pub fn is_complete(&self) -> bool {
        self.state != ClosingState::Open || self.accepted + self.submitted == self.due
    }
}

/// A value that a unit enters.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// What is asked.
    pub definition: Definition,
    /// What was entered.
    pub value: Option<Value>,
    /// What the period before says.
    pub last: Reading,
}

impl Indicators {
    /// How far the units of the asker are with a period: the unit and all under it that enter anything.
    pub async fn completeness(
        &self,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
        today: Date,
    ) -> Result<Vec<Progress>, IndicatorsError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        let mut read = self.database().read().await?;
        let (book, shape) = self.known(&mut read).await?;
        let top = unit_number(&shape, unit)?;
        let units = shape.under(top, tree_day(period, today));
        let ids: Vec<OrganisationId> = units.iter().map(|number| shape.id(*number).clone()).collect();
        let entered = values::of_units(&mut read, &ids, period).await?;
        let closed = closings::of_period(&mut read, period).await?;
        read.close().await?;
        let mut by: std::collections::HashMap<(&OrganisationId, &Code), State> = std::collections::HashMap::new();
        by.extend(entered.iter().map(|value| ((&value.unit, &value.code), value.state)));
        let closings: std::collections::HashMap<_, _> = closed.iter().map(|one| (&one.unit, one)).collect();
        let mut found = Vec::new();
        for number in units {
            let mine = due(&book, &shape, number, period, today);
            if mine.is_empty() {
                continue;
            }
            let id = shape.id(number);
            let closing = closings.get(id);
            let mut progress = Progress {
                unit: id.clone(),
                due: mine.len() as u32,
                accepted: 0,
                submitted: 0,
                returned: 0,
                drafts: 0,
                none: Vec::new(),
                unsent: Vec::new(),
                state: closing.map_or(ClosingState::Open, |closing| closing.state),
                reason: closing.map_or_else(String::new, |closing| closing.reason.clone()),
            };
            for definition in mine {
                let state = by.get(&(id, &definition.code));
                if !matches!(state, Some(State::Accepted | State::Computed | State::Submitted)) {
                    progress.unsent.push(definition.code.clone());
                }
                match state {
                    Some(State::Accepted | State::Computed) => progress.accepted += 1,
                    Some(State::Submitted) => progress.submitted += 1,
                    Some(State::Returned) => progress.returned += 1,
                    Some(State::Draft) => progress.drafts += 1,
                    None => progress.none.push(definition.code.clone()),
                }
            }
            found.push(progress);
        }
        Ok(found)
    }

    /// What a unit enters for a period, with what is there and what the period before says.
    pub async fn due(
        &self,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
        today: Date,
    ) -> Result<Vec<Due>, IndicatorsError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        let mut read = self.database().read().await?;
        let (book, shape) = self.known(&mut read).await?;
        let number = unit_number(&shape, unit)?;
        let entered = values::of_units(&mut read, std::slice::from_ref(unit), period).await?;
        let before = period.before();
        let mut known = Leaves::default();
        let mine = due(&book, &shape, number, period, today);
        for definition in &mine {
            leaves::load(&mut read, &mut known, &shape, &definition.code, (before, before), Some(&[number])).await?;
        }
        read.close().await?;
        let open = Open::Of([number].into());
        let mut evaluator = Evaluator::new(&book, &shape, &known, &open, today);
        let found = mine.into_iter().map(|definition| Due {
            value: entered.iter().find(|value| value.code == definition.code).cloned(),
            last: evaluator.reading(&definition.code, number, before),
            definition: definition.clone(),
        });
        Ok(found.collect())
    }

    /// Values of an indicator in a period with where they come from: of units where the asker reads plans and indicators
    /// all of them, of others what is settled, when the indicator is public.
    pub async fn origins(&self, actor: &Actor, code: &Code, period: Period) -> Result<Vec<Value>, IndicatorsError> {
        let mut read = self.database().read().await?;
        let (book, _) = self.known(&mut read).await?;
        let public = book.on(code, period.last_day()).is_some_and(|version| version.definition.public);
        let cover = actor.cover(Permission::ReadGovernance);
        if !public && cover.is_none() {
            return Err(IndicatorsError::NoIndicator(code.to_string()));
        }
        let all = values::of_period(&mut read, code, period).await?;
        let shown = |value: Value| {
            if cover.as_ref().is_some_and(|cover| cover.holds(&value.unit)) {
                return Some(value);
            }
            // Who wrote it and what was said about it stays in the house.
            let plain = Value { person: None, reason: String::new(), ..value };
            (public && plain.state.is_settled()).then_some(plain)
        };
        Ok(all.into_iter().filter_map(shown).collect())
    }
}

#[cfg(test)]
#[path = "completeness_tests.rs"]
mod tests;
