//! Warnings: rules over the figures of other rooms, why each fired, and what was done about it.

use database::{Database, DatabaseError};

/// The room itself. Clones share the database.
#[derive(Clone, Debug)]
pub struct Warnings {
    database: Database,
}

impl Warnings {
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
