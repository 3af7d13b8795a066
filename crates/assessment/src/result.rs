//! What comes of scoring, line by line.

use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Points, Text};

/// The scores of all units of a snapshot under a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentScores)]
pub struct Scores {
    /// Hash of the scheme.
    pub scheme: String,
    /// Hash of the snapshot.
    pub snapshot: String,
    /// The units in the order of their ids.
    pub units: Vec<UnitScore>,
}

/// The score of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentUnitScore)]
pub struct UnitScore {
    /// Which.
    pub unit: OrganisationId,
    /// Its name in the snapshot.
    pub name: Text,
    /// The dimensions in the order of the scheme.
    pub dimensions: Vec<DimensionScore>,
    /// Points of all lines that are weighed.
    pub sum: Points,
    /// Points that those lines could give; less than the full ones when items were left out.
    pub possible: Points,
    /// The sum scaled to the full points.
    pub scaled: Points,
    /// Bonus points that count.
    pub bonus: Points,
    /// Codes of the items whose veto struck.
    pub vetoes: Vec<String>,
    /// Whether a veto failed it.
    pub failed: bool,
    /// Codes of the items for which the result waits.
    pub awaits: Vec<String>,
    /// The total; none while it waits, or when nothing could be scored.
    pub total: Option<Points>,
    /// Its place by total, 1 for the best; the same total has the same place. None without a total, or failed.
    pub rank: Option<u32>,
}

/// The score of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentDimensionScore)]
pub struct DimensionScore {
    /// Which.
    pub code: String,
    /// Points that its lines could give.
    pub possible: Points,
    /// Points that they give.
    pub points: Points,
    /// One line for each item.
    pub lines: Vec<Line>,
}

/// The arithmetic of one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentLine)]
pub struct Line {
    /// Which.
    pub item: String,
    /// The input: a value, the mean of marks, a growth in percent. None when missing.
    pub input: Option<f64>,
    /// What more the arithmetic needs.
    pub detail: Detail,
    /// What the rule made of it, 0 to 100; none when there was nothing to score.
    pub score: Option<Points>,
    /// Points that it could give.
    pub most: Points,
    /// Points that it gives.
    pub points: Points,
    /// What became of it.
    pub outcome: Outcome,
}

/// What more the arithmetic of a line needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[schema(as = AssessmentDetail)]
pub enum Detail {
    /// Nothing.
    Plain,
    /// Growth from one value to another; no percentage from nothing.
    Growth {
        /// The period before.
        before: f64,
        /// This period.
        now: f64,
    },
    /// The place among so many units that have the input.
    Place {
        /// From 1; of units with the same input the first place on which they stand.
        place: u32,
        /// Of so many.
        of: u32,
        /// How many have this input, and stand on so many places from `place` on.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        #[schema(default = 1)]
        sharing: u32,
    },
    /// Marks, as they came; the first and last in order of size may not have counted.
    Marks {
        /// All of them, smallest first.
        marks: Vec<f64>,
        /// Whether the smallest and the largest were left out.
        trimmed: bool,
    },
    /// Set by a decision in place of marks.
    Decided,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_one(number: &u32) -> bool {
    *number == 1
}

network::coded! {
    /// What became of an item.
    #[schema(as = AssessmentOutcome)]
    Outcome ("outcome") {
        /// It was scored.
        Scored = "scored", "已计分", "Scored";
        /// Its input was missing: nothing, and said so.
        MissingZero = "missing-zero", "缺失，记 0 分", "Missing: 0 points";
        /// Its input was missing: left out.
        LeftOut = "left-out", "缺失，不计并折算", "Missing: left out, rest rescaled";
        /// Its input was missing: the result waits.
        Held = "held", "缺失，暂缓出结果", "Missing: the result waits";
        /// Bonus points were given.
        Bonus = "bonus", "加分", "Bonus";
        /// No veto.
        Clear = "clear", "未触发否决", "No veto";
        /// The veto struck.
        Veto = "veto", "触发否决", "Veto";
    }
}

impl Scores {
    /// The score of a unit.
    pub fn of(&self, unit: &OrganisationId) -> Option<&UnitScore> {
        self.units.iter().find(|score| score.unit == *unit)
    }

    /// Best first: by place, then those that failed, then those that wait; by id within the same.
    pub fn ranking(&self) -> Vec<&UnitScore> {
        let mut units: Vec<&UnitScore> = self.units.iter().collect();
        units.sort_by_key(|unit| (unit.rank.unwrap_or(u32::MAX), unit.total.is_none(), unit.unit.clone()));
        units
    }

    /// Its hash: two computations agree when this does.
    pub fn hash(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&json).to_hex().to_string()
    }
}

impl UnitScore {
    /// All lines in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.dimensions.iter().flat_map(|dimension| &dimension.lines)
    }

    /// Lines whose input was missing.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines().filter(|line| line.outcome.is_missing())
    }

    /// Bonus points before the cap of all together.
    pub fn bonus_earned(&self) -> Points {
        self.lines().filter(|line| line.outcome == Outcome::Bonus).map(|line| line.points).sum()
    }
}

impl Outcome {
    /// Whether the input was missing.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::MissingZero | Self::LeftOut | Self::Held)
    }
}
