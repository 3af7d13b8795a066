//! Why there is no analysis.

use database::DatabaseError;
use index::IndexError;
use query::Mistake;
use register::RegisterError;
use search::SearchError;
use thiserror::Error;

/// Why an analysis could not be made, saved or read back.
#[derive(Debug, Error)]
pub enum InsightError {
    /// The query cannot be understood; the mistake shows the place and the mend.
    #[error("{0}")]
    Mistake(Mistake),
    /// A setting that cannot be.
    #[error("the setting «{name}» cannot be «{value}»: expected {expected}")]
    Setting {
        /// Its name in the address.
        name: &'static str,
        /// What was given.
        value: String,
        /// What can be given.
        expected: String,
    },
    /// The search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The register failed.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// An analysis too large to be kept.
    #[error(
        "the analysis takes {bytes} bytes and at most {most} are kept; choose fewer lines a ranking and save again"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The bound.
        most: usize,
    },
    /// A saved analysis that cannot be read back.
    #[error("the saved analysis {id} cannot be read back ({reason}); make it anew from its query")]
    Damaged {
        /// Its id.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A worker thread broke off.
    #[error("the analysis broke off: {0}")]
    Broken(String),
}

impl From<Mistake> for InsightError {
    fn from(mistake: Mistake) -> Self {
        Self::Mistake(mistake)
    }
}

impl From<sqlx::Error> for InsightError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}
