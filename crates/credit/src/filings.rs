//! The filings of an agency, as another room reads them from the register, and their figures beside those of peers.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::CreditError;

/// The answer of [`Filings`].
pub type FilingsAnswer<'a, T> = Pin<Box<dyn Future<Output = Result<T, CreditError>> + Send + 'a>>;

/// Reads filings from the register.
pub trait Filings: Send + Sync + std::fmt::Debug {
    /// All filings that name one of these as agent.
    fn of<'a>(&'a self, names: &'a [String]) -> FilingsAnswer<'a, Vec<Filing>>;

    /// What became of all filings that name any agent, by year of filing.
    fn peers(&self) -> FilingsAnswer<'_, Peers>;

    /// The query text of the filings that meet conditions, for the list behind a figure.
    fn query(&self, conditions: &Conditions<'_>) -> String;
}

/// What became of a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FilingState {
    /// No decision yet.
    Pending,
    /// Granted or registered, in force or not.
    Granted,
    /// Refused.
    Refused,
    /// Withdrawn, or deemed so.
    Withdrawn,
    /// Not known.
    Unknown,
}

/// One filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// Its id in the register.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first address of its applicants.
    pub address: String,
    /// Its inventors.
    pub inventors: Vec<String>,
    /// When it was filed.
    pub filed: Option<Date>,
    /// What became of it.
    pub state: FilingState,
}

/// Conditions on filings; empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct Conditions<'a> {
    /// Names of the agent, any of them.
    pub agents: &'a [String],
    /// Filed from and to.
    pub filed: Option<(Date, Date)>,
    /// In which state.
    pub state: Option<FilingState>,
    /// The whole name of an inventor.
    pub inventor: Option<&'a str>,
    /// An address.
    pub address: Option<&'a str>,
    /// Words of the title.
    pub title: Option<&'a str>,
}

/// How many filings of a year came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AgencyYear)]
pub struct Year {
    /// All.
    pub filed: u64,
    /// Granted.
    pub granted: u64,
    /// Refused.
    pub refused: u64,
    /// Withdrawn.
    pub withdrawn: u64,
}

impl Year {
    fn add(&mut self, state: FilingState) {
        self.filed += 1;
        match state {
            FilingState::Granted => self.granted += 1,
            FilingState::Refused => self.refused += 1,
            FilingState::Withdrawn => self.withdrawn += 1,
            FilingState::Pending | FilingState::Unknown => {}
        }
    }

    /// Filings of which it is known what became of them.
    pub fn decided(&self) -> u64 {
        self.granted + self.refused + self.withdrawn
    }

    /// The sum of two.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            filed: self.filed + other.filed,
            granted: self.granted + other.granted,
            refused: self.refused + other.refused,
            withdrawn: self.withdrawn + other.withdrawn,
        }
    }
}

/// All filings that name an agent, by year of filing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peers {
    /// By year.
    pub years: BTreeMap<i16, Year>,
}

/// A share of the decided filings, beside that of peers; none where nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Which outcome.
    pub state: FilingState,
    /// How many.
    pub count: u64,
    /// Of how many decided.
    pub of: u64,
    /// Of one.
    pub own: Option<f64>,
    /// The same share of all filings with an agent in the same years.
    pub peers: Option<f64>,
}

/// The figures of an agency's filings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// By year of filing, without gaps.
    pub years: BTreeMap<i16, Year>,
    /// Filings without a day of filing.
    pub undated: u64,
    /// Grants, refusals, withdrawals of all years.
    pub shares: Vec<Share>,
}

impl Profile {
    /// All dated filings.
    pub fn total(&self) -> Year {
        self.years.values().fold(Year::default(), |sum, year| sum.with(*year))
    }
}

/// Counts filings by year and compares what became of them with peers of the same years.
pub fn profile(filings: &[Filing], peers: &Peers) -> Profile {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    let mut undated = 0;
    for filing in filings {
        match filing.filed {
            Some(day) => years.entry(day.year()).or_default().add(filing.state),
            None => undated += 1,
        }
    }
    if let (Some((first, _)), Some((last, _))) = (years.first_key_value(), years.last_key_value()) {
        for year in *first..=*last {
            years.entry(year).or_default();
        }
    }
    let own = years.values().fold(Year::default(), |sum, year| sum.with(*year));
    let same = years.keys().filter_map(|year| peers.years.get(year));
    let others = same.fold(Year::default(), |sum, year| sum.with(*year));
    let share = |state, of: &dyn Fn(&Year) -> u64| Share {
        state,
        count: of(&own),
        of: own.decided(),
        own: part(of(&own), own.decided()),
        peers: part(of(&others), others.decided()),
    };
    let shares = vec![
        share(FilingState::Granted, &|year| year.granted),
        share(FilingState::Refused, &|year| year.refused),
        share(FilingState::Withdrawn, &|year| year.withdrawn),
    ];
    Profile { years, undated, shares }
}

#[expect(clippy::cast_precision_loss, reason = "counts of filings are far below 2^52")]
fn part(count: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

#[cfg(test)]
#[path = "filings_tests.rs"]
mod tests;
