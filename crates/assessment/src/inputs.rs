//! Where the values of indicators come from.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use jiff::Timestamp;
use network::OrganisationId;

use crate::{AssessmentError, Input, Period, Scheme};

/// What is asked: indicators of units in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Codes of indicators.
    pub codes: Vec<&'a str>,
    /// The units.
    pub units: &'a [OrganisationId],
    /// The year.
    pub year: i16,
}

/// A value of an indicator. A value that is not there is not given.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Code of the indicator.
    pub code: String,
    /// Of which unit.
    pub unit: OrganisationId,
    /// Of which year.
    pub year: i16,
    /// The value.
    pub value: f64,
    /// Where it comes from, in few words.
    pub note: String,
    /// Since when it is so.
    pub at: Timestamp,
}

/// The answer, once it is there.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<Given>, AssessmentError>> + Send + 'a>>;

/// Gives values of indicators.
pub trait Inputs: Send + Sync {
    /// All values that are wanted and there.
    fn values<'a>(&'a self, wanted: &'a Wanted<'a>) -> Answer<'a>;
}

/// Where no indicator is kept: nothing is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoInputs;

impl Inputs for NoInputs {
    fn values<'a>(&'a self, _wanted: &'a Wanted<'a>) -> Answer<'a> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// Values that are known already.
impl Inputs for Vec<Given> {
    fn values<'a>(&'a self, wanted: &'a Wanted<'a>) -> Answer<'a> {
        let fits = |given: &&Given| {
            given.year == wanted.year
                && wanted.codes.contains(&given.code.as_str())
                && wanted.units.contains(&given.unit)
        };
        let found: Vec<Given> = self.iter().filter(fits).cloned().collect();
        Box::pin(async move { Ok(found) })
    }
}

/// Asks for everything that a scheme needs of indicators: the year, the year before, and for growth one year more.
pub async fn gather(
    inputs: &dyn Inputs,
    scheme: &Scheme,
    units: &[OrganisationId],
    year: i16,
) -> Result<Vec<Given>, AssessmentError> {
    let mut years: BTreeMap<i16, Vec<&str>> = BTreeMap::new();
    for (_, item) in scheme.items() {
        let Input::Indicator { code, period, .. } = &item.input else { continue };
        let last = year_of(*period, year);
        for wanted in if item.needs_before() { vec![last, last - 1] } else { vec![last] } {
            let codes = years.entry(wanted).or_default();
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
    }
    let mut all = Vec::new();
    for (year, codes) in years {
        all.append(&mut inputs.values(&Wanted { codes, units, year }).await?);
    }
    Ok(all)
}

/// The year that a period means when a year is assessed.
pub(crate) fn year_of(period: Period, year: i16) -> i16 {
    match period {
        Period::Same => year,
        Period::Before => year - 1,
    }
}
