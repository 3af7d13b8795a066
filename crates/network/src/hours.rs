//! Opening hours on the clock of the country.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;

use crate::row::minutes;
use crate::{Hours, Weekday};

/// China Standard Time: eight hours before UTC all the year, in every province.
const CHINA: Offset = Offset::constant(8);

/// The day and the time on the clocks of the whole country.
pub fn local(moment: Timestamp) -> DateTime {
    CHINA.to_datetime(moment)
}

/// The day on which a moment falls where the offices are.
pub fn office_day(moment: Timestamp) -> jiff::civil::Date {
    local(moment).date()
}

impl Weekday {
    /// The day of the week of a day.
    pub fn of(day: jiff::civil::Date) -> Self {
        let number = day.weekday().to_monday_zero_offset();
        Self::ALL[usize::try_from(number).unwrap_or(0)]
    }
}

/// Whether an outlet is open, by its weekly hours; public holidays are not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It does not tell its hours.
    Unknown,
    /// Open until this time.
    Open(Time),
    /// Closed now; when it opens next, none for hours that never come.
    Closed(Option<(Weekday, Time)>),
}

/// Whether these hours hold at a local time. The last minute is no longer in.
pub fn opening(hours: &[Hours], at: DateTime) -> Opening {
    if hours.is_empty() {
        return Opening::Unknown;
    }
    let (today, clock) = (Weekday::of(at.date()), at.time());
    if let Some(open) = hours.iter().find(|hours| hours.weekday == today && hours.from <= clock && clock < hours.to) {
        // A break of no length is none.
        let mut until = open.to;
        while let Some(next) = hours.iter().find(|hours| hours.weekday == today && hours.from == until) {
            until = next.to;
        }
        return Opening::Open(until);
    }
    let ahead = |hours: &&Hours| {
        let days = (hours.weekday as u8 + 7 - today as u8) % 7;
        let days = if days == 0 && hours.from <= clock { 7 } else { days };
        (days, hours.from)
    };
    Opening::Closed(hours.iter().min_by_key(ahead).map(|hours| (hours.weekday, hours.from)))
}

/// The hours in few lines, each for the days that are alike: `Monday-Friday 09:00-12:00`. The import and forms read
/// these lines again.
pub fn hours_lines(hours: &[Hours], lang: &str) -> Vec<String> {
    let mut sorted: Vec<&Hours> = hours.iter().collect();
    sorted.sort_by_key(|hours| (hours.from, hours.to, hours.note.as_deref(), hours.weekday));
    let mut spans: Vec<(&Hours, Weekday)> = Vec::new();
    for hours in sorted {
        let alike = |first: &Hours| (first.from, first.to, &first.note) == (hours.from, hours.to, &hours.note);
        match spans.last_mut() {
            Some((first, last)) if alike(first) && *last as u8 + 1 == hours.weekday as u8 => *last = hours.weekday,
            _ => spans.push((hours, hours.weekday)),
        }
    }
    spans.sort_by_key(|(first, _)| (first.weekday, first.from));
    let line = |(first, last): (&Hours, Weekday)| {
        let (from, to) = (first.weekday.label(lang), last.label(lang));
        let days = if first.weekday == last { from.to_owned() } else { format!("{from}-{to}") };
        let note = first.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
        format!("{days} {}-{}{note}", minutes(first.from), minutes(first.to))
    };
    spans.into_iter().map(line).collect()
}

#[cfg(test)]
#[path = "hours_tests.rs"]
mod tests;
