//! What can go wrong with the register.

use database::DatabaseError;
use thiserror::Error;

/// Why the register did not do what was asked. Whatever was asked to be written is then not written at all.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The database failed; says whether the disk is full, the database held, damaged or of a newer program.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Something stored cannot be read back.
    #[error("{what} cannot be read back: {reason}; restore the last backup and load the later files again")]
    Damaged {
        /// Which row.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A computing thread ended before its work was done.
    #[error("the step was broken off before anything was stored: {0}")]
    BrokenOff(String),
}

impl From<sqlx::Error> for RegisterError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}
