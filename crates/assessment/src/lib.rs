//! Assessments: schemes, scores and their arithmetic, reviewers, objections, publication.

use database::{Database, DatabaseError};

/// The room itself. Clones share the database.
#[derive(Clone, Debug)]
pub struct Assessments {
    database: Database,
}

impl Assessments {
    /// Opens the room and brings its tables up to date.
    #[expect(clippy::unused_async, reason = "its tables are made here")]
    pub async fn open(database: Database) -> Result<Self, DatabaseError> {
        Ok(Self { database })
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }
}
