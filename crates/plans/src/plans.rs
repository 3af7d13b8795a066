//! The room itself: where plans are at rest, and the reads that people ask for.

use std::sync::Arc;

use accounts::{Actor, Permission};
use database::{Database, Migration};
use jiff::civil::Date;
use network::OrganisationId;

use crate::known::Known;
use crate::matrix::fits;
use crate::sql::{cells, editions, events, files, plans, reports};
use crate::{
    Asked, Assignment, Cell, Contents, Edition, File, Happened, Matrix, Meant, Plan, PlanId, PlanState, PlansError,
    Report, ReportId, Tally, Text, What,
};

const MIGRATIONS: [Migration; 1] =
    [Migration::new(1, "plans, editions, reports", include_str!("../migrations/0001_plans.sql"))];

/// The room itself. Clones share the database.
#[derive(Clone, Debug)]
pub struct Plans {
    database: Database,
    pub(crate) known: Arc<Known>,
}

/// A report with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportView {
    /// The report.
    pub report: Report,
    /// Its files.
    pub files: Vec<File>,
    /// What happened to it, oldest first.
    pub history: Vec<Happened>,
}

/// What visitors see of a plan.
#[derive(Clone, Debug)]
pub struct PublicPlan {
    /// The plan.
    pub plan: Plan,
    /// What it says.
    pub contents: Arc<Contents>,
    /// How all tasks stand: task key, counts. Units are not named.
    pub tasks: Vec<(String, Tally)>,
    /// How all of it stands.
    pub all: Tally,
    /// Accepted reports that their units show, latest first, with the name of the unit.
    pub reports: Vec<(Text, Report)>,
}

/// An assignment of a task and whom it means.
#[derive(Clone, Debug)]
pub struct MeantBy {
    /// Key of the task.
    pub task: String,
    /// The assignment.
    pub assignment: Assignment,
    /// Whom it means.
    pub meant: Meant,
    /// The units by name, as [`Meant::units`].
    pub names: Vec<(OrganisationId, Text)>,
}

