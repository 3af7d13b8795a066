//! What the rooms of the platform measure for those of governance.

pub(crate) mod filings;
pub(crate) mod signals;
