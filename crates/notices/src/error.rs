//! What can go wrong with notices.

use database::DatabaseError;
use thiserror::Error;

/// Why a notice was not put or sent.
#[derive(Debug, Error)]
pub enum NoticesError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sqlx::Error> for NoticesError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}
