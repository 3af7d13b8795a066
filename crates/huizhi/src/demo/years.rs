//! When things happen in the demonstration: growth, then a plateau; nothing after its last day.

use fastrand::Rng;
use records::Date;

use super::topics::Trend;

/// The last day of the set: what would come later has not happened yet.
pub(super) const LAST: Date = Date::constant(2026, 6, 30);

const FIRST_YEAR: i16 = 2006;

/// Filings from 2006 to 2024, by trend.
const RISING: [u32; 19] = [0, 0, 1, 1, 1, 2, 2, 3, 5, 8, 13, 19, 27, 36, 44, 51, 56, 58, 50];
const GROWING: [u32; 19] = [3, 3, 4, 6, 9, 12, 16, 21, 27, 33, 38, 42, 45, 46, 47, 47, 47, 46, 41];
const FALLING: [u32; 19] = [7, 10, 14, 19, 25, 31, 36, 39, 38, 36, 32, 29, 26, 23, 21, 19, 18, 17, 14];

/// A day of filing.
pub(super) fn filing(rng: &mut Rng, trend: Trend) -> Date {
    let weights = match trend {
        Trend::Rising => &RISING,
        Trend::Growing => &GROWING,
        Trend::Falling => &FALLING,
    };
    let year = FIRST_YEAR + weighted(rng, weights.iter().copied()) as i16;
    Date::constant(year, rng.i8(1..=12), rng.i8(1..=28))
}

/// One of some places, each as likely as its weight says.
pub(super) fn weighted(rng: &mut Rng, weights: impl Iterator<Item = u32> + Clone) -> usize {
    let mut left = rng.u32(..weights.clone().sum::<u32>().max(1));
    for (at, weight) in weights.enumerate() {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    0
}

/// The same day so many months later; days up to the 28th exist in every month.
pub(super) fn plus_months(day: Date, months: i16) -> Date {
    let at = day.year() * 12 + i16::from(day.month()) - 1 + months;
    Date::constant(at / 12, (at % 12 + 1) as i8, day.day())
}

/// The same, when it has happened by the last day.
pub(super) fn later(day: Date, months: i16) -> Option<Date> {
    Some(plus_months(day, months)).filter(|day| *day <= LAST)
}

/// Last day of a term of so many years from this day, which is its first.
pub(super) fn term(day: Date, years: i16) -> Option<Date> {
    plus_months(day, years * 12).yesterday().ok()
}
