//! The data of an assessment at a moment: every value copied with its origin, under one hash.

use std::collections::BTreeMap;

use jiff::Timestamp;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Text;

/// What is scored: units with their values and marks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentSnapshot)]
pub struct Snapshot {
    /// The year that is assessed.
    pub year: i16,
    /// The units in the order of their ids.
    pub units: BTreeMap<OrganisationId, UnitData>,
}

/// The data of a unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentUnitData)]
pub struct UnitData {
    /// Its name when the snapshot was taken.
    pub name: Text,
    /// Values by item; an item without one is not here.
    pub values: BTreeMap<String, Datum>,
    /// Marks by item.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, Vec<Mark>>,
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentDatum)]
pub struct Datum {
    /// The value.
    pub value: f64,
    /// The value of the period before, where growth is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
    /// By which way it came.
    pub origin: Origin,
    /// What tells more: the indicator's note, the words of the unit, the reasons of the decision.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Since when it is so.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Hashes of the files that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

network::coded! {
    /// By which way a value came.
    #[schema(as = AssessmentOrigin)]
    Origin ("origin") {
        /// Copied from an indicator.
        Indicator = "indicator", "指标数据", "Indicator";
        /// Entered by the unit.
        Entered = "entered", "单位自评填报", "Entered by the unit";
        /// Set by the decision of an objection.
        Decision = "decision", "异议处理决定", "Decision of an objection";
        /// Supposed, in a comparison that is not kept.
        Supposed = "supposed", "测算假设", "Supposed";
    }
}

/// A mark of a reviewer. The number stands for the person, in the order in which people were called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentMark)]
pub struct Mark {
    /// Which reviewer: 1, 2, …
    pub reviewer: u32,
    /// 0 to 100.
    pub score: f64,
    /// What the reviewer says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Snapshot {
    /// Its hash: the same for the same data.
    pub fn hash(&self) -> String {
        blake3::hash(self.to_json().as_bytes()).to_hex().to_string()
    }

    /// As it is kept.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
