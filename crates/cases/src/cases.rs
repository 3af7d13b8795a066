//! The room itself: where cases are at rest, and who may see which.

use std::collections::VecDeque;
use std::sync::Arc;

use accounts::{Cover, Permission, Secret};
use database::{Connection, Database, Migration};
use tokio::sync::Mutex;

use crate::sql::case;
use crate::{By, Case, CaseId, CasesError, Reference, TrackingCode};

const MIGRATIONS: [Migration; 2] = [
    Migration::new(1, "cases", include_str!("../migrations/0001_cases.sql")),
    Migration::new(2, "attended", include_str!("../migrations/0002_attended.sql")),
];

/// Reference numbers taken from the database at once. Those left when the program ends are never given.
const NUMBERS: i64 = 16;

/// Requests from demand to archive. Clones share the database.
#[derive(Clone, Debug)]
pub struct Cases {
    pub(crate) database: Database,
    pub(crate) secret: Secret,
    numbers: Arc<Mutex<(i16, VecDeque<i64>)>>,
}

impl Cases {
    /// Opens the cases and brings their tables up to date.
    pub async fn open(database: Database, secret: Secret) -> Result<Self, CasesError> {
        database.migrate("cases", &MIGRATIONS).await?;
        Ok(Self { database, secret, numbers: Arc::default() })
    }

    /// Where they are at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// A reference number that no other case gets. Numbers are taken from the database in lots, in a transaction of
    /// their own: a counter that stays locked until a submission commits would let one submission wait for the other.
    pub(crate) async fn next_reference(&self, year: i16) -> Result<(i64, Reference), CasesError> {
        let mut numbers = self.numbers.lock().await;
        if numbers.0 != year || numbers.1.is_empty() {
            let mut write = self.database.write().await?;
            let first = case::take_numbers(&mut write, year, NUMBERS).await?;
            write.commit().await?;
            *numbers = (year, (first..first + NUMBERS).collect());
        }
        let number = numbers.1.pop_front().unwrap_or_default();
        Ok((number, Reference::make(year, number as u64)))
    }

    /// Gives back a number that no case was given.
    pub(crate) async fn unused_reference(&self, year: i16, number: i64) {
        let mut numbers = self.numbers.lock().await;
        if numbers.0 == year {
            numbers.1.push_front(number);
        }
    }
}

/// What someone is to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// May read it as staff.
    pub(crate) staff: bool,
    /// Is its client, signed in or by the tracking code.
    pub(crate) client: bool,
    /// Is its client and has signed in: a receipt may lie about, an account does not.
    pub(crate) own: bool,
}

/// What someone is to a case; to whom it is nothing, there is no such case.
pub(crate) async fn part_in(connection: &mut Connection, by: By<'_>, case: &Case) -> Result<Part, CasesError> {
    let staff = by.actor.may_at(Permission::ReadCases, &case.outlet);
    let own = by.actor.id().is_some() && by.actor.id() == case.client.as_ref();
    let tracked = match by.tracking {
        Some(code) => case::is_tracked_by(connection, &case.id, &code.hash()).await?,
        None => false,
    };
    let part = Part { staff, client: own || tracked, own };
    if part.staff || part.client { Ok(part) } else { Err(CasesError::NotFound(case.id.to_string())) }
}

/// A case that someone may see, and what that one is to it.
pub(crate) async fn find(connection: &mut Connection, by: By<'_>, id: &CaseId) -> Result<(Case, Part), CasesError> {
    let found = case::get(&mut *connection, id).await?;
    let case = found.ok_or_else(|| CasesError::NotFound(id.to_string()))?;
    let part = part_in(connection, by, &case).await?;
    Ok((case, part))
}

/// A case that someone may see as staff.
pub(crate) async fn find_as_staff(connection: &mut Connection, by: By<'_>, id: &CaseId) -> Result<Case, CasesError> {
    let (case, part) = find(connection, by, id).await?;
    if part.staff { Ok(case) } else { Err(by.actor.denied(Permission::ReadCases).into()) }
}

/// Where someone may read cases; nowhere is a refusal.
pub(crate) fn readable(by: By<'_>) -> Result<Cover, CasesError> {
    by.actor.cover(Permission::ReadCases).ok_or_else(|| by.actor.denied(Permission::ReadCases).into())
}

impl Cases {
    /// The case that a tracking code opens.
    pub async fn tracked(&self, code: &TrackingCode) -> Result<CaseId, CasesError> {
        let found = case::by_tracking(&mut *self.database.read().await?, &code.hash()).await?;
        found.map(|case| case.id).ok_or_else(|| CasesError::NotFound("…".to_owned()))
    }

    /// The case with this number, for those who may see it.
    pub async fn by_reference(&self, by: By<'_>, reference: &Reference) -> Result<CaseId, CasesError> {
        let mut read = self.database.read().await?;
        let nothing = || CasesError::NotFound(reference.to_string());
        let case = case::by_reference(&mut read, reference).await?.ok_or_else(nothing)?;
        part_in(&mut read, by, &case).await.map_err(|_| nothing())?;
        Ok(case.id)
    }
}
