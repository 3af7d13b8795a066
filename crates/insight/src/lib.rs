//! Analysis: a field seen as figures instead of a list.
//!
//! [`analyse`] counts what a query finds in one pass over the index and gives an [`Analysis`]: plain data, exact, never
//! NaN. [`sections`] makes figures and tables of it in Chinese or English; every bar, cell and node opens the list it
//! counts. A [`Store`] keeps analyses, so that an address shows the same figures later, and [`changes`] says what has
//! moved since; [`report`] is the whole as a document. The mathematics (years, growth, concentration, rankings, network)
//! are plain functions on numbers.

mod analyse;
mod analysis;
mod asked;
mod changes;
mod classes;
mod concentration;
mod count;
mod error;
#[cfg(test)]
mod example;
mod links;
mod matrix;
mod network;
mod regions;
mod report;
mod section;
mod sections;
mod settings;
mod sql;
mod store;
mod years;

pub use analyse::analyse;
pub use analysis::{Analysis, Cited};
pub use changes::{Changes, Difference, changes};
pub use classes::{Class, Classes};
pub use concentration::{Concentration, Level, MOST_APPLICANTS};
pub use count::{Count, Ranking, share};
pub use error::InsightError;
pub use network::{Network, Pair};
pub use regions::{ProvinceCount, Regions};
pub use report::{caveats, report};
pub use section::{Section, sections};
pub use settings::{SectionId, Settings};
pub use store::{Saved, SavedId, Store};
pub use years::{
    CompoundGrowth, Growth, Horizon, LifeYear, MOST_YEARS, OTHER_LAG, PATENT_LAG, Trend, Year, YearlyGrowth, life_cycle,
};
