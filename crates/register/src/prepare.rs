//! Parts made ready for storing, before any lock is taken.

use std::cmp::Ordering;

use rayon::prelude::*;
use records::{Date, Origin, Part, PublicationNumber};

use crate::{Delivery, RegisterError, codec};

/// What decides between two parts of one key; the order is that of [`Part::supersedes`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) as_of: Option<Date>,
    pub(crate) withdrawn: bool,
    pub(crate) digest: Vec<u8>,
}

/// A part, its version and its subject in the form of the tables.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) part: Part,
    pub(crate) origin: Origin,
    pub(crate) version: Version,
    /// Id of the application.
    pub(crate) application: Option<String>,
    /// Waiting ids of the publications, in the order of the record, none twice.
    pub(crate) publications: Vec<String>,
    pub(crate) json: Vec<u8>,
}

impl Prepared {
    /// Whether it can be stored: it names a right, or takes back a part that is known by its key.
    pub(crate) fn names_something(&self) -> bool {
        self.part.withdrawn || self.application.is_some() || !self.publications.is_empty()
    }

    pub(crate) fn key(&self) -> &str {
        self.part.key.as_str()
    }
}

/// Prepares all parts on all cores.
pub(crate) fn prepare(parts: Vec<Delivery>) -> Result<Vec<Prepared>, RegisterError> {
    parts.into_par_iter().map(prepare_one).collect()
}

fn prepare_one(Delivery { part, mut origin }: Delivery) -> Result<Prepared, RegisterError> {
    let json = codec::json(&part)?;
    // The digest of a part is that of its JSON: one writing serves both.
    let digest = blake3::hash(&json).as_bytes().to_vec();
    let mut publications: Vec<String> = Vec::with_capacity(part.subject.publications.len());
    for id in part.subject.publications.iter().map(PublicationNumber::waiting_id) {
        if !publications.iter().any(|known| known == id.as_str()) {
            publications.push(id.to_string());
        }
    }
    origin.file = storable(origin.file);
    Ok(Prepared {
        version: Version { as_of: part.as_of, withdrawn: part.withdrawn, digest },
        application: part.subject.application.as_ref().map(|application| application.id().to_string()),
        publications,
        part,
        origin,
        json,
    })
}

/// PostgreSQL takes no NUL in a text; names inside archives may hold one.
pub(crate) fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

/// What an incoming part means beside the stored version.
pub(crate) fn compare(incoming: &Version, stored: Option<&Version>) -> crate::Verdict {
    use crate::Verdict;
    match stored.map(|stored| (incoming.digest == stored.digest, incoming.cmp(stored))) {
        Some((true, _)) => Verdict::Unchanged,
        Some((false, Ordering::Less | Ordering::Equal)) => Verdict::Older,
        _ if incoming.withdrawn => Verdict::Withdrawn,
        None => Verdict::New,
        Some((false, Ordering::Greater)) => Verdict::Changed,
    }
}

#[cfg(test)]
#[path = "prepare_tests.rs"]
mod tests;
