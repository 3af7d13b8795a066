//! Reasons, notes and days as they are sent.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};

use crate::IndicatorsError;
use crate::value::MOST_WORDS;

/// The day of a moment where the offices are.
pub(crate) fn day_of(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::fixed(Offset::constant(8))).date()
}

/// A moment to the digits that are stored.
pub(crate) fn whole(now: Timestamp) -> Timestamp {
    now.round(Unit::Millisecond).unwrap_or(now)
}

/// A reason that says something.
pub(crate) fn reason(words: &str) -> Result<&str, IndicatorsError> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > MOST_WORDS {
        let (zh, en) = ("请说明理由，最多 1000 个字符", "say why, in 1000 characters at most");
        return Err(IndicatorsError::fault("reason", zh, en));
    }
    Ok(words)
}
