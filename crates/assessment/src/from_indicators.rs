//! The platform's own indicators as inputs.

use indicators::{Code, Indicators, IndicatorsError, Period, Reader, TableQuery};
use jiff::Timestamp;

use crate::told::office_day;
use crate::{Answer, AssessmentError, Given, Inputs, Wanted};

/// Settled yearly values of the platform's indicators. What is not accepted yet is not there.
#[derive(Clone, Debug)]
pub struct FromIndicators<'a> {
    /// Where they are.
    pub indicators: &'a Indicators,
    /// Now: the moment that stands with every value.
    pub now: Timestamp,
}

impl Inputs for FromIndicators<'_> {
    fn values<'a>(&'a self, wanted: &'a Wanted<'a>) -> Answer<'a> {
        Box::pin(async move {
            let mut all = Vec::new();
            for code in &wanted.codes {
                all.append(&mut self.of_code(code, wanted).await?);
            }
            Ok(all)
        })
    }
}

impl FromIndicators<'_> {
    async fn of_code(&self, text: &str, wanted: &Wanted<'_>) -> Result<Vec<Given>, AssessmentError> {
        let Ok(code) = text.parse::<Code>() else { return Ok(Vec::new()) };
        let periods = [Period::year(wanted.year)];
        let asked = TableQuery {
            code: &code,
            units: wanted.units,
            periods: &periods,
            as_of: None,
            today: office_day(self.now),
        };
        let table = match self.indicators.table(Reader::Settled, &asked).await {
            Ok(table) => table,
            // An indicator that the installation does not have has no values.
            Err(IndicatorsError::NoIndicator(_)) => return Ok(Vec::new()),
            Err(error) => return Err(AssessmentError::Inputs(error.to_string())),
        };
        let given = table.units.iter().zip(&table.readings).filter_map(|(unit, reading)| {
            Some(Given {
                code: text.to_owned(),
                unit: unit.clone(),
                year: wanted.year,
                value: reading.settled_number()?,
                note: format!("{text} {}", wanted.year),
                at: self.now,
            })
        });
        Ok(given.collect())
    }
}

#[cfg(test)]
#[path = "from_indicators_tests.rs"]
mod tests;
