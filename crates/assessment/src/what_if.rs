//! What if weights or inputs were others: two results side by side, nothing kept.

use std::collections::BTreeMap;

use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Datum, Origin, Points, Scheme, Scores, Snapshot, score};

/// What is supposed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentSupposed)]
pub struct Supposed {
    /// Other weights of dimensions, by code.
    #[serde(default)]
    pub dimensions: BTreeMap<String, f64>,
    /// Other weights of items, by code.
    #[serde(default)]
    pub items: BTreeMap<String, f64>,
    /// Other values of units: unit, item, value; none takes the value away.
    #[serde(default)]
    pub values: Vec<(OrganisationId, String, Option<f64>)>,
}

/// Both results of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentCompared)]
pub struct Compared {
    /// Which.
    pub unit: OrganisationId,
    /// Total as it is.
    pub was: Option<Points>,
    /// Total as it would be.
    pub would: Option<Points>,
    /// Place as it is.
    pub rank_was: Option<u32>,
    /// Place as it would be.
    pub rank_would: Option<u32>,
}

/// Scores as they are and as they would be, and each unit compared, in the order of the places that they would have.
pub fn what_if(scheme: &Scheme, snapshot: &Snapshot, supposed: &Supposed) -> (Scores, Scores, Vec<Compared>) {
    let (other_scheme, other_snapshot) = (supposed.scheme(scheme), supposed.snapshot(snapshot));
    let (was, would) = (score(scheme, snapshot), score(&other_scheme, &other_snapshot));
    let compared = would.ranking().into_iter().map(|after| {
        let before = was.of(&after.unit);
        Compared {
            unit: after.unit.clone(),
            was: before.and_then(|before| before.total),
            would: after.total,
            rank_was: before.and_then(|before| before.rank),
            rank_would: after.rank,
        }
    });
    let compared = compared.collect();
    (was, would, compared)
}

impl Supposed {
    /// Whether nothing is supposed.
    pub fn is_empty(&self) -> bool {
        self.dimensions.is_empty() && self.items.is_empty() && self.values.is_empty()
    }

    /// The scheme with the other weights. What is no weight changes nothing.
    pub fn scheme(&self, scheme: &Scheme) -> Scheme {
        let mut scheme = scheme.clone();
        let sound = |weight: &&f64| (0.0..=10_000.0).contains(*weight);
        for dimension in &mut scheme.dimensions {
            if let Some(weight) = self.dimensions.get(&dimension.code).filter(sound) {
                dimension.weight = *weight;
            }
            for item in dimension.items.iter_mut().filter(|item| item.is_weighed()) {
                if let Some(weight) = self.items.get(&item.code).filter(sound) {
                    item.weight = *weight;
                }
            }
        }
        scheme
    }

    /// The snapshot with the other values. What is no number, or of no unit that is there, changes nothing.
    pub fn snapshot(&self, snapshot: &Snapshot) -> Snapshot {
        let mut snapshot = snapshot.clone();
        for (unit, item, value) in &self.values {
            let Some(data) = snapshot.units.get_mut(unit) else { continue };
            match value {
                None => {
                    data.values.remove(item);
                    data.marks.remove(item);
                }
                Some(value) if value.is_finite() => {
                    let at = jiff::Timestamp::UNIX_EPOCH;
                    let new = Datum {
                        value: *value,
                        before: None,
                        origin: Origin::Supposed,
                        note: String::new(),
                        at,
                        evidence: Vec::new(),
                    };
                    let datum = data.values.entry(item.clone()).or_insert(new);
                    (datum.value, datum.origin) = (*value, Origin::Supposed);
                }
                Some(_) => {}
            }
        }
        snapshot
    }
}

#[cfg(test)]
#[path = "what_if_tests.rs"]
mod tests;
