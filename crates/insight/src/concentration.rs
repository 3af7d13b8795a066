//! How much of a field its largest applicants hold.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Applicants counted at most. The ones beyond them are the smallest: each holds less than a 50,000th, and all of them
/// together add less than 0.2 points to an index that goes to 10,000.
pub const MOST_APPLICANTS: usize = 50_000;

/// Concentration of the applications on applicants.
///
/// Shares are those of all *mentions* of applicants, so that they add up to 1: an application of two applicants is
/// mentioned twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Concentration {
    /// Different applicants.
    pub applicants: u64,
    /// Mentions of applicants.
    pub mentions: u64,
    /// Share of the four largest, 0 to 1.
    pub cr4: f64,
    /// Share of the eight largest.
    pub cr8: f64,
    /// Share of the ten largest.
    pub cr10: f64,
    /// Herfindahl–Hirschman index: the sum of the squares of the shares in per cent, above 0, 10,000 for one applicant.
    pub hhi: f64,
    /// Its class.
    pub level: Level,
    /// False when there are more than [`MOST_APPLICANTS`] and the smallest were left out.
    pub complete: bool,
}

/// Classes of the Herfindahl–Hirschman index as the Merger Guidelines of the United States (Department of Justice and
/// Federal Trade Commission, 2023, guideline 1) draw them: up to 1,000, up to 1,800, above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ConcentrationLevel)]
pub enum Level {
    /// Below 1,000: many applicants, none of them large.
    Low,
    /// 1,000 to 1,800.
    Moderate,
    /// Above 1,800: few applicants hold the field.
    High,
}

impl Level {
    /// The class of an index.
    pub fn of(hhi: f64) -> Self {
        if hhi < 1000.0 {
            Self::Low
        } else if hhi <= 1800.0 {
            Self::Moderate
        } else {
            Self::High
        }
    }

    /// The name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Low => ("低集中度", "not concentrated"),
            Self::Moderate => ("中等集中度", "moderately concentrated"),
            Self::High => ("高集中度", "highly concentrated"),
        };
        if lang == "zh" { zh } else { en }
    }
}

impl Concentration {
    /// The concentration on applicants with these numbers of applications, in any order; `rights` have an applicant.
    /// `None` when nobody has applied for anything.
    pub fn of(counts: impl IntoIterator<Item = u64>, rights: u64) -> Option<Self> {
        let mut counts: Vec<u64> = counts.into_iter().filter(|count| *count > 0).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let complete = counts.len() < MOST_APPLICANTS;
        // Where the list was cut, there were at least as many mentions as rights.
        let listed: u64 = counts.iter().sum();
        let mentions = if complete { listed } else { listed.max(rights) };
        if listed == 0 {
            return None;
        }
        let share = |count: u64| count as f64 / mentions as f64;
        let largest = |n: usize| share(counts.iter().take(n).sum());
        let hhi = counts.iter().map(|&count| (100.0 * share(count)).powi(2)).sum();
        Some(Self {
            applicants: counts.len() as u64,
            mentions,
            cr4: largest(4),
            cr8: largest(8),
            cr10: largest(10),
            hhi,
            level: Level::of(hhi),
            complete,
        })
    }
}

#[cfg(test)]
#[path = "concentration_tests.rs"]
mod tests;
