//! How long something may take.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{LimitUnit, Text};

/// A time limit: 法定办结时限, 承诺办结时限 and the like, each with number, unit and note. [`crate::Calendar::deadline`] makes a
/// day of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many; 0 is «on the same working day».
    pub number: u32,
    /// Of what.
    pub unit: LimitUnit,
    /// 时限说明: what is counted from when, what is not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Limit {
    /// A limit in working days without a note.
    pub fn working_days(number: u32) -> Self {
        Self { number, unit: LimitUnit::WorkingDay, note: None }
    }

    /// Such as «7 个工作日» or «7 working days».
    pub fn text(&self, lang: &str) -> String {
        match (lang, self.number, self.unit) {
            ("zh", 0, _) => "当场办结".to_owned(),
            (_, 0, _) => "at once".to_owned(),
            ("zh", number, unit) => format!("{number} {}", unit.label("zh")),
            (_, 1, unit) => format!("1 {}", unit.label("en").trim_end_matches('s')),
            (_, number, unit) => format!("{number} {}", unit.label("en")),
        }
    }
}
