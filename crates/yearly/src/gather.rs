//! From the other rooms to a report.

use std::collections::BTreeSet;

use accounts::{Actor, Permission, Role};
use cases::Cases;
use indicators::Indicators;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{Network, Node, OrganisationId};
use plans::Plans;
use ratings::Ratings;
use services::{Services, office_day};

use crate::{Yearly, YearlyError, parts};

/// The rooms that a report reads.
#[derive(Clone, Copy, Debug)]
pub struct Rooms<'a> {
    /// Organisations and outlets.
    pub network: &'a Network,
    /// What is offered.
    pub services: &'a Services,
    /// What was asked for.
    pub cases: &'a Cases,
    /// What people said.
    pub ratings: &'a Ratings,
    /// Tasks.
    pub plans: &'a Plans,
    /// What is measured.
    pub indicators: &'a Indicators,
}

/// What every chapter is about.
pub(crate) struct About<'a> {
    pub(crate) rooms: Rooms<'a>,
    /// Sees what stands under the unit and nothing else.
    pub(crate) reader: Actor,
    /// Whoever asked.
    pub(crate) actor: &'a Actor,
    pub(crate) unit: Node,
    /// The unit and all under it.
    pub(crate) tree: Vec<Node>,
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) now: Timestamp,
    pub(crate) zh: bool,
}

impl About<'_> {
    /// The words of the report's language.
    pub(crate) fn t<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        if self.zh { zh } else { en }
    }

    pub(crate) fn lang(&self) -> &'static str {
        if self.zh { "zh" } else { "en" }
    }

    /// The name of an organisation under the unit.
    pub(crate) fn name_of(&self, organisation: &OrganisationId) -> String {
        let node = self.tree.iter().find(|node| node.id == *organisation);
        node.map_or_else(|| organisation.to_string(), |node| name(node, self.zh))
    }
}

pub(crate) fn name(node: &Node, zh: bool) -> String {
    if zh { node.name_zh.clone() } else { node.name_en.clone().unwrap_or_else(|| node.name_zh.clone()) }
}

/// The report of a unit for a year, in `zh` or, for every other language, English. Whoever asks may read governance at
/// the unit; cases worth telling are told to those who may read cases there.
pub async fn gather(
    rooms: Rooms<'_>,
    actor: &Actor,
    unit: &OrganisationId,
    year: i16,
    now: Timestamp,
    lang: &str,
) -> Result<Yearly, YearlyError> {
    actor.require_at(Permission::ReadGovernance, unit)?;
    let today = office_day(now);
    if !(2000..=today.year()).contains(&year) {
        return Err(YearlyError::NoYear(year));
    }
    let (from, to) = (date(year, 1, 1), date(year, 12, 31).min(today));
    let tree = rooms.network.descendants(unit, to).await?;
    let node = tree.iter().find(|node| node.id == *unit).cloned();
    let node = node.ok_or_else(|| YearlyError::NoUnit(unit.clone()))?;
    let within: BTreeSet<OrganisationId> = tree.iter().map(|node| node.id.clone()).collect();
    let about = About {
        rooms,
        reader: actor.narrowed(Role::Administrator, within),
        actor,
        unit: node,
        tree,
        from,
        to,
        now,
        zh: lang == "zh",
    };
    let chapters = parts::all(&about).await?;
    let name = name(&about.unit, about.zh);
    Ok(Yearly { unit: unit.clone(), name, year, lang: about.lang().to_owned(), as_of: to, made_at: now, chapters })
}