impl Plans {
    /// Opens the room and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, PlansError> {
        database.migrate("plans", &MIGRATIONS).await?;
        Ok(Self { database, known: Arc::default() })
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The plans that the asker may see, latest years first: visitors those shown to everyone, readers of governance the
    /// issued ones too, authors their drafts.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<Plan>, PlansError> {
        let all = plans::all(&mut *self.database.read().await?).await?;
        Ok(all.into_iter().filter(|plan| may_see(actor, plan)).collect())
    }

    /// A plan with the edition in force; for authors before the first: its draft.
    pub async fn plan(&self, actor: &Actor, id: &PlanId) -> Result<(Plan, Arc<Contents>), PlansError> {
        let mut read = self.database.read().await?;
        let plan = seen(&mut read, actor, id).await?;
        let (_, contents) = self.edition_in(&mut read, id, plan.edition.max(1)).await?;
        Ok((plan, contents))
    }

    /// An edition of a plan: issued ones for all who see the plan, the draft for its authors.
    pub async fn edition(&self, actor: &Actor, id: &PlanId, number: i64) -> Result<(Plan, Arc<Contents>), PlansError> {
        let mut read = self.database.read().await?;
        let plan = seen(&mut read, actor, id).await?;
        let is_draft = plan.drafted && number == plan.edition + 1;
        let author = actor.may_at(Permission::EditPlans, &plan.issuer);
        if !((1..=plan.edition).contains(&number) || (is_draft && author)) {
            return Err(PlansError::not_found(What::Edition, number));
        }
        let (_, contents) = self.edition_in(&mut read, id, number).await?;
        Ok((plan, contents))
    }

    /// The editions of a plan, latest first; the draft for its authors alone.
    pub async fn editions(&self, actor: &Actor, id: &PlanId) -> Result<Vec<Edition>, PlansError> {
        let mut read = self.database.read().await?;
        let plan = seen(&mut read, actor, id).await?;
        let author = actor.may_at(Permission::EditPlans, &plan.issuer);
        let last = plan.edition + i64::from(plan.drafted && author);
        let all = editions::all(&mut read, id).await?;
        Ok(all.into_iter().filter(|edition| edition.number <= last).collect())
    }

    /// What happened to a plan, for readers of governance.
    pub async fn history(&self, actor: &Actor, id: &PlanId) -> Result<Vec<Happened>, PlansError> {
        actor.require(Permission::ReadGovernance)?;
        let mut read = self.database.read().await?;
        seen(&mut read, actor, id).await?;
        events::of(&mut read, id.as_str()).await
    }

    /// Units by tasks, of the units that the asker may see.
    pub async fn matrix(&self, actor: &Actor, id: &PlanId, today: Date, asked: &Asked) -> Result<Matrix, PlansError> {
        let permission = Permission::ReadGovernance;
        let cover = actor.cover(permission).ok_or_else(|| actor.denied(permission))?;
        let mut read = self.database.read().await?;
        let plan = seen(&mut read, actor, id).await?;
        let day = asked.day.unwrap_or(today);
        let ground = self.ground(&mut read, plan, day).await?;
        self.matrix_in(&mut read, &ground, day, |unit| fits(&ground, &cover, asked, unit)).await
    }

    /// The reports of a unit on a task, latest first.
    pub async fn reports(
        &self,
        actor: &Actor,
        (plan, task, unit): (&PlanId, &str, &OrganisationId),
    ) -> Result<Vec<ReportView>, PlansError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        let mut read = self.database.read().await?;
        seen(&mut read, actor, plan).await?;
        let mut views = Vec::new();
        for report in reports::of_cell(&mut read, (plan, unit, task)).await? {
            let files = files::of(&mut read, &report.id).await?;
            let history = events::of(&mut read, report.id.as_str()).await?;
            views.push(ReportView { report, files, history });
        }
        Ok(views)
    }

    /// A report, for readers of governance at its unit; an accepted one that is shown to everyone, for everyone, without
    /// its history.
    pub async fn report(&self, actor: &Actor, id: &ReportId) -> Result<ReportView, PlansError> {
        let missing = || PlansError::not_found(What::Report, id);
        let mut read = self.database.read().await?;
        let report = reports::get(&mut read, id).await?.ok_or_else(missing)?;
        if !self.may_read(&mut read, actor, &report).await? {
            return Err(missing());
        }
        let files = files::of(&mut read, id).await?;
        let inside = actor.may_at(Permission::ReadGovernance, &report.unit);
        let history = if inside { events::of(&mut read, id.as_str()).await? } else { Vec::new() };
        Ok(ReportView { report, files, history })
    }

    /// How a task stands at a unit, in short.
    pub async fn cell(
        &self,
        actor: &Actor,
        (plan, task, unit): (&PlanId, &str, &OrganisationId),
    ) -> Result<Cell, PlansError> {
        actor.require_at(Permission::ReadGovernance, unit)?;
        cells::get(&mut *self.database.read().await?, (plan, unit, task)).await
    }

    /// Whom the assignments of a plan mean on a day: of the draft where there is one and the asker writes it. For authors.
    pub async fn meant(&self, actor: &Actor, id: &PlanId, day: Date) -> Result<Vec<MeantBy>, PlansError> {
        let mut read = self.database.read().await?;
        let plan = seen(&mut read, actor, id).await?;
        actor.require_at(Permission::EditPlans, &plan.issuer)?;
        let number = plan.edition + i64::from(plan.drafted);
        let (_, contents) = self.edition_in(&mut read, id, number).await?;
        let (_, tree) = self.tree(&mut read, day).await?;
        let mut all = Vec::new();
        for placed in contents.tasks() {
            for assignment in &placed.task.assignments {
                let meant = tree.meant(&contents, assignment);
                let name = |id: &OrganisationId| {
                    let node = tree.node(id)?;
                    Some((id.clone(), Text::new(node.name_zh.clone(), node.name_en.clone().unwrap_or_default())))
                };
                let names = meant.units.iter().filter_map(name).collect();
                all.push(MeantBy { task: placed.task.key.clone(), assignment: assignment.clone(), meant, names });
            }
        }
        Ok(all)
    }

    /// What visitors see of a plan that is shown to everyone.
    pub async fn public(&self, id: &PlanId, today: Date) -> Result<PublicPlan, PlansError> {
        let missing = || PlansError::not_found(What::Plan, id);
        let mut read = self.database.read().await?;
        let plan = plans::get(&mut read, id).await?.ok_or_else(missing)?;
        if !is_public(&plan) {
            return Err(missing());
        }
        let ground = self.ground(&mut read, plan, today).await?;
        let matrix = self.matrix_in(&mut read, &ground, today, |_| true).await?;
        let tasks = matrix.tasks.iter().map(|task| (task.key.clone(), matrix.tally_of_task(&task.key)));
        let name =
            |id: &OrganisationId| matrix.units.iter().find(|unit| unit.unit == *id).map(|unit| unit.name.clone());
        let shown = reports::public(&mut read, id).await?.into_iter();
        let reports = shown.map(|report| (name(&report.unit).unwrap_or_default(), report)).collect();
        Ok(PublicPlan {
            tasks: tasks.collect(),
            all: matrix.tally(),
            reports,
            contents: Arc::clone(&ground.contents),
            plan: ground.plan.clone(),
        })
    }
}

fn is_public(plan: &Plan) -> bool {
    plan.public && plan.state != PlanState::Draft
}

/// Whether someone may know of a plan.
fn may_see(actor: &Actor, plan: &Plan) -> bool {
    let reader = plan.state != PlanState::Draft && actor.may(Permission::ReadGovernance);
    is_public(plan) || reader || actor.may_at(Permission::EditPlans, &plan.issuer)
}

/// A plan that the actor may know of.
async fn seen(connection: &mut database::Connection, actor: &Actor, id: &PlanId) -> Result<Plan, PlansError> {
    let found = plans::get(connection, id).await?.filter(|plan| may_see(actor, plan));
    found.ok_or_else(|| PlansError::not_found(What::Plan, id))
}
