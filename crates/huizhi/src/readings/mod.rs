//! What the rooms of the platform measure for those of governance.

mod cases;
pub(crate) mod filings;
mod network;
mod ratings;
mod rights;
pub(crate) mod signals;

use std::sync::Arc;

use ::indicators::{Figure, Figures, Measure, Text};
use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything that measures for indicators.
pub(crate) fn figures(
    searcher: search::Searcher,
    cases: &::cases::Cases,
    services: &services::Services,
    ratings: &::ratings::Ratings,
    network: &::network::Network,
) -> Vec<Arc<dyn Figures>> {
    vec![
        Arc::new(rights::Rights::new(searcher, network.clone())),
        Arc::new(cases::Requests::new(cases.clone(), services.clone())),
        Arc::new(ratings::Opinions::new(ratings.clone())),
        Arc::new(network::Outlets::new(network.clone())),
    ]
}

/// A measure by its code, names and meaning.
fn measure(code: &str, any_period: bool, name: (&str, &str), meaning: (&str, &str)) -> Measure {
    let (name, meaning) = (Text::new(name.0, name.1), Text::new(meaning.0, meaning.1));
    Measure { code: code.to_owned(), name, meaning, any_period, narrows: false }
}

/// A number with its list.
fn counted(number: u64, href: String) -> Figure {
    Figure { number: Ok(number as f64), href: Some(href) }
}

/// Nothing to tell, and why.
fn untold(zh: &str, en: &str) -> Figure {
    Figure { number: Err(Text::new(zh, en)), href: None }
}

/// An address with parameters; empty ones are left out.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> =
        given.map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// A day of a period, not later than today.
fn until(last: Date, today: Date) -> Date {
    last.min(today)
}

#[cfg(test)]
mod tests;
