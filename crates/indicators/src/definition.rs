//! What is measured: definitions and what is wrong with them.

use accounts::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, Level, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Code, Direction, FormulaKind, Group, Period, PeriodKind, Text};

/// Parts of an index at most.
const MOST_PARTS: usize = 40;
/// Decimals at most.
const MOST_DECIMALS: u8 = 6;
/// Characters in a name at most.
const SHORT: usize = 120;
/// Characters in an explanation at most.
const LONG: usize = 2000;

/// An indicator as it is defined for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IndicatorDefinition)]
pub struct Definition {
    /// Its code; never changes.
    pub code: Code,
    /// Its name.
    pub name: Text,
    /// Under which heading it stands.
    pub group: Group,
    /// What is counted: 件, %.
    pub unit: Text,
    /// Digits after the point.
    #[serde(default)]
    pub decimals: u8,
    /// Which way is better.
    pub direction: Direction,
    /// Where its numbers come from.
    pub formula: Formula,
    /// For which kinds of periods it is kept.
    pub periods: Vec<PeriodKind>,
    /// Which levels have it: of entered ones, who reports.
    pub levels: Vec<Level>,
    /// What it means and how it is counted, in words.
    #[serde(default)]
    pub meaning: Text,
    /// Which document asks for it, or where the figures are taken from.
    #[serde(default)]
    pub source: Text,
    /// What an entered value must keep to.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Who keeps the definition; it holds for this organisation and what stands under it. None: kept for everyone.
    #[serde(default)]
    pub owner: Option<OrganisationId>,
    /// Whether settled values are public.
    #[serde(default)]
    pub public: bool,
    /// Where the whole country stood, for the national level.
    #[serde(default)]
    pub baseline: Option<Mark>,
    /// What the whole country is to reach; none is none, not zero.
    #[serde(default)]
    pub target: Option<Mark>,
}

/// Where numbers come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[schema(as = IndicatorFormula)]
pub enum Formula {
    /// A unit reports it.
    Entered,
    /// The platform measures it.
    Counted {
        /// The name of the measure, such as `rights.in-force.invention`.
        measure: String,
        /// What narrows it, such as `at=university AND tech=4`: in the query language of the room that measures, and only
        /// where the measure can be narrowed.
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        condition: Option<String>,
    },
    /// The sum of another indicator over the nearest units below that have it.
    Summed {
        /// Which.
        of: Code,
    },
    /// One indicator divided by another, times a factor.
    Ratio {
        /// What is divided.
        of: Code,
        /// By what.
        per: Code,
        /// 100 for percent.
        factor: f64,
    },
    /// Growth in percent against the same period of the year before.
    Growth {
        /// Of which indicator.
        of: Code,
    },
    /// A weighted mean of scaled indicators, 0 to 100.
    Index {
        /// Its parts.
        parts: Vec<Part>,
    },
}

/// A part of an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IndicatorPart)]
pub struct Part {
    /// Which indicator.
    pub of: Code,
    /// Its weight.
    pub weight: f64,
    /// The value that scores 0.
    pub zero: f64,
    /// The value that scores 100; below `zero` where less is better.
    pub full: f64,
}

/// What an entered value must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "rule", rename_all = "kebab-case")]
#[schema(as = IndicatorRule)]
pub enum Rule {
    /// No less.
    Min {
        /// Than this.
        value: f64,
    },
    /// No more.
    Max {
        /// Than this.
        value: f64,
    },
    /// A whole number.
    Whole,
    /// Not below the last period by more than so many percent.
    NotBelowLast {
        /// How many.
        percent: f64,
    },
    /// The sum of what the units below have settled.
    SumOfChildren,
    /// A note is needed below, above, or after a change by more than so many percent.
    NoteWhen {
        /// Below this.
        #[serde(default)]
        below: Option<f64>,
        /// Above this.
        #[serde(default)]
        above: Option<f64>,
        /// Changed against the last period by more than so many percent.
        #[serde(default)]
        change: Option<f64>,
    },
}

