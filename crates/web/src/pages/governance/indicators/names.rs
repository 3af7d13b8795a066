//! Names of units and people, looked up once for a page.

use std::collections::BTreeMap;

use accounts::PersonId;
use jiff::civil::Date;
use network::{Node, OrganisationId};

use crate::App;
use crate::frame::Visit;
use crate::pages::desk::people;
use crate::pages::network::failed;
use crate::problem::Failure;

/// Names as far as a page has asked for them.
pub(super) struct Names<'a> {
    app: &'a App,
    lang: &'static str,
    day: Date,
    pub(super) units: BTreeMap<OrganisationId, String>,
    people: BTreeMap<PersonId, String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(app: &'a App, visit: &Visit) -> Self {
        let (units, people) = (BTreeMap::new(), BTreeMap::new());
        Self { app, lang: visit.lang.code(), day: super::today(app), units, people }
    }

    /// All that stand under a unit, and it: asked for at once.
    pub(super) async fn under(&mut self, unit: &OrganisationId, visit: &Visit) -> Result<Vec<Node>, Failure> {
        let nodes = self.app.network.descendants(unit, self.day).await.map_err(failed)?;
        self.units.extend(nodes.iter().map(|node| (node.id.clone(), people::name(node, visit))));
        Ok(nodes)
    }

    /// The name of a unit today, of one that has closed its last.
    pub(super) async fn unit(&mut self, id: &OrganisationId) -> Result<String, Failure> {
        if let Some(known) = self.units.get(id) {
            return Ok(known.clone());
        }
        let found = self.app.network.organisation(id, self.day).await.map_err(failed)?;
        let name = found.map_or_else(|| id.to_string(), |found| found.profile.name(self.lang).to_owned());
        self.units.insert(id.clone(), name.clone());
        Ok(name)
    }

    /// The name of a person; empty for none and for accounts that are gone.
    pub(super) async fn person(&mut self, id: Option<&PersonId>) -> Result<String, Failure> {
        let Some(id) = id else { return Ok(String::new()) };
        if !self.people.contains_key(id) {
            let found = self.app.accounts.names(std::slice::from_ref(id)).await?;
            self.people.extend(found);
        }
        Ok(self.people.get(id).cloned().unwrap_or_default())
    }
}
