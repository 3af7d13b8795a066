//! A unit enters values and sends them up.

use accounts::{Actor, Entry as Trail, Permission, record_all};
use database::Write;
use jiff::Timestamp;
use network::{Fault, OrganisationId, Shape};
use serde_json::json;

use crate::check::{Beside, draft_faults, faults};
use crate::evaluate::{Evaluator, Leaves, Open, definition_for};
use crate::indicators::unit_number;
use crate::sql::{closings, leaves, values};
use crate::words::{day_of, whole};
use crate::{
    Book, Definition, Entry, Formula, Indicators, IndicatorsError, Missing, Period, Reading, Rule, Seen, State, Value,
};

impl Indicators {
    /// Writes a draft over the version seen (0 for none). Sent twice, it is one draft.
    pub async fn save(
        &self,
        now: Timestamp,
        actor: &Actor,
        entry: &Entry,
        seen: i64,
    ) -> Result<Value, IndicatorsError> {
        let saved = self.save_all(now, actor, std::slice::from_ref(&(entry.clone(), seen))).await?;
        let none = || IndicatorsError::NoValue { code: entry.code.clone(), period: entry.period };
        saved.into_iter().next().ok_or_else(none)
    }

    /// Writes drafts over the versions seen, all of them or none. Those that say what is there already stay as they are.
    pub async fn save_all(
        &self,
        now: Timestamp,
        actor: &Actor,
        entries: &[(Entry, i64)],
    ) -> Result<Vec<Value>, IndicatorsError> {
        let now = whole(now);
        let mut write = self.database().write().await?;
        let saved = self.save_in(&mut write, now, actor, entries).await?;
        write.commit().await?;
        Ok(saved)
    }

    pub(crate) async fn save_in(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        entries: &[(Entry, i64)],
    ) -> Result<Vec<Value>, IndicatorsError> {
        let (book, shape) = self.known(write).await?;
        let mut found: Vec<Fault> = Vec::new();
        for (entry, _) in entries {
            actor.require_at(Permission::ReportProgress, &entry.unit)?;
            let definition = may_enter(&book, &shape, entry, now)?;
            found.extend(draft_faults(definition, entry));
        }
        if !found.is_empty() {
            return Err(IndicatorsError::Invalid(found));
        }
        hold_all(write, entries.iter().map(|(entry, _)| (&entry.unit, entry.period)), now).await?;
        let (mut saved, mut changed) = (Vec::with_capacity(entries.len()), Vec::new());
        for (entry, seen) in entries {
            let there = values::get(write, &entry.unit, &entry.code, entry.period).await?;
            if let Some(there) = there.as_ref().filter(|there| there.state.is_open() && there.says(entry)) {
                // The same words again: a form sent twice, or nothing to do.
                saved.push(there.clone());
                continue;
            }
            let value = next(there, entry, *seen, (State::Draft, now, actor))?;
            if !values::put(write, &value).await? {
                return Err(stale(write, &value).await?);
            }
            changed.push(value.clone());
            saved.push(value);
        }
        trail(write, now, actor, "indicators.save", None, &changed).await?;
        Ok(saved)
    }

