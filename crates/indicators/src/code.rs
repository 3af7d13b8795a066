//! Codes of indicators.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a code at most.
const LONGEST: usize = 24;

/// The code of an indicator: capital letters and digits in groups joined by hyphens, such as `R-INV-10Y`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(as = IndicatorCode, value_type = String, example = "R-INV-10Y")]
pub struct Code(String);

/// A text that is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "«{0}» is no code of an indicator: write capital letters and digits joined by hyphens, 24 at most, such as R-INV-10Y"
)]
pub struct NoCode(pub String);

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = NoCode;

    fn from_str(text: &str) -> Result<Self, NoCode> {
        let code = text.trim().to_ascii_uppercase();
        let group = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        let sound = code.len() <= LONGEST && code.split('-').all(group);
        if sound { Ok(Self(code)) } else { Err(NoCode(text.chars().take(60).collect())) }
    }
}

impl TryFrom<String> for Code {
    type Error = NoCode;

    fn try_from(text: String) -> Result<Self, NoCode> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
