//! Organisations and people by name, for the forms of this area.

use std::collections::BTreeMap;

use accounts::{Cover, Permission, PersonId};
use network::{Level, Node, OrganisationId};

use super::today;
use crate::App;
use crate::form::Choice;
use crate::frame::Visit;
use crate::pages::governance::units;
use crate::pages::network::failed;
use crate::problem::Failure;

/// The administrations at which whoever visits keeps assessments.
pub(super) async fn keepers(app: &App, visit: &Visit, chosen: Option<&OrganisationId>) -> Result<Vec<Choice>, Failure> {
    let nodes = match visit.actor.cover(Permission::KeepAssessments) {
        None => return Ok(Vec::new()),
        Some(Cover::Everywhere) => {
            let nodes = app.network.tree(today(app)).await.map_err(failed)?;
            nodes.into_iter().filter(|node| node.level <= Level::Province).collect()
        }
        Some(_) => {
            let nodes = units::under(app, visit, Permission::KeepAssessments, today(app)).await?;
            nodes.into_iter().filter(|node| node.level < Level::Outlet).collect::<Vec<Node>>()
        }
    };
    Ok(units::choices(&nodes, chosen, visit))
}

/// Names of people of the staff; a dash for accounts that are gone.
pub(super) async fn names(app: &App, people: Vec<PersonId>) -> Result<BTreeMap<PersonId, String>, Failure> {
    let mut found = app.accounts.names(&people).await?;
    for person in people {
        found.entry(person).or_insert_with(|| "—".to_owned());
    }
    Ok(found)
}

/// The name of an organisation today.
pub(super) async fn organisation(app: &App, visit: &Visit, id: &OrganisationId) -> Result<String, Failure> {
    let found = app.network.organisation(id, today(app)).await.map_err(failed)?;
    Ok(found.map_or_else(|| id.to_string(), |found| found.profile.name(visit.lang.code()).to_owned()))
}