    /// Sends drafts to the unit above, all of them or none, when they keep to their rules.
    pub async fn submit(
        &self,
        now: Timestamp,
        actor: &Actor,
        drafts: &[Seen<'_>],
    ) -> Result<Vec<Value>, IndicatorsError> {
        let now = whole(now);
        let mut write = self.database().write().await?;
        let (book, shape) = self.known(&mut write).await?;
        for draft in drafts {
            actor.require_at(Permission::ReportProgress, draft.unit)?;
        }
        hold_all(&mut write, drafts.iter().map(|draft| (draft.unit, draft.period)), now).await?;
        let (mut sent, mut found) = (Vec::new(), Vec::new());
        for draft in drafts {
            let there = there(&mut write, draft).await?;
            if there.state == State::Submitted
                && there.version == draft.version + 1
                && there.person.as_ref() == actor.id()
            {
                continue;
            }
            let there = fresh(there, draft)?;
            if !there.state.is_open() {
                return Err(IndicatorsError::Step { state: there.state });
            }
            let entry = Entry {
                unit: there.unit.clone(),
                code: there.code.clone(),
                period: there.period,
                number: there.number,
                note: there.note.clone(),
            };
            let definition = may_enter(&book, &shape, &entry, now)?;
            let beside = beside(&mut write, (&book, &shape), definition, &entry, now).await?;
            found.extend(faults(definition, &entry, &beside));
            sent.push(step(there, State::Submitted, now, actor));
        }
        if !found.is_empty() {
            return Err(IndicatorsError::Invalid(found));
        }
        put_steps(&mut write, &sent).await?;
        trail(&mut write, now, actor, "indicators.submit", None, &sent).await?;
        write.commit().await?;
        Ok(sent)
    }

    /// What its rules would say of a value if it were sent now; for the page on which it is entered.
    pub async fn look_at(&self, now: Timestamp, actor: &Actor, entry: &Entry) -> Result<Vec<Fault>, IndicatorsError> {
        actor.require_at(Permission::ReportProgress, &entry.unit)?;
        let mut read = self.database().read().await?;
        let (book, shape) = self.known(&mut read).await?;
        let definition = may_enter(&book, &shape, entry, now)?;
        let beside = beside(&mut read, (&book, &shape), definition, entry, now).await?;
        Ok(faults(definition, entry, &beside))
    }
}

/// The definition under which a unit may enter a value, or why it may not.
pub(crate) fn may_enter<'b>(
    book: &'b Book,
    shape: &Shape,
    entry: &Entry,
    now: Timestamp,
) -> Result<&'b Definition, IndicatorsError> {
    let unit = unit_number(shape, &entry.unit)?;
    let today = day_of(now);
    let not_due = |why| match why {
        Missing::NotDefined if book.versions(&entry.code).is_empty() => {
            IndicatorsError::NoIndicator(entry.code.to_string())
        }
        why => IndicatorsError::NotDue { code: entry.code.clone(), period: entry.period, why },
    };
    let asked = (&entry.code, unit, entry.period);
    let definition = definition_for(book, shape, asked, today).map_err(not_due)?;
    if !definition.formula.is_entered() {
        return Err(IndicatorsError::NotEntered(entry.code.clone()));
    }
    if entry.period.first_day() > today {
        return Err(IndicatorsError::TooEarly(entry.period));
    }
    Ok(definition)
}

/// What a value is held against.
async fn beside(
    connection: &mut database::Connection,
    (book, shape): (&Book, &Shape),
    definition: &Definition,
    entry: &Entry,
    now: Timestamp,
) -> Result<Beside, IndicatorsError> {
    let unit = unit_number(shape, &entry.unit)?;
    let code = &entry.code;
    let mut known = Leaves::default();
    let before = entry.period.before();
    leaves::load(connection, &mut known, shape, code, (before, before), Some(&[unit])).await?;
    let asks_sum = definition.rules.contains(&Rule::SumOfChildren);
    if asks_sum {
        leaves::load(connection, &mut known, shape, code, (entry.period, entry.period), None).await?;
    }
    let open = Open::Of([unit].into());
    let last = Evaluator::new(book, shape, &known, &open, day_of(now)).reading(code, unit, before);
    let below = if asks_sum {
        let settled = Open::None;
        let sum = Evaluator::new(book, shape, &known, &settled, day_of(now)).sum(code, unit, entry.period);
        Reading::of(sum)
    } else {
        Reading::Missing { why: Missing::NoParts }
    };
    debug_assert!(matches!(definition.formula, Formula::Entered), "only entered values have rules");
    Ok(Beside { last, below })
}

