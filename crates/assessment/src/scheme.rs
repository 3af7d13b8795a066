//! A scheme: dimensions, items, weights, rules. Data, nothing else.

use network::{Kind, Level};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Text;

/// What is assessed and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Its name in addresses: small letters, digits, hyphens.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub about: Text,
    /// The document that it follows.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub source: Text,
    /// Points that all items together give, without bonus.
    #[serde(default = "hundred")]
    pub full: u32,
    /// Bonus points at most, of all bonus items together.
    #[serde(default)]
    pub bonus_most: f64,
    /// Level of the organisations that it is made for.
    pub level: Level,
    /// Kind of the organisations that it is made for; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_kind: Option<Kind>,
    /// How several years are joined; absent = they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<Years>,
    /// What a total is called, highest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
}

fn hundred() -> u32 {
    100
}

/// What a total is called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssessmentGrade)]
pub struct Grade {
    /// From so many points on.
    pub from: f64,
    /// The word.
    pub title: Text,
}

/// How yearly results are joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// Weight of each year, oldest first; their number is the number of years.
    pub weights: Vec<f64>,
    /// Mean from which the review is passed.
    pub pass: f64,
    /// Years that may have failed, all the same.
    #[serde(default)]
    pub failed_at_most: usize,
}

/// A dimension: items that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssessmentDimension)]
pub struct Dimension {
    /// Its name within the scheme.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// How much it counts among the dimensions.
    pub weight: f64,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item: one input, one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssessmentItem)]
pub struct Item {
    /// Its name within the scheme.
    pub code: String,
    /// What is asked.
    pub title: Text,
    /// What counts and what does not.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub about: Text,
    /// How much it counts within its dimension; 0 for a veto or a bonus.
    #[serde(default)]
    pub weight: f64,
    /// Where its input comes from.
    pub input: Input,
    /// How the input becomes a score.
    pub rule: Rule,
    /// What happens without an input. Always said, never silently nothing.
    pub missing: Missing,
}

/// Where the input of an item comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[schema(as = AssessmentInput)]
pub enum Input {
    /// A value of an indicator.
    Indicator {
        /// Which.
        code: String,
        /// Of which year.
        #[serde(default)]
        period: Period,
        /// In which unit it is told.
        #[serde(default)]
        unit: Text,
    },
    /// A figure that the unit enters.
    Entered {
        /// In which unit.
        #[serde(default)]
        unit: Text,
        /// Whether a file or words must show it.
        #[serde(default)]
        evidence: bool,
    },
    /// Marks from 0 to 100 of reviewers.
    Review,
}

network::coded! {
    /// Which year of an indicator counts.
    #[derive(Default)]
    #[schema(as = AssessmentPeriod)]
    Period ("period") {
        /// The year that is assessed.
        #[default]
        Same = "same", "考核当年", "the year assessed";
        /// The year before.
        Before = "before", "上一年", "the year before";
    }
}

network::coded! {
    /// What happens to an item without an input.
    Missing ("rule for missing inputs") {
        /// It gives nothing, and the result says that the input was missing.
        Zero = "zero", "缺失记 0 分并注明", "0 points, and said so";
        /// It is left out; the others are scaled to the full points.
        LeaveOut = "leave-out", "缺失不计，其余折算", "left out, the rest rescaled";
        /// The result waits for it.
        Hold = "hold", "缺失则暂缓出结果", "the result waits";
    }
}

network::coded! {
    /// Which way an input is better.
    Better ("direction") {
        /// More is better.
        Higher = "higher", "越高越好", "higher is better";
        /// Less is better.
        Lower = "lower", "越低越好", "lower is better";
    }
}

/// A score at an input.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssessmentPoint)]
pub struct Point {
    /// The input.
    pub at: f64,
    /// The score, 0 to 100.
    pub score: f64,
}

