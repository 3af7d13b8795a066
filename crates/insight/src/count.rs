//! Values with their numbers of rights, and rankings of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A value with the number of rights that have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Count {
    /// The value as stored.
    pub value: String,
    /// Rights that have it.
    pub count: u64,
    /// Their part of all rights of the analysis, 0 to 1.
    pub share: f64,
}

impl Count {
    /// `count` of `total`.
    pub fn of(value: impl Into<String>, count: u64, total: u64) -> Self {
        Self { value: value.into(), count, share: share(count, total) }
    }
}

/// `part` of `whole` from 0 to 1; nothing of nothing is 0.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 / whole as f64).min(1.0) }
}

/// Values with their numbers of rights, as a facet counts them.
pub(crate) type Counts = [(String, u64)];

/// The commonest values of a field of which a right may have several, or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ranking {
    /// Commonest first, equal ones by value. Shares may add up to more than 1: a right counts for each of its values.
    pub entries: Vec<Count>,
    /// Rights that have any value.
    pub with: u64,
    /// Rights that have none.
    pub without: u64,
    /// Different values among all rights; absent when they were not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub different: Option<u64>,
}

impl Ranking {
    /// The `most` commonest of `counts` among `total` rights, `with` of which have a value.
    pub fn new(counts: &[(String, u64)], most: usize, with: u64, total: u64) -> Self {
        let mut sorted: Vec<&(String, u64)> = counts.iter().filter(|(_, count)| *count > 0).collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sorted.truncate(most);
        let entries = sorted.into_iter().map(|(value, count)| Count::of(value, *count, total)).collect();
        Self { entries, with: with.min(total), without: total.saturating_sub(with), different: None }
    }

    /// A ranking of a field of which a right has one value at most: whatever is not counted has none.
    pub fn single(counts: &[(String, u64)], most: usize, total: u64) -> Self {
        let with = counts.iter().map(|(_, count)| count).sum();
        Self { different: Some(counts.len() as u64), ..Self::new(counts, most, with, total) }
    }
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
