//! The one status of a right: what an office says of it ([`OfficeStatus`]), what its publications and events make of
//! it ([`decide`]), and how long the law lets it last ([`term_end`]).

mod decide;
mod term;

#[cfg(test)]
mod decide_tests;
#[cfg(test)]
mod term_tests;

pub use decide::{StatusInput, decide};
pub use term::term_end;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Date;

/// State of a right in seven words (design page, field `status`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Filed or published, not decided.
    Pending,
    /// Granted or registered and kept up.
    InForce,
    /// Ended before its term: fees not paid, surrendered, revoked, cancelled.
    Lapsed,
    /// Refused by the office.
    Refused,
    /// Withdrawn or deemed withdrawn, abandoned before grant.
    Withdrawn,
    /// Ended with its full term.
    Expired,
    /// The parts do not tell.
    #[default]
    Unknown,
}

impl Status {
    /// All states in the order in which pages show them.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::InForce, Self::Lapsed, Self::Refused, Self::Withdrawn, Self::Expired, Self::Unknown];

    /// The JSON name, such as `in-force`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InForce => "in-force",
            Self::Lapsed => "lapsed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
        }
    }

    /// The state with this JSON name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// What an office's own record says of the state (a mark's status code, a register entry).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct OfficeStatus {
    /// Day from which it holds; absent = as of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The office's words, or its code where it gives no words.
    pub text: String,
    /// What it means; `Unknown` where no table maps it.
    pub status: Status,
}
