//! What an indicator says of a unit in a period: a number, or why there is none.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Code, State};

/// A number, or why there is none. Nothing missing ever becomes zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[schema(as = IndicatorReading)]
pub enum Reading {
    /// A number.
    Number {
        /// How much.
        number: f64,
        /// The value, or a part of it, is not accepted yet.
        provisional: bool,
    },
    /// None.
    Missing {
        /// Why.
        why: Missing,
    },
}

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[schema(as = IndicatorMissing)]
pub enum Missing {
    /// There is no such indicator, or not for that time.
    NotDefined,
    /// Units of this level do not have it.
    NotThisLevel,
    /// It is not kept for this kind of period.
    NotThisPeriod,
    /// It is kept for other units.
    NotThisUnit,
    /// The unit did not exist then.
    NoUnit,
    /// Nothing was reported.
    NotReported,
    /// Something was reported, which is not accepted yet.
    NotAccepted {
        /// Where it stands.
        state: State,
    },
    /// The unit has said that there is no number; its note says why.
    Declared,
    /// It is not public, and the unit is none of the reader's.
    NotPublic,
    /// The platform has not measured it.
    NotMeasured,
    /// The platform has measured and has nothing to tell; the note says why.
    Untold,
    /// Not all parts of a sum are there.
    Parts {
        /// How many units have none.
        missing: u32,
        /// Of how many.
        of: u32,
        /// The sum of those that have.
        sum: f64,
    },
    /// There is no unit below that could have it.
    NoParts,
    /// An indicator that it is made of has no number.
    Part {
        /// Which.
        code: Code,
        /// Why.
        #[schema(no_recursion)]
        why: Box<Missing>,
    },
    /// The number to divide by is zero.
    DivisionByZero {
        /// Of which indicator.
        code: Code,
    },
    /// There is no number for the year before.
    NoLastYear {
        /// Why.
        #[schema(no_recursion)]
        why: Box<Missing>,
    },
    /// Another unit has been merged into it, or parts were split off, between the two periods.
    Reorganised {
        /// When.
        #[schema(value_type = String, format = Date)]
        on: Date,
    },
    /// It would be made of itself.
    Circular,
    /// The number is too large.
    TooLarge,
}

impl Reading {
    /// A settled number.
    pub fn settled(number: f64) -> Self {
        Self::Number { number, provisional: false }
    }

    /// The number, settled or not.
    pub fn number(&self) -> Option<f64> {
        if let Self::Number { number, .. } = self { Some(*number) } else { None }
    }

    /// The number, when all of it is accepted or measured.
    pub fn settled_number(&self) -> Option<f64> {
        if let Self::Number { number, provisional: false } = self { Some(*number) } else { None }
    }

    /// Whether a part of it is not accepted yet.
    pub fn is_provisional(&self) -> bool {
        matches!(self, Self::Number { provisional: true, .. })
    }

    /// Why there is no number.
    pub fn missing(&self) -> Option<&Missing> {
        if let Self::Missing { why } = self { Some(why) } else { None }
    }

    pub(crate) fn of(result: Result<(f64, bool), Missing>) -> Self {
        match result {
            Ok((number, _)) if !number.is_finite() => Self::Missing { why: Missing::TooLarge },
            Ok((number, provisional)) => Self::Number { number, provisional },
            Err(why) => Self::Missing { why },
        }
    }
}

impl Missing {
    /// The reason in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        let zh = lang == "zh";
        let (chinese, english) = match self {
            Self::NotDefined => ("该期间没有此指标", "the indicator is not defined for that time"),
            Self::NotThisLevel => ("该层级不统计此指标", "not kept at this level"),
            Self::NotThisPeriod => ("此指标不按该周期统计", "not kept for this kind of period"),
            Self::NotThisUnit => ("该单位不统计此指标", "not kept for this unit"),
            Self::NoUnit => ("该期间没有此单位", "the unit did not exist then"),
            Self::NotReported => ("未填报", "not reported"),
            Self::NotAccepted { state } => {
                return match (state, zh) {
                    (State::Submitted, true) => "已报送，待审核".to_owned(),
                    (State::Submitted, false) => "submitted, not accepted yet".to_owned(),
                    (_, true) => "尚未审定".to_owned(),
                    (_, false) => "not accepted yet".to_owned(),
                };
            }
            Self::Declared => ("已说明无数据", "declared missing"),
            Self::NotPublic => ("未公开", "not public"),
            Self::NotMeasured => ("系统尚未计算", "not measured yet"),
            Self::Untold => ("无可用数据", "measured, nothing to tell"),
            Self::NoParts => ("没有可汇总的下级单位", "no unit below has it"),
            Self::Circular => ("循环计算", "made of itself"),
            Self::TooLarge => ("数值超出范围", "the number is too large"),
            Self::Parts { missing, of, .. } => {
                return if zh {
                    format!("{of} 个下级单位中 {missing} 个缺数")
                } else {
                    format!("{missing} of {of} units below have no number")
                };
            }
            Self::Part { code, why } => {
                return if zh { format!("{code}：{}", why.text(lang)) } else { format!("{code}: {}", why.text(lang)) };
            }
            Self::DivisionByZero { code } => {
                return if zh {
                    format!("{code} 为零，无法相除")
                } else {
                    format!("{code} is zero: no division")
                };
            }
            Self::NoLastYear { why } => {
                return if zh {
                    format!("上年同期缺数（{}）", why.text(lang))
                } else {
                    format!("no number for the year before ({})", why.text(lang))
                };
            }
            Self::Reorganised { on } => {
                return if zh {
                    format!("该单位于 {on} 调整，两期不可比")
                } else {
                    format!("reorganised on {on}: the periods do not compare")
                };
            }
        };
        (if zh { chinese } else { english }).to_owned()
    }
}
