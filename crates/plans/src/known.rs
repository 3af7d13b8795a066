//! What was read before and holds still: trees of days, editions, and for whom their tasks are.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use database::Connection;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;

use crate::day::office_day;
use crate::sql::{editions, plans};
use crate::tree::Concerned;
use crate::{Contents, Duty, Placed, Plan, PlanId, Plans, PlansError, Tree, What};

/// Entries of each kind that are kept at most; then all are forgotten.
const MOST: usize = 64;

type Shelf<K, V> = Mutex<HashMap<K, Arc<V>>>;

/// Everything that is kept.
#[derive(Debug, Default)]
pub(crate) struct Known {
    trees: Shelf<(i64, Date), Tree>,
    editions: Shelf<(PlanId, i64, i64), Contents>,
    concerned: Shelf<(PlanId, i64, i64, i64, Date), Vec<Concerned>>,
}

fn kept<K: Eq + Hash, V>(shelf: &Shelf<K, V>, key: &K) -> Option<Arc<V>> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
}

fn keep<K: Eq + Hash, V>(shelf: &Shelf<K, V>, key: K, value: V) -> Arc<V> {
    let value = Arc::new(value);
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    if shelf.len() >= MOST {
        shelf.clear();
    }
    shelf.insert(key, Arc::clone(&value));
    value
}

/// A plan on a day, with all that is needed to tell for whom its tasks are.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) plan: Plan,
    pub(crate) contents: Arc<Contents>,
    pub(crate) tree: Arc<Tree>,
    /// As [`Contents::tasks`].
    pub(crate) concerned: Arc<Vec<Concerned>>,
}

impl Ground {
    /// The task of this name, and for whom it is.
    pub(crate) fn task(&self, key: &str) -> Result<(Placed<'_>, &Concerned), PlansError> {
        let found = self.contents.tasks().zip(self.concerned.iter()).find(|(placed, _)| placed.task.key == key);
        found.ok_or_else(|| PlansError::not_found(What::Task, key))
    }

    /// How much a unit must do a task.
    pub(crate) fn duty(&self, task: &str, unit: &OrganisationId) -> Result<Option<Duty>, PlansError> {
        Ok(self.task(task)?.1.get(unit).copied())
    }
}

impl Plans {
    /// The organisations of a day.
    pub(crate) async fn tree(&self, connection: &mut Connection, day: Date) -> Result<(i64, Arc<Tree>), PlansError> {
        let version = network::changes(&mut *connection).await?;
        if let Some(tree) = kept(&self.known.trees, &(version, day)) {
            return Ok((version, tree));
        }
        let nodes = network::everyone(connection, day).await?;
        Ok((version, keep(&self.known.trees, (version, day), Tree::new(day, nodes))))
    }

    /// What an edition says, with its revision.
    pub(crate) async fn edition_in(
        &self,
        connection: &mut Connection,
        id: &PlanId,
        number: i64,
    ) -> Result<(i64, Arc<Contents>), PlansError> {
        let missing = || PlansError::not_found(What::Edition, number);
        let revision = editions::revision(&mut *connection, id, number).await?.ok_or_else(missing)?;
        let key = (id.clone(), number, revision);
        if let Some(contents) = kept(&self.known.editions, &key) {
            return Ok((revision, contents));
        }
        let contents = editions::contents(connection, id, number).await?.ok_or_else(missing)?;
        Ok((revision, keep(&self.known.editions, key, contents)))
    }

    /// A plan as its edition in force (before the first: its draft) stands on a day; after its end, as on its last day.
    pub(crate) async fn ground(
        &self,
        connection: &mut Connection,
        plan: Plan,
        day: Date,
    ) -> Result<Ground, PlansError> {
        let number = plan.edition.max(1);
        let (revision, contents) = self.edition_in(&mut *connection, &plan.id, number).await?;
        let day = day.clamp(contents.from.min(contents.to), contents.to);
        let (changes, tree) = self.tree(connection, day).await?;
        let key = (plan.id.clone(), number, revision, changes, day);
        let concerned = kept(&self.known.concerned, &key).unwrap_or_else(|| {
            let all = contents.tasks().map(|placed| tree.concerned(&contents, &placed)).collect();
            keep(&self.known.concerned, key, all)
        });
        Ok(Ground { plan, contents, tree, concerned })
    }

    /// A plan by name as it stands at a moment.
    pub(crate) async fn ground_of(
        &self,
        connection: &mut Connection,
        id: &PlanId,
        now: Timestamp,
    ) -> Result<Ground, PlansError> {
        let plan = plans::get(&mut *connection, id).await?.ok_or_else(|| PlansError::not_found(What::Plan, id))?;
        self.ground(connection, plan, office_day(now)).await
    }
}
