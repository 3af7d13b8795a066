//! Writing definitions, baselines and targets.

use accounts::{Actor, Entry as Trail, PersonId, record};
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::indicators::{require_owner, unit_number};
use crate::sql::{definitions, targets};
use crate::value::MOST_WORDS;
use crate::words::{day_of, whole};
use crate::{Book, Code, Definition, Indicators, IndicatorsError, Mark, Period, Version};

/// Baseline and target of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorTarget)]
pub struct Target {
    /// Of which indicator.
    pub code: Code,
    /// Of which unit.
    pub unit: OrganisationId,
    /// Counts the changes, from one.
    pub version: i64,
    /// Where it stood.
    pub baseline: Option<Mark>,
    /// What it is to reach; none is none, not zero.
    pub target: Option<Mark>,
    /// Where this was agreed.
    pub note: String,
    /// Who wrote it.
    pub person: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// The way from a baseline to a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorTrajectory)]
pub struct Trajectory {
    /// Where it began.
    pub baseline: Option<Mark>,
    /// Where it ends.
    pub target: Mark,
}

impl Trajectory {
    /// Where the way is at the end of a period: on the straight line between both ends; nothing before the first and after
    /// the last. Without a baseline, the target's own period alone.
    pub fn at(&self, period: Period) -> Option<f64> {
        let (end, here) = (self.target.period.end_month(), period.end_month());
        if here == end {
            return Some(self.target.number);
        }
        let baseline = self.baseline?;
        let begin = baseline.period.end_month();
        if !(begin..=end).contains(&here) {
            return None;
        }
        let part = f64::from(here - begin) / f64::from(end - begin);
        Some(baseline.number + (self.target.number - baseline.number) * part)
    }
}

impl Target {
    /// The way, where there is a target.
    pub fn trajectory(&self) -> Option<Trajectory> {
        self.target.map(|target| Trajectory { baseline: self.baseline, target })
    }
}

impl Definition {
    /// The way of the whole country, where it has a target.
    pub fn trajectory(&self) -> Option<Trajectory> {
        self.target.map(|target| Trajectory { baseline: self.baseline, target })
    }
}

impl Indicators {
    /// Writes a definition that holds from a day on, over the version seen (0 for a new one); `to` ends it. Written again
    /// unchanged, it stays as it is.
    pub async fn define(
        &self,
        now: Timestamp,
        actor: &Actor,
        definition: &Definition,
        (from, to): (Date, Option<Date>),
        seen: i64,
    ) -> Result<Version, IndicatorsError> {
        let mut write = self.database().write().await?;
        let (book, shape) = self.known(&mut write).await?;
        let today = day_of(now);
        require_owner(actor, &shape, definition.owner.as_ref(), today)?;
        let latest = book.latest(&definition.code);
        if let Some(latest) = latest {
            require_owner(actor, &shape, latest.definition.owner.as_ref(), today)?;
            if latest.definition == *definition && (latest.from, latest.to) == (from, to) {
                return Ok(latest.clone());
            }
        }
        let version = latest.map_or(0, |latest| latest.number);
        if version != seen {
            return Err(IndicatorsError::StaleVersion { version });
        }
        let made = Version {
            number: version + 1,
            from,
            to,
            made_at: whole(now),
            made_by: actor.id().cloned(),
            definition: definition.clone(),
        };
        sound(&book, &made, self.misunderstood(&definition.formula))?;
        if !definitions::insert(&mut write, &made).await? {
            return Err(IndicatorsError::StaleVersion { version: version + 1 });
        }
        let entry = Trail {
            action: "indicators.define",
            kind: "indicator",
            object: definition.code.as_str(),
            organisation: definition.owner.as_ref(),
            reason: None,
            detail: json!({ "version": made.number, "from": from, "to": to }),
        };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        self.forget();
        Ok(made)
    }

