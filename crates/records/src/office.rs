//! Office codes of WIPO ST.3.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A two-letter ST.3 code of a country or organisation, in upper case (`CN`, `EP`, `EM`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct Office([u8; 2]);

impl Office {
    /// China.
    pub const CN: Self = Self(*b"CN");
    /// United States.
    pub const US: Self = Self(*b"US");
    /// European Patent Office.
    pub const EP: Self = Self(*b"EP");
    /// WIPO as publisher of PCT applications.
    pub const WO: Self = Self(*b"WO");
    /// Japan.
    pub const JP: Self = Self(*b"JP");
    /// Republic of Korea.
    pub const KR: Self = Self(*b"KR");
    /// Germany.
    pub const DE: Self = Self(*b"DE");
    /// United Kingdom.
    pub const GB: Self = Self(*b"GB");
    /// European Union Intellectual Property Office.
    pub const EM: Self = Self(*b"EM");
    /// WIPO as registry of the Madrid and Hague systems.
    pub const IB: Self = Self(*b"IB");
    /// Demonstration data: no office uses this code (ST.3 keeps X-codes from XN on for private use).
    pub const DEMO: Self = Self(*b"XX");

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl FromStr for Office {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(format!("«{text}» is not an office code of two letters (ST.3)")),
        }
    }
}

impl TryFrom<String> for Office {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Office> for String {
    fn from(office: Office) -> Self {
        office.as_str().to_owned()
    }
}

impl fmt::Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
