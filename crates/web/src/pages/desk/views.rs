//! Parts of cases as pages show them.

use cases::Level;
use jiff::civil::Date;
use services::Calendar;

use crate::frame::Visit;

/// The class of a level: its colour and sign.
pub(crate) const fn level_class(level: Level) -> &'static str {
    match level {
        Level::Ok => "level-ok",
        Level::Soon => "level-soon",
        Level::Late => "level-late",
        Level::Standing => "level-standing",
    }
}

/// How far a day is, in working days.
pub(crate) fn left(calendar: &Calendar, due: Date, today: Date, visit: &Visit) -> String {
    match calendar.working_days_between(today, due) {
        0 if due < today => visit.t("刚刚逾期", "just over").to_owned(),
        0 => visit.t("今天到期", "due today").to_owned(),
        1 => visit.t("还有 1 个工作日", "1 working day left").to_owned(),
        days if days < 0 => {
            let days = -days;
            let en = if days == 1 { "1 working day late".to_owned() } else { format!("{days} working days late") };
            visit.lang.t(&format!("逾期 {days} 个工作日"), &en).to_owned()
        }
        days => visit.lang.t(&format!("还有 {days} 个工作日"), &format!("{days} working days left")).to_owned(),
    }
}
