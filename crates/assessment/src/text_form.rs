//! Schemes as text: TOML in and out.

use crate::{AssessmentError, Scheme};

/// Bytes of a scheme's text at most.
pub const MOST_BYTES: usize = 512 << 10;

impl Scheme {
    /// Reads a scheme; a mistake is told with its line. Whether it can be used is for [`crate::faults`].
    pub fn from_toml(text: &str) -> Result<Self, AssessmentError> {
        if text.len() > MOST_BYTES {
            let message = format!("{MOST_BYTES} bytes at most");
            return Err(AssessmentError::Toml { line: None, message });
        }
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            AssessmentError::Toml { line, message: error.message().to_owned() }
        })
    }

    /// Writes the scheme; [`Scheme::from_toml`] reads the same back.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "text_form_tests.rs"]
mod tests;
