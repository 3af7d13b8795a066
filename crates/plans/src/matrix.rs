//! Units by tasks: how everything stands on a day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use accounts::Cover;
use database::Connection;
use jiff::civil::Date;
use network::{Level, OrganisationId, RegionCode};

use crate::known::Ground;
use crate::sql::cells;
use crate::sql::cells::UnitCells;
use crate::{Cell, Duty, Plan, Plans, PlansError, Standing, Text};

/// What is asked of a matrix.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// As of which day; none: today, or the last day of a plan that is over.
    pub day: Option<Date>,
    /// Only units inside this region.
    pub region: Option<RegionCode>,
    /// Only this unit.
    pub unit: Option<OrganisationId>,
}

/// A task at the head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixTask {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: Text,
    /// Key of its group.
    pub group: String,
    /// Title of its group.
    pub group_title: Text,
    /// Whether it is a part of another.
    pub part: bool,
    /// First day.
    pub start: Date,
    /// Last day.
    pub due: Date,
}

/// A task at a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixCell {
    /// How much the unit must; none: not concerned, or not any more.
    pub duty: Option<Duty>,
    /// Whether an optional task was chosen.
    pub chosen: bool,
    /// How it stands.
    pub standing: Standing,
    /// Percent of the last accepted report; none: nothing was accepted, which is not zero.
    pub percent: Option<i64>,
    /// How many reports there are.
    pub reports: i64,
}

/// That a unit has chosen too few optional tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// From these tasks.
    pub tasks: Vec<String>,
    /// So many must be chosen.
    pub at_least: usize,
    /// So many were.
    pub chosen: usize,
}

/// A unit at the head of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixUnit {
    /// Which.
    pub unit: OrganisationId,
    /// Its name.
    pub name: Text,
    /// What it stands under.
    pub parent: Option<OrganisationId>,
    /// Where it stands; none for one that is not in the network on that day any more (merged or closed).
    pub level: Option<Level>,
    /// Its region.
    pub region: Option<RegionCode>,
    /// As the tasks of the matrix.
    pub cells: Vec<MatrixCell>,
    /// What it still has to choose.
    pub lacks: Vec<Lack>,
}

/// Units by tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Of which plan.
    pub plan: Plan,
    /// The day of the network.
    pub as_of: Date,
    /// The day on which something is late or not.
    pub day: Date,
    /// Columns.
    pub tasks: Vec<MatrixTask>,
    /// Rows, in the order of the tree; those that are gone come last.
    pub units: Vec<MatrixUnit>,
}

/// How many cells stand how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Standing, usize>,
    percents: (i64, i64),
}

impl Tally {
    /// Counts one cell more.
    pub fn add(&mut self, cell: &MatrixCell) {
        *self.counts.entry(cell.standing).or_default() += 1;
        if let Some(percent) = cell.percent {
            self.percents.0 += percent;
            self.percents.1 += 1;
        }
    }

    /// Counts what another has counted.
    pub fn join(&mut self, other: &Self) {
        for (standing, count) in &other.counts {
            *self.counts.entry(*standing).or_default() += count;
        }
        self.percents.0 += other.percents.0;
        self.percents.1 += other.percents.1;
    }

    /// How many stand so.
    pub fn of(&self, standing: Standing) -> usize {
        self.counts.get(&standing).copied().unwrap_or_default()
    }

    /// How many must be done, by duty or by choice.
    pub fn bound(&self) -> usize {
        let outside = [Standing::NotConcerned, Standing::Offered];
        self.counts.iter().filter(|(standing, _)| !outside.contains(standing)).map(|(_, count)| count).sum()
    }

    /// How many are late or missing.
    pub fn late(&self) -> usize {
        self.of(Standing::Late) + self.of(Standing::Missing)
    }

    /// How many of those that must be done are done, in percent; none where nothing must.
    pub fn done_percent(&self) -> Option<usize> {
        (self.of(Standing::Done) * 100).checked_div(self.bound())
    }

    /// Mean percent of accepted reports; none where nothing was accepted.
    pub fn mean_percent(&self) -> Option<i64> {
        self.percents.0.checked_div(self.percents.1)
    }
}

impl Matrix {
    /// How all cells stand.
    pub fn tally(&self) -> Tally {
        self.tally_of(|_, _| true)
    }

    /// How the cells of one task stand.
    pub fn tally_of_task(&self, key: &str) -> Tally {
        self.tally_of(|_, task| task.key == key)
    }

    /// How the cells of one group stand.
    pub fn tally_of_group(&self, group: &str) -> Tally {
        self.tally_of(|_, task| task.group == group)
    }

    /// How the cells of one unit stand.
    pub fn tally_of_unit(&self, unit: &OrganisationId) -> Tally {
        self.tally_of(|row, _| row.unit == *unit)
    }

    fn tally_of(&self, counted: impl Fn(&MatrixUnit, &MatrixTask) -> bool) -> Tally {
        let mut tally = Tally::default();
        for row in &self.units {
            let cells = self.tasks.iter().zip(&row.cells).filter(|(task, _)| counted(row, task));
            cells.for_each(|(_, cell)| tally.add(cell));
        }
        tally
    }
}

