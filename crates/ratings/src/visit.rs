//! Visits: what is rated where there is no case.
//!
//! A device or the staff at the counter make a ticket for each visit, and its code is printed or shown as a QR code. An
//! outlet may also put up a poster: whoever reads its code rates a visit of that day, so many a day at most.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Channel, VisitId};

/// Days in which a visit can be rated.
pub const VISIT_DAYS: i64 = 7;
/// Ratings by the poster of one outlet on one day at most.
pub const MOST_BY_POSTER: i64 = 300;

/// Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code of a ticket, a poster or a questionnaire: 80 random bits, sixteen letters and digits in four groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "7K2M-9QXD-4TRB-0WFN")]
pub struct VisitCode(String);

/// A text that is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no code of a visit: sixteen letters and digits as they are printed")]
pub struct NoVisitCode(pub String);

impl VisitCode {
    /// The code of ten random bytes.
    pub fn make(random: [u8; 10]) -> Self {
        let bits = random.iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let letter = |n: u32| char::from(LETTERS[(bits >> (75 - 5 * n)) as usize & 31]);
        Self((0..16).map(letter).collect())
    }

    /// The code of a visit by poster, which nobody is shown: it follows from the key of its rating.
    pub(crate) fn of_key(key: &str) -> Self {
        let mut random = [0; 10];
        random.copy_from_slice(&blake3::hash(key.as_bytes()).as_bytes()[..10]);
        Self::make(random)
    }

    /// Path of the page at which the visit is rated; what its QR code holds after the site's address.
    pub fn path(&self) -> String {
        format!("/rate/visit/{self}")
    }

    /// Path of the page to which a poster leads.
    pub fn poster_path(&self) -> String {
        format!("/rate/at/{self}")
    }

    /// Path of the page at which a questionnaire is answered.
    pub fn questionnaire_path(&self) -> String {
        format!("/questionnaires/{self}")
    }

    /// The sixteen characters as they are stored.
    pub(crate) fn bare(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VisitCode {
    /// In four groups.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..12], &self.0[12..])
    }
}

impl FromStr for VisitCode {
    type Err = NoVisitCode;

    /// Takes either case, with or without groups, and what is easily misread.
    fn from_str(text: &str) -> Result<Self, NoVisitCode> {
        let letters = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
        let code: String = letters.collect();
        let sound = code.len() == 16 && code.bytes().all(|b| LETTERS.contains(&b));
        if sound { Ok(Self(code)) } else { Err(NoVisitCode(text.to_owned())) }
    }
}

impl TryFrom<String> for VisitCode {
    type Error = NoVisitCode;

    fn try_from(text: String) -> Result<Self, NoVisitCode> {
        text.parse()
    }
}

impl From<VisitCode> for String {
    fn from(code: VisitCode) -> Self {
        code.to_string()
    }
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its name.
    pub id: VisitId,
    /// What its ticket says.
    pub code: VisitCode,
    /// Where.
    pub outlet: OrganisationId,
    /// On which day.
    pub day: Date,
    /// Code of the item that was served, where it is known.
    pub item: Option<String>,
    /// How it is to be rated.
    pub channel: Channel,
}

/// The poster of an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    /// Whose.
    pub outlet: OrganisationId,
    /// Counts the changes: a new code ends the one before.
    pub version: i64,
    /// What it says.
    pub code: VisitCode,
    /// Since when.
    pub made_at: Timestamp,
}

#[cfg(test)]
#[path = "visit_tests.rs"]
mod tests;