/// Holds the periods of units, in one order for everyone; refuses when one is closed.
pub(crate) async fn hold_all<'a>(
    write: &mut Write,
    periods: impl Iterator<Item = (&'a OrganisationId, Period)>,
    now: Timestamp,
) -> Result<(), IndicatorsError> {
    let periods: std::collections::BTreeSet<_> = periods.collect();
    for (unit, period) in periods {
        if !closings::hold(write, unit, period, now).await? {
            return Err(IndicatorsError::Closed(period));
        }
    }
    Ok(())
}

/// The value that someone saw, as it is now.
pub(crate) async fn there(write: &mut Write, seen: &Seen<'_>) -> Result<Value, IndicatorsError> {
    let there = values::get(write, seen.unit, seen.code, seen.period).await?;
    there.ok_or_else(|| IndicatorsError::NoValue { code: seen.code.clone(), period: seen.period })
}

/// The value, if it is still as it was seen.
pub(crate) fn fresh(there: Value, seen: &Seen<'_>) -> Result<Value, IndicatorsError> {
    if there.version == seen.version { Ok(there) } else { Err(IndicatorsError::Stale { now: Box::new(there) }) }
}

/// The version after what is there.
fn next(
    there: Option<Value>,
    entry: &Entry,
    seen: i64,
    (state, now, actor): (State, Timestamp, &Actor),
) -> Result<Value, IndicatorsError> {
    let version = there.as_ref().map_or(0, |there| there.version);
    if let Some(there) = there {
        if version != seen {
            return Err(IndicatorsError::Stale { now: Box::new(there) });
        }
        if !there.state.is_open() {
            return Err(IndicatorsError::Step { state: there.state });
        }
    } else if seen != 0 {
        return Err(IndicatorsError::NoValue { code: entry.code.clone(), period: entry.period });
    }
    Ok(Value {
        unit: entry.unit.clone(),
        code: entry.code.clone(),
        period: entry.period,
        version: version + 1,
        state,
        number: entry.number,
        note: entry.note.trim().to_owned(),
        reason: String::new(),
        href: None,
        person: actor.id().cloned(),
        at: now,
    })
}

/// The value in another state.
pub(crate) fn step(there: Value, state: State, now: Timestamp, actor: &Actor) -> Value {
    let (version, reason) = (there.version + 1, String::new());
    Value { version, state, reason, person: actor.id().cloned(), at: now, ..there }
}

pub(crate) async fn put_steps(write: &mut Write, steps: &[Value]) -> Result<(), IndicatorsError> {
    for value in steps {
        if !values::put(write, value).await? {
            return Err(stale(write, value).await?);
        }
    }
    Ok(())
}

/// Someone else was first.
pub(crate) async fn stale(write: &mut Write, value: &Value) -> Result<IndicatorsError, IndicatorsError> {
    let now = values::get(write, &value.unit, &value.code, value.period).await?;
    Ok(IndicatorsError::Stale { now: Box::new(now.unwrap_or_else(|| value.clone())) })
}

/// One entry for each unit and period, with the codes.
pub(crate) async fn trail(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    action: &str,
    why: Option<&str>,
    changed: &[Value],
) -> Result<(), IndicatorsError> {
    let mut by: std::collections::BTreeMap<(&OrganisationId, Period), Vec<&Value>> = std::collections::BTreeMap::new();
    for value in changed {
        by.entry((&value.unit, value.period)).or_default().push(value);
    }
    let objects: Vec<String> = by.keys().map(|(unit, period)| format!("{unit}:{period}")).collect();
    let entries: Vec<Trail<'_>> = by
        .iter()
        .zip(&objects)
        .map(|(((unit, period), values), object)| Trail {
            action,
            kind: "indicator-values",
            object,
            organisation: Some(unit),
            reason: why,
            detail: json!({ "period": period, "codes": values.iter().take(40).map(|value| &value.code).collect::<Vec<_>>(),
                "count": values.len() }),
        })
        .collect();
    record_all(write, now, actor, &entries).await?;
    Ok(())
}

#[cfg(test)]
#[path = "enter_tests.rs"]
mod tests;
