//! All definitions with their versions: which holds on a day, which reads which.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Code, Definition, IndicatorsError, Version};

/// All definitions, by code and version.
#[derive(Clone, Debug, Default)]
pub struct Book {
    versions: BTreeMap<Code, Vec<Version>>,
}

impl Book {
    pub(crate) fn new(versions: impl IntoIterator<Item = Version>) -> Self {
        let mut book = Self::default();
        for version in versions {
            book.add(version);
        }
        book
    }

    pub(crate) fn add(&mut self, version: Version) {
        let of = self.versions.entry(version.definition.code.clone()).or_default();
        of.push(version);
        of.sort_by_key(|version| version.number);
    }

    /// The book as it was written at a moment.
    #[must_use]
    pub fn at(&self, moment: Timestamp) -> Self {
        Self::new(self.versions.values().flatten().filter(|version| version.made_at <= moment).cloned())
    }

    /// All codes.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.versions.keys()
    }

    /// All versions of an indicator, oldest first.
    pub fn versions(&self, code: &Code) -> &[Version] {
        self.versions.get(code).map_or(&[], Vec::as_slice)
    }

    /// The last version of an indicator.
    pub fn latest(&self, code: &Code) -> Option<&Version> {
        self.versions(code).last()
    }

    /// The version that holds on a day: the last one that has begun, unless it has ended.
    pub fn on(&self, code: &Code, day: Date) -> Option<&Version> {
        let begun = self.versions(code).iter().rev().find(|version| version.from <= day)?;
        begun.to.is_none_or(|to| day < to).then_some(begun)
    }

    /// The definitions that hold on a day, by code.
    pub fn in_force(&self, day: Date) -> impl Iterator<Item = &Definition> {
        self.versions.keys().filter_map(move |code| self.on(code, day)).map(|version| &version.definition)
    }

    /// An indicator and all that it is made of, in any version.
    pub fn needed(&self, code: &Code) -> BTreeSet<Code> {
        let mut found = BTreeSet::new();
        let mut open = vec![code.clone()];
        while let Some(code) = open.pop() {
            if found.insert(code.clone()) {
                let parts = self.versions(&code).iter().flat_map(|version| version.definition.formula.parts());
                open.extend(parts.cloned());
            }
        }
        found
    }

    /// The indicators that read this one in their last version.
    pub fn readers(&self, code: &Code) -> Vec<&Definition> {
        let latest = self.versions.values().filter_map(|versions| versions.last()).map(|version| &version.definition);
        latest.filter(|definition| definition.formula.parts().contains(&code)).collect()
    }

    /// Refuses when on some day an indicator would be made of itself, or of one that there is not; the ring is named.
    pub(crate) fn check(&self, code: &Code) -> Result<(), IndicatorsError> {
        let days: BTreeSet<Date> = self.versions.values().flatten().map(|version| version.from).collect();
        for part in self.latest(code).map(|version| version.definition.formula.parts()).unwrap_or_default() {
            if self.versions(part).is_empty() {
                return Err(IndicatorsError::NoSuchPart { code: code.clone(), part: part.clone() });
            }
        }
        for day in days {
            if let Some(ring) = self.ring(code, day) {
                return Err(IndicatorsError::Circular { ring });
            }
        }
        Ok(())
    }

    /// The way from an indicator back to itself on a day.
    fn ring(&self, code: &Code, day: Date) -> Option<Vec<Code>> {
        let mut done = BTreeSet::new();
        let mut path = vec![code.clone()];
        self.walk(code, day, &mut path, &mut done).then(|| {
            path.push(code.clone());
            path
        })
    }

    fn walk(&self, goal: &Code, day: Date, path: &mut Vec<Code>, done: &mut BTreeSet<Code>) -> bool {
        let Some(here) = path.last().and_then(|code| self.on(code, day)) else { return false };
        for part in here.definition.formula.parts() {
            if part == goal {
                return true;
            }
            if done.insert(part.clone()) {
                path.push(part.clone());
                if self.walk(goal, day, path, done) {
                    return true;
                }
                path.pop();
            }
        }
        false
    }
}
