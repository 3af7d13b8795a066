//! Schemes that come with the program: the facts of the documents, in words of our own.

use crate::{AssessmentError, Scheme};

const TEXTS: [&str; 5] = [
    include_str!("schemes/city-effort.toml"),
    include_str!("schemes/city-strength.toml"),
    include_str!("schemes/five-plus-n.toml"),
    include_str!("schemes/outlet.toml"),
    include_str!("schemes/business-environment.toml"),
];

/// The schemes that come with the program.
pub fn ready_schemes() -> Result<Vec<Scheme>, AssessmentError> {
    TEXTS.iter().map(|text| Scheme::from_toml(text)).collect()
}

#[cfg(test)]
#[path = "ready_tests.rs"]
mod tests;
