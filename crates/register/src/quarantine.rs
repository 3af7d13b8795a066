//! Records that could not be read, with their raw text.

use serde::{Deserialize, Serialize};

use crate::{Register, RegisterError, codec, sql};

/// An entry of the quarantine. A load that meets it again adds nothing; it goes when its place loads well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// Number of the entry; later entries have higher ones.
    pub id: i64,
    /// File.
    pub file: String,
    /// Byte offset of the record in the uncompressed file.
    pub position: u64,
    /// Stable code of the rule that refused it.
    pub code: String,
    /// Code of the format.
    pub format: String,
    /// What is wrong.
    pub message: String,
    /// Length of the record in bytes.
    pub raw_len: u64,
    /// Time of loading, RFC 3339 in UTC.
    pub at: String,
}

/// Which entries to list; absent = all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuarantineFilter {
    /// Path of a file or its beginning.
    pub file: Option<String>,
    /// Code of the rule.
    pub code: Option<String>,
    /// Code of the format.
    pub format: Option<String>,
}

impl Register {
    /// Entries after number `after` (0 = from the start), at most `limit`.
    pub async fn quarantine(
        &self,
        filter: &QuarantineFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Quarantined>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::quarantine::list(&mut read, filter, after, limit.into()).await?)
    }

    /// One entry with the record as it stands in its file.
    pub async fn quarantined(&self, id: i64) -> Result<Option<(Quarantined, Vec<u8>)>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some((entry, raw)) = sql::quarantine::one(&mut read, id).await? else { return Ok(None) };
        let raw = codec::unpack(&format!("quarantine entry {id}"), &raw)?;
        Ok(Some((entry, raw)))
    }

    /// Entries by format and code of the rule.
    pub async fn quarantine_counts(&self) -> Result<Vec<(String, String, i64)>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::quarantine::counts(&mut read).await?)
    }
}
