//! The room itself: where indicators are at rest, and what is kept in mind.

use std::sync::{Arc, Mutex, PoisonError};

use accounts::{Actor, Permission};
use database::{Connection, Database, Migration};
use jiff::civil::Date;
use network::{OrganisationId, Shape};

use crate::sql::{closings, definitions, refreshes, targets, values};
use crate::{Book, Closing, Code, Figures, IndicatorsError, Period, Refresh, State, Target, Value};

const MIGRATIONS: [Migration; 1] =
    [Migration::new(1, "definitions, values, periods, targets", include_str!("../migrations/0001_indicators.sql"))];

/// Indicators, their values and targets. Clones share the database.
#[derive(Clone, Debug)]
pub struct Indicators {
    database: Database,
    mind: Arc<Mutex<Mind>>,
    /// One refresh at a time.
    pub(crate) measuring: Arc<tokio::sync::Mutex<()>>,
    /// Whoever measures.
    pub(crate) rooms: Arc<[Arc<dyn Figures>]>,
}

/// Definitions and tree as they were read last, with what tells whether they still hold.
#[derive(Debug, Default)]
struct Mind {
    book: Option<(i64, Arc<Book>)>,
    shape: Option<((i64, i64), Arc<Shape>)>,
}

impl Indicators {
    /// Opens the room and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, IndicatorsError> {
        database.migrate("indicators", &MIGRATIONS).await?;
        Ok(Self { database, mind: Arc::default(), measuring: Arc::default(), rooms: Arc::new([]) })
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// All definitions with their versions.
    pub async fn book(&self) -> Result<Arc<Book>, IndicatorsError> {
        let mut read = self.database.read().await?;
        Ok(self.known(&mut read).await?.0)
    }

    /// The bare tree of units of all times.
    pub async fn shape(&self) -> Result<Arc<Shape>, IndicatorsError> {
        let mut read = self.database.read().await?;
        Ok(self.known(&mut read).await?.1)
    }

    /// Definitions and tree as this connection sees them.
    pub(crate) async fn known(&self, connection: &mut Connection) -> Result<(Arc<Book>, Arc<Shape>), IndicatorsError> {
        let count = definitions::count(connection).await?;
        let version = network::shape_version(connection).await?;
        let (book, shape) = {
            let mind = self.mind.lock().unwrap_or_else(PoisonError::into_inner);
            let book = mind.book.as_ref().filter(|(known, _)| *known == count).map(|(_, book)| Arc::clone(book));
            let shape = mind.shape.as_ref().filter(|(known, _)| *known == version).map(|(_, shape)| Arc::clone(shape));
            (book, shape)
        };
        let book = match book {
            Some(book) => book,
            None => Arc::new(Book::new(definitions::all(connection).await?)),
        };
        let shape = match shape {
            Some(shape) => shape,
            None => Arc::new(network::shape(connection).await?),
        };
        let mut mind = self.mind.lock().unwrap_or_else(PoisonError::into_inner);
        mind.book = Some((count, Arc::clone(&book)));
        mind.shape = Some((version, Arc::clone(&shape)));
        Ok((book, shape))
    }

    /// Forgets what was read inside a transaction that may not have been committed.
    pub(crate) fn forget(&self) {
        *self.mind.lock().unwrap_or_else(PoisonError::into_inner) = Mind::default();
    }

    /// A value as it stands, for those who read plans and indicators at its unit.
    pub async fn entered(
        &self,
        actor: &Actor,
        unit: &OrganisationId,
        code: &Code,
        period: Period,
    ) -> Result<Option<Value>, IndicatorsError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        values::get(&mut *self.database.read().await?, unit, code, period).await
    }

    /// All versions of a value, oldest first, for those who read plans and indicators at its unit.
    pub async fn versions(
        &self,
        actor: &Actor,
        unit: &OrganisationId,
        code: &Code,
        period: Period,
    ) -> Result<Vec<Value>, IndicatorsError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        values::versions(&mut *self.database.read().await?, unit, code, period).await
    }

    /// Values that wait for the asker's verdict, oldest first.
    pub async fn waiting(&self, actor: &Actor, today: Date) -> Result<Vec<Value>, IndicatorsError> {
        actor.require(Permission::AcceptReports)?;
        let mut read = self.database.read().await?;
        let (_, shape) = self.known(&mut read).await?;
        let all = values::in_state(&mut read, State::Submitted).await?;
        let mine = |value: &Value| {
            let own = value.person.is_some() && value.person.as_ref() == actor.id();
            require_above(actor, &shape, &value.unit, today).is_ok_and(|above| above.is_some() || !own)
        };
        Ok(all.into_iter().filter(mine).collect())
    }

    /// The period of a unit, when it was ever touched; for those who read plans and indicators there.
    pub async fn closing(
        &self,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
    ) -> Result<Option<Closing>, IndicatorsError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        closings::get(&mut *self.database.read().await?, unit, period).await
    }

    /// Baseline and target of units, where they have any. Public where the indicator is.
    pub async fn targets(&self, code: &Code) -> Result<Vec<Target>, IndicatorsError> {
        targets::of_indicator(&mut *self.database.read().await?, code).await
    }

    /// When the platform measured last.
    pub async fn last_refresh(&self) -> Result<Option<Refresh>, IndicatorsError> {
        refreshes::last(&mut *self.database.read().await?).await
    }
}

/// The number of a unit.
pub(crate) fn unit_number(shape: &Shape, unit: &OrganisationId) -> Result<usize, IndicatorsError> {
    shape.number(unit).ok_or_else(|| IndicatorsError::NoUnit(unit.to_string()))
}

/// Refuses unless the actor accepts for the unit above, which is answered; at the top, unless the actor accepts there.
pub(crate) fn require_above(
    actor: &Actor,
    shape: &Shape,
    unit: &OrganisationId,
    today: Date,
) -> Result<Option<OrganisationId>, IndicatorsError> {
    let number = unit_number(shape, unit)?;
    let above = shape.last_parent(number, today).map(|above| shape.id(above).clone());
    actor.require_at(Permission::AcceptReports, above.as_ref().unwrap_or(unit))?;
    Ok(above)
}

/// Refuses unless the actor writes definitions for the owner; without an owner, for everything at the top.
pub(crate) fn require_owner(
    actor: &Actor,
    shape: &Shape,
    owner: Option<&OrganisationId>,
    today: Date,
) -> Result<(), IndicatorsError> {
    let permission = Permission::EditIndicators;
    if let Some(owner) = owner {
        return Ok(actor.require_at(permission, owner)?);
    }
    let tops: Vec<usize> = shape.tops(today).collect();
    let all = !tops.is_empty() && tops.iter().all(|top| actor.may_at(permission, shape.id(*top)));
    if all || actor.may_everywhere(permission) { Ok(()) } else { Err(actor.denied(permission).into()) }
}
