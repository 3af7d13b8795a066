//! The units that whoever visits sees.

use accounts::Permission;
use jiff::civil::Date;
use network::{Kind, Node, OrganisationId};

use crate::App;
use crate::form::Choice;
use crate::frame::Visit;
use crate::pages::desk::people;
use crate::pages::network::failed;
use crate::problem::Failure;

/// Most units of a list to choose from.
const MOST: usize = 500;

/// The tops of what whoever visits may do this with.
pub(crate) async fn own(
    app: &App,
    visit: &Visit,
    permission: Permission,
    today: Date,
) -> Result<Vec<OrganisationId>, Failure> {
    if visit.actor.may_everywhere(permission) {
        let tops = app.network.children(None, today).await.map_err(failed)?;
        return Ok(tops.into_iter().map(|node| node.id).collect());
    }
    people::own_by(app, visit, permission, today).await
}

/// The units under those, higher ones first; outlets only where the top is one.
pub(crate) async fn under(app: &App, visit: &Visit, permission: Permission, today: Date) -> Result<Vec<Node>, Failure> {
    let mut nodes: Vec<Node> = Vec::new();
    for top in own(app, visit, permission, today).await? {
        for node in app.network.descendants(&top, today).await.map_err(failed)? {
            let governs = node.kind == Kind::Administration || node.id == top;
            if governs && nodes.len() < MOST && !nodes.iter().any(|known| known.id == node.id) {
                nodes.push(node);
            }
        }
    }
    Ok(nodes)
}

/// The administrations at which whoever visits holds a permission, to choose from.
pub(crate) async fn administrations(
    app: &App,
    visit: &Visit,
    (permission, today): (Permission, Date),
    chosen: &str,
) -> Result<Vec<Choice>, Failure> {
    let cover = visit.actor.cover(permission).ok_or_else(|| visit.actor.denied(permission))?;
    let mut nodes = app.network.tree(today).await.map_err(failed)?;
    nodes.retain(|node| node.kind == Kind::Administration && cover.holds(&node.id));
    Ok(choices(&nodes, chosen.parse().ok().as_ref(), visit))
}

/// Units to choose from.
pub(crate) fn choices(nodes: &[Node], chosen: Option<&OrganisationId>, visit: &Visit) -> Vec<Choice> {
    people::choices(nodes, chosen, visit)
}