    /// Enters the starting indicators that are not there yet; answers how many. For the program.
    pub async fn install(&self, now: Timestamp, actor: &Actor) -> Result<usize, IndicatorsError> {
        let mut write = self.database().write().await?;
        let (book, shape) = self.known(&mut write).await?;
        require_owner(actor, &shape, None, day_of(now))?;
        let mut with = Book::clone(&book);
        let mut made = Vec::new();
        for version in crate::starting(whole(now))? {
            if book.versions(&version.definition.code).is_empty() {
                with.add(version.clone());
                made.push(version);
            }
        }
        for version in &made {
            let faults = version.definition.faults();
            if !faults.is_empty() {
                return Err(IndicatorsError::Invalid(faults));
            }
            with.check(&version.definition.code)?;
            definitions::insert(&mut write, version).await?;
        }
        if made.is_empty() {
            return Ok(0);
        }
        let detail = json!({ "count": made.len() });
        let (action, kind, object) = ("indicators.install", "indicator", "starting");
        let entry = Trail { action, kind, object, organisation: None, reason: None, detail };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        self.forget();
        Ok(made.len())
    }

    /// Sets baseline and target of a unit over the version seen (0 for none). Set again unchanged, they stay as they are.
    pub async fn set_target(
        &self,
        now: Timestamp,
        actor: &Actor,
        (code, unit): (&Code, &OrganisationId),
        (baseline, target): (Option<Mark>, Option<Mark>),
        note: &str,
        seen: i64,
    ) -> Result<Target, IndicatorsError> {
        let mut write = self.database().write().await?;
        let (book, shape) = self.known(&mut write).await?;
        let latest = book.latest(code).ok_or_else(|| IndicatorsError::NoIndicator(code.to_string()))?;
        let number = unit_number(&shape, unit)?;
        let above = shape.last_parent(number, day_of(now)).map(|above| shape.id(above));
        // A unit does not set its own aims; the top has nobody above.
        actor.require_at(accounts::Permission::EditIndicators, above.unwrap_or(unit))?;
        let checked = Definition { baseline, target, ..latest.definition.clone() };
        let mut faults = checked.faults();
        faults.retain(|fault| fault.field == "target");
        if note.trim().chars().count() > MOST_WORDS {
            let (zh, en) = ("说明最多 1000 个字符".to_owned(), "the note has 1000 characters at most".to_owned());
            faults.push(network::Fault { field: "note".to_owned(), zh, en });
        }
        if !faults.is_empty() {
            return Err(IndicatorsError::Invalid(faults));
        }
        let there = targets::get(&mut write, code, unit).await?;
        if let Some(there) = &there
            && (there.baseline, there.target, there.note.as_str()) == (baseline, target, note.trim())
        {
            return Ok(there.clone());
        }
        let version = there.map_or(0, |there| there.version);
        let (note, person, at) = (note.trim().to_owned(), actor.id().cloned(), whole(now));
        let (code, unit) = (code.clone(), unit.clone());
        let made = Target { code, unit, version: version + 1, baseline, target, note, person, at };
        if version != seen || !targets::insert(&mut write, &made).await? {
            return Err(IndicatorsError::StaleVersion { version });
        }
        let entry = Trail {
            action: "indicators.target",
            kind: "indicator",
            object: made.code.as_str(),
            organisation: Some(&made.unit),
            reason: None,
            detail: json!({ "version": made.version, "baseline": baseline, "target": target }),
        };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(made)
    }
}

/// Refuses what is wrong with a version, by itself and among the others.
fn sound(book: &Book, made: &Version, condition: Option<network::Fault>) -> Result<(), IndicatorsError> {
    let mut faults = made.definition.faults();
    // An empty condition is told of already.
    if !faults.iter().any(|fault| fault.field == "formula") {
        faults.extend(condition);
    }
    if made.to.is_some_and(|to| to <= made.from) {
        let (zh, en) = ("失效日须晚于生效日".to_owned(), "it ends after it begins".to_owned());
        faults.push(network::Fault { field: "to".to_owned(), zh, en });
    }
    if !faults.is_empty() {
        return Err(IndicatorsError::Invalid(faults));
    }
    let mut with = book.clone();
    with.add(made.clone());
    with.check(&made.definition.code)?;
    let by: Vec<Code> = book.readers(&made.definition.code).iter().map(|reader| reader.code.clone()).collect();
    if made.to.is_some() && !by.is_empty() {
        return Err(IndicatorsError::InUse { code: made.definition.code.clone(), by });
    }
    Ok(())
}

#[cfg(test)]
#[path = "define_tests.rs"]
mod tests;
