//! Deadlines: when something is due, how long it took, and how near the end is. Pure.
//!
//! A limit counts whole working days after the day on which its clock began, by the calendar; the deadline is the end of
//! that day. A pause is kept as evidence, from a day to a day: every working day at whose end the clock stood moves the
//! deadline by one, but for the first day, which does not count anyway, and for what begins when it is late. Nothing of this is stored but the evidence; when a calendar changes, the same evidence gives the
//! new deadline.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use services::{Calendar, Item, Limit, Pause};
use utoipa::ToSchema;

use crate::State;

/// Working days in which a request is to be taken or refused, where its item says nothing.
pub const ACCEPTANCE_DAYS: u32 = 5;
/// Working days in which the client supplements, where the item says nothing.
pub const SUPPLEMENT_DAYS: u32 = 5;
/// So many working days before it is due, a case is due soon.
pub const SOON_DAYS: u32 = 2;

network::coded! {
    /// How near its deadline an open case is.
    Level ("level") {
        /// More than two working days left, or no limit.
        Ok = "ok", "正常", "In time";
        /// At most two working days left.
        Soon = "soon", "临期", "Due soon";
        /// Past its deadline.
        Late = "late", "逾期", "Late";
        /// The clock stands.
        Standing = "standing", "停计", "Clock stopped";
    }
}

network::coded! {
    /// Why a clock stood.
    PauseKind ("kind of pause") {
        /// Staff stopped it, with a reason.
        Paused = "paused", "中止", "Paused";
        /// Waiting for what the client is to bring.
        Supplement = "supplement", "待补正", "Waiting for the client";
        /// The result lay with the client, who handed it back.
        Delivered = "delivered", "已交付", "With the client";
    }
}

network::coded! {
    /// On what ground a deadline is moved.
    Ground ("ground") {
        /// More work than could be seen; moves promise and plan, never the law's limit.
        Complexity = "complexity", "情况复杂", "Complexity";
        /// The client asked for it; as [`Ground::Complexity`].
        Client = "client", "当事人申请", "The client's wish";
        /// 特别程序 of the item; moves the law's limit too.
        SpecialProcedure = "special-procedure", "特别程序", "Special procedure";
    }
}

/// The limits under which a case stands: those of the item version in force when it was submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Terms {
    /// In which it is taken or refused.
    pub acceptance: Limit,
    /// In which the client supplements.
    pub supplement: Limit,
    /// What the outlet promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Limit>,
    /// What the law allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Limit>,
    /// What a special procedure of the item may add; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special: Option<Limit>,
}

impl Default for Terms {
    fn default() -> Self {
        let (acceptance, supplement) = (Limit::working_days(ACCEPTANCE_DAYS), Limit::working_days(SUPPLEMENT_DAYS));
        Self { acceptance, supplement, promised: None, statutory: None, special: None }
    }
}

impl Terms {
    /// The limits of a version of an item; of several special procedures the longest.
    pub fn of(item: &Item) -> Self {
        let usual = Self::default();
        let special = item.special.iter().filter_map(|special| special.limit.clone());
        Self {
            acceptance: item.acceptance_limit.clone().unwrap_or(usual.acceptance),
            supplement: item.supplement_limit.clone().unwrap_or(usual.supplement),
            promised: item.promised_limit.clone(),
            statutory: item.statutory_limit.clone(),
            special: special.max_by_key(|limit| (limit.unit, limit.number)),
        }
    }
}

/// A time in which the clock stood: from the end of its first day to the end of the day before its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stand {
    /// Why.
    pub kind: PauseKind,
    /// The day on which it stopped.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The day on which it ran on; none while it stands.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
}

/// A moved deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Extension {
    /// On what ground.
    pub ground: Ground,
    /// By how many working days.
    pub days: u32,
    /// Why.
    pub reason: String,
}

/// A day agreed with the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Planned {
    /// The day on which it was agreed.
    #[schema(value_type = String, format = Date)]
    pub since: Date,
    /// The day agreed.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
}

/// What happened to a case that its deadlines depend on.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The day on which the clock of acceptance began.
    pub received: Date,
    /// The day on which it was accepted, or opened again.
    pub accepted: Option<Date>,
    /// The day on which the client was asked for what is missing.
    pub supplement_asked: Option<Date>,
    /// The day agreed with the client.
    pub planned: Option<Planned>,
    /// When the clock stood.
    pub stands: Vec<Stand>,
    /// By how much it was moved.
    pub extension: Option<(Ground, u32)>,
    /// The day of the last delivery, if nothing came after.
    pub delivered: Option<Date>,
}

/// Every deadline of a case and the time it took, side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deadlines {
    /// Taken or refused by.
    #[schema(value_type = String, format = Date)]
    pub acceptance: Date,
    /// Supplemented by.
    #[schema(value_type = Option<String>, format = Date)]
    pub supplement: Option<Date>,
    /// 承诺: delivered by, as promised.
    #[schema(value_type = Option<String>, format = Date)]
    pub promised: Option<Date>,
    /// 法定: delivered by, as the law says.
    #[schema(value_type = Option<String>, format = Date)]
    pub statutory: Option<Date>,
    /// Delivered by, as agreed with the client.
    #[schema(value_type = Option<String>, format = Date)]
    pub planned: Option<Date>,
    /// Working days used since acceptance, without those on which the clock stood.
    pub used: Option<u32>,
    /// Working days on which the clock stood since it began.
    pub stood: u32,
}

