//! `/governance`: what is late, thin or wrong in a jurisdiction first, then how its units stand.

mod first;
mod late;
mod standing;
mod trends;

use std::collections::BTreeSet;
use std::sync::Arc;

use accounts::{Actor, Permission, Role};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Node, OrganisationId};
use serde::Deserialize;
use services::office_day;

use self::first::{First, Thin};
use self::late::{TaskView, WarningView};
use self::standing::Standing;
use self::trends::Drawn;
use super::units;
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::desk::people::name;
use crate::pages::network::{failed, value};
use crate::problem::Failure;

/// Whose.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
}

#[derive(Template)]
#[template(path = "governance/dashboard.html")]
struct DashboardPage {
    visit: Visit,
    title: String,
    units: Vec<Choice>,
    as_of: String,
    first: Vec<First>,
    tasks: Vec<TaskView>,
    more_tasks: usize,
    warnings: Vec<WarningView>,
    thin: Vec<Thin>,
    /// Outlets that lack something and are not shown.
    more_thin: usize,
    /// Heads of the table of units.
    heads: Vec<&'static str>,
    standing: Vec<Standing>,
    trends: Vec<Drawn>,
}

/// What every part of the page is about.
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) visit: &'a Visit,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) unit: Node,
    /// The unit and all under it.
    pub(super) tree: Vec<Node>,
    /// Sees what stands under the unit and nothing else.
    pub(super) reader: Actor,
}

impl Scene<'_> {
    pub(super) fn t<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        self.visit.t(zh, en)
    }

    /// Those directly under the unit.
    pub(super) fn children(&self) -> impl Iterator<Item = &Node> {
        self.tree.iter().filter(|node| node.parent.as_ref() == Some(&self.unit.id))
    }

    /// The one directly under the unit under which an organisation stands, or which it is.
    pub(super) fn child_of(&self, organisation: &OrganisationId) -> Option<&Node> {
        let mut node = self.tree.iter().find(|node| node.id == *organisation)?;
        while node.parent.as_ref()? != &self.unit.id {
            node = self.tree.iter().find(|above| Some(&above.id) == node.parent.as_ref())?;
        }
        Some(node)
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    // Whoever reviews and does not govern begins where the reviews are.
    if !visit.actor.may(Permission::ReadGovernance) && visit.actor.may(Permission::ReviewAssessments) {
        return Ok(Redirect::to("/governance/assessments").into_response());
    }
    visit.actor.require(Permission::ReadGovernance)?;
    let now = (app.clock.now)();
    let today = office_day(now);
    let nodes = units::under(&app, &visit, Permission::ReadGovernance, today).await?;
    let asked: Option<OrganisationId> = value("unit", &asked.unit, "01J…")?;
    let unit = asked.or_else(|| nodes.first().map(|node| node.id.clone()));
    let Some(unit) = unit else { return Ok(Redirect::to("/governance/plans").into_response()) };
    visit.actor.require_at(Permission::ReadGovernance, &unit)?;
    let tree = app.network.descendants(&unit, today).await.map_err(failed)?;
    let node = tree.iter().find(|node| node.id == unit).cloned().ok_or(Failure::NotFound)?;
    let within: BTreeSet<OrganisationId> = tree.iter().map(|node| node.id.clone()).collect();
    let reader = visit.actor.narrowed(Role::Administrator, within);
    let scene = Scene { app: &app, visit: &visit, now, today, unit: node, tree, reader };
    let (thin, more_thin) = first::thin(&scene).await?;
    let open = late::open(&scene).await?;
    let first = first::first(&scene, thin.len() + more_thin, open.tiles).await?;
    let standing = standing::standing(&scene, &open.late_at).await?;
    let title = format!("{} · {}", name(&scene.unit, &visit), visit.t("总览", "overview"));
    let html = DashboardPage {
        title,
        units: units::choices(&nodes, Some(&unit), &visit),
        as_of: today.to_string(),
        first,
        tasks: open.tasks,
        more_tasks: open.more_tasks,
        warnings: open.warnings,
        thin,
        more_thin,
        heads: standing::heads(&visit),
        standing,
        trends: trends::trends(&scene).await?,
        visit: visit.clone(),
    };
    page(&html)
}
