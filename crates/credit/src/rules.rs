//! The rules of credit as data: editions with levels, points, terms and conditions of repair.

use jiff::civil::Date;
use network::{Fault, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{CreditError, Direction, Grade};

/// The starting edition as TOML.
const STARTING: &str = include_str!("rules.toml");

/// A level and the score from which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreditBand)]
pub struct Band {
    /// Which level.
    pub grade: Grade,
    /// From this score on.
    pub at_least: i64,
}

/// What an event of one kind does to the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreditRule)]
pub struct Rule {
    /// Its code: `M01`.
    pub code: String,
    /// What happened.
    pub name: Text,
    /// Points: taken when below zero, given when above.
    pub points: i64,
    /// Months for which it counts; none = for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// Whether it puts an agency straight to D while it counts.
    #[serde(default)]
    pub to_d: bool,
    /// Points that all events of this rule together give or take at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// Months after which repair may be applied for; none = it cannot be repaired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair_after_months: Option<u32>,
    /// What must be so for a repair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Text>,
    /// The legal ground.
    pub ground: Text,
}

impl Rule {
    /// Whether it takes or gives.
    pub fn direction(&self) -> Direction {
        if self.points < 0 { Direction::Minus } else { Direction::Plus }
    }
}

/// One edition of the rules; it holds from its first day until the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreditEdition)]
pub struct Edition {
    /// Its number.
    pub edition: i64,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// What an agency without events has.
    pub base: i64,
    /// Points that all merits together give at most.
    pub most_bonus: i64,
    /// Days of announcement in which objections may be made.
    pub objection_days: i64,
    /// Where the figures come from.
    pub note: Text,
    /// Levels.
    #[serde(rename = "band")]
    pub bands: Vec<Band>,
    /// Rules.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

impl Edition {
    /// Reads an edition written as TOML and names all that is wrong with it.
    pub fn read(text: &str) -> Result<Self, CreditError> {
        let edition: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            let (zh, en) = (format!("第 {line} 行：{}", error.message()), format!("line {line}: {}", error.message()));
            CreditError::Invalid(vec![Fault::new("rules", &zh, &en)])
        })?;
        let faults = edition.faults();
        if faults.is_empty() { Ok(edition) } else { Err(CreditError::Invalid(faults)) }
    }

    /// The rule of a code.
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The level of a score.
    pub fn grade(&self, score: i64) -> Grade {
        let reached = self.bands.iter().filter(|band| score >= band.at_least).max_by_key(|band| band.at_least);
        reached.map_or(Grade::D, |band| band.grade)
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut wrong = |zh: String, en: String| faults.push(Fault::new("rules", &zh, &en));
        for grade in Grade::ALL {
            let count = self.bands.iter().filter(|band| band.grade == *grade).count();
            if count != 1 {
                wrong(format!("等级 {grade} 须恰好出现一次"), format!("level {grade} must stand there exactly once"));
            }
        }
        let mut sorted = self.bands.clone();
        sorted.sort_by_key(|band| band.grade);
        if sorted.windows(2).any(|pair| pair[0].at_least <= pair[1].at_least) {
            wrong("等级越高，分数线须越高".to_owned(), "a better level needs a higher score".to_owned());
        }
        if self.grade(self.base) == Grade::APlus || self.grade(self.base) == Grade::D {
            wrong("基础分不能直接为 A+ 或 D".to_owned(), "the base must be neither A+ nor D".to_owned());
        }
        if !(1..=365).contains(&self.objection_days) {
            wrong("异议期须为 1 至 365 天".to_owned(), "days for objections: 1 to 365".to_owned());
        }
        if !(0..=1000).contains(&self.most_bonus) || !(0..=1000).contains(&self.base) {
            wrong("基础分、加分上限须为 0 至 1000".to_owned(), "base and most bonus: 0 to 1000".to_owned());
        }
        if !in_both(&self.note) {
            wrong("说明须有中英文".to_owned(), "the note is needed in both languages".to_owned());
        }
        if self.rules.is_empty() || self.rules.len() > 200 {
            wrong("规则须为 1 至 200 条".to_owned(), "rules: 1 to 200".to_owned());
        }
        for (place, rule) in self.rules.iter().enumerate() {
            let code = &rule.code;
            let sound = !code.is_empty()
                && code.len() <= 20
                && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
            if !sound {
                wrong(
                    format!("代码「{code}」只能用字母、数字、- 和 ."),
                    format!("code «{code}»: letters, digits, - and ."),
                );
            }
            if self.rules[..place].iter().any(|other| other.code == *code) {
                wrong(format!("代码 {code} 重复"), format!("code {code} stands there twice"));
            }
            if rule.points == 0 || rule.points.abs() > 1000 {
                wrong(format!("{code}：分值须为 ±1 至 ±1000"), format!("{code}: points from 1 to 1000, or below zero"));
            }
            if rule.to_d && rule.points > 0 {
                wrong(format!("{code}：加分项不能直接定为 D"), format!("{code}: a merit cannot lead to D"));
            }
            if rule.most.is_some_and(|most| most < rule.points.abs()) {
                wrong(format!("{code}：上限不能低于单次分值"), format!("{code}: the most is less than one event"));
            }
            let months = [rule.months, rule.repair_after_months];
            if months.into_iter().flatten().any(|months| !(1..=600).contains(&months)) {
                wrong(format!("{code}：月数须为 1 至 600"), format!("{code}: months from 1 to 600"));
            }
            if ![&rule.name, &rule.ground].into_iter().chain(&rule.condition).all(in_both) {
                wrong(
                    format!("{code}：名称、依据、修复条件须有中英文"),
                    format!("{code}: name, ground and condition in both languages"),
                );
            }
        }
        faults
    }
}

/// Whether something is said in both languages.
fn in_both(words: &Text) -> bool {
    !words.zh.trim().is_empty() && !words.en.trim().is_empty()
}

/// All editions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    editions: Vec<Edition>,
}

impl Book {
    /// A book of these editions.
    pub fn new(mut editions: Vec<Edition>) -> Self {
        editions.sort_by_key(|edition| (edition.from, edition.edition));
        Self { editions }
    }

    /// All editions, oldest first.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition in force on a day; before the first one, the first.
    pub fn on(&self, day: Date) -> Option<&Edition> {
        self.editions.iter().rfind(|edition| edition.from <= day).or_else(|| self.editions.first())
    }

    /// The edition of a number.
    pub fn edition(&self, number: i64) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.edition == number)
    }

    /// A rule of an edition.
    pub fn rule(&self, edition: i64, code: &str) -> Option<&Rule> {
        self.edition(edition)?.rule(code)
    }
}

/// The edition that comes with the program, and its text.
pub fn starting_edition() -> Result<(Edition, &'static str), CreditError> {
    Ok((Edition::read(STARTING)?, STARTING))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