impl Deadlines {
    /// The day that counts where the case stands: acceptance, supplement, or the earliest day of delivery.
    pub fn due(&self, state: State) -> Option<Date> {
        match state {
            State::Received => Some(self.acceptance),
            State::Supplement => self.supplement,
            state if state.is_running() => self.delivery(),
            _ => None,
        }
    }

    /// The earliest of promise, law and plan.
    pub fn delivery(&self) -> Option<Date> {
        [self.promised, self.statutory, self.planned].into_iter().flatten().min()
    }
}

/// All deadlines of a case as seen on a day.
pub fn deadlines(calendar: &Calendar, terms: &Terms, course: &Course, today: Date) -> Deadlines {
    let start = course.accepted.unwrap_or(course.received);
    let acceptance_ends = course.accepted.unwrap_or(today);
    let waited = pauses(&course.stands, course.received, acceptance_ends);
    let acceptance = calendar.deadline(course.received, &terms.acceptance, &waited).on;
    let supplement = course.supplement_asked.map(|asked| calendar.deadline(asked, &terms.supplement, &[]).on);
    let (extended, lawful) = match course.extension {
        Some((Ground::SpecialProcedure, days)) => (days, days),
        Some((_, days)) => (days, 0),
        None => (0, 0),
    };
    let end = |limit: Option<&Limit>, more: u32| {
        let accepted = course.accepted?;
        let pauses = pauses(&course.stands, accepted, today);
        Some(extend(calendar, calendar.deadline(accepted, limit?, &pauses).on, more, &pauses))
    };
    let planned = course.planned.map(|plan| {
        let pauses = pauses(&course.stands, plan.since, today);
        extend(calendar, moved(calendar, plan.day, &pauses), extended, &pauses)
    });
    let used = course.accepted.map(|accepted| {
        let until = course.delivered.unwrap_or(today).max(accepted);
        let measured = calendar.measured_days(accepted, until, &pauses(&course.stands, accepted, until));
        measured.max(0) as u32
    });
    Deadlines {
        acceptance,
        supplement,
        promised: end(terms.promised.as_ref(), extended),
        statutory: end(terms.statutory.as_ref(), lawful),
        planned,
        used,
        stood: calendar.paused_days(&pauses(&course.stands, start, today)).max(0) as u32,
    }
}

/// The most working days by which a deadline may be moved on a ground: for a special procedure what the item says, else as
/// many as were promised.
pub fn most_extension(calendar: &Calendar, terms: &Terms, ground: Ground, accepted: Date) -> u32 {
    let usual = Limit::working_days(ACCEPTANCE_DAYS);
    let limit = match ground {
        Ground::SpecialProcedure => terms.special.as_ref(),
        _ => Some(terms.promised.as_ref().or(terms.statutory.as_ref()).unwrap_or(&usual)),
    };
    limit.map_or(0, |limit| {
        calendar.working_days_between(accepted, calendar.deadline(accepted, limit, &[]).on).max(0) as u32
    })
}

/// How near the end is on a day.
pub fn level(calendar: &Calendar, due: Option<Date>, standing: bool, today: Date) -> Level {
    match due {
        _ if standing => Level::Standing,
        Some(due) if due < today => Level::Late,
        Some(due) if due <= soon_until(calendar, today) => Level::Soon,
        _ => Level::Ok,
    }
}

/// What is due by this day is due soon.
pub fn soon_until(calendar: &Calendar, today: Date) -> Date {
    calendar.add_working_days(today, i64::from(SOON_DAYS))
}

/// A deadline moved by working days more; pauses that began in these move it on.
fn extend(calendar: &Calendar, end: Date, more: u32, pauses: &[Pause]) -> Date {
    if more == 0 { end } else { calendar.deadline(end, &Limit::working_days(more), pauses).on }
}

/// A day that was agreed, moved by the pauses that began before it was over.
fn moved(calendar: &Calendar, day: Date, pauses: &[Pause]) -> Date {
    let mut pauses = pauses.to_vec();
    pauses.sort_by_key(|pause| pause.from);
    let move_by = |day: Date, pause: &Pause| {
        if pause.from > day { day } else { calendar.move_by_pauses(day, std::slice::from_ref(pause)) }
    };
    pauses.iter().fold(day, move_by)
}

/// The pauses from one day on, cut at another; one that lasts counts until then.
fn pauses(stands: &[Stand], from: Date, until: Date) -> Vec<Pause> {
    let cut = |stand: &Stand| Pause { from: stand.from.max(from), to: stand.to.unwrap_or(until).min(until) };
    stands.iter().map(cut).filter(|pause| pause.from < pause.to).collect()
}

#[cfg(test)]
#[path = "deadline_tests.rs"]
mod tests;
