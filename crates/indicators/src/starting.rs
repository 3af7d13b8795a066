//! The indicators that come with the program.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::Deserialize;

use crate::{Definition, IndicatorsError, Version};

const STARTING: &str = include_str!("starting.toml");
/// From when they hold: the base year of the five-year plan.
const FROM: Date = date(2020, 1, 1);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    indicator: Vec<Definition>,
}

/// The starting indicators, as first versions written at a moment.
pub fn starting(made_at: Timestamp) -> Result<Vec<Version>, IndicatorsError> {
    let definitions = from_toml(STARTING)?.into_iter();
    let first = |definition| Version { number: 1, from: FROM, to: None, made_at, made_by: None, definition };
    Ok(definitions.map(first).collect())
}

/// Definitions as TOML: `[[indicator]]` after `[[indicator]]`.
pub fn from_toml(text: &str) -> Result<Vec<Definition>, IndicatorsError> {
    let file: File = toml::from_str(text).map_err(|error| IndicatorsError::Definition(error.to_string()))?;
    Ok(file.indicator)
}

/// A definition as JSON.
pub fn from_json(text: &str) -> Result<Definition, IndicatorsError> {
    serde_json::from_str(text).map_err(|error| IndicatorsError::Definition(error.to_string()))
}

#[cfg(test)]
#[path = "starting_tests.rs"]
mod tests;
