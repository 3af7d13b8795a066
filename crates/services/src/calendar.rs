//! Working days, and the deadlines that count them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, tz};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Limit, LimitUnit, Text};

network::coded! {
    /// How a day differs from what its weekday says.
    DayKind ("kind of day") {
        /// 放假: no work, whatever the weekday.
        Holiday = "holiday", "放假", "Holiday";
        /// 调休上班: work on a Saturday or Sunday.
        WorkingDay = "working-day", "调休上班", "Make-up working day";
    }
}

/// A day that is not what its weekday says, or a holiday that is told though it falls on a weekend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What it is.
    pub kind: DayKind,
    /// Of which festival.
    pub name: Text,
}

/// Working days by year. A year that was not told counts weekends alone; [`Calendar::knows`] and [`Deadline::unsure`] say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, CalendarDay>,
    years: BTreeSet<i16>,
}

/// A span of days in which the clock of a request stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    /// The day on which the clock was stopped: at its end it stood.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The day on which it went on: at its end it ran again.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
}

/// The day at whose end something must be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deadline {
    /// The day; always a working day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Years that were counted without knowing their holidays: the day may still move when they are loaded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<i16>,
}

/// A year whose holidays are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarYear {
    /// Which.
    pub year: i16,
    /// Rises by one with every import; 0 = as it came with the program.
    pub revision: i64,
    /// The notice that it is taken from.
    pub source: String,
    /// When it was loaded; none when it came with the program.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub loaded_at: Option<Timestamp>,
}

/// No count of days goes farther than this many: some forty years.
const FARTHEST: i64 = 10_000;

/// The time of the offices: UTC+8 all year.
const OFFICE_TIME: tz::Offset = tz::Offset::constant(8);

/// The end of a day where the offices are: the first moment of the next.
pub fn end_of_day(day: Date) -> Timestamp {
    let next = after(day).to_datetime(jiff::civil::Time::midnight());
    OFFICE_TIME.to_timestamp(next).unwrap_or(Timestamp::MAX)
}

impl Calendar {
    /// A calendar that knows no holidays: Monday to Friday are working days.
    pub fn weekends_only() -> Self {
        Self::default()
    }

    /// A calendar of these years with these days. Days of other years are left out.
    pub fn new(years: impl IntoIterator<Item = i16>, days: impl IntoIterator<Item = CalendarDay>) -> Self {
        let years: BTreeSet<i16> = years.into_iter().collect();
        let days = days.into_iter().filter(|day| years.contains(&day.day.year()));
        Self { days: days.map(|day| (day.day, day)).collect(), years }
    }

