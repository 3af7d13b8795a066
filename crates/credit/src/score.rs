//! The score of an agency on a day: a pure function of its events and the rules.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Book, EventId, Grade};

/// What of an event the score looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Which event.
    pub event: EventId,
    /// The edition under which it was announced.
    pub edition: i64,
    /// Its rule there.
    pub rule: String,
    /// First day on which it counts; none while it does not count yet or never will.
    pub from: Option<Date>,
    /// The day from which it counts no more, because it was repaired or taken back.
    pub ended: Option<Date>,
}

/// Whether an event counts on a day, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = CreditStanding)]
pub enum Standing {
    /// Counts.
    Counts,
    /// Not yet.
    NotYet,
    /// Its term is over.
    Expired,
    /// It was repaired or taken back.
    Ended,
    /// The edition has no such rule.
    NoRule,
}

/// One line of the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CreditLine)]
pub struct Line {
    /// Which event.
    pub event: EventId,
    /// Its rule.
    pub rule: String,
    /// The points that the rule names.
    pub points: i64,
    /// Whether they count on the day.
    pub standing: Standing,
    /// First day after its term; none when it never ends or has not begun.
    #[schema(value_type = Option<String>, format = Date)]
    pub expires: Option<Date>,
    /// Whether it puts the agency to D.
    pub to_d: bool,
}

/// A score with its arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CreditScore)]
pub struct Score {
    /// On which day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// Under which edition levels are told.
    pub edition: i64,
    /// What everyone starts with.
    pub base: i64,
    /// All that is taken, zero or below.
    pub minus: i64,
    /// All that is given, after the caps.
    pub plus: i64,
    /// Points given that the caps cut away.
    pub cut: i64,
    /// Base, minus and plus; never below zero.
    pub total: i64,
    /// The level.
    pub grade: Grade,
    /// Whether an event, and not the score, makes the level D.
    pub put_to_d: bool,
    /// One line an event, by their ids.
    pub lines: Vec<Line>,
}

/// The score on a day. The order of events does not matter; an event that is not yet in force, expired, repaired or taken back
/// does not count. None when there are no rules at all.
pub fn score(events: &[Counted], book: &Book, day: Date) -> Option<Score> {
    let edition = book.on(day)?;
    let mut lines: Vec<Line> = events.iter().map(|event| line(event, book, day)).collect();
    lines.sort_by(|a, b| a.event.cmp(&b.event));
    let counting = || lines.iter().filter(|line| line.standing == Standing::Counts);
    let mut rules: Vec<(&str, i64)> = Vec::new();
    for line in counting() {
        match rules.iter_mut().find(|(rule, _)| *rule == line.rule) {
            Some((_, sum)) => *sum += line.points,
            None => rules.push((&line.rule, line.points)),
        }
    }
    let (mut minus, mut plus, mut cut) = (0, 0, 0);
    for (code, sum) in rules {
        let most = edition.rule(code).and_then(|rule| rule.most).unwrap_or(i64::MAX);
        let kept = sum.clamp(most.saturating_neg(), most);
        if kept < 0 {
            minus += kept;
        } else {
            plus += kept;
            cut += sum - kept;
        }
    }
    let given = plus.min(edition.most_bonus);
    cut += plus - given;
    let put_to_d = counting().any(|line| line.to_d);
    let total = (edition.base + minus + given).max(0);
    let by_score = edition.grade(total);
    let grade = if put_to_d { Grade::D } else { by_score };
    Some(Score {
        day,
        edition: edition.edition,
        base: edition.base,
        minus,
        plus: given,
        cut,
        total,
        grade,
        put_to_d: put_to_d && by_score != Grade::D,
        lines,
    })
}

fn line(event: &Counted, book: &Book, day: Date) -> Line {
    let rule = book.rule(event.edition, &event.rule);
    let expires = expiry(event, book);
    let standing = match (rule, event.from) {
        (None, _) => Standing::NoRule,
        (_, None) => Standing::NotYet,
        _ if event.ended.is_some_and(|ended| ended <= day) => Standing::Ended,
        (_, Some(from)) if from > day => Standing::NotYet,
        _ if expires.is_some_and(|expires| expires <= day) => Standing::Expired,
        _ => Standing::Counts,
    };
    Line {
        event: event.event.clone(),
        rule: event.rule.clone(),
        points: rule.map_or(0, |rule| rule.points),
        standing,
        expires,
        to_d: rule.is_some_and(|rule| rule.to_d),
    }
}

/// The first day after the term of an event.
pub(crate) fn expiry(event: &Counted, book: &Book) -> Option<Date> {
    let months = book.rule(event.edition, &event.rule)?.months?;
    event.from?.checked_add(i64::from(months).months()).ok()
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
