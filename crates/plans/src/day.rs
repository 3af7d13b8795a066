//! Days where the offices are, and ids that follow from what they are for.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, offset};
pub(crate) use network::{derived, office_day};

/// The whole country keeps Beijing time.
const OFFICE_TIME: Offset = offset(8);

/// The first moment of a day of the offices.
pub(crate) fn beginning(day: Date) -> Timestamp {
    OFFICE_TIME.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Days from one day to another; less than 0 when it is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}