impl Plans {
    /// How the tasks of a plan stand at those of its units that fit.
    pub(crate) async fn matrix_in(
        &self,
        connection: &mut Connection,
        ground: &Ground,
        day: Date,
        fits: impl Fn(&OrganisationId) -> bool,
    ) -> Result<Matrix, PlansError> {
        let cells = cells::of_plan(&mut *connection, &ground.plan.id).await?;
        let chosen = cells::chosen(&mut *connection, &ground.plan.id).await?;
        let concerned: BTreeSet<&OrganisationId> = ground.concerned.iter().flat_map(BTreeMap::keys).collect();
        let mut ids: Vec<&OrganisationId> = concerned.iter().copied().filter(|id| fits(id)).collect();
        ids.extend(cells.keys().filter(|id| !concerned.contains(id) && fits(id)));
        ids.sort_by_cached_key(|id| (ground.tree.order(id), (*id).clone()));
        let tasks = ground.contents.tasks().map(|placed| MatrixTask {
            key: placed.task.key.clone(),
            title: placed.task.title.clone(),
            group: placed.group.key.clone(),
            group_title: placed.group.title.clone(),
            part: placed.whole.is_some(),
            start: ground.contents.start(placed.task),
            due: ground.contents.due(placed.task),
        });
        let tasks: Vec<MatrixTask> = tasks.collect();
        let (no_cells, none_chosen) = (UnitCells::new(), BTreeSet::new());
        let rows = ids.into_iter().map(|id| {
            let mine = (cells.get(id).unwrap_or(&no_cells), chosen.get(id).unwrap_or(&none_chosen));
            row(ground, &tasks, id, mine, day)
        });
        let mut units: Vec<MatrixUnit> = rows.collect();
        name_the_gone(connection, &mut units, ground.tree.day()).await?;
        Ok(Matrix { plan: ground.plan.clone(), as_of: ground.tree.day(), day, tasks, units })
    }
}

fn row(
    ground: &Ground,
    tasks: &[MatrixTask],
    id: &OrganisationId,
    (cells, chosen): (&UnitCells, &BTreeSet<String>),
    day: Date,
) -> MatrixUnit {
    let node = ground.tree.node(id);
    let nothing = Cell::default();
    let one = |(task, concerned): (&MatrixTask, &crate::Concerned)| {
        let duty = concerned.get(id).copied();
        let chosen = duty == Some(Duty::Optional) && chosen.contains(&task.key);
        let cell = cells.get(&task.key).unwrap_or(&nothing);
        MatrixCell {
            duty,
            chosen,
            standing: cell.standing(duty, chosen, task.due, day),
            percent: cell.percent(),
            reports: cell.reports,
        }
    };
    let cells: Vec<MatrixCell> = tasks.iter().zip(ground.concerned.iter()).map(one).collect();
    MatrixUnit {
        unit: id.clone(),
        name: node
            .map(|node| Text::new(node.name_zh.clone(), node.name_en.clone().unwrap_or_default()))
            .unwrap_or_default(),
        parent: node.and_then(|node| node.parent.clone()),
        level: node.map(|node| node.level),
        region: node.map(|node| node.region.clone()),
        lacks: lacks(ground, tasks, &cells),
        cells,
    }
}

/// The choices that a unit still has to make: of the tasks of a rule those count that are optional for it.
fn lacks(ground: &Ground, tasks: &[MatrixTask], cells: &[MatrixCell]) -> Vec<Lack> {
    let by_key: HashMap<&str, &MatrixCell> = tasks.iter().map(|task| task.key.as_str()).zip(cells).collect();
    let mut lacks = Vec::new();
    for choice in &ground.contents.choices {
        let optional = |key: &&String| by_key.get(key.as_str()).is_some_and(|cell| cell.duty == Some(Duty::Optional));
        let open: Vec<String> = choice.tasks.iter().filter(optional).cloned().collect();
        let chosen = open.iter().filter(|key| by_key[key.as_str()].chosen).count();
        let at_least = choice.at_least.min(open.len());
        if chosen < at_least {
            lacks.push(Lack { tasks: open, at_least, chosen });
        }
    }
    lacks
}

/// Units that have reported and are not in the network any more keep their name of the last day.
async fn name_the_gone(connection: &mut Connection, units: &mut [MatrixUnit], day: Date) -> Result<(), PlansError> {
    for unit in units.iter_mut().filter(|unit| unit.level.is_none()) {
        if let Some(last) = network::organisation(&mut *connection, &unit.unit, day).await? {
            let profile = last.profile;
            unit.name = Text::new(profile.name_zh, profile.name_en.unwrap_or_default());
            unit.region = Some(profile.region);
        }
    }
    Ok(())
}

/// Whether a cover and a question leave a unit in.
pub(crate) fn fits(ground: &Ground, cover: &Cover, asked: &Asked, id: &OrganisationId) -> bool {
    let inside = |region: &RegionCode| ground.tree.node(id).is_some_and(|node| region.contains(&node.region));
    cover.holds(id) && asked.unit.as_ref().is_none_or(|unit| unit == id) && asked.region.as_ref().is_none_or(inside)
}

#[cfg(test)]
#[path = "matrix_tests.rs"]
mod tests;
