//! What the register holds, in figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Register, RegisterError, sql};

/// Rights of one office, kind and status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightCount {
    /// ST.3 code.
    pub office: String,
    /// JSON name of the kind.
    pub kind: String,
    /// JSON name of the status, as stored (not as of a day).
    pub status: String,
    /// How many.
    pub rights: i64,
}

/// Parts of one source (what stands before the colon of a part's key).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStats {
    /// Source.
    pub source: String,
    /// Parts, tombstones included.
    pub parts: i64,
    /// Tombstones.
    pub withdrawn: i64,
    /// Newest day of a record, `YYYY-MM-DD`.
    pub newest: Option<String>,
}

/// The register in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Rights by office, kind and status.
    pub rights: Vec<RightCount>,
    /// Parts by source.
    pub sources: Vec<SourceStats>,
    /// Entries in quarantine.
    pub quarantined: i64,
    /// Last entry of the feed.
    pub seq: i64,
}

impl Stats {
    /// Rights in all.
    pub fn total(&self) -> i64 {
        self.rights.iter().map(|count| count.rights).sum()
    }
}

impl Register {
    /// State of the register: one more with every batch, also one that changes no right.
    pub async fn revision(&self) -> Result<i64, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::feed::head(&mut read).await?.revision)
    }

    /// For each source the last time a part of it was stored, RFC 3339 in UTC.
    pub async fn last_loads(&self) -> Result<BTreeMap<String, String>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::parts::last_loads(&mut read).await?.into_iter().collect())
    }

    /// Counts of one moment.
    pub async fn stats(&self) -> Result<Stats, RegisterError> {
        let mut read = self.database.read().await?;
        let rights = sql::rights::counts(&mut read).await?.into_iter();
        let sources = sql::parts::by_source(&mut read).await?.into_iter();
        Ok(Stats {
            rights: rights.map(|(office, kind, status, rights)| RightCount { office, kind, status, rights }).collect(),
            sources: sources
                .map(|(source, parts, withdrawn, newest)| SourceStats { source, parts, withdrawn, newest })
                .collect(),
            quarantined: sql::quarantine::counts(&mut read).await?.iter().map(|(.., count)| count).sum(),
            seq: sql::feed::head(&mut read).await?.seq,
        })
    }
}
