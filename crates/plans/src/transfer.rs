//! A plan as TOML, out and in, and the plans that come with the program.

use thiserror::Error;

use crate::Contents;

/// Why a text is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("this is no plan in TOML: {message}")]
pub struct NoPlan {
    /// What the reader said, with line and column.
    pub message: String,
}

impl NoPlan {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang == "zh" { format!("无法读取 TOML 计划：{}", self.message) } else { self.to_string() }
    }
}

impl Contents {
    /// As TOML.
    pub fn to_toml(&self) -> Result<String, NoPlan> {
        toml::to_string_pretty(self).map_err(|error| NoPlan { message: error.to_string() })
    }

    /// From TOML; unknown words are refused with their place.
    pub fn from_toml(text: &str) -> Result<Self, NoPlan> {
        toml::from_str(text).map_err(|error| NoPlan { message: error.to_string() })
    }
}

/// A plan that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Starting {
    /// Its name.
    pub key: &'static str,
    /// Its TOML.
    pub toml: &'static str,
}

/// The plans that come with the program, oldest first.
pub const STARTING: [Starting; 4] = [
    Starting { key: "2015-cities", toml: include_str!("../starting/2015-cities.toml") },
    Starting { key: "2021-plan", toml: include_str!("../starting/2021-plan.toml") },
    Starting { key: "2021-2025-indicators", toml: include_str!("../starting/2021-2025-indicators.toml") },
    Starting { key: "2024-guideline", toml: include_str!("../starting/2024-guideline.toml") },
];

/// A plan that comes with the program, by its name.
pub fn starting(key: &str) -> Option<Result<Contents, NoPlan>> {
    STARTING.iter().find(|plan| plan.key == key).map(|plan| Contents::from_toml(plan.toml))
}

#[cfg(test)]
#[path = "transfer_tests.rs"]
mod tests;
