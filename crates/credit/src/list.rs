//! Lists: what is asked for.

use jiff::civil::Date;
use network::RegionCode;

use crate::{Agency, AgencyId, AgencyKind, CreditError, EventState, Grade, LeadKind, LeadState, Score, What};

/// Which agencies. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct AgencyQuery {
    /// Part of a name, a former name, a branch or the code.
    pub words: String,
    /// In which region or below it.
    pub region: Option<RegionCode>,
    /// Of which kind.
    pub kind: Option<AgencyKind>,
    /// Of which level.
    pub grade: Option<Grade>,
    /// Only those that have not ended.
    pub open: bool,
    /// How many to leave out.
    pub skip: usize,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// An agency in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The agency.
    pub agency: Agency,
    /// Its score on the day.
    pub score: Score,
    /// Events that are announced and do not count yet.
    pub announced: u64,
}

/// A page of agencies.
#[derive(Clone, Debug, PartialEq)]
pub struct Agencies {
    /// The rows.
    pub rows: Vec<Listed>,
    /// How many match in all.
    pub total: u64,
    /// How many of each level match, whatever level was asked for.
    pub grades: Vec<(Grade, u64)>,
}

/// Which events. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct EventQuery {
    /// Of which agency.
    pub agency: Option<AgencyId>,
    /// In which state.
    pub state: Option<EventState>,
    /// Only those where something waits: drafts, objections, repairs.
    pub waiting: bool,
    /// Those announced or under objection.
    pub announced: bool,
    /// Mark of the page.
    pub after: Option<String>,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// Which leads. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct LeadQuery {
    /// Of which agency.
    pub agency: Option<AgencyId>,
    /// Of which kind.
    pub kind: Option<LeadKind>,
    /// In which state.
    pub state: Option<LeadState>,
    /// Seen last on this day or later.
    pub seen_since: Option<Date>,
    /// Mark of the page.
    pub after: Option<String>,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// The id in a mark.
pub(crate) fn place(mark: Option<&str>) -> Result<Option<String>, CreditError> {
    let Some(mark) = mark else { return Ok(None) };
    let id: network::Id = mark.parse().map_err(|_| CreditError::not_found(What::Mark, mark))?;
    Ok(Some(id.to_string()))
}
