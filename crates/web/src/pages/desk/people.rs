//! Colleagues and outlets, by name.

use std::collections::{BTreeMap, BTreeSet};

use accounts::{Permission, PersonId, Role};
use jiff::civil::Date;
use network::{Node, OrganisationId, Status};

use crate::App;
use crate::form::Choice;
use crate::frame::Visit;
use crate::pages::network::failed;
use crate::problem::Failure;

/// Outlets that a list offers at most.
const MOST: usize = 400;

/// The organisations where whoever visits was given a role that reads cases: the tops of what one sees.
pub(crate) async fn own(app: &App, visit: &Visit, today: Date) -> Result<Vec<OrganisationId>, Failure> {
    own_by(app, visit, Permission::ReadCases, today).await
}

/// The organisations where whoever visits was given a role with this permission.
pub(crate) async fn own_by(
    app: &App,
    visit: &Visit,
    permission: Permission,
    today: Date,
) -> Result<Vec<OrganisationId>, Failure> {
    let Some(person) = visit.actor.id() else { return Ok(Vec::new()) };
    let given = app.accounts.grants_of(&visit.actor, person).await?;
    let holds = |given: &accounts::Given| {
        permission.roles().contains(&given.role) && given.from <= today && given.to.is_none_or(|to| today < to)
    };
    let own: BTreeSet<OrganisationId> =
        given.into_iter().filter(holds).filter_map(|given| given.organisation).collect();
    Ok(own.into_iter().collect())
}

/// The outlets whose cases whoever visits may read, with those that stand above them; closed ones too.
pub(crate) async fn outlets(app: &App, visit: &Visit, today: Date) -> Result<Vec<Node>, Failure> {
    let mut nodes: Vec<Node> = Vec::new();
    for top in own(app, visit, today).await? {
        for node in app.network.descendants(&top, today).await.map_err(failed)? {
            if !nodes.iter().any(|known| known.id == node.id) && nodes.len() < MOST {
                nodes.push(node);
            }
        }
    }
    Ok(nodes)
}

/// The name of an organisation in the page's language.
pub(crate) fn name(node: &Node, visit: &Visit) -> String {
    let english = node.name_en.as_ref().filter(|_| visit.lang == crate::Lang::En);
    english.unwrap_or(&node.name_zh).clone()
}

/// Outlets to choose from.
pub(crate) fn choices(nodes: &[Node], chosen: Option<&OrganisationId>, visit: &Visit) -> Vec<Choice> {
    let choice =
        |node: &Node| Choice { value: node.id.to_string(), name: name(node, visit), chosen: chosen == Some(&node.id) };
    nodes.iter().map(choice).collect()
}

/// Who may work on cases of an outlet: those with a role there, then those above it who lead.
pub(crate) async fn staff(
    app: &App,
    visit: &Visit,
    outlet: &OrganisationId,
    today: Date,
) -> Result<Vec<(PersonId, String)>, Failure> {
    let path = app.network.last_path(outlet, today).await.map_err(failed)?;
    let mut organisations: Vec<OrganisationId> = path.into_iter().map(|node| node.id).collect();
    organisations.push(outlet.clone());
    let now = (app.clock.now)();
    let found = app.accounts.staff_of(&visit.actor, &organisations, now).await?;
    let works = |colleague: &accounts::Colleague| {
        colleague.roles.iter().any(|(role, _)| matches!(role, Role::OutletStaff | Role::OutletLead))
    };
    Ok(found.into_iter().filter(works).map(|colleague| (colleague.id, colleague.name)).collect())
}

/// The other outlets under the same organisation, which work.
pub(crate) async fn near(app: &App, outlet: &OrganisationId, today: Date) -> Result<Vec<Node>, Failure> {
    let path = app.network.last_path(outlet, today).await.map_err(failed)?;
    let Some(above) = path.iter().rev().find(|node| node.id != *outlet) else { return Ok(Vec::new()) };
    let mut nodes = app.network.descendants(&above.id, today).await.map_err(failed)?;
    nodes.retain(|node| node.id != *outlet && node.status == Status::Active);
    nodes.truncate(MOST);
    Ok(nodes)
}

/// Names of people by account; whoever is gone has none.
pub(crate) async fn names(
    app: &App,
    ids: impl IntoIterator<Item = &PersonId>,
) -> Result<BTreeMap<PersonId, String>, Failure> {
    let ids: BTreeSet<PersonId> = ids.into_iter().cloned().collect();
    Ok(app.accounts.names(&ids.into_iter().collect::<Vec<_>>()).await?)
}
