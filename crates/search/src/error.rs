//! Why a read failed.

use index::IndexError;
use query::Mistake;
use register::RegisterError;
use thiserror::Error;

/// Why a search, look-up or export failed.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The query cannot be understood; the mistake shows the place and the mend.
    #[error("{0}")]
    Mistake(Mistake),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The register.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The file or stream that takes an export.
    #[error("cannot write the export")]
    Write(#[source] std::io::Error),
    /// A worker thread broke off.
    #[error("searching broke off: {0}")]
    Broken(String),
}

impl From<Mistake> for SearchError {
    fn from(mistake: Mistake) -> Self {
        Self::Mistake(mistake)
    }
}
