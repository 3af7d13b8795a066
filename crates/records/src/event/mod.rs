//! Legal events and what they do to a right.
//!
//! One module a source turns the office's code or words into an [`Effect`]; `None` means that the event leaves
//! the right and its use as they were, or that no table knows it. Nothing is guessed.

pub mod cn;
pub mod cn_trademark;
pub mod de;
pub mod eu;
pub mod inpadoc;
pub mod us_trademark;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Date;

/// One legal event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
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

impl Effect {
    /// All effects, in the order of a right's life.
    pub const ALL: [Self; 24] = [
        Self::Filed,
        Self::Published,
        Self::Examination,
        Self::Granted,
        Self::Refused,
        Self::Withdrawn,
        Self::Lapsed,
        Self::Surrendered,
        Self::Invalidated,
        Self::Narrowed,
        Self::Expired,
        Self::Restored,
        Self::Renewed,
        Self::Transferred,
        Self::PartyChanged,
        Self::Licensed,
        Self::LicenceEnded,
        Self::Pledged,
        Self::PledgeEnded,
        Self::Frozen,
        Self::Unfrozen,
        Self::Disputed,
        Self::DisputeEnded,
        Self::Corrected,
    ];

    /// The JSON name, such as `party-changed`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Published => "published",
            Self::Examination => "examination",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
            Self::Surrendered => "surrendered",
            Self::Invalidated => "invalidated",
            Self::Narrowed => "narrowed",
            Self::Expired => "expired",
            Self::Restored => "restored",
            Self::Renewed => "renewed",
            Self::Transferred => "transferred",
            Self::PartyChanged => "party-changed",
            Self::Licensed => "licensed",
            Self::LicenceEnded => "licence-ended",
            Self::Pledged => "pledged",
            Self::PledgeEnded => "pledge-ended",
            Self::Frozen => "frozen",
            Self::Unfrozen => "unfrozen",
            Self::Disputed => "disputed",
            Self::DisputeEnded => "dispute-ended",
            Self::Corrected => "corrected",
        }
    }

    /// The effect with this JSON name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effect| effect.code() == code)
    }
}
