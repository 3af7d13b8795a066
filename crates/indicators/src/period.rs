//! Periods: years, halves, quarters and months.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

network::coded! {
    /// How long a period is.
    #[schema(as = IndicatorPeriodKind)]
    PeriodKind ("kind of period") {
        /// 年.
        Year = "year", "年度", "Year";
        /// 半年.
        Half = "half", "半年", "Half-year";
        /// 季.
        Quarter = "quarter", "季度", "Quarter";
        /// 月.
        Month = "month", "月度", "Month";
    }
}

impl PeriodKind {
    /// Months in it.
    pub fn months(self) -> i32 {
        match self {
            Self::Year => 12,
            Self::Half => 6,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }
}

/// A period: `2025`, `2025-H1`, `2025-Q3`, `2025-09`. Periods of one kind are in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    kind: PeriodKind,
    /// Counted from the year 0.
    number: i32,
}

/// A text that is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no period: write a year 2025, a half-year 2025-H1, a quarter 2025-Q3 or a month 2025-09")]
pub struct NoPeriod(pub String);

impl Period {
    /// A whole year.
    pub fn year(year: i16) -> Self {
        Self { kind: PeriodKind::Year, number: i32::from(year) }
    }

    /// The period of a kind in which a day lies.
    pub fn of(kind: PeriodKind, day: Date) -> Self {
        let months = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        Self { kind, number: months / kind.months() }
    }

    /// How long it is.
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Months from the year 0 to its first one.
    fn first_month(self) -> i32 {
        self.number * self.kind.months()
    }

    /// Months from the year 0 to the end of its last one: what trajectories are measured in.
    pub(crate) fn end_month(self) -> i32 {
        self.first_month() + self.kind.months()
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        month(self.first_month())
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        month(self.end_month() - 1).last_of_month()
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self { number: self.number - 1, ..self }
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Self {
        Self { number: self.number + 1, ..self }
    }

    /// The same period a year before.
    #[must_use]
    pub fn last_year(self) -> Self {
        Self { number: self.number - 12 / self.kind.months(), ..self }
    }

    /// The year in which it lies.
    pub fn in_year(self) -> i16 {
        (self.first_month() / 12) as i16
    }

    /// So many periods that end with this one, oldest first.
    pub fn row(self, count: usize) -> Vec<Self> {
        let count = i32::try_from(count).unwrap_or(i32::MAX).min(240);
        (0..count).rev().map(|back| Self { number: self.number - back, ..self }).collect()
    }

    /// Its name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> String {
        let (year, part) = (self.in_year(), self.part());
        match (self.kind, lang) {
            (PeriodKind::Year, "zh") => format!("{year} 年"),
            (PeriodKind::Half, "zh") => format!("{year} 年{}半年", if part == 1 { "上" } else { "下" }),
            (PeriodKind::Quarter, "zh") => format!("{year} 年第 {part} 季度"),
            (PeriodKind::Month, "zh") => format!("{year} 年 {part} 月"),
            _ => self.to_string(),
        }
    }

    /// Its number in the year, from one.
    fn part(self) -> i32 {
        self.number % (12 / self.kind.months()) + 1
    }
}

/// The first day of a month counted from the year 0.
fn month(number: i32) -> Date {
    let (year, month) = ((number / 12).clamp(0, 9998), number % 12 + 1);
    Date::new(year as i16, month.clamp(1, 12) as i8, 1).unwrap_or(Date::ZERO)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, part) = (self.in_year(), self.part());
        match self.kind {
            PeriodKind::Year => write!(f, "{year:04}"),
            PeriodKind::Half => write!(f, "{year:04}-H{part}"),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{part}"),
            PeriodKind::Month => write!(f, "{year:04}-{part:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let wrong = || NoPeriod(text.chars().take(40).collect());
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
        let text = text.trim();
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        if year.len() != 4 || !digits(year) {
            return Err(wrong());
        }
        let (kind, part) = match part {
            None => (PeriodKind::Year, "1"),
            Some(part) => match (part.strip_prefix(['H', 'h']), part.strip_prefix(['Q', 'q'])) {
                (Some(half), _) if half.len() == 1 => (PeriodKind::Half, half),
                (_, Some(quarter)) if quarter.len() == 1 => (PeriodKind::Quarter, quarter),
                _ if part.len() == 2 => (PeriodKind::Month, part),
                _ => return Err(wrong()),
            },
        };
        let in_year = 12 / kind.months();
        let year: i32 = year.parse().map_err(|_| wrong())?;
        let part: i32 = if digits(part) { part.parse().map_err(|_| wrong())? } else { return Err(wrong()) };
        let sound = (1900..=2999).contains(&year) && (1..=in_year).contains(&part);
        if sound { Ok(Self { kind, number: year * in_year + part - 1 }) } else { Err(wrong()) }
    }
}

impl PartialSchema for Period {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Period {
    fn name() -> std::borrow::Cow<'static, str> {
        "IndicatorPeriod".into()
    }
}

impl TryFrom<String> for Period {
    type Error = NoPeriod;

    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
