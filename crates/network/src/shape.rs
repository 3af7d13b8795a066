//! The bare tree of all times: who stood under whom, at which level, when. Small and quick to ask many times.

use std::collections::HashMap;

use database::Connection;
use jiff::civil::Date;

use crate::{Kind, Level, NetworkError, OrganisationId, RegionCode, sql};

/// The tree of all times without names and particulars. Organisations are numbered as they were entered.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    ids: Vec<OrganisationId>,
    numbers: HashMap<OrganisationId, usize>,
    parents: Vec<Vec<Stay>>,
    members: Vec<Vec<Stay>>,
    places: Vec<Vec<Place>>,
    reshaped: Vec<Vec<Date>>,
}

/// One under another for a time.
#[derive(Clone, Copy, Debug)]
struct Stay {
    other: Option<usize>,
    from: Date,
    to: Date,
}

/// What it is, level and region for a time.
#[derive(Clone, Debug)]
struct Place {
    kind: Kind,
    level: Level,
    region: RegionCode,
    from: Date,
    to: Date,
}

impl Shape {
    pub(crate) fn enter(&mut self, id: &OrganisationId) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.ids.len();
        self.ids.push(id.clone());
        self.numbers.insert(id.clone(), number);
        self.parents.push(Vec::new());
        self.members.push(Vec::new());
        self.places.push(Vec::new());
        self.reshaped.push(Vec::new());
        number
    }

    pub(crate) fn stay(&mut self, id: &OrganisationId, parent: Option<&OrganisationId>, from: Date, to: Date) {
        let member = self.enter(id);
        let other = parent.map(|parent| self.enter(parent));
        self.parents[member].push(Stay { other, from, to });
        if let Some(parent) = other {
            self.members[parent].push(Stay { other: Some(member), from, to });
        }
    }

    pub(crate) fn place(
        &mut self,
        id: &OrganisationId,
        (kind, level, region): (Kind, Level, RegionCode),
        from: Date,
        to: Date,
    ) {
        let number = self.enter(id);
        self.places[number].push(Place { kind, level, region, from, to });
    }

    pub(crate) fn reshape(&mut self, id: &OrganisationId, on: Date) {
        let number = self.enter(id);
        self.reshaped[number].push(on);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The number of an organisation.
    pub fn number(&self, id: &OrganisationId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The organisation of a number.
    pub fn id(&self, number: usize) -> &OrganisationId {
        &self.ids[number]
    }

    /// Whether it is in the tree on a day.
    pub fn is_there(&self, number: usize, day: Date) -> bool {
        self.parents[number].iter().any(|stay| stay.from <= day && day < stay.to)
    }

    /// Whether it is in the tree on some day from one to another.
    pub fn was_there(&self, number: usize, first: Date, last: Date) -> bool {
        self.parents[number].iter().any(|stay| stay.from <= last && first < stay.to)
    }

    /// Under which it stands on a day; none at the top or outside the tree.
    pub fn parent(&self, number: usize, day: Date) -> Option<usize> {
        self.parents[number].iter().find(|stay| stay.from <= day && day < stay.to)?.other
    }

    /// The last parent that it had on a day or before.
    pub fn last_parent(&self, number: usize, day: Date) -> Option<usize> {
        let before = self.parents[number].iter().filter(|stay| stay.from <= day);
        before.max_by_key(|stay| stay.from)?.other
    }

    /// Those directly under it on a day.
    pub fn children(&self, number: usize, day: Date) -> impl Iterator<Item = usize> {
        let there = move |stay: &&Stay| stay.from <= day && day < stay.to;
        self.members[number].iter().filter(there).filter_map(|stay| stay.other)
    }

    /// Those at the top on a day.
    pub fn tops(&self, day: Date) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |number| self.is_there(*number, day) && self.parent(*number, day).is_none())
    }

    /// It and all under it on a day, nearer ones first.
    pub fn under(&self, number: usize, day: Date) -> Vec<usize> {
        let mut found = if self.is_there(number, day) { vec![number] } else { Vec::new() };
        let mut at = 0;
        while at < found.len() && found.len() <= self.len() {
            found.extend(self.children(found[at], day));
            at += 1;
        }
        found
    }

    /// Its level on a day; before the first and after the last, of that time.
    pub fn level(&self, number: usize, day: Date) -> Option<Level> {
        self.placed(number, day).map(|place| place.level)
    }

    /// What it is on a day; before the first and after the last, of that time.
    pub fn kind(&self, number: usize, day: Date) -> Option<Kind> {
        self.placed(number, day).map(|place| place.kind)
    }

    /// Its region on a day; before the first and after the last, of that time.
    pub fn region(&self, number: usize, day: Date) -> Option<&RegionCode> {
        self.placed(number, day).map(|place| &place.region)
    }

    fn placed(&self, number: usize, day: Date) -> Option<&Place> {
        let places = &self.places[number];
        let holds = places.iter().rev().find(|place| place.from <= day && day < place.to);
        holds.or_else(|| places.iter().rev().find(|place| place.from <= day)).or_else(|| places.first())
    }

    /// The first day after `after` up to `until` on which another was merged into it or something was split off.
    pub fn reshaped_between(&self, number: usize, after: Date, until: Date) -> Option<Date> {
        self.reshaped[number].iter().copied().filter(|on| *on > after && *on <= until).min()
    }
}

/// The bare tree of all times.
pub async fn shape(connection: &mut Connection) -> Result<Shape, NetworkError> {
    sql::shape::shape(connection).await
}

/// Numbers that are others after every change that [`shape`] could show.
pub async fn shape_version(connection: &mut Connection) -> Result<(i64, i64), NetworkError> {
    sql::shape::version(connection).await
}
