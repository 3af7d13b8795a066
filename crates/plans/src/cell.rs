//! How a task stands at a unit, in short.

use jiff::civil::Date;

use crate::{Duty, Progress, ReportState, Standing};

/// The reports of a unit on a task, in short. Stored as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How many reports there are.
    pub reports: i64,
    /// State and progress of the one that is open.
    pub open: Option<(ReportState, Progress)>,
    /// The day on which one was submitted first.
    pub first_submitted: Option<Date>,
    /// Progress, percent and day of the last accepted one.
    pub accepted: Option<(Progress, i64, Date)>,
}

impl Cell {
    /// As it is stored: `3:submitted:done:2024-03-01:under-way:40:2024-02-01`.
    pub(crate) fn stored(&self) -> String {
        let (state, progress) = self.open.map_or(("", ""), |(state, progress)| (state.code(), progress.code()));
        let first = self.first_submitted.map(|day| day.to_string()).unwrap_or_default();
        let accepted = self.accepted.map(|(progress, percent, day)| format!("{}:{percent}:{day}", progress.code()));
        let accepted = accepted.unwrap_or_else(|| "::".to_owned());
        format!("{}:{state}:{progress}:{first}:{accepted}", self.reports)
    }

    /// Read from what is stored.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let mut next = || parts.next();
        let reports = next()?.parse().ok()?;
        let (state, progress, first) = (next()?, next()?, next()?);
        let open = if state.is_empty() { None } else { Some((state.parse().ok()?, progress.parse().ok()?)) };
        let first_submitted = if first.is_empty() { None } else { Some(first.parse().ok()?) };
        let (progress, percent, day) = (next()?, next()?, next()?);
        let accepted = if progress.is_empty() {
            None
        } else {
            Some((progress.parse().ok()?, percent.parse().ok()?, day.parse().ok()?))
        };
        Some(Self { reports, open, first_submitted, accepted })
    }

    /// Whether the task is done, and accepted as done.
    pub fn is_done(&self) -> bool {
        matches!(self.accepted, Some((Progress::Done, ..)))
    }

    /// The percent of the last accepted report; none when there is none.
    pub fn percent(&self) -> Option<i64> {
        self.accepted.map(|(_, percent, _)| percent)
    }

    /// How it stands on a day, for a unit that must (required or chosen), may, or is not concerned any more.
    pub fn standing(&self, duty: Option<Duty>, chosen: bool, due: Date, day: Date) -> Standing {
        let bound = match duty {
            Some(Duty::Required) => true,
            Some(Duty::Optional) => chosen,
            None => false,
        };
        if self.is_done() {
            return Standing::Done;
        }
        if !bound && self.reports == 0 {
            return if duty.is_some() { Standing::Offered } else { Standing::NotConcerned };
        }
        let waits = matches!(self.open, Some((ReportState::Submitted, _)));
        if bound && day > due {
            let waits_as_done = matches!(self.open, Some((ReportState::Submitted, Progress::Done)));
            return match self.first_submitted {
                None => Standing::Missing,
                Some(_) if waits_as_done => Standing::Submitted,
                Some(_) => Standing::Late,
            };
        }
        match self.open {
            _ if waits => Standing::Submitted,
            Some((ReportState::Returned, _)) => Standing::Returned,
            _ if self.accepted.is_some() => Standing::UnderWay,
            _ => Standing::Open,
        }
    }
}

#[cfg(test)]
#[path = "cell_tests.rs"]
mod tests;
