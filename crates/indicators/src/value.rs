//! Values: what was reported or measured of a unit in a period.

use accounts::PersonId;
use jiff::Timestamp;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Code, Period, State, Text};

/// Characters of a note or reason at most.
pub const MOST_WORDS: usize = 1000;

/// A value, or one of its versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorValue)]
pub struct Value {
    /// Of which unit.
    pub unit: OrganisationId,
    /// Of which indicator.
    pub code: Code,
    /// In which period.
    pub period: Period,
    /// Counts the changes, from one.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// How much; none: the unit says that there is no number, and why in `note`.
    pub number: Option<f64>,
    /// A remark of whoever entered it; of a measured one, why there is no number.
    pub note: String,
    /// Why it was returned, opened again or corrected.
    pub reason: String,
    /// Address of the list behind a measured number.
    pub href: Option<String>,
    /// Who made this version; none: the program.
    pub person: Option<PersonId>,
    /// When this version was made, or when it was last measured.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// Which value, and in which version it was seen.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// Of which unit.
    pub unit: &'a OrganisationId,
    /// Of which indicator.
    pub code: &'a Code,
    /// In which period.
    pub period: Period,
    /// In which version; 0 when there was none.
    pub version: i64,
}

/// What a unit enters.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Of which unit.
    pub unit: OrganisationId,
    /// Of which indicator.
    pub code: Code,
    /// In which period.
    pub period: Period,
    /// How much; none: there is no number, and `note` says why.
    pub number: Option<f64>,
    /// A remark.
    pub note: String,
}

impl Value {
    /// Which value this is, as it was seen.
    pub fn seen(&self) -> Seen<'_> {
        Seen { unit: &self.unit, code: &self.code, period: self.period, version: self.version }
    }

    /// The note as people read it, in `zh` or, for every other language, English: the program writes both.
    pub fn note_text(&self, lang: &str) -> String {
        let both = if self.state == State::Computed { serde_json::from_str::<Text>(&self.note).ok() } else { None };
        both.map_or_else(|| self.note.clone(), |both| both.text(lang).to_owned())
    }

    /// Whether both say the same.
    pub(crate) fn says(&self, entry: &Entry) -> bool {
        self.number == entry.number && self.note == entry.note.trim()
    }
}
