//! Names of rows: 26 characters that sort by the time they were made.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ulid::Ulid;
use utoipa::ToSchema;

/// An id made here: a ULID, 26 characters of Crockford's base 32, the first ten of them the time in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z")]
pub struct Id(String);

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no id: 26 letters and digits as they stand in an address of this site")]
pub struct NoId(pub String);

impl Id {
    /// An id for the moment `now` and ten random bytes; ids of later milliseconds sort after those of earlier ones.
    pub fn make(now: Timestamp, random: [u8; 10]) -> Self {
        let random = random.iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Self(Ulid::from_parts(milliseconds, random).to_string())
    }

    /// The same id as a UUID, the form in which HSDS writes ids.
    pub fn to_uuid(&self) -> String {
        let value = Ulid::from_string(&self.0).map_or(0, u128::from);
        uuid(value)
    }

    /// Reads an id written by [`Id::to_uuid`].
    pub fn from_uuid(text: &str) -> Result<Self, NoId> {
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        let value = (digits.len() == 32).then(|| u128::from_str_radix(&digits, 16).ok()).flatten();
        value.map(|value| Self(Ulid::from(value).to_string())).ok_or_else(|| NoId(text.to_owned()))
    }

    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 128 bits in the groups of a UUID.
pub(crate) fn uuid(value: u128) -> String {
    let hex = format!("{value:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

impl FromStr for Id {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        let upper = text.trim().to_ascii_uppercase();
        match Ulid::from_string(&upper) {
            Ok(id) if upper.len() == 26 => Ok(Self(id.to_string())),
            _ => Err(NoId(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Id {
    type Error = NoId;

    fn try_from(text: String) -> Result<Self, NoId> {
        text.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An id that follows from what it is for, so that the same thing done twice has one id: `kind` is of what, `of` the key of it.
pub fn derived(at: Timestamp, kind: &str, of: &str) -> Id {
    let hash = blake3::Hasher::new().update(kind.as_bytes()).update(b"/").update(of.as_bytes()).finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&hash.as_bytes()[..10]);
    Id::make(at, random)
}

/// The name of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct OrganisationId(pub Id);

/// Writes the names of kinds of rows: an [`Id`] that is not taken for that of another kind. The crate that calls it has
/// `serde` and `utoipa`.
#[macro_export]
macro_rules! named {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub $crate::Id);

        impl $name {
            /// The 26 characters.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::NoId;

            fn from_str(text: &str) -> Result<Self, $crate::NoId> {
                text.parse().map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

impl OrganisationId {
    /// See [`Id::make`].
    pub fn make(now: Timestamp, random: [u8; 10]) -> Self {
        Self(Id::make(now, random))
    }

    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for OrganisationId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        text.parse().map(Self)
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
#[path = "id_tests.rs"]
mod tests;
