//! A plan moved to another year.

use jiff::Span;
use jiff::civil::Date;

use crate::{Contents, Target, Task};

impl Contents {
    /// The same plan for another year: all days moved by whole years (29 February becomes the 28th), periods too; keys and
    /// lists stay, so that tasks of both years are linked. Number and day of the document are not its own any more.
    #[must_use]
    pub fn moved_to(&self, year: i16) -> Self {
        let by = year - self.year;
        let mut moved = self.clone();
        moved.year = year;
        moved.number.clear();
        moved.dated = None;
        moved.from = later(self.from, by);
        moved.to = later(self.to, by);
        for text in [&mut moved.title.zh, &mut moved.title.en] {
            *text = text.replace(&self.year.to_string(), &year.to_string());
        }
        periods(&mut moved.targets, by);
        for task in moved.groups.iter_mut().flat_map(|group| &mut group.tasks) {
            move_task(task, by);
        }
        moved
    }
}

fn move_task(task: &mut Task, by: i16) {
    for day in [&mut task.start, &mut task.due].into_iter().flatten() {
        *day = later(*day, by);
    }
    for milestone in &mut task.milestones {
        milestone.due = later(milestone.due, by);
    }
    periods(&mut task.targets, by);
    for part in &mut task.tasks {
        move_task(part, by);
    }
}

/// `2024`, `2024-08`, `2024-2025`: every year in it.
fn periods(targets: &mut [Target], by: i16) {
    for target in targets {
        let parts = target.period.split('-').map(|part| match part.parse::<i16>() {
            Ok(year) if part.len() == 4 => (year + by).to_string(),
            _ => part.to_owned(),
        });
        target.period = parts.collect::<Vec<_>>().join("-");
    }
}

fn later(day: Date, years: i16) -> Date {
    day.checked_add(Span::new().years(years)).unwrap_or(day)
}

#[cfg(test)]
#[path = "copy_tests.rs"]
mod tests;
