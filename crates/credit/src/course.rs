//! The score over time.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::score::expiry;
use crate::{Book, Counted, Grade, score};

/// A day on which the score changed, and how it stands from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CreditPoint)]
pub struct Point {
    /// From this day on.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The score.
    pub total: i64,
    /// The level.
    pub grade: Grade,
}

/// How the score went between two days: the first day, and every later one on which score or level changed.
pub fn course(events: &[Counted], book: &Book, from: Date, to: Date) -> Vec<Point> {
    let mut days: Vec<Date> = vec![from];
    for event in events {
        days.extend([event.from, event.ended, expiry(event, book)].into_iter().flatten());
    }
    days.extend(book.editions().iter().map(|edition| edition.from));
    days.retain(|day| *day >= from && *day <= to);
    days.sort_unstable();
    days.dedup();
    let mut points: Vec<Point> = Vec::new();
    for day in days {
        let Some(score) = score(events, book, day) else { continue };
        let point = Point { day, total: score.total, grade: score.grade };
        if points.last().is_none_or(|last| (last.total, last.grade) != (point.total, point.grade)) {
            points.push(point);
        }
    }
    points
}
