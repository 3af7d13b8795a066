//! The rules that come with the program.

use network::Text;
use serde::Deserialize;

use crate::condition::Condition;
use crate::{Rule, RuleCode, Scope, Severity, Told, WarningsError};

const STARTING: &str = include_str!("rules.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: RuleCode,
    signal: String,
    severity: Severity,
    told: Told,
    quiet_days: i64,
    condition: Condition,
    #[serde(default)]
    scope: Scope,
    name: Text,
    advice: Text,
}

/// The starting rules, which hold until a change of one is stored.
pub fn starting_rules() -> Result<Vec<Rule>, WarningsError> {
    let file: File = toml::from_str(STARTING)
        .map_err(|error| WarningsError::Unreadable { id: "rules.toml".to_owned(), reason: error.to_string() })?;
    let rule = |written: Written| Rule {
        code: written.code,
        version: 1,
        keeper: None,
        name: written.name,
        advice: written.advice,
        signal: written.signal,
        condition: written.condition,
        scope: written.scope,
        severity: written.severity,
        told: written.told,
        quiet_days: written.quiet_days,
        on: true,
    };
    Ok(file.rule.into_iter().map(rule).collect())
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
