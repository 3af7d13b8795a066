//! Numbers of applications and publications: one normal form for every spelling.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Office, RightKind};

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// No office writes numbers like this.
    #[error("«{text}» is not {what} of {office}; expected {expected}")]
    Form {
        /// The text as given.
        text: String,
        /// `an application number`, `a publication number`.
        what: &'static str,
        /// The office.
        office: Office,
        /// A sample of a right form.
        expected: &'static str,
    },
    /// The check digit does not fit.
    #[error("«{text}»: the check digit should be {expected}")]
    Check {
        /// The text as given.
        text: String,
        /// The right digit.
        expected: char,
    },
}

/// Id of a right: office, letter of its kind, application number in normal form (`CN-P-201910302430`); or,
/// while only a publication is known, `pub` and that number (`CN-P-pub104751825`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RightId(String);

impl RightId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an id; letters may come in lower case.
    pub fn read(text: &str) -> Option<Self> {
        let mut fields = text.trim().splitn(3, '-');
        let office: Office = fields.next()?.parse().ok()?;
        let letter = fields.next().filter(|l| l.len() == 1)?.to_ascii_uppercase();
        let serial = fields.next().filter(|s| !s.is_empty())?;
        "PUDTGL".contains(&letter).then(|| Self(format!("{office}-{letter}-{serial}")))
    }

    /// The office in the id.
    pub fn office(&self) -> Option<Office> {
        self.0.split('-').next()?.parse().ok()
    }

    /// The letter of the kind: P, U, D, T, G or L.
    pub fn letter(&self) -> Option<char> {
        self.0.split('-').nth(1)?.chars().next()
    }

    /// Whether the right is known by a publication alone.
    pub fn is_waiting(&self) -> bool {
        self.0.splitn(3, '-').nth(2).is_some_and(|serial| serial.starts_with("pub"))
    }
}

impl From<String> for RightId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for RightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An application number in normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ApplicationNumber {
    /// The office where it was filed.
    pub office: Office,
    /// Kind of right, which decides the letter of the id.
    pub right: RightKind,
    /// Normal form without office, separators and check digit: CN `201910302430`, US `16548822` (series and
    /// serial), EP `15163325`, WO `CN2015071234`, EM `018229858`.
    pub serial: String,
    /// Check digit, where the office writes one and it was given or can be computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<char>,
}

impl ApplicationNumber {
    /// The number of `office` written `text`, in the office's own, DOCDB's or EPODOC's spelling. `right` is what
    /// the record says; where the number itself tells (CN type digit, US series 29) and differs, the number wins.
    pub fn read(office: Office, text: &str, right: RightKind) -> Result<Self, NumberError> {
        let serial: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if serial.is_empty() {
            return Err(NumberError::Form {
                text: text.to_owned(),
                what: "an application number",
                office,
                expected: "digits",
            });
        }
        Ok(Self { office, right, serial, check: None })
    }

    /// A number kept as it stands, for offices and rights without a rule of their own (GI, layouts, registers).
    /// Letters and digits of any script and `-` are kept, the rest is dropped.
    pub fn verbatim(office: Office, text: &str, right: RightKind) -> Option<Self> {
        let serial: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        (!serial.is_empty()).then_some(Self { office, right, serial, check: None })
    }

    /// The id of the right.
    pub fn id(&self) -> RightId {
        RightId(format!("{}-{}-{}", self.office, self.right.letter(), self.serial))
    }
}

/// A publication number in normal form: office and number, without kind code (`CN104751825`, `US8926509`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicationNumber(String);

impl PublicationNumber {
    /// The publication of `office` written `text`, with kind code `kind` where known, in any spelling.
    pub fn read(office: Office, text: &str, kind: Option<&str>) -> Result<Self, NumberError> {
        let _ = kind;
        let serial: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        Ok(Self(format!("{office}{serial}")))
    }

    /// Office and number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The office.
    pub fn office(&self) -> Option<Office> {
        self.0.get(..2)?.parse().ok()
    }

    /// Id under which a part waits that knows only this publication.
    pub fn waiting_id(&self) -> RightId {
        RightId(format!("{}-P-pub{}", &self.0[..2], &self.0[2..]))
    }
}

impl fmt::Display for PublicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A kind code of ST.16 or an office (`A`, `A1`, `B2`, `U`, `S1`), upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindCode(String);

impl KindCode {
    /// Reads a letter with at most two further letters or digits.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let fits = (1..=3).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then_some(Self(text))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KindCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
