//! How far files have been read, so that a load that was broken off goes on where it stopped.

use serde::{Deserialize, Serialize};

use crate::{Counts, Register, RegisterError, sql};

/// State of a load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadState {
    /// Under way or broken off.
    #[default]
    Running,
    /// Read to its end.
    Done,
}

impl LoadState {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
        }
    }
}

/// How far a file has been read; stored in the transaction of the batch that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Path as given to the load.
    pub file: String,
    /// What tells whether it is still the same file (length and hash, as the loader likes).
    pub fingerprint: String,
    /// Ordinal of the entry inside an archive, from 0.
    pub entry: u64,
    /// Records of that entry that have been read.
    pub record: u64,
    /// Byte offset in that entry where reading goes on.
    pub position: u64,
    /// Whether the file is done.
    pub state: LoadState,
}

/// A load as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// How far.
    #[serde(flatten)]
    pub checkpoint: Checkpoint,
    /// What came of its parts in this pass; a pass begins when the last one was done or the file changed.
    pub counts: Counts,
    /// Time of the last batch, RFC 3339 in UTC.
    pub at: String,
}

impl Register {
    /// The load of a file, if there was one.
    pub async fn load(&self, file: &str) -> Result<Option<Load>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::loads::of_files(&mut read, [file]).await?.pop())
    }

    /// All loads in order of file.
    pub async fn loads(&self) -> Result<Vec<Load>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::loads::all(&mut read).await?)
    }
}
