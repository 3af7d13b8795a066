//! An analysis: the figures of one query, as of one position of the register.

use index::Cross;
use records::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Classes, Concentration, Count, Growth, LifeYear, Network, Ranking, Regions, Settings, Trend};

/// All figures of a query. Counts are numbers of rights; a list of values never says more than was counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Analysis {
    /// What was analysed, as the person typed it, with the range of years of the settings: the lists behind the figures
    /// are this text with one condition more.
    pub text: String,
    /// The same in canonical text.
    pub query: String,
    /// What was asked for.
    pub settings: Settings,
    /// Entry of the register's feed up to which rights were counted.
    pub position: i64,
    /// Day of the analysis: the one on which states hold.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// Newest publication in the whole index, not after `day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub newest: Option<Date>,
    /// Months from filing to publication that were reckoned with, see [`crate::PATENT_LAG`].
    pub lag: i32,
    /// Rights in all.
    pub total: u64,
    /// Kinds of right.
    pub kinds: Ranking,
    /// By filing year.
    pub filed: Trend,
    /// By year of first publication.
    pub published: Trend,
    /// By year of grant or registration.
    pub granted: Trend,
    /// Growth of filings.
    pub growth: Growth,
    /// Applicants against applications.
    pub life_cycle: Vec<LifeYear>,
    /// Applicants.
    pub applicants: Ranking,
    /// Owners.
    pub owners: Ranking,
    /// Inventors.
    pub inventors: Ranking,
    /// Agents.
    pub agents: Ranking,
    /// Concentration on applicants; absent when no right has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concentration: Option<Concentration>,
    /// Classes.
    pub classes: Classes,
    /// WIPO's fields of technology by number; a right with several counts in each.
    pub technologies: Ranking,
    /// WIPO's sectors by number; a right with fields of several sectors counts in each, once.
    pub sectors: Vec<Count>,
    /// Offices.
    pub offices: Ranking,
    /// Countries of applicants; a right of applicants from several counts in each.
    pub countries: Ranking,
    /// Regions of applicants.
    pub regions: Regions,
    /// Cities of applicants in China; a right of applicants from several counts in each.
    #[serde(default)]
    pub cities: Ranking,
    /// Types of applicants as far as their names tell; a right of several counts in each.
    #[serde(default)]
    pub applicant_types: Ranking,
    /// Legal status on the day.
    pub status: Ranking,
    /// Status × filing year, the years of `filed`.
    pub status_by_year: Cross,
    /// Applicant × class.
    pub applicant_class: Cross,
    /// Applicant × filing year.
    pub applicant_year: Cross,
    /// Class × filing year.
    pub class_year: Cross,
    /// Who files together.
    pub network: Network,
    /// Publications cited most.
    pub citations: Vec<Cited>,
}

/// A publication that rights of the analysis cite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = CitedPublication)]
pub struct Cited {
    /// Its number in normal form.
    pub number: String,
    /// Rights of the analysis that cite it.
    pub count: u64,
    /// The right it belongs to, when the register has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// That right's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}
