//! The names of service items for machines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters in a code at most.
const LONGEST: usize = 40;

/// The code of a service item: `B08` a basic service, `V01` a value-added one, `W-P06` an item of the one window. It stays
/// while versions come and go, stands in addresses and in the lists of outlets. Codes of GB/T 39046 are elements of
/// the item ([`crate::Item::basic_code`], [`crate::Item::implementation_code`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "B08")]
pub struct ItemCode(String);

/// A text that is no code of an item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no code of a service item: at most 40 letters, digits, dots and hyphens, a letter or digit first")]
pub struct NoItemCode(pub String);

impl ItemCode {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ItemCode {
    type Err = NoItemCode;

    /// Takes letters of any case; they are kept as capitals.
    fn from_str(text: &str) -> Result<Self, NoItemCode> {
        let code = text.trim();
        let sound = code.len() <= LONGEST
            && code.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        if sound { Ok(Self(code.to_ascii_uppercase())) } else { Err(NoItemCode(text.to_owned())) }
    }
}

impl TryFrom<String> for ItemCode {
    type Error = NoItemCode;

    fn try_from(text: String) -> Result<Self, NoItemCode> {
        text.parse()
    }
}

impl From<ItemCode> for String {
    fn from(code: ItemCode) -> Self {
        code.0
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
