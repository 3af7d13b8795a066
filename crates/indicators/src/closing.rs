//! Periods of units: closed by the unit, opened again or declared missing by the unit above.

use accounts::{Actor, Entry as Trail, Permission, PersonId, record};
use jiff::Timestamp;
use network::{OrganisationId, Shape, coded};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::evaluate::{is_for_unit, level_of, tree_day};
use crate::indicators::{require_above, unit_number};
use crate::sql::{closings, values};
use crate::words::{day_of, reason};
use crate::{Book, Code, Definition, Indicators, IndicatorsError, Period, State};

coded! {
    /// Where the period of a unit stands.
    #[schema(as = IndicatorClosingState)]
    ClosingState ("state of a period") {
        /// Values may be entered.
        Open = "open", "未结账", "Open";
        /// All values are accepted and all units below have closed.
        Closed = "closed", "已结账", "Closed";
        /// The unit above has said that there will be no values.
        Missing = "missing", "已说明缺报", "Declared missing";
    }
}

/// The period of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorClosing)]
pub struct Closing {
    /// Whose.
    pub unit: OrganisationId,
    /// Which.
    pub period: Period,
    /// Counts the changes.
    pub version: i64,
    /// Where it stands.
    pub state: ClosingState,
    /// Why it was opened again or declared missing.
    pub reason: String,
    /// Who did that.
    pub person: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// The indicators that a unit enters for a period, by code.
pub(crate) fn due<'b>(
    book: &'b Book,
    shape: &Shape,
    unit: usize,
    period: Period,
    today: jiff::civil::Date,
) -> Vec<&'b Definition> {
    let day = tree_day(period, today);
    let Some(level) = level_of(shape, unit, day) else { return Vec::new() };
    if !shape.was_there(unit, period.first_day(), period.last_day()) {
        return Vec::new();
    }
    let entered = book.in_force(period.last_day()).filter(|definition| definition.formula.is_entered());
    let kept = entered.filter(|definition| definition.keeps(period.kind()) && definition.is_for(level));
    kept.filter(|definition| is_for_unit(definition, shape, unit, day)).collect()
}

/// Whether a unit, or one below it, enters anything for a period.
pub(crate) fn reports(book: &Book, shape: &Shape, unit: usize, period: Period, today: jiff::civil::Date) -> bool {
    let day = tree_day(period, today);
    shape.under(unit, day).into_iter().any(|below| !due(book, shape, below, period, today).is_empty())
}

impl Indicators {
    /// Closes a period of a unit: all its values are accepted, all units below have closed or were declared missing. Done
    /// before, it is done.
    pub async fn close(
        &self,
        now: Timestamp,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
    ) -> Result<Closing, IndicatorsError> {
        actor.require_at(Permission::ReportProgress, unit)?;
        let today = day_of(now);
        if period.last_day() >= today {
            return Err(IndicatorsError::NotOver(period));
        }
        let mut write = self.database().write().await?;
        let (book, shape) = self.known(&mut write).await?;
        let number = unit_number(&shape, unit)?;
        if !closings::hold(&mut write, unit, period, now).await? {
            let known = closings::get(&mut write, unit, period).await?;
            let closed = known.filter(|known| known.state == ClosingState::Closed);
            return closed.ok_or(IndicatorsError::Closed(period));
        }
        let of_unit = values::of_units(&mut write, std::slice::from_ref(unit), period).await?;
        let accepted = |code: &Code| of_unit.iter().any(|value| value.code == *code && value.state == State::Accepted);
        let mine = due(&book, &shape, number, period, today);
        let open: Vec<Code> =
            mine.into_iter().map(|definition| definition.code.clone()).filter(|code| !accepted(code)).collect();
        let done = closings::of_period(&mut write, period).await?;
        let below = shape.children(number, tree_day(period, today));
        let below = below.filter(|child| reports(&book, &shape, *child, period, today)).map(|child| shape.id(child));
        let closed =
            |id: &OrganisationId| done.iter().any(|closing| closing.unit == *id && closing.state != ClosingState::Open);
        let units: Vec<OrganisationId> = below.filter(|id| !closed(id)).cloned().collect();
        if !open.is_empty() || !units.is_empty() {
            return Err(IndicatorsError::StillOpen { period, values: open, units });
        }
        self.set(write, now, actor, (unit, period), (ClosingState::Closed, ""), "indicators.close").await
    }

    /// Opens a closed or missing period of a unit again, for the unit above, which must not have closed itself.
    pub async fn reopen_period(
        &self,
        now: Timestamp,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
        why: &str,
    ) -> Result<Closing, IndicatorsError> {
        let mut write = self.database().write().await?;
        let (_, shape) = self.known(&mut write).await?;
        let above = require_above(actor, &shape, unit, day_of(now))?;
        let why = reason(why)?;
        if let Some(above) = &above
            && !closings::hold(&mut write, above, period, now).await?
        {
            return Err(IndicatorsError::Closed(period));
        }
        if closings::hold(&mut write, unit, period, now).await? {
            return Err(IndicatorsError::NotClosed(period));
        }
        self.set(write, now, actor, (unit, period), (ClosingState::Open, why), "indicators.reopen-period").await
    }

    /// Says that a unit will bring no values for a period, for the unit above.
    pub async fn declare_missing(
        &self,
        now: Timestamp,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
        why: &str,
    ) -> Result<Closing, IndicatorsError> {
        let mut write = self.database().write().await?;
        let (_, shape) = self.known(&mut write).await?;
        let above = require_above(actor, &shape, unit, day_of(now))?;
        let why = reason(why)?;
        for held in above.iter().chain([unit]) {
            if !closings::hold(&mut write, held, period, now).await? {
                return Err(IndicatorsError::Closed(period));
            }
        }
        self.set(write, now, actor, (unit, period), (ClosingState::Missing, why), "indicators.declare-missing").await
    }

    async fn set(
        &self,
        mut write: database::Write,
        now: Timestamp,
        actor: &Actor,
        (unit, period): (&OrganisationId, Period),
        (state, why): (ClosingState, &str),
        action: &str,
    ) -> Result<Closing, IndicatorsError> {
        let closing = Closing {
            unit: unit.clone(),
            period,
            version: 0,
            state,
            reason: why.to_owned(),
            person: actor.id().cloned(),
            at: now,
        };
        closings::set(&mut write, &closing).await?;
        let stored = closings::get(&mut write, unit, period).await?.unwrap_or(closing);
        let entry = Trail {
            action,
            kind: "indicator-period",
            object: &format!("{unit}:{period}"),
            organisation: Some(unit),
            reason: Some(why).filter(|why| !why.is_empty()),
            detail: json!({ "period": period }),
        };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(stored)
    }
}
