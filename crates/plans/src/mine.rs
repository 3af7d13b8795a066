//! What is due for one's own units.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Permission};
use jiff::civil::Date;
use network::OrganisationId;

use crate::day::days_between;
use crate::known::Ground;
use crate::sql::plans;
use crate::{Lack, MatrixCell, Plan, PlanState, Plans, PlansError, Standing, Target, Text};

/// A task of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Of which plan.
    pub plan: Plan,
    /// Key of the task.
    pub task: String,
    /// Its title.
    pub title: Text,
    /// Which unit.
    pub unit: OrganisationId,
    /// Its name.
    pub name: Text,
    /// Its last day.
    pub due: Date,
    /// Days until then; less than 0 when it is over.
    pub days: i64,
    /// How it stands.
    pub cell: MatrixCell,
    /// Its figures to be reached that an indicator measures.
    pub targets: Vec<Target>,
}

/// What is due for one's own units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mine {
    /// Tasks that are to be done, late ones first, then by day.
    pub due: Vec<Due>,
    /// Optional tasks that could be chosen.
    pub offered: Vec<Due>,
    /// What is done or waits for the unit above.
    pub over: Vec<Due>,
    /// Choices that are still to be made: plan, unit, what lacks.
    pub lacks: Vec<(Plan, Text, Lack)>,
}

impl Plans {
    /// What is due for the units for which the actor reports: the highest of them, with `below` all.
    pub async fn mine(&self, actor: &Actor, day: Date, below: bool) -> Result<Mine, PlansError> {
        let permission = Permission::ReportProgress;
        let cover = actor.cover(permission).ok_or_else(|| actor.denied(permission))?;
        let mut read = self.database().read().await?;
        let mut mine = Mine::default();
        for plan in plans::all(&mut read).await? {
            if plan.state != PlanState::Issued || plan.from > day {
                continue;
            }
            let ground = self.ground(&mut read, plan, day).await?;
            let units = if below { None } else { Some(own(&ground, &cover)) };
            let fits = |id: &OrganisationId| units.as_ref().map_or_else(|| cover.holds(id), |units| units.contains(id));
            let matrix = self.matrix_in(&mut read, &ground, day, fits).await?;
            for unit in &matrix.units {
                let lacks = unit.lacks.iter().map(|lack| (matrix.plan.clone(), unit.name.clone(), lack.clone()));
                mine.lacks.extend(lacks);
                let tasks = matrix.tasks.iter().zip(ground.contents.tasks());
                for ((task, placed), cell) in tasks.zip(&unit.cells) {
                    let measured = placed.task.targets.iter().filter(|target| !target.indicator.is_empty());
                    let due = Due {
                        plan: matrix.plan.clone(),
                        task: task.key.clone(),
                        title: task.title.clone(),
                        unit: unit.unit.clone(),
                        name: unit.name.clone(),
                        due: task.due,
                        days: days_between(day, task.due),
                        cell: cell.clone(),
                        targets: measured.cloned().collect(),
                    };
                    match cell.standing {
                        Standing::NotConcerned => {}
                        Standing::Offered => mine.offered.push(due),
                        Standing::Done | Standing::Submitted => mine.over.push(due),
                        _ => mine.due.push(due),
                    }
                }
            }
        }
        mine.due.sort_by_key(|due| (!due.cell.standing.is_late(), due.due));
        mine.offered.sort_by_key(|due| due.due);
        mine.over.sort_by_key(|due| std::cmp::Reverse(due.due));
        Ok(mine)
    }
}

/// Those of a cover that stand under no other of it; of everywhere, those at the top.
fn own(ground: &Ground, cover: &Cover) -> BTreeSet<OrganisationId> {
    match cover {
        Cover::Everywhere => ground.tree.tops().map(|node| node.id.clone()).collect(),
        Cover::At(units) => ground.tree.highest(units).into_iter().cloned().collect(),
    }
}
