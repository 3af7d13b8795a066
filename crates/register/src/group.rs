//! Which right a part belongs to. Pure: the answer depends on the set of stored parts alone.
//!
//! A part that names an application belongs to it. One that names publications only belongs to the application
//! which some live part links to the first of them that is linked; where several applications are linked to one
//! publication, the smallest id holds. Else it waits under its first publication.

use std::collections::{BTreeSet, HashMap};

/// A publication named by a part, as stored. Publications are known by their waiting ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    pub(crate) publication: String,
    pub(crate) part: String,
    /// Id of the application that the part names.
    pub(crate) application: Option<String>,
    pub(crate) withdrawn: bool,
}

/// For publications: the applications to which live parts link them.
#[derive(Debug, Default)]
pub(crate) struct Links(HashMap<String, BTreeSet<String>>);

impl Links {
    /// Takes note of a naming; withdrawn parts and waiting ones link nothing.
    pub(crate) fn add(&mut self, publication: &str, application: Option<&str>, withdrawn: bool) {
        if let (Some(application), false) = (application, withdrawn) {
            self.0.entry(publication.to_owned()).or_default().insert(application.to_owned());
        }
    }

    /// The right of a publication.
    pub(crate) fn right(&self, publication: &str) -> Option<&str> {
        self.0.get(publication)?.first().map(String::as_str)
    }

    /// The right of a part; empty when it names nothing at all.
    pub(crate) fn group(&self, application: Option<&str>, publications: &[String]) -> String {
        let linked = || publications.iter().find_map(|publication| self.right(publication));
        let waiting = || publications.first().map(String::as_str);
        application.or_else(linked).or_else(waiting).unwrap_or_default().to_owned()
    }
}

impl FromIterator<Naming> for Links {
    fn from_iter<I: IntoIterator<Item = Naming>>(namings: I) -> Self {
        let mut links = Self::default();
        for naming in namings {
            links.add(&naming.publication, naming.application.as_deref(), naming.withdrawn);
        }
        links
    }
}