/// How an input becomes a score from 0 to 100, or what else it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[schema(as = AssessmentRule)]
pub enum Rule {
    /// The best step that the input reaches.
    Steps {
        /// Which way is better.
        better: Better,
        /// The steps.
        steps: Vec<Point>,
        /// The score of an input that reaches none.
        #[serde(default)]
        otherwise: f64,
    },
    /// On the line between two points, and level outside them.
    Linear {
        /// One end.
        from: Point,
        /// The other.
        to: Point,
    },
    /// By place among the units that have the input. Units with the same input stand on as many places as they are, and
    /// each gets the mean of what those places give: `5, 5, 1` by 100, 90, 50 gives 95, 95, 50.
    ///
    /// The inputs that the ready schemes rank are counts where more is better, and units that are the same mostly have
    /// nothing: by the better place all of them would get what the best of them deserves, the more the more they are. By the
    /// mean the places of an item give the same sum whoever is like whom, and nobody gains by others who are like them.
    /// Where many should be able to have full marks (no abnormal filings at all), take `steps` or `linear`, not places.
    Rank {
        /// Which way is better.
        better: Better,
        /// Scores of the first places; empty = evenly from 100 for the first to 0 for the last.
        #[serde(default)]
        places: Vec<f64>,
        /// Score of every further place.
        #[serde(default)]
        rest: f64,
    },
    /// Growth against the period before, in percent, on the line between two points.
    Growth {
        /// One end.
        from: Point,
        /// The other.
        to: Point,
        /// Score of what was nothing before and is something now.
        from_zero: f64,
    },
    /// The mean of the reviewers' marks.
    Expert {
        /// Without the highest and the lowest, where there are three or more.
        #[serde(default)]
        trim: bool,
        /// With fewer marks the input is missing.
        #[serde(default = "one")]
        least: usize,
    },
    /// 100 for yes, 0 for no.
    YesNo,
    /// Points besides the full ones.
    Bonus {
        /// For each unit of the input.
        per: f64,
        /// At most.
        most: f64,
    },
    /// The whole result is capped or failed.
    Veto {
        /// When.
        when: When,
        /// What then.
        then: Then,
    },
}

fn one() -> usize {
    1
}

/// When a veto strikes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = AssessmentWhen)]
pub enum When {
    /// The input is below this.
    Below(f64),
    /// The input is above this.
    Above(f64),
}

/// What a veto does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = AssessmentThen)]
pub enum Then {
    /// The total is so much at most.
    Cap(f64),
    /// The result is failed.
    Fail,
}

impl Scheme {
    /// All items with their dimension, in order.
    pub fn items(&self) -> impl Iterator<Item = (&Dimension, &Item)> {
        self.dimensions.iter().flat_map(|dimension| dimension.items.iter().map(move |item| (dimension, item)))
    }

    /// The item of this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items().map(|(_, item)| item).find(|item| item.code == code)
    }

    /// What a total is called.
    pub fn grade(&self, total: f64) -> Option<&Grade> {
        self.grades.iter().filter(|grade| total >= grade.from).max_by(|a, b| a.from.total_cmp(&b.from))
    }

    /// Its hash: the same for the same rules, however they were written.
    pub fn hash(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&json).to_hex().to_string()
    }
}

impl Item {
    /// Whether it gives points by weight; vetoes and bonuses do not.
    pub fn is_weighed(&self) -> bool {
        !matches!(self.rule, Rule::Veto { .. } | Rule::Bonus { .. })
    }

    /// Whether reviewers score it.
    pub fn is_reviewed(&self) -> bool {
        self.input == Input::Review
    }

    /// Whether the unit enters it.
    pub fn is_entered(&self) -> bool {
        matches!(self.input, Input::Entered { .. })
    }

    /// Whether the value of the period before is needed.
    pub fn needs_before(&self) -> bool {
        matches!(self.rule, Rule::Growth { .. })
    }

    /// Whether its input is yes or no: 1 or 0.
    pub fn is_yes_no(&self) -> bool {
        match self.rule {
            Rule::YesNo => true,
            Rule::Veto { when: When::Above(least), .. } => {
                (0.0..1.0).contains(&least) && self.unit().is_some_and(Text::is_empty)
            }
            _ => false,
        }
    }

    /// The unit in which its input is told.
    pub fn unit(&self) -> Option<&Text> {
        match &self.input {
            Input::Indicator { unit, .. } | Input::Entered { unit, .. } => Some(unit),
            Input::Review => None,
        }
    }
}