/// A number at the end of a period: a baseline or a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IndicatorMark)]
pub struct Mark {
    /// At the end of which period.
    pub period: Period,
    /// How much.
    pub number: f64,
}

/// A version of a definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorVersion)]
pub struct Version {
    /// From one.
    pub number: i64,
    /// Holds for periods that end on this day or later.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Holds for periods that end before this day; none: until the next version.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Who wrote it; none: the program.
    pub made_by: Option<PersonId>,
    /// What it says.
    pub definition: Definition,
}

impl Formula {
    /// The indicators that it reads.
    pub fn parts(&self) -> Vec<&Code> {
        match self {
            Self::Entered | Self::Counted { .. } => Vec::new(),
            Self::Summed { of } | Self::Growth { of } => vec![of],
            Self::Ratio { of, per, .. } => vec![of, per],
            Self::Index { parts } => parts.iter().map(|part| &part.of).collect(),
        }
    }

    /// Whether units report it.
    pub fn is_entered(&self) -> bool {
        *self == Self::Entered
    }

    /// Whether it has values of its own and is not made of others.
    pub fn is_leaf(&self) -> bool {
        matches!(self, Self::Entered | Self::Counted { .. })
    }

    /// Its kind.
    pub fn kind(&self) -> FormulaKind {
        match self {
            Self::Entered => FormulaKind::Entered,
            Self::Counted { .. } => FormulaKind::Counted,
            Self::Summed { .. } => FormulaKind::Summed,
            Self::Ratio { .. } => FormulaKind::Ratio,
            Self::Growth { .. } => FormulaKind::Growth,
            Self::Index { .. } => FormulaKind::Index,
        }
    }

    /// What its kind is called in `zh` or, for every other language, English.
    pub fn label(&self, lang: &str) -> &'static str {
        self.kind().label(lang)
    }
}

impl Definition {
    /// Whether units of this level have it.
    pub fn is_for(&self, level: Level) -> bool {
        self.levels.contains(&level)
    }

    /// Whether it is kept for this kind of period.
    pub fn keeps(&self, kind: PeriodKind) -> bool {
        self.periods.contains(&kind)
    }

    /// A number to its digits.
    pub fn rounded(&self, number: f64) -> f64 {
        let scale = 10_f64.powi(i32::from(self.decimals));
        let rounded = (number * scale).round() / scale;
        if rounded.is_finite() { rounded } else { number }
    }

    /// A number as people read it: its digits, groups of thousands.
    pub fn written(&self, number: f64) -> String {
        let text = format!("{:.*}", usize::from(self.decimals), self.rounded(number).abs());
        let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let nothing = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if number < 0.0 && !nothing { "−" } else { "" };
        rest.map_or_else(|| format!("{sign}{grouped}"), |rest| format!("{sign}{grouped}.{rest}"))
    }

