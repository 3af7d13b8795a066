//! Lists: what is asked for.

use accounts::PersonId;
use jiff::civil::Date;
use network::OrganisationId;

use crate::{RuleCode, Severity, State, WarningsError, What};

/// Which warnings. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct WarningQuery {
    /// Of a unit and all under it.
    pub unit: Option<OrganisationId>,
    /// Of which rule.
    pub rule: Option<RuleCode>,
    /// Of which severity.
    pub severity: Option<Severity>,
    /// In which state.
    pub state: Option<State>,
    /// Only those that are not closed.
    pub open: bool,
    /// Worked by whom.
    pub assignee: Option<PersonId>,
    /// Fired on this day or later.
    pub from: Option<Date>,
    /// Fired on this day or before.
    pub to: Option<Date>,
    /// Mark of the page.
    pub after: Option<String>,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// How many warnings are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub open: u64,
    /// Of which nobody has taken note.
    pub new: u64,
    /// By severity, the most severe first.
    pub by_severity: Vec<(Severity, u64)>,
    /// Fired within the last seven days.
    pub week: u64,
    /// Within the last thirty, but not seven.
    pub month: u64,
    /// Before.
    pub older: u64,
}

/// The two texts of a mark: `2~01JZ…`.
pub(crate) fn place(mark: Option<&str>) -> Result<Option<(String, String)>, WarningsError> {
    let Some(mark) = mark else { return Ok(None) };
    let parts = mark.split_once('~').filter(|(rank, id)| rank.len() == 1 && id.parse::<network::Id>().is_ok());
    let (rank, id) = parts.ok_or_else(|| WarningsError::not_found(What::Mark, mark))?;
    Ok(Some((rank.to_owned(), id.to_owned())))
}

/// The place of a severity in lists.
pub(crate) fn rank(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "1",
        Severity::Attention => "2",
        Severity::Serious => "3",
    }
}
