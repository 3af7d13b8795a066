//! Legal events and what they do to a right.

use serde::{Deserialize, Serialize};

use crate::Date;

/// One legal event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Event {
    /// Day on which it takes effect or was gazetted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The office's code (`CF01`, `CNRT`); empty when the source gives words only.
    #[serde(default)]
    pub code: String,
    /// The office's words, with details after them.
    #[serde(default)]
    pub text: String,
    /// What it does, where a table knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// What an event does to a right or to who may use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Filed.
    Filed,
    /// Application published.
    Published,
    /// Examination asked for or begun.
    Examination,
    /// Granted or registered.
    Granted,
    /// Refused.
    Refused,
    /// Withdrawn, deemed withdrawn or abandoned before grant.
    Withdrawn,
    /// Ended: fees not paid.
    Lapsed,
    /// Ended: given up by its owner.
    Surrendered,
    /// Ended: revoked or declared invalid as a whole.
    Invalidated,
    /// Kept in part after revocation or invalidation.
    Narrowed,
    /// Ended: full term.
    Expired,
    /// Revived.
    Restored,
    /// Renewed, or fees paid.
    Renewed,
    /// Owner changed.
    Transferred,
    /// Name, address or other data of a party changed.
    PartyChanged,
    /// Licence recorded.
    Licensed,
    /// Licence ended.
    LicenceEnded,
    /// Pledge recorded.
    Pledged,
    /// Pledge ended.
    PledgeEnded,
    /// Frozen by a court.
    Frozen,
    /// Freeze lifted.
    Unfrozen,
    /// Opposition, cancellation or invalidation case begun.
    Disputed,
    /// A dispute ended without loss of the right.
    DisputeEnded,
    /// Gazette or specification corrected.
    Corrected,
}
