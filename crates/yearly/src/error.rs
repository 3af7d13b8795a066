//! What can go wrong with a report.

use accounts::Denied;
use network::OrganisationId;
use thiserror::Error;

/// Why there is no report.
#[derive(Debug, Error)]
pub enum YearlyError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such unit.
    #[error("there is no unit {0} in that year")]
    NoUnit(OrganisationId),
    /// The year has not begun, or is before the network.
    #[error("there is no report of {0}: choose a year that has begun")]
    NoYear(i16),
    /// The network cannot be read.
    #[error(transparent)]
    Network(#[from] network::NetworkError),
    /// The cases cannot be read.
    #[error(transparent)]
    Cases(#[from] cases::CasesError),
    /// The ratings cannot be read.
    #[error(transparent)]
    Ratings(#[from] ratings::RatingsError),
    /// The service items cannot be read.
    #[error(transparent)]
    Services(#[from] services::ServicesError),
    /// The indicators cannot be read.
    #[error(transparent)]
    Indicators(#[from] indicators::IndicatorsError),
    /// The plans cannot be read.
    #[error(transparent)]
    Plans(#[from] plans::PlansError),
    /// The database cannot be read.
    #[error(transparent)]
    Database(#[from] database::DatabaseError),
}

impl YearlyError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        match self {
            _ if lang != "zh" => self.to_string(),
            Self::Denied(denied) => denied.text(lang),
            Self::NoUnit(_) => "该年度没有这个单位".to_owned(),
            Self::NoYear(year) => format!("没有 {year} 年的报告：请选择已经开始的年度"),
            Self::Network(error) => error.text(lang),
            Self::Cases(error) => error.text(lang),
            Self::Ratings(error) => error.text(lang),
            Self::Services(error) => error.text(lang),
            Self::Indicators(error) => error.text(lang),
            Self::Plans(error) => error.text(lang),
            Self::Database(_) => "数据库暂不可用".to_owned(),
        }
    }
}