    /// All that is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut wrong = |field: &str, zh: &str, en: &str| {
            faults.push(Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() });
        };
        if [&self.name.zh, &self.name.en].iter().any(|name| !(1..=SHORT).contains(&length(name))) {
            wrong(
                "name",
                "请填写中英文名称，各不超过 120 个字符",
                "a Chinese and an English name, 120 characters at most",
            );
        }
        if [&self.unit.zh, &self.unit.en].iter().any(|unit| !(1..=30).contains(&length(unit))) {
            wrong("unit", "请填写中英文计量单位", "a unit of measure in Chinese and English, 30 characters at most");
        }
        let texts = [&self.meaning.zh, &self.meaning.en, &self.source.zh, &self.source.en];
        if texts.iter().any(|text| length(text) > LONG) {
            wrong("meaning", "说明和来源各不超过 2000 个字符", "explanation and source: 2000 characters at most");
        }
        if self.decimals > MOST_DECIMALS {
            wrong("decimals", "小数位数为 0 至 6", "0 to 6 digits after the point");
        }
        if self.periods.is_empty() {
            wrong("periods", "请至少选择一种统计期", "at least one kind of period");
        }
        if self.levels.is_empty() {
            wrong("levels", "请至少选择一个层级", "at least one level of units");
        }
        if let Some((zh, en)) = self.formula.fault(&self.code) {
            wrong("formula", zh, en);
        }
        if self.rules.iter().any(|rule| !rule.is_sound()) {
            wrong(
                "rules",
                "校验规则中的数值须为有限数，百分比不得为负",
                "rules need finite numbers, and percentages no less than 0",
            );
        }
        let least =
            self.rules.iter().filter_map(|rule| if let Rule::Min { value } = rule { Some(*value) } else { None });
        let most =
            self.rules.iter().filter_map(|rule| if let Rule::Max { value } = rule { Some(*value) } else { None });
        if least.fold(f64::MIN, f64::max) > most.fold(f64::MAX, f64::min) {
            wrong("rules", "最小值大于最大值", "the least is more than the most");
        }
        let marks = [self.baseline, self.target];
        if marks.iter().flatten().any(|mark| !mark.number.is_finite()) {
            wrong("target", "基期值和目标值须为有限数", "baseline and target are finite numbers");
        }
        if let [Some(baseline), Some(target)] = marks
            && baseline.period.end_month() >= target.period.end_month()
        {
            wrong("target", "目标期须晚于基期", "the target lies after the baseline");
        }
        faults
    }
}

impl Formula {
    fn fault(&self, code: &Code) -> Option<(&'static str, &'static str)> {
        if self.parts().contains(&code) {
            return Some(("指标不能由自身计算", "an indicator is not made of itself"));
        }
        match self {
            Self::Counted { measure, .. } if measure.trim().is_empty() || measure.len() > 80 => {
                Some(("请填写计算口径代码", "name the measure"))
            }
            Self::Counted { condition: Some(condition), .. } if !(1..=LONG).contains(&length(condition)) => Some((
                "条件为 1 至 2000 个字符，没有条件时不写",
                "a condition has 1 to 2000 characters; leave it out for none",
            )),
            Self::Ratio { factor, .. } if !factor.is_finite() || *factor == 0.0 => {
                Some(("系数须为非零有限数", "the factor is a finite number other than 0"))
            }
            Self::Index { parts } if parts.is_empty() || parts.len() > MOST_PARTS => {
                Some(("指数由 1 至 40 个指标组成", "an index has 1 to 40 parts"))
            }
            Self::Index { parts } if parts.iter().any(|part| !part.is_sound()) => {
                Some(("权重须大于 0，零分值与满分值须不同", "weights are above 0, and the values for 0 and 100 differ"))
            }
            _ => None,
        }
    }
}

/// Characters of a text.
fn length(text: &str) -> usize {
    text.trim().chars().count()
}

impl Part {
    fn is_sound(&self) -> bool {
        let finite = [self.weight, self.zero, self.full].iter().all(|number| number.is_finite());
        finite && self.weight > 0.0 && (self.zero - self.full).abs() > f64::EPSILON
    }

    /// 0 to 1: how much of the way from zero to full.
    pub fn scaled(&self, number: f64) -> f64 {
        ((number - self.zero) / (self.full - self.zero)).clamp(0.0, 1.0)
    }
}

impl Rule {
    fn is_sound(self) -> bool {
        match self {
            Self::Min { value } | Self::Max { value } => value.is_finite(),
            Self::NotBelowLast { percent } => percent.is_finite() && percent >= 0.0,
            Self::Whole | Self::SumOfChildren => true,
            Self::NoteWhen { below, above, change } => {
                let given = [below, above, change];
                given.iter().flatten().all(|number| number.is_finite())
                    && given.iter().any(Option::is_some)
                    && change.is_none_or(|change| change >= 0.0)
            }
        }
    }
}

#[cfg(test)]
#[path = "definition_tests.rs"]
mod tests;
