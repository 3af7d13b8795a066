//! Parts → right. Pure: order, repetition and grouping of the parts make no difference.
//!
//! Parts of one key are first reduced to the one that holds ([`Part::supersedes`]), withdrawn ones say nothing. The
//! rest stand in one order, nearest source and most advanced publication first; a field is taken from the first part
//! that has it, lists that grow (publications, citations, relations, events) are united.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::event::inpadoc::CodeTable;
use crate::status::{self, StatusInput};
use crate::{
    ApplicationNumber, Citation, Date, Event, Level, Office, Part, PartKey, Party, Publication, Record, Right, RightId,
    RightKind, Text,
};

/// The right that these parts make; `None` when all of them are withdrawn or name nothing.
///
/// All parts should be about one right, as the register groups them; if they name several applications the
/// smallest id stands. `sources` is left empty: where parts lie is not part of what they say.
pub fn assemble(parts: &[Part]) -> Option<Right> {
    assemble_with(parts, &CodeTable::default())
}

/// [`assemble`], where a table of event codes tells the effect of events whose reader knew none.
pub fn assemble_with(parts: &[Part], codes: &CodeTable) -> Option<Right> {
    let live = in_order(holding(parts));
    let application = live.iter().filter_map(|p| p.subject.application.as_ref()).min_by_key(|a| a.id());
    let id = match application {
        Some(application) => application.id(),
        None => live.iter().filter_map(|p| p.subject.id()).min()?,
    };
    let fold = Fold { live: &live };
    let publications = fold.publications();
    let filing_date = fold.first(|r| r.filing_date);
    let grant_date = fold.first(|r| r.grant_date).or_else(|| first_at(&publications, Level::Grant));
    let right = fold.kind(application, &id);
    let office = application.map_or_else(|| id.office(), |a| Some(a.office)).unwrap_or(Office::DEMO);
    let events = fold.events(office, right, codes);
    let (status, status_text) = status::decide(&StatusInput {
        right,
        office,
        publications: &publications,
        events: &events,
        office_statuses: &fold.office_statuses(),
        filing_date,
        grant_date,
    });
    Some(Right {
        application_number: application.map(ApplicationNumber::display),
        registration_number: fold.first(|r| r.registration_number.clone()),
        titles: fold.texts(|r| &r.titles),
        abstracts: fold.texts(|r| &r.abstracts),
        claims: fold.list(|r| &r.claims),
        description: fold.first(|r| r.description.clone().filter(|d| !d.is_empty())),
        applicants: fold.parties(|r| &r.applicants),
        owners: fold.parties(|r| &r.owners),
        inventors: fold.parties(|r| &r.inventors),
        agents: fold.parties(|r| &r.agents),
        publication_date: publications.iter().filter_map(|p| p.date).min(),
        expiry_date: fold.first(|r| r.expiry_date),
        priorities: fold.list(|r| &r.priorities),
        ipc: fold.list(|r| &r.ipc),
        cpc: fold.list(|r| &r.cpc),
        locarno: fold.list(|r| &r.locarno),
        nice: fold.list(|r| &r.nice),
        vienna: fold.list(|r| &r.vienna),
        citations: fold.citations(),
        related: fold.united(|r| &r.related),
        family_id: fold.first(|r| r.family_id.clone()),
        images: fold.list(|r| &r.images),
        facts: fold.facts(),
        sources: Vec::new(),
        id,
        right,
        office,
        publications,
        filing_date,
        grant_date,
        events,
        status,
        status_text,
    })
}

/// Of each key the part that holds, without the withdrawn.
fn holding(parts: &[Part]) -> Vec<&Part> {
    let mut newest: BTreeMap<&PartKey, &Part> = BTreeMap::new();
    for part in parts {
        newest
            .entry(&part.key)
            .and_modify(|held| {
                if part.supersedes(held) {
                    *held = part;
                }
            })
            .or_insert(part);
    }
    newest.into_values().filter(|part| !part.withdrawn).collect()
}

/// Nearest source first; of one office the most advanced and latest publication first.
fn in_order(mut parts: Vec<&Part>) -> Vec<&Part> {
    parts.sort_by_cached_key(|part| {
        let level = part.record.publications.iter().filter_map(|p| p.level).max();
        let date = part.record.publications.iter().filter_map(|p| p.date).max();
        (Reverse((part.authority, level, date, part.as_of)), part.key.clone())
    });
    parts
}

fn first_at(publications: &[Publication], level: Level) -> Option<Date> {
    publications.iter().filter(|p| p.level == Some(level)).filter_map(|p| p.date).min()
}

struct Fold<'p> {
    live: &'p [&'p Part],
}

