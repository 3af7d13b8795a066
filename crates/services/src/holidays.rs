//! The years whose holidays come with the program: China 2024 to 2026, after the yearly notices of the State Council.

use std::sync::LazyLock;

use crate::{Calendar, CalendarDay, CalendarYear, calendar_file};

static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| {
    let days: Vec<CalendarDay> = calendar_file::read(include_bytes!("../calendars/china.csv")).unwrap_or_default();
    let years: Vec<i16> = days.iter().map(|day| day.day.year()).collect();
    Calendar::new(years, days)
});

/// The calendar of the years that come with the program. What was loaded stands before it: [`crate::calendar`].
pub fn shipped_calendar() -> &'static Calendar {
    &SHIPPED
}

impl CalendarYear {
    /// A year as it came with the program.
    pub(crate) fn shipped(year: i16) -> Self {
        let source = match year {
            2024 => "国办发明电〔2023〕7号",
            2025 => "国办发明电〔2024〕12号",
            2026 => "国办发明电〔2025〕7号",
            _ => "",
        };
        Self { year, revision: 0, source: source.to_owned(), loaded_at: None }
    }
}

#[cfg(test)]
#[path = "holidays_tests.rs"]
mod tests;
