//! Codes that an app makes of a shared secret and the time (TOTP, RFC 6238).

use jiff::Timestamp;

use crate::{AccountsError, PersonId, Random};

/// Steps of thirty seconds that a clock may be wrong, before and after.
const SKEW: u64 = 1;

/// A secret that the site shares with an app.
pub(crate) struct Shared(Vec<u8>);