    /// The years whose holidays are known.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().copied()
    }

    /// The special days of a year, in order.
    pub fn days(&self, year: i16) -> impl Iterator<Item = &CalendarDay> {
        self.days.values().filter(move |day| day.day.year() == year)
    }

    /// Whether the holidays of a year are known.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// The special day, where a day is one.
    pub fn special(&self, day: Date) -> Option<&CalendarDay> {
        self.days.get(&day)
    }

    /// Whether offices work on a day.
    pub fn is_working(&self, day: Date) -> bool {
        match self.days.get(&day) {
            Some(special) => special.kind == DayKind::WorkingDay,
            None => day.weekday().to_monday_zero_offset() < 5,
        }
    }

    /// The day itself when it is a working day, else the next that is.
    pub fn working_day_from(&self, day: Date) -> Date {
        let mut at = day;
        while !self.is_working(at) && at < Date::MAX {
            at = after(at);
        }
        at
    }

    /// The `number`th working day after a day, which itself does not count. 0 gives [`Calendar::working_day_from`];
    /// below 0 it counts backwards.
    pub fn add_working_days(&self, from: Date, number: i64) -> Date {
        if number == 0 {
            return self.working_day_from(from);
        }
        let step = if number > 0 { after } else { before };
        let (mut at, mut left) = (from, number.abs().min(FARTHEST));
        while left > 0 && at > Date::MIN && at < Date::MAX {
            at = step(at);
            left -= i64::from(self.is_working(at));
        }
        at
    }

    /// How many working days there are after `from` up to and with `to`; below 0 when `to` is earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        self.count(after(from), after(to))
    }

    /// How many working days ended while the clock stood: `from` and after, before `to`. Pauses that overlap count once.
    pub fn paused_days(&self, pauses: &[Pause]) -> i64 {
        joined(pauses).iter().map(|pause| self.count(pause.from, pause.to)).sum()
    }

    /// A deadline moved by the working days that ended while the clock stood. [`Calendar::deadline`] does so from the beginning
    /// of the limit on, and leaves out what cannot move it.
    pub fn move_by_pauses(&self, deadline: Date, pauses: &[Pause]) -> Date {
        self.add_working_days(deadline, self.paused_days(pauses))
    }

    /// The working days that a request took after `from` up to and with `to`, without those at whose end its clock stood.
    pub fn measured_days(&self, from: Date, to: Date, pauses: &[Pause]) -> i64 {
        self.working_days_between(from, to) - self.paused_days(&clipped(pauses, after(from), after(to)))
    }

    /// The deadline of a limit that runs from a day. The day itself does not count, so it cannot be paused either; a limit in
    /// days or months that would end on a day without work ends on the next working day. Pauses move a limit in
    /// working days by the working days that ended in them, every other by their days. A pause that began after the
    /// deadline moves nothing: the request was late by then.
    pub fn deadline(&self, from: Date, limit: &Limit, pauses: &[Pause]) -> Deadline {
        let number = i64::from(limit.number).min(FARTHEST);
        let working = limit.unit == LimitUnit::WorkingDay;
        let mut at = match limit.unit {
            LimitUnit::WorkingDay => self.add_working_days(from, number),
            LimitUnit::Day => add_days(from, number),
            LimitUnit::Month => from.saturating_add(jiff::Span::new().months(number.min(1_200))),
        };
        for pause in joined(&clipped(pauses, after(from), Date::MAX)) {
            if pause.from > self.working_day_from(at) {
                break;
            }
            at = if working {
                self.add_working_days(at, self.count(pause.from, pause.to))
            } else {
                add_days(at, days_between(pause.from, pause.to))
            };
        }
        let on = self.working_day_from(at);
        Deadline { on, unsure: self.unsure(from, on) }
    }

    /// A deadline put off by a limit more: an extension.
    pub fn extended(&self, deadline: Date, limit: &Limit) -> Deadline {
        self.deadline(deadline, limit, &[])
    }

    /// The years from one day to another whose holidays are not known.
    pub fn unsure(&self, from: Date, to: Date) -> Vec<i16> {
        (from.year()..=to.year()).filter(|year| !self.knows(*year)).collect()
    }

    /// Working days from a day on, before another.
    fn count(&self, from: Date, before: Date) -> i64 {
        let (mut at, mut count) = (from, 0);
        while at < before {
            count += i64::from(self.is_working(at));
            at = after(at);
        }
        count
    }
}

/// The parts of pauses that lie in a span.
fn clipped(pauses: &[Pause], from: Date, to: Date) -> Vec<Pause> {
    pauses.iter().map(|pause| Pause { from: pause.from.max(from), to: pause.to.min(to) }).collect()
}

/// Pauses in order, without overlaps and without empty ones.
fn joined(pauses: &[Pause]) -> Vec<Pause> {
    let mut sorted: Vec<Pause> = pauses.iter().copied().filter(|pause| pause.from < pause.to).collect();
    sorted.sort_by_key(|pause| (pause.from, pause.to));
    let mut joined: Vec<Pause> = Vec::with_capacity(sorted.len());
    for pause in sorted {
        match joined.last_mut() {
            Some(last) if pause.from <= last.to => last.to = last.to.max(pause.to),
            _ => joined.push(pause),
        }
    }
    joined
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

fn before(day: Date) -> Date {
    day.yesterday().unwrap_or(Date::MIN)
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn add_days(day: Date, number: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(number.min(FARTHEST * 2)))
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