impl<'p> Fold<'p> {
    fn records(&self) -> impl Iterator<Item = &'p Record> {
        self.live.iter().map(|part| &part.record)
    }

    fn first<T>(&self, field: impl Fn(&Record) -> Option<T>) -> Option<T> {
        self.records().find_map(field)
    }

    fn list<T: Clone + 'p>(&self, field: impl Fn(&'p Record) -> &'p Vec<T>) -> Vec<T> {
        self.records().map(field).find(|list| !list.is_empty()).cloned().unwrap_or_default()
    }

    fn united<T: Clone + PartialEq + Ord + 'p>(&self, field: impl Fn(&'p Record) -> &'p Vec<T>) -> Vec<T> {
        let mut seen = BTreeSet::new();
        self.records().flat_map(field).filter(|item| seen.insert(*item)).cloned().collect()
    }

    /// Every event once, in order of date. INPADOC codes are about patents, utility models and designs alone.
    fn events(&self, office: Office, right: RightKind, codes: &CodeTable) -> Vec<Event> {
        let coded = !codes.is_empty() && matches!(right.letter(), 'P' | 'U' | 'D');
        let told = self.united(|r| &r.events).into_iter().map(|mut event| {
            if coded && event.effect.is_none() {
                event.effect = codes.effect(office, &event.code, &event.text);
            }
            event
        });
        told.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What the number says, else the best part, else the letter of the id.
    fn kind(&self, application: Option<&ApplicationNumber>, id: &RightId) -> RightKind {
        let said = self.first(|r| r.right);
        let letter = id.letter().unwrap_or('P');
        let of_letter = |kind: &RightKind| kind.letter() == letter;
        let numbered = application.map(|a| a.right);
        said.filter(of_letter)
            .or(numbered)
            .or_else(|| RightKind::ALL.into_iter().find(of_letter))
            .unwrap_or(RightKind::Invention)
    }

    fn publications(&self) -> Vec<Publication> {
        let mut united: BTreeMap<_, Publication> = BTreeMap::new();
        for publication in self.records().flat_map(|r| &r.publications) {
            let key = (publication.number.clone(), publication.kind.clone());
            let held = united.entry(key).or_insert_with(|| publication.clone());
            held.date = held.date.or(publication.date);
            held.level = held.level.or(publication.level);
        }
        // A list that names a publication without its kind adds nothing to one that has it.
        let with_kind: BTreeSet<_> = united.keys().filter(|(_, kind)| kind.is_some()).map(|(n, _)| n.clone()).collect();
        let mut publications: Vec<_> =
            united.into_values().filter(|p| p.kind.is_some() || !with_kind.contains(&p.number)).collect();
        publications.sort_by(|a, b| {
            (a.date.is_none(), a.date, &a.number, &a.kind).cmp(&(b.date.is_none(), b.date, &b.number, &b.kind))
        });
        publications
    }

    /// One text a language, from the first part that has it; a text without language only if no other says the same.
    fn texts(&self, field: impl Fn(&'p Record) -> &'p Vec<Text>) -> Vec<Text> {
        let mut texts: Vec<Text> = Vec::new();
        for text in self.records().flat_map(field) {
            let known = |t: &Text| t.lang == text.lang || (text.lang.is_none() && t.text == text.text);
            if !texts.iter().any(known) {
                texts.push(text.clone());
            }
        }
        let said: BTreeSet<_> = texts.iter().filter(|t| t.lang.is_some()).map(|t| t.text.clone()).collect();
        texts.retain(|t| t.lang.is_some() || !said.contains(&t.text));
        texts
    }

    /// The first list of parties; lists of the same length add their spellings of the same people.
    fn parties(&self, field: impl Fn(&'p Record) -> &'p Vec<Party>) -> Vec<Party> {
        let mut lists = self.records().map(field).filter(|list| !list.is_empty());
        let mut parties = lists.next().cloned().unwrap_or_default();
        for list in lists.filter(|list| list.len() == parties.len()).collect::<Vec<_>>() {
            for (party, other) in parties.iter_mut().zip(list) {
                for name in std::iter::once(&other.name).chain(&other.other_names) {
                    if *name != party.name && !party.other_names.contains(name) {
                        party.other_names.push(name.clone());
                    }
                }
                party.country = party.country.take().or_else(|| other.country.clone());
                party.region = party.region.take().or_else(|| other.region.clone());
                party.address = party.address.take().or_else(|| other.address.clone());
            }
        }
        parties
    }

    /// Every cited document once; who cited it and its category from the first part that says so.
    fn citations(&self) -> Vec<Citation> {
        let mut place: BTreeMap<(Option<&str>, Option<&str>), usize> = BTreeMap::new();
        let mut citations: Vec<Citation> = Vec::new();
        for citation in self.records().flat_map(|r| &r.citations) {
            let key = (citation.number.as_deref(), citation.text.as_deref().filter(|_| citation.number.is_none()));
            if let Some(&at) = place.get(&key) {
                let held = &mut citations[at];
                held.category = held.category.take().or_else(|| citation.category.clone());
                held.by = held.by.take().or_else(|| citation.by.clone());
            } else {
                place.insert(key, citations.len());
                citations.push(citation.clone());
            }
        }
        citations
    }

    fn facts(&self) -> Vec<(String, String)> {
        let mut facts: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in self.records().flat_map(|r| &r.facts) {
            facts.entry(name.clone()).or_insert_with(|| value.clone());
        }
        facts.into_iter().collect()
    }

    fn office_statuses(&self) -> Vec<crate::OfficeStatus> {
        self.records().filter_map(|r| r.office_status.clone()).collect()
    }
}

#[cfg(test)]
#[path = "assemble_tests.rs"]
mod tests;
