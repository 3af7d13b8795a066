//! What goes into the register at once, and what came of it.

use records::{Origin, Part, RightId};
use serde::{Deserialize, Serialize};

use crate::Checkpoint;

/// One step of a load: stored as a whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Parts in the order of the file.
    pub parts: Vec<Delivery>,
    /// Records that could not be read. Those of one record travel in one batch with the parts of that record.
    pub refusals: Vec<Refusal>,
    /// How far the files of this batch have been read when it is stored.
    pub checkpoints: Vec<Checkpoint>,
    /// Time of loading, RFC 3339 in UTC.
    pub loaded_at: String,
}

/// A part and where it was read.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The part.
    pub part: Part,
    /// Its place.
    pub origin: Origin,
}

/// A record that could not be read, for quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its place.
    pub origin: Origin,
    /// Code of the format, such as `us-grant-4`.
    pub format: String,
    /// Stable code of the rule that refused it, such as `malformed-xml`.
    pub code: String,
    /// What is wrong, for people.
    pub message: String,
    /// The record as it stands in the file.
    pub raw: Vec<u8>,
}

/// What became of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Its key was not known.
    New,
    /// It replaced an earlier version.
    Changed,
    /// The same is stored already.
    Unchanged,
    /// A later version is stored.
    Older,
    /// It took a record back.
    Withdrawn,
    /// It names no right; it went into quarantine with code `no-subject`.
    Refused,
}

/// Parts by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// New keys.
    pub new: u64,
    /// Replaced.
    pub changed: u64,
    /// The same as stored.
    pub unchanged: u64,
    /// Superseded by what is stored.
    pub older: u64,
    /// Withdrawals that took effect.
    pub withdrawn: u64,
    /// Put into quarantine.
    pub quarantined: u64,
}

impl Counts {
    /// Counts one part.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::New => self.new += 1,
            Verdict::Changed => self.changed += 1,
            Verdict::Unchanged => self.unchanged += 1,
            Verdict::Older => self.older += 1,
            Verdict::Withdrawn => self.withdrawn += 1,
            Verdict::Refused => self.quarantined += 1,
        }
    }
}

/// What came of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// One for each part, in the order of the batch.
    pub verdicts: Vec<Verdict>,
    /// Parts by verdict, and the refusals of the batch.
    pub counts: Counts,
    /// Rights put or removed, in the order of their feed entries.
    pub changed_rights: Vec<RightId>,
    /// Last entry of the feed after this batch.
    pub seq: i64,
}
