//! The organisations of a day, as rules ask for them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use network::{Kind, Level, Node, OrganisationId, RegionCode};

use crate::{Assignment, Contents, Duty, Placed, Rule};

/// Who is in the network on a day.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    day: Date,
    nodes: Vec<Node>,
    place: HashMap<OrganisationId, usize>,
    under: HashMap<OrganisationId, Vec<usize>>,
    offices: HashMap<RegionCode, Vec<usize>>,
}

/// Whom an assignment means on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// These units, in the order of the tree.
    pub units: Vec<OrganisationId>,
    /// Regions that are named and have no unit on that day.
    pub without_unit: Vec<RegionCode>,
    /// Organisations that are named and are not there on that day.
    pub gone: Vec<OrganisationId>,
}

/// For whom a task is, and how much they must.
pub type Concerned = BTreeMap<OrganisationId, Duty>;

impl Tree {
    /// The organisations of a day.
    pub fn new(day: Date, nodes: Vec<Node>) -> Self {
        let place = nodes.iter().enumerate().map(|(at, node)| (node.id.clone(), at)).collect();
        let mut under: HashMap<OrganisationId, Vec<usize>> = HashMap::new();
        let mut offices: HashMap<RegionCode, Vec<usize>> = HashMap::new();
        for (at, node) in nodes.iter().enumerate() {
            if let Some(parent) = &node.parent {
                under.entry(parent.clone()).or_default().push(at);
            }
            if node.kind == Kind::Administration && node.level != Level::Outlet {
                offices.entry(node.region.clone()).or_default().push(at);
            }
        }
        Self { day, nodes, place, under, offices }
    }

    /// Their day.
    pub fn day(&self) -> Date {
        self.day
    }

    /// One of them.
    pub fn node(&self, id: &OrganisationId) -> Option<&Node> {
        self.place.get(id).map(|at| &self.nodes[*at])
    }

    /// What one stands under.
    pub fn parent(&self, id: &OrganisationId) -> Option<&Node> {
        self.node(id)?.parent.as_ref().and_then(|parent| self.node(parent))
    }

    /// All that stand under one, farther ones too, without itself.
    pub fn below(&self, id: &OrganisationId) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut ahead: Vec<usize> = self.under.get(id).cloned().unwrap_or_default();
        while let Some(at) = ahead.pop() {
            let node = &self.nodes[at];
            found.push(node);
            ahead.extend(self.under.get(&node.id).into_iter().flatten());
        }
        found
    }

    /// Those of a set that stand under no other of the set.
    pub fn highest<'a>(&self, set: &'a BTreeSet<OrganisationId>) -> Vec<&'a OrganisationId> {
        let above = |id: &OrganisationId| self.parent(id).is_some_and(|parent| set.contains(&parent.id));
        set.iter().filter(|id| self.node(id).is_some() && !above(id)).collect()
    }

    /// Those at the top.
    pub fn tops(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.parent.is_none())
    }

    /// The place of one in the order of the tree; those that are not in it come last.
    pub fn order(&self, id: &OrganisationId) -> usize {
        self.place.get(id).copied().unwrap_or(usize::MAX)
    }

    fn offices_at(&self, level: Level) -> impl Iterator<Item = usize> {
        let fits = move |node: &Node| node.kind == Kind::Administration && node.level == level;
        self.nodes.iter().enumerate().filter(move |(_, node)| fits(node)).map(|(at, _)| at)
    }

    /// Whom an assignment means.
    pub fn meant(&self, contents: &Contents, assignment: &Assignment) -> Meant {
        let mut meant = Meant::default();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        match assignment.rule {
            Rule::Nation => found.extend(self.offices_at(Level::Nation)),
            Rule::Provinces => found.extend(self.offices_at(Level::Province)),
            Rule::ProvincesOf | Rule::CitiesOf | Rule::BatchOf => {
                for region in regions(contents, assignment) {
                    match self.offices.get(region) {
                        Some(offices) => found.extend(offices),
                        None => meant.without_unit.push(region.clone()),
                    }
                }
            }
            Rule::CitiesIn => {
                let provinces = regions(contents, assignment);
                let inside = |at: &usize| provinces.iter().any(|region| region.contains(&self.nodes[*at].region));
                found.extend(self.offices_at(Level::Prefecture).filter(inside));
            }
            Rule::Units => {
                for unit in &assignment.units {
                    match self.place.get(unit) {
                        Some(at) => drop(found.insert(*at)),
                        None => meant.gone.push(unit.clone()),
                    }
                }
            }
        }
        meant.units = found.into_iter().map(|at| self.nodes[at].id.clone()).collect();
        meant
    }

    /// For whom a task is. Who is meant twice must when one of the assignments says so.
    pub fn concerned(&self, contents: &Contents, placed: &Placed<'_>) -> Concerned {
        let mut concerned = Concerned::new();
        for assignment in placed.assignments() {
            for unit in self.meant(contents, assignment).units {
                let duty = concerned.entry(unit).or_insert(assignment.duty);
                *duty = (*duty).min(assignment.duty);
            }
        }
        concerned
    }
}

/// The regions that a rule reads from its list.
fn regions<'a>(contents: &'a Contents, assignment: &Assignment) -> Vec<&'a RegionCode> {
    let Some(list) = contents.list(&assignment.list) else { return Vec::new() };
    let batch = if assignment.rule == Rule::BatchOf { assignment.batch } else { None };
    let fits = list.members.iter().filter(|member| batch.is_none() || member.batch == batch);
    fits.map(|member| &member.region).collect()
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
