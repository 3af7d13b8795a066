//! Several years joined: the review of what was scored year by year.

use network::OrganisationId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::{Points, Scores, Text, Years};

/// What a review says of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentReviewed)]
pub struct Reviewed {
    /// Which.
    pub unit: OrganisationId,
    /// Its name in the last year in which it was assessed.
    pub name: Text,
    /// Total of each year, oldest first; none where it was not assessed, or its result waits.
    pub totals: Vec<Option<Points>>,
    /// In which years a veto failed it.
    pub failed: Vec<bool>,
    /// Mean by the weights of the years; none with a year missing: missing is not zero.
    pub mean: Option<Points>,
    /// What follows.
    pub verdict: Verdict,
}

network::coded! {
    /// What follows from a review.
    #[schema(as = AssessmentVerdict)]
    Verdict ("verdict") {
        /// Passed.
        Passed = "passed", "通过复核", "Passed";
        /// Not passed.
        NotPassed = "not-passed", "未通过复核", "Not passed";
        /// A year is missing.
        Incomplete = "incomplete", "年度不全，暂不复核", "A year is missing";
    }
}

/// Joins the results of the years of a scheme, oldest first; a year without a result is `None`. Best first.
pub fn review(years: &Years, results: &[Option<&Scores>]) -> Vec<Reviewed> {
    let mut units: BTreeMap<&OrganisationId, Reviewed> = BTreeMap::new();
    for (at, scores) in results.iter().enumerate() {
        for score in scores.iter().flat_map(|scores| &scores.units) {
            let reviewed = units.entry(&score.unit).or_insert_with(|| Reviewed {
                unit: score.unit.clone(),
                name: Text::default(),
                totals: vec![None; results.len()],
                failed: vec![false; results.len()],
                mean: None,
                verdict: Verdict::Incomplete,
            });
            reviewed.name = score.name.clone();
            (reviewed.totals[at], reviewed.failed[at]) = (score.total, score.failed);
        }
    }
    let mut all: Vec<Reviewed> = units.into_values().map(|unit| judged(years, unit)).collect();
    all.sort_by_key(|unit| (unit.verdict, std::cmp::Reverse(unit.mean), unit.unit.clone()));
    all
}

fn judged(years: &Years, mut unit: Reviewed) -> Reviewed {
    let weights: f64 = years.weights.iter().sum();
    let totals: Option<Vec<Points>> = unit.totals.iter().copied().collect();
    let Some(totals) = totals.filter(|totals| totals.len() == years.weights.len() && weights > 0.0) else {
        return unit;
    };
    let sum: f64 = totals.iter().zip(&years.weights).map(|(total, weight)| total.value() * weight).sum();
    let mean = Points::of(sum / weights);
    let failed = unit.failed.iter().filter(|failed| **failed).count();
    unit.mean = Some(mean);
    unit.verdict = if mean >= Points::of(years.pass) && failed <= years.failed_at_most {
        Verdict::Passed
    } else {
        Verdict::NotPassed
    };
    unit
}

/// The arithmetic of a mean.
pub fn mean_words(years: &Years, unit: &Reviewed, lang: &str) -> String {
    let Some(mean) = unit.mean else { return unit.verdict.label(lang).to_owned() };
    let parts: Vec<String> = unit
        .totals
        .iter()
        .zip(&years.weights)
        .map(|(total, weight)| format!("{} × {}", total.unwrap_or_default(), crate::number(*weight)))
        .collect();
    let weights: f64 = years.weights.iter().sum();
    format!("({}) ÷ {} = {mean}", parts.join(" + "), crate::number(weights))
}

#[cfg(test)]
#[path = "years_tests.rs"]
mod tests;
