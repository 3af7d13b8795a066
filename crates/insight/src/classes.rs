//! Classes of the rights, put in the order of their schemes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::count::Counts;
use crate::{Count, Ranking, share};

/// Main groups shown below one subclass at most.
const MOST_GROUPS: usize = 8;

/// Classes of a set of rights. A right counts once in each place that it has a symbol at or below.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Classes {
    /// Rights with an IPC or CPC symbol.
    pub with: u64,
    /// Sections of IPC and CPC with the commonest subclasses and main groups below them.
    pub sections: Vec<Class>,
    /// Nice classes of marks by number.
    pub nice: Vec<Class>,
    /// Locarno classes of designs by number.
    pub locarno: Vec<Class>,
}

/// A place of a scheme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(no_recursion)]
pub struct Class {
    /// Symbol as the scheme writes it: `H`, `H01M`, `H01M10/00`, `9`, `14`.
    pub symbol: String,
    /// Rights with a symbol here or below.
    pub count: u64,
    /// Their part of all rights.
    pub share: f64,
    /// Title in Chinese, when the scheme is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_zh: Option<String>,
    /// Title in English, when the scheme is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Commonest places below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<Class>,
}

impl Class {
    fn new((symbol, count): (String, u64), total: u64) -> Self {
        Self { symbol, count, share: share(count, total), ..Self::default() }
    }

    /// The title in `zh` or, for every other language, English; the other one where only that is loaded.
    pub fn title(&self, lang: &str) -> Option<&str> {
        let (first, second) =
            if lang == "zh" { (&self.title_zh, &self.title_en) } else { (&self.title_en, &self.title_zh) };
        first.as_deref().or(second.as_deref())
    }
}

/// Where a value of the class facet belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// A subclass of IPC or CPC.
    Patent(&'a str),
    /// A Nice class.
    Nice(&'a str),
    /// A Locarno class.
    Locarno(&'a str),
}

impl<'a> Place<'a> {
    /// Reads a value of the class facet: `H01M`, `Nice 9`, `Locarno 14`.
    pub(crate) fn of(value: &'a str) -> Self {
        match value.split_once(' ') {
            Some(("Nice", class)) => Self::Nice(class),
            Some(("Locarno", class)) => Self::Locarno(class),
            _ => Self::Patent(value),
        }
    }

    /// The class alone, as the scheme writes it.
    pub(crate) fn symbol(self) -> &'a str {
        match self {
            Self::Patent(symbol) | Self::Nice(symbol) | Self::Locarno(symbol) => symbol,
        }
    }
}

/// Sections of the subclasses in a class facet, each with its count where one subclass tells it.
pub(crate) fn sections(classes: &[(String, u64)]) -> BTreeMap<String, Option<u64>> {
    let mut sections: BTreeMap<String, Option<u64>> = BTreeMap::new();
    for (value, count) in classes {
        if let (Place::Patent(symbol), Some(section)) = (Place::of(value), value.get(..1)) {
            debug_assert!(symbol.starts_with(section));
            sections.entry(section.to_owned()).and_modify(|known| *known = None).or_insert(Some(*count));
        }
    }
    sections
}

impl Classes {
    /// The tree of at most `most` subclasses, and at most `most` classes of each other scheme.
    ///
    /// `classes` are values of the class facet, `groups` of the group facet (`H01M10`), `sections` exact counts of sections;
    /// `with` of `total` rights have an IPC or CPC symbol.
    pub(crate) fn new(
        (classes, groups): (&Counts, &Counts),
        sections: &Counts,
        most: usize,
        (with, total): (u64, u64),
    ) -> Self {
        let chosen = |kind: fn(Place<'_>) -> bool| -> Vec<(String, u64)> {
            let of_kind = classes.iter().filter(|(value, _)| kind(Place::of(value)));
            let counts: Vec<_> = of_kind.map(|(value, count)| (Place::of(value).symbol().to_owned(), *count)).collect();
            let ranking = Ranking::new(&counts, most, 0, total);
            ranking.entries.into_iter().map(|Count { value, count, .. }| (value, count)).collect()
        };
        let subclasses = chosen(|place| matches!(place, Place::Patent(_)));
        let section = |(symbol, count): &(String, u64)| Class {
            below: subclasses
                .iter()
                .filter(|(subclass, _)| subclass.starts_with(symbol.as_str()))
                .map(|(subclass, count)| Class {
                    below: below(subclass, groups, total),
                    ..Class::new((subclass.clone(), *count), total)
                })
                .collect(),
            ..Class::new((symbol.clone(), *count), total)
        };
        let numbered = |mut classes: Vec<(String, u64)>| -> Vec<Class> {
            classes.sort_by_key(|(number, _)| number.parse::<u32>().unwrap_or(u32::MAX));
            classes.into_iter().map(|class| Class::new(class, total)).collect()
        };
        Self {
            with: with.min(total),
            sections: sections.iter().map(section).filter(|section| !section.below.is_empty()).collect(),
            nice: numbered(chosen(|place| matches!(place, Place::Nice(_)))),
            locarno: numbered(chosen(|place| matches!(place, Place::Locarno(_)))),
        }
    }

    /// Symbols of all places, by scheme.
    pub(crate) fn symbols(&self) -> [(Scheme, Vec<String>); 3] {
        let numbers = |classes: &[Class]| classes.iter().map(|class| class.symbol.clone()).collect();
        let mut patent = Vec::new();
        gather(&self.sections, &mut patent);
        [(Scheme::Patent, patent), (Scheme::Nice, numbers(&self.nice)), (Scheme::Locarno, numbers(&self.locarno))]
    }

    /// Puts titles to the places: `titles` answers with the Chinese and the English one.
    pub(crate) fn entitle(&mut self, titles: &impl Fn(Scheme, &str) -> (Option<String>, Option<String>)) {
        entitle(&mut self.sections, Scheme::Patent, titles);
        entitle(&mut self.nice, Scheme::Nice, titles);
        entitle(&mut self.locarno, Scheme::Locarno, titles);
    }
}

/// Schemes of the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scheme {
    /// IPC and CPC, whose common symbols stand in the same places.
    Patent,
    /// Nice.
    Nice,
    /// Locarno.
    Locarno,
}

fn gather(classes: &[Class], into: &mut Vec<String>) {
    for class in classes {
        into.push(class.symbol.clone());
        gather(&class.below, into);
    }
}

fn entitle(classes: &mut [Class], scheme: Scheme, titles: &impl Fn(Scheme, &str) -> (Option<String>, Option<String>)) {
    for class in classes {
        (class.title_zh, class.title_en) = titles(scheme, &class.symbol);
        entitle(&mut class.below, scheme, titles);
    }
}

/// The commonest main groups of a subclass, in scheme symbols (`H01M10/00`).
fn below(subclass: &str, groups: &[(String, u64)], total: u64) -> Vec<Class> {
    let own = groups.iter().filter(|(group, _)| group.starts_with(subclass));
    let counts: Vec<_> = own.map(|(group, count)| (format!("{group}/00"), *count)).collect();
    let ranking = Ranking::new(&counts, MOST_GROUPS, 0, total);
    ranking.entries.into_iter().map(|entry| Class::new((entry.value, entry.count), total)).collect()
}

#[cfg(test)]
#[path = "classes_tests.rs"]
mod tests;
