//! What is late, for dashboards and warnings, and what waits to be looked at.

use accounts::{Actor, Cover, Permission};
use jiff::civil::Date;
use network::OrganisationId;

use crate::day::days_between;
use crate::sql::{plans, reports};
use crate::{Plan, PlanState, Plans, PlansError, Report, Standing, Text};

/// A task that is late at a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Late {
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
    /// Days since then.
    pub days: i64,
    /// [`Standing::Missing`] or [`Standing::Late`].
    pub standing: Standing,
    /// Percent of the last accepted report; none: nothing was accepted.
    pub percent: Option<i64>,
}

impl Late {
    /// The page of its reports.
    pub fn link(&self) -> String {
        format!("/governance/plans/{}/cell?task={}&unit={}", self.plan.id, self.task, self.unit)
    }
}

/// A report that waits for the unit above.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The report.
    pub report: Report,
    /// Title of its plan.
    pub plan: Text,
    /// Title of its task.
    pub task: Text,
    /// Name of its unit.
    pub unit: Text,
}

impl Plans {
    /// What is late on a day at the units of a cover, over all plans in force, latest first. Whoever calls has taken the
    /// cover from an actor.
    pub async fn late(&self, cover: &Cover, day: Date) -> Result<Vec<Late>, PlansError> {
        let mut read = self.database().read().await?;
        let mut late = Vec::new();
        for plan in plans::all(&mut read).await? {
            if plan.state != PlanState::Issued {
                continue;
            }
            let ground = self.ground(&mut read, plan, day).await?;
            let matrix = self.matrix_in(&mut read, &ground, day, |id| cover.holds(id)).await?;
            for unit in &matrix.units {
                let cells = matrix.tasks.iter().zip(&unit.cells).filter(|(_, cell)| cell.standing.is_late());
                late.extend(cells.map(|(task, cell)| Late {
                    plan: matrix.plan.clone(),
                    task: task.key.clone(),
                    title: task.title.clone(),
                    unit: unit.unit.clone(),
                    name: unit.name.clone(),
                    due: task.due,
                    days: days_between(task.due, day),
                    standing: cell.standing,
                    percent: cell.percent,
                }));
            }
        }
        late.sort_by_key(|late| std::cmp::Reverse(late.days));
        Ok(late)
    }

    /// The reports that the actor may accept or return, longest waiting first.
    pub async fn waiting(&self, actor: &Actor, day: Date) -> Result<Vec<Waiting>, PlansError> {
        actor.require(Permission::AcceptReports)?;
        let mut read = self.database().read().await?;
        let (_, tree) = self.tree(&mut read, day).await?;
        let mut waiting = Vec::new();
        for report in reports::waiting(&mut read).await? {
            let above = tree.parent(&report.unit).map_or(&report.unit, |above| &above.id);
            if !actor.may_at(Permission::AcceptReports, above) || actor.id() == report.submitted_by.as_ref() {
                continue;
            }
            let Some(plan) = plans::get(&mut read, &report.plan).await?.filter(|plan| plan.state == PlanState::Issued)
            else {
                continue;
            };
            let (_, contents) = self.edition_in(&mut read, &plan.id, plan.edition).await?;
            let task = contents.task(&report.task).map(|placed| placed.task.title.clone()).unwrap_or_default();
            let unit = tree.node(&report.unit);
            let name = |node: &network::Node| Text::new(node.name_zh.clone(), node.name_en.clone().unwrap_or_default());
            waiting.push(Waiting { plan: plan.title, task, unit: unit.map(name).unwrap_or_default(), report });
        }
        Ok(waiting)
    }
}
