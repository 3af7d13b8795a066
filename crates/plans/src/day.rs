//! Days where the offices are, and ids that follow from what they are for.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, offset};
use network::Id;

/// The whole country keeps Beijing time.
const OFFICE_TIME: Offset = offset(8);

/// The day of a moment where the offices are.
pub(crate) fn office_day(moment: Timestamp) -> Date {
    OFFICE_TIME.to_datetime(moment).date()
}

/// The first moment of a day of the offices.
pub(crate) fn beginning(day: Date) -> Timestamp {
    OFFICE_TIME.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Days from one day to another; less than 0 when it is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

/// An id that follows from what it is for, so that the same thing done twice has one id.
pub(crate) fn derived(at: Timestamp, kind: &str, of: &str) -> Id {
    let hash = blake3::Hasher::new().update(kind.as_bytes()).update(b"/").update(of.as_bytes()).finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&hash.as_bytes()[..10]);
    Id::make(at, random)
}
