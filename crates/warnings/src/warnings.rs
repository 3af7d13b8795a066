//! The room itself: where warnings are at rest, and every read.

use std::collections::BTreeSet;
use std::sync::Arc;

use accounts::{Actor, Cover, Permission};
use database::{Connection, Database, Migration, Page, rows_on_a_page};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use network::OrganisationId;

use crate::list::{place, rank};
use crate::rule::{all, found};
use crate::sql::{standings, warnings};
use crate::{
    Checked, Counts, Event, Rule, RuleCode, Severity, SignalInfo, Signals, State, Warning, WarningId, WarningQuery,
    WarningsError, What, check,
};

const MIGRATIONS: [Migration; 1] =
    [Migration::new(1, "rules, warnings", include_str!("../migrations/0001_warnings.sql"))];

/// Warnings. Clones share the database.
#[derive(Clone, Debug)]
pub struct Warnings {
    database: Database,
    signals: Option<Arc<dyn Signals>>,
}

impl Warnings {
    /// Opens the room and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, WarningsError> {
        database.migrate("warnings", &MIGRATIONS).await?;
        Ok(Self { database, signals: None })
    }

    /// With a reader of signals, by which rules are checked.
    #[must_use]
    pub fn reading(self, signals: Arc<dyn Signals>) -> Self {
        Self { signals: Some(signals), ..self }
    }

    /// The signals that there are; none without a reader.
    pub fn known(&self) -> Vec<SignalInfo> {
        self.signals.as_ref().map(|signals| signals.known()).unwrap_or_default()
    }

    /// See [`check`]; does nothing without a reader.
    pub async fn check(&self, now: Timestamp) -> Result<Checked, WarningsError> {
        match &self.signals {
            Some(signals) => check(&self.database, &**signals, now).await,
            None => Ok(Checked::default()),
        }
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// A warning with what was done to it, for those who read governance at its unit.
    pub async fn warning(&self, actor: &Actor, id: &WarningId) -> Result<(Warning, Vec<Event>), WarningsError> {
        let cover = cover(actor)?;
        let mut read = self.database.read().await?;
        let found = warnings::get(&mut read, id).await?.filter(|found| cover.holds(&found.unit));
        let found = found.ok_or_else(|| WarningsError::not_found(What::Warning, id))?;
        let events = warnings::events(&mut read, id).await?;
        Ok((found, events))
    }

    /// The figure of a warning's subject at the last check, while the rule still fires for it.
    pub async fn latest(&self, warning: &Warning) -> Result<Option<Option<f64>>, WarningsError> {
        let standing = standings::firing(&mut *self.database.read().await?, &warning.rule.code).await?;
        Ok(standing.get(&warning.reading.subject.key).copied())
    }

    /// Earlier warnings of the same rule and subject, newest first.
    pub async fn earlier(&self, actor: &Actor, of: &Warning) -> Result<Vec<Warning>, WarningsError> {
        let cover = cover(actor)?;
        let found = warnings::of_pair(&mut *self.database.read().await?, of).await?;
        Ok(found.into_iter().filter(|found| found.id != of.id && cover.holds(&found.unit)).collect())
    }

    /// A page of warnings, the most severe first, then the newest.
    pub async fn warnings(&self, actor: &Actor, asked: &WarningQuery) -> Result<Page<Warning>, WarningsError> {
        let cover = cover(actor)?;
        let (limit, after) = (rows_on_a_page(asked.limit), place(asked.after.as_deref())?);
        let mut read = self.database.read().await?;
        let cover = within(&mut read, cover, asked.unit.as_ref()).await?;
        let found = warnings::page(&mut read, &cover, asked, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| format!("{}~{}", rank(last.severity), last.id)))
    }

    /// How many open warnings match, by severity and age on a day.
    pub async fn counts(&self, actor: &Actor, today: Date, asked: &WarningQuery) -> Result<Counts, WarningsError> {
        let cover = cover(actor)?;
        let asked = WarningQuery { open: true, ..asked.clone() };
        let mut read = self.database.read().await?;
        let cover = within(&mut read, cover, asked.unit.as_ref()).await?;
        let found = warnings::counts(&mut read, &cover, &asked).await?;
        let of = |severity| found.iter().filter(|row| row.severity == severity).map(|row| row.count).sum::<u64>();
        let ago = |days: i64| today.checked_sub(days.days()).unwrap_or(Date::MIN);
        let mut counts = Counts {
            by_severity: Severity::ALL.iter().rev().map(|severity| (*severity, of(*severity))).collect(),
            ..Counts::default()
        };
        for row in &found {
            counts.open += row.count;
            counts.new += if row.state == State::New { row.count } else { 0 };
            let age = if row.day > ago(7) {
                &mut counts.week
            } else if row.day > ago(30) {
                &mut counts.month
            } else {
                &mut counts.older
            };
            *age += row.count;
        }
        Ok(counts)
    }

    /// What is open where the actor reads governance: the counts, and so many of the most severe and newest. For a dashboard.
    pub async fn open_for(
        &self,
        actor: &Actor,
        today: Date,
        limit: usize,
    ) -> Result<(Counts, Vec<Warning>), WarningsError> {
        let asked = WarningQuery { open: true, limit, ..WarningQuery::default() };
        let counts = self.counts(actor, today, &asked).await?;
        Ok((counts, self.warnings(actor, &asked).await?.rows))
    }

    /// All rules, for those who read governance.
    pub async fn rules(&self, actor: &Actor) -> Result<Vec<Rule>, WarningsError> {
        cover(actor)?;
        all(&mut *self.database.read().await?).await
    }

    /// A rule, for those who read governance.
    pub async fn rule(&self, actor: &Actor, code: &RuleCode) -> Result<Rule, WarningsError> {
        cover(actor)?;
        found(&mut *self.database.read().await?, code).await
    }
}

/// Where someone may read warnings: whoever reads governance there, and whoever works them.
/// The part of a cover at the unit asked for and all under it; nothing where it does not reach.
async fn within(
    connection: &mut Connection,
    cover: Cover,
    unit: Option<&OrganisationId>,
) -> Result<Cover, WarningsError> {
    let Some(unit) = unit else { return Ok(cover) };
    let cut = accounts::cover_at(connection, &cover, unit, Date::MAX).await?;
    Ok(cut.unwrap_or_else(|| Cover::At(BTreeSet::new())))
}

fn cover(actor: &Actor) -> Result<Cover, WarningsError> {
    Ok(actor.cover(Permission::ReadGovernance).ok_or_else(|| actor.denied(Permission::ReadGovernance))?)
}
