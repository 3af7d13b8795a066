//! Years: series without gaps, which of them are still growing, and growth from one to the next.

use std::collections::BTreeMap;

use records::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Years of a series at most: those before them are added up.
pub const MOST_YEARS: usize = 40;

/// A year of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Rights of it.
    pub count: u64,
    /// False for a year of which more can still come to light.
    pub complete: bool,
}

/// Rights by year, oldest first, every year between the first and the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trend {
    /// The years, [`MOST_YEARS`] at most.
    pub years: Vec<Year>,
    /// Rights of the years before them.
    pub earlier: u64,
    /// Rights dated after the day of the analysis: mistakes of their source.
    pub later: u64,
    /// Rights without a date.
    pub undated: u64,
}

/// Up to which day is known what was filed, published and granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// The day of the analysis.
    pub today: Date,
    /// The newest publication that the register holds; at most `today`.
    pub newest: Option<Date>,
    /// Months from filing to publication in the law of the rights counted.
    pub lag: i32,
}

/// Months until an application for a patent is published (Article 34 of the Patent Law of China, Article 21 PCT,
/// Article 93 EPC: eighteen months from filing or priority).
pub const PATENT_LAG: i32 = 18;
/// Months until other rights are published as a rule: nine, the term for examining a trade mark in China (Article 28 of
/// the Trademark Law); utility models and designs come sooner.
pub const OTHER_LAG: i32 = 9;

impl Horizon {
    /// Whether everything filed in `year` can be known.
    pub fn filed(&self, year: i16) -> bool {
        let months = i32::from(year) * 12 + 12 + self.lag;
        self.newest().is_some_and(|newest| month_number(newest) >= months)
    }

    /// Whether everything published or granted in `year` can be known.
    pub fn published(&self, year: i16) -> bool {
        self.newest().is_some_and(|newest| newest.year() > year || (newest.year() == year && is_last_day(newest)))
    }

    fn newest(&self) -> Option<Date> {
        self.newest.map(|newest| newest.min(self.today))
    }
}

/// Months since the year 0, counted from 0, that are over on this day.
fn month_number(day: Date) -> i32 {
    let over = i32::from(day == day.last_of_month());
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + over
}

fn is_last_day(day: Date) -> bool {
    (day.month(), day.day()) == (12, 31)
}

impl Trend {
    /// Numbers of rights by year, in any order, among `total` rights of which each has one date at most. `complete`
    /// says which years are.
    pub fn new(counts: &[(i16, u64)], total: u64, today: Date, complete: impl Fn(i16) -> bool) -> Self {
        let mut by_year: BTreeMap<i16, u64> = BTreeMap::new();
        for (year, count) in counts.iter().filter(|(_, count)| *count > 0) {
            *by_year.entry(*year).or_default() += count;
        }
        let dated: u64 = by_year.values().sum();
        let later = by_year.split_off(&(today.year() + 1)).values().sum();
        let mut trend = Self { later, undated: total.saturating_sub(dated), ..Self::default() };
        let (Some((&first, _)), Some((&last, _))) = (by_year.first_key_value(), by_year.last_key_value()) else {
            return trend;
        };
        let start = first.max(last.saturating_sub(MOST_YEARS as i16 - 1));
        trend.earlier = by_year.range(..start).map(|(_, count)| count).sum();
        let year =
            |year| Year { year, count: by_year.get(&year).copied().unwrap_or_default(), complete: complete(year) };
        trend.years = (start..=last).map(year).collect();
        trend
    }

    /// Rights of the years that are listed.
    pub fn listed(&self) -> u64 {
        self.years.iter().map(|year| year.count).sum()
    }

    /// The last `most` years.
    pub fn last(&self, most: usize) -> &[Year] {
        &self.years[self.years.len().saturating_sub(most)..]
    }
}

/// Growth of a series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Growth {
    /// Change of each complete year against the year before it.
    pub yearly: Vec<YearlyGrowth>,
    /// The even rate that leads from the first complete year to the last; absent with less than two of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compound: Option<CompoundGrowth>,
}

/// Change against the year before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct YearlyGrowth {
    /// The year.
    pub year: i16,
    /// Rights of it.
    pub count: u64,
    /// `0.25` = a quarter more; absent after a year with nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
}

/// Compound annual growth rate: (last ÷ first)^(1 ÷ years) − 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CompoundGrowth {
    /// First complete year that has any rights.
    pub from: i16,
    /// Last complete year.
    pub to: i16,
    /// `0.1` = ten per cent a year, `-1` = nothing is left.
    pub rate: f64,
}

impl Growth {
    /// Growth over the complete years of a series.
    pub fn of(years: &[Year]) -> Self {
        let yearly = years.windows(2).filter(|pair| pair[0].complete && pair[1].complete).map(|pair| {
            let (before, year) = (pair[0].count as f64, pair[1]);
            let rate = (before > 0.0).then(|| (year.count as f64 - before) / before);
            YearlyGrowth { year: year.year, count: year.count, rate }
        });
        Self { yearly: yearly.collect(), compound: compound(years) }
    }
}

fn compound(years: &[Year]) -> Option<CompoundGrowth> {
    let first = years.iter().find(|year| year.complete && year.count > 0)?;
    let last = years.iter().rfind(|year| year.complete)?;
    let span = last.year - first.year;
    if span < 1 {
        return None;
    }
    let rate = (last.count as f64 / first.count as f64).powf(1.0 / f64::from(span)) - 1.0;
    Some(CompoundGrowth { from: first.year, to: last.year, rate })
}

/// A year of the life cycle: how many apply, and for how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LifeYear {
    /// Filing year.
    pub year: i16,
    /// Different applicants.
    pub applicants: u64,
    /// Applications.
    pub applications: u64,
    /// False for a year of which more can still come to light.
    pub complete: bool,
}

/// The life cycle over the years of a trend; years without any application are left out, they have no place.
pub fn life_cycle(years: &[Year], applicants: &[(i16, u64)]) -> Vec<LifeYear> {
    let by_year: BTreeMap<i16, u64> = applicants.iter().copied().collect();
    let alive = years.iter().filter(|year| year.count > 0);
    let year = |year: &Year| LifeYear {
        year: year.year,
        applicants: by_year.get(&year.year).copied().unwrap_or_default(),
        applications: year.count,
        complete: year.complete,
    };
    alive.map(year).collect()
}

#[cfg(test)]
#[path = "years_tests.rs"]
mod tests;
