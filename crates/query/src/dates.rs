//! Days, months, years and whole numbers, alone, compared and as ranges.

use records::{Date, read_date};

use crate::lexer::Comparison;

/// First and last day of what is written: a day in any form of [`read_date`], a month (`2020-03`, `202003`,
/// `2020年3月`) or a year (`2020`, `2020年`).
pub(crate) fn period(text: &str) -> Option<(Date, Date)> {
    let text = text.trim();
    if let Some(day) = read_date(text) {
        // A time stamp or anything else behind the day is no date of a query.
        return text.chars().all(is_date_char).then_some((day, day));
    }
    if !text.chars().all(is_date_char) {
        return None;
    }
    let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    let fields: Vec<&str> = if digits {
        vec![&text[..4], &text[4..]]
    } else {
        text.split(|c: char| !c.is_ascii_digit()).filter(|field| !field.is_empty()).collect()
    };
    let year = fields.first().filter(|year| year.len() == 4)?.parse().ok().filter(|year| *year > 1700)?;
    match fields[..] {
        [_] => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        [_, month] if month.len() <= 2 => {
            let first = Date::new(year, month.parse().ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        _ => None,
    }
}

const fn is_date_char(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | '号')
}

/// Something with a least and a greatest value that has neighbours.
pub(crate) trait Bound: Copy + PartialOrd {
    fn before(self) -> Option<Self>;
    fn after(self) -> Option<Self>;
}

impl Bound for Date {
    fn before(self) -> Option<Self> {
        self.yesterday().ok()
    }
    fn after(self) -> Option<Self> {
        self.tomorrow().ok()
    }
}

impl Bound for u64 {
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }
    fn after(self) -> Option<Self> {
        self.checked_add(1)
    }
}

/// A range with both ends included; `None` is open.
pub(crate) type Ends<T> = (Option<T>, Option<T>);

/// The range that `comparison` with a value from `first` to `last` asks for; `None` when it holds nothing.
pub(crate) fn compared<T: Bound>(comparison: Comparison, (first, last): (T, T)) -> Option<Ends<T>> {
    Some(match comparison {
        Comparison::Is | Comparison::Exactly | Comparison::IsNot => (Some(first), Some(last)),
        Comparison::AtLeast => (Some(first), None),
        Comparison::AtMost => (None, Some(last)),
        Comparison::Over => (Some(last.after()?), None),
        Comparison::Under => (None, Some(first.before()?)),
    })
}

/// The range between two values, whose ends may be left out; `None` when it holds nothing.
pub(crate) fn between<T: Bound>(
    (from, from_included): (Option<(T, T)>, bool),
    (to, to_included): (Option<(T, T)>, bool),
) -> Option<Ends<T>> {
    let at_least = if from_included { Comparison::AtLeast } else { Comparison::Over };
    let at_most = if to_included { Comparison::AtMost } else { Comparison::Under };
    let from = from.map_or(Some(None), |from| compared(at_least, from).map(|ends| ends.0))?;
    let to = to.map_or(Some(None), |to| compared(at_most, to).map(|ends| ends.1))?;
    match (from, to) {
        (Some(from), Some(to)) if from > to => None,
        ends => Some(ends),
    }
}

/// The two sides of what stands between range brackets: `a TO b`, `a 至 b`, `a~b`, `a..b`, `a,b` or two words.
pub(crate) fn sides(text: &str) -> Option<(&str, &str)> {
    let upper = text.to_ascii_uppercase();
    for separator in [" TO ", "至", "到", "~", "..", ","] {
        if let Some(at) = upper.find(separator) {
            return Some((text[..at].trim(), text[at + separator.len()..].trim()));
        }
    }
    let mut words = text.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(from), Some(to), None) => Some((from, to)),
        _ => None,
    }
}
