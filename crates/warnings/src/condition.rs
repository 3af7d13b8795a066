//! When a rule fires: a pure function of its condition and a reading.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Reading;

/// When a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[schema(as = WarningCondition)]
pub enum Condition {
    /// The figure is below a limit.
    Below {
        /// The limit.
        limit: f64,
    },
    /// The figure is a limit or more.
    AtLeast {
        /// The limit.
        limit: f64,
    },
    /// The figure is below what it is compared with by more than a part of it.
    BelowReference {
        /// The part, of one.
        margin: f64,
    },
    /// The figure is many times what it is compared with, and large.
    Jump {
        /// How many times.
        times: f64,
        /// How large at least.
        least: f64,
    },
    /// The figure, days late, is more than so many.
    Late {
        /// How many.
        days: f64,
        /// And no more than so many, where another rule holds beyond; 0 for no end.
        #[serde(default)]
        most: f64,
    },
    /// There is no figure.
    Missing,
}

/// What was compared when a rule fired.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningWhy)]
pub struct Why {
    /// The condition.
    pub condition: Condition,
    /// The figure.
    pub value: Option<f64>,
    /// What it was compared with.
    pub reference: Option<f64>,
    /// The limit that was passed; none where something is missing.
    pub limit: Option<f64>,
}

impl Condition {
    /// Its code in forms: `below`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Below { .. } => "below",
            Self::AtLeast { .. } => "at-least",
            Self::BelowReference { .. } => "below-reference",
            Self::Jump { .. } => "jump",
            Self::Late { .. } => "late",
            Self::Missing => "missing",
        }
    }

    /// All codes with their names.
    pub const CODES: [(&'static str, &'static str, &'static str); 6] = [
        ("below", "低于界限", "below a limit"),
        ("at-least", "达到或超过界限", "at or above a limit"),
        ("below-reference", "低于参照值", "below what it is compared with"),
        ("jump", "突增", "a jump"),
        ("late", "逾期", "late"),
        ("missing", "缺失", "missing"),
    ];

    /// The condition of a code with its numbers; none for another code.
    pub fn of(code: &str, first: f64, second: f64) -> Option<Self> {
        Some(match code {
            "below" => Self::Below { limit: first },
            "at-least" => Self::AtLeast { limit: first },
            "below-reference" => Self::BelowReference { margin: first },
            "jump" => Self::Jump { times: first, least: second },
            "late" => Self::Late { days: first, most: second },
            "missing" => Self::Missing,
            _ => return None,
        })
    }

    /// Its numbers, as [`Condition::of`] takes them.
    pub fn numbers(&self) -> (f64, f64) {
        match *self {
            Self::Below { limit } | Self::AtLeast { limit } => (limit, 0.0),
            Self::BelowReference { margin } => (margin, 0.0),
            Self::Jump { times, least } => (times, least),
            Self::Late { days, most } => (days, most),
            Self::Missing => (0.0, 0.0),
        }
    }

    /// Whether its numbers make sense.
    pub fn is_sound(&self) -> bool {
        let (first, second) = self.numbers();
        let finite = first.is_finite() && second.is_finite() && first.abs() < 1e12 && second.abs() < 1e12;
        finite
            && match *self {
                Self::BelowReference { margin } => (0.0..1.0).contains(&margin),
                Self::Jump { times, least } => times > 1.0 && least >= 0.0,
                Self::Late { days, most } => days >= 0.0 && (most == 0.0 || most > days),
                _ => true,
            }
    }

    /// In words, `zh` or English.
    pub fn text(&self, lang: &str) -> String {
        let zh = lang == "zh";
        match *self {
            Self::Below { limit } if zh => format!("低于 {limit}"),
            Self::Below { limit } => format!("below {limit}"),
            Self::AtLeast { limit } if zh => format!("达到 {limit} 及以上"),
            Self::AtLeast { limit } => format!("{limit} or more"),
            Self::BelowReference { margin } if zh => format!("比参照值低 {}% 以上", percent(margin)),
            Self::BelowReference { margin } => format!("more than {}% below what it is compared with", percent(margin)),
            Self::Jump { times, least } if zh => format!("达到参照值的 {times} 倍，且不少于 {least}"),
            Self::Jump { times, least } => format!("{times} times what it is compared with, and {least} at least"),
            Self::Late { days, most } if zh && most > 0.0 => format!("逾期超过 {days} 天、不超过 {most} 天"),
            Self::Late { days, most } if most > 0.0 => format!("more than {days} and not more than {most} days late"),
            Self::Late { days, .. } if zh => format!("逾期超过 {days} 天"),
            Self::Late { days, .. } => format!("more than {days} days late"),
            Self::Missing if zh => "没有数据".to_owned(),
            Self::Missing => "there is no figure".to_owned(),
        }
    }
}

fn percent(part: f64) -> f64 {
    (part * 1000.0).round() / 10.0
}

/// Whether a condition holds for a reading, with what was compared. A missing figure makes only [`Condition::Missing`] fire; it
/// is never taken for zero.
pub fn fires(condition: &Condition, reading: &Reading) -> Option<Why> {
    let (value, reference) = (reading.value.filter(|value| value.is_finite()), reading.reference);
    let reference = reference.filter(|reference| reference.is_finite());
    let (holds, limit) = match (*condition, value) {
        (Condition::Missing, None) => (true, None),
        (Condition::Missing, Some(_)) | (_, None) => (false, None),
        (Condition::Below { limit }, Some(value)) => (value < limit, Some(limit)),
        (Condition::AtLeast { limit }, Some(value)) => (value >= limit, Some(limit)),
        (Condition::Late { days, most }, Some(value)) => (value > days && (most == 0.0 || value <= most), Some(days)),
        (Condition::BelowReference { margin }, Some(value)) => {
            let limit = reference.map(|reference| reference - reference.abs() * margin);
            (limit.is_some_and(|limit| value < limit), limit)
        }
        (Condition::Jump { times, least }, Some(value)) => {
            let limit = reference.map(|reference| (reference * times).max(least));
            (limit.is_some_and(|limit| value >= limit), limit)
        }
    };
    holds.then_some(Why { condition: *condition, value, reference, limit })
}

#[cfg(test)]
#[path = "condition_tests.rs"]
mod tests;
