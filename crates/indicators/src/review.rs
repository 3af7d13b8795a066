//! The unit above accepts, returns, opens again.

use accounts::Actor;
use jiff::Timestamp;

use crate::enter::{fresh, hold_all, put_steps, step, there, trail};
use crate::indicators::require_above;
use crate::words::{day_of, reason, whole};
use crate::{Indicators, IndicatorsError, Seen, State, Value};

/// What the unit above says of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// They are right: locked from now on.
    Accept,
    /// They are to be mended; why.
    Return(&'a str),
    /// Accepted ones are opened again; why.
    Reopen(&'a str),
}

impl<'a> Verdict<'a> {
    fn from(self) -> State {
        if matches!(self, Self::Reopen(_)) { State::Accepted } else { State::Submitted }
    }

    fn to(self) -> State {
        if self == Self::Accept { State::Accepted } else { State::Returned }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Accept => "indicators.accept",
            Self::Return(_) => "indicators.return",
            Self::Reopen(_) => "indicators.reopen",
        }
    }

    fn reason(self) -> Result<Option<&'a str>, IndicatorsError> {
        match self {
            Self::Accept => Ok(None),
            Self::Return(why) | Self::Reopen(why) => reason(why).map(Some),
        }
    }
}

impl Indicators {
    /// Says a verdict on values, on all of them or none. Whoever accepts stands above the unit; at the top, it is someone
    /// else than who sent the value. Said twice, it is said once.
    pub async fn review(
        &self,
        now: Timestamp,
        actor: &Actor,
        seen: &[Seen<'_>],
        verdict: Verdict<'_>,
    ) -> Result<Vec<Value>, IndicatorsError> {
        let now = whole(now);
        let mut write = self.database().write().await?;
        let (_, shape) = self.known(&mut write).await?;
        let mut tops = Vec::new();
        for one in seen {
            if require_above(actor, &shape, one.unit, day_of(now))?.is_none() {
                tops.push(one.unit);
            }
        }
        let why = verdict.reason()?;
        hold_all(&mut write, seen.iter().map(|one| (one.unit, one.period)), now).await?;
        let mut steps = Vec::with_capacity(seen.len());
        for one in seen {
            let there = there(&mut write, one).await?;
            let said = there.state == verdict.to() && there.version == one.version + 1;
            if said && there.person.as_ref() == actor.id() {
                continue;
            }
            let there = fresh(there, one)?;
            if there.state != verdict.from() {
                return Err(IndicatorsError::Step { state: there.state });
            }
            let own = there.person.is_some() && there.person.as_ref() == actor.id();
            if own && verdict == Verdict::Accept && tops.contains(&one.unit) {
                return Err(IndicatorsError::OwnValue);
            }
            let mut after = step(there, verdict.to(), now, actor);
            why.unwrap_or_default().clone_into(&mut after.reason);
            steps.push(after);
        }
        put_steps(&mut write, &steps).await?;
        if why.is_some() {
            crate::notify::returned(&mut write, now, &steps).await?;
        }
        trail(&mut write, now, actor, verdict.action(), why, &steps).await?;
        write.commit().await?;
        Ok(steps)
    }
}

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
