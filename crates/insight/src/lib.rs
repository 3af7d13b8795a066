//! Analysis: a field seen as figures instead of a list.

mod analysis;
mod classes;
mod concentration;
mod count;
mod error;
mod matrix;
mod network;
mod regions;
mod settings;
mod years;

pub use analysis::{Analysis, Cited};
pub use classes::{Class, Classes};
pub use concentration::{Concentration, Level, MOST_APPLICANTS};
pub use count::{Count, Ranking, share};
pub use error::InsightError;
pub use network::{Network, Pair};
pub use regions::{ProvinceCount, Regions};
pub use settings::{SectionId, Settings};
pub use years::{
    CompoundGrowth, Growth, Horizon, LifeYear, MOST_YEARS, OTHER_LAG, PATENT_LAG, Trend, Year, YearlyGrowth, life_cycle,
};
