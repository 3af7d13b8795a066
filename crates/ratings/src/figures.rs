//! Figures: how many are how satisfied.

use jiff::civil::Date;
use network::{OrganisationId, RegionCode};
use serde::{Deserialize, Serialize};
use services::ItemCode;
use utoipa::ToSchema;

use crate::Level;

/// Ratings below which nothing but their fewness is published.
pub const ENOUGH: u64 = 5;

/// Of what a figure tells.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// Everything.
    All,
    /// An outlet.
    Outlet(&'a OrganisationId),
    /// An item, wherever it is served.
    Item(&'a ItemCode),
    /// An item at an outlet.
    ItemAt(&'a ItemCode, &'a OrganisationId),
    /// All outlets in a region.
    Region(&'a RegionCode),
}

/// How many of each level count, in the order of [`Level::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts(pub [u64; 5]);

/// A figure in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Figure {
    /// How many ratings.
    pub count: u64,
    /// How many of each level.
    pub levels: Counts,
    /// Percentage of the three better levels, as GB/T 39046 and the national rules on 好差评 count the satisfied.
    pub satisfaction: f64,
    /// Mean in stars, 1 to 5.
    pub stars: f64,
}

/// A figure as it may be published.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Published {
    /// Fewer than [`ENOUGH`]: not even how many.
    TooFew,
    /// Enough.
    Figure(Figure),
}

/// The figure of an outlet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OutletFigure {
    /// Which.
    pub outlet: OrganisationId,
    /// What may be published of it.
    pub published: Published,
}

/// The figure of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemFigure {
    /// Its code.
    pub item: String,
    /// What may be published of it.
    pub published: Published,
}

/// The months from the one of `from` to the one of `to`, whole: published figures are of whole months, so that two of
/// them that differ by a day do not tell the rating of that day.
pub(crate) fn whole_months(from: Date, to: Date) -> (Date, Date) {
    (from.first_of_month(), to.last_of_month())
}

impl Counts {
    /// Adds ratings of a level, by its code in GB/T 39046.
    pub(crate) fn add(&mut self, code: i64, count: i64) {
        let at = usize::try_from(code - 1).ok();
        if let Some(slot) = at.and_then(|at| self.0.get_mut(at)) {
            *slot += u64::try_from(count).unwrap_or(0);
        }
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: &Self) -> Self {
        let mut sum = self;
        sum.0.iter_mut().zip(other.0).for_each(|(mine, more)| *mine += more);
        sum
    }

    /// How many of a level.
    pub fn of(&self, level: Level) -> u64 {
        self.0[usize::from(level.gb_code()) - 1]
    }

    /// How many in all.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The figure; none of nothing.
    pub fn figure(&self) -> Option<Figure> {
        let count = self.total();
        let weighed: u64 = Level::ALL.iter().map(|level| u64::from(level.stars()) * self.of(*level)).sum();
        (count > 0).then(|| Figure {
            count,
            levels: *self,
            satisfaction: self.0[..3].iter().sum::<u64>() as f64 * 100.0 / count as f64,
            stars: weighed as f64 / count as f64,
        })
    }

    /// What may be published.
    pub fn published(&self) -> Published {
        self.figure().filter(|figure| figure.count >= ENOUGH).map_or(Published::TooFew, Published::Figure)
    }
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
