//! Names of outlets, items and colleagues, each looked up once for a page.

use std::collections::BTreeMap;

use accounts::{Cover, PersonId};
use jiff::civil::Date;
use network::OrganisationId;
use services::ItemQuery;

use crate::App;
use crate::form::Choice;
use crate::frame::Visit;
use crate::pages::network::failed;
use crate::problem::Failure;

/// Outlets to choose from at most; more are asked for by the address of a list.
const MOST_CHOICES: usize = 300;

/// Names as far as a page has asked for them.
pub(super) struct Names<'a> {
    app: &'a App,
    lang: &'static str,
    day: Date,
    outlets: BTreeMap<OrganisationId, String>,
    items: BTreeMap<String, String>,
    people: BTreeMap<PersonId, String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(app: &'a App, visit: &Visit) -> Self {
        let (outlets, items, people) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { app, lang: visit.lang.code(), day: super::today(app), outlets, items, people }
    }

    /// The name of an organisation today, of one that has closed its last.
    pub(super) async fn outlet(&mut self, id: &OrganisationId) -> Result<String, Failure> {
        if let Some(known) = self.outlets.get(id) {
            return Ok(known.clone());
        }
        let found = self.app.network.organisation(id, self.day).await.map_err(failed)?;
        let name = found.map_or_else(|| id.to_string(), |found| found.profile.name(self.lang).to_owned());
        self.outlets.insert(id.clone(), name.clone());
        Ok(name)
    }

    /// The title of an item in force today; of one that is not its code.
    pub(super) async fn item(&mut self, code: &str) -> Result<String, Failure> {
        if let Some(known) = self.items.get(code) {
            return Ok(known.clone());
        }
        let found = match code.parse() {
            Ok(code) => self.app.services.version_on(&code, self.day).await?,
            Err(_) => None,
        };
        let name = found.map_or_else(|| code.to_owned(), |found| found.item.title.text(self.lang).to_owned());
        self.items.insert(code.to_owned(), name.clone());
        Ok(name)
    }

    /// The name of someone of the staff; empty for none and for accounts that are gone.
    pub(super) async fn person(&mut self, id: Option<&PersonId>) -> Result<String, Failure> {
        let Some(id) = id else { return Ok(String::new()) };
        if !self.people.contains_key(id) {
            let found = self.app.accounts.names(std::slice::from_ref(id)).await?;
            self.people.extend(found);
        }
        Ok(self.people.get(id).cloned().unwrap_or_default())
    }

    /// The organisations of a cover that a list can be narrowed to; none where it holds everywhere.
    pub(super) async fn choices(
        &mut self,
        cover: Option<Cover>,
        chosen: Option<&OrganisationId>,
    ) -> Result<Vec<Choice>, Failure> {
        let mut ids: Vec<OrganisationId> = match cover {
            Some(Cover::At(ids)) => ids.into_iter().take(MOST_CHOICES).collect(),
            Some(Cover::Everywhere) | None => Vec::new(),
        };
        ids.extend(chosen.filter(|chosen| !ids.contains(chosen)).cloned());
        let mut choices = Vec::with_capacity(ids.len());
        for id in ids {
            let name = self.outlet(&id).await?;
            choices.push(Choice { chosen: Some(&id) == chosen, value: id.to_string(), name });
        }
        choices.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(choices)
    }

    /// The items in force today to choose from.
    pub(super) async fn items(&self, chosen: &str) -> Result<Vec<Choice>, Failure> {
        let found = self.app.services.items_on(self.day, &ItemQuery::default()).await?;
        let choice = |version: services::Version| Choice {
            chosen: version.code.as_str() == chosen,
            name: format!("{} {}", version.code, version.item.title.text(self.lang)),
            value: version.code.to_string(),
        };
        Ok(found.into_iter().map(choice).collect())
    }
}
