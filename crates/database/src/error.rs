//! What can go wrong with a database, in words that say what to do.

use thiserror::Error;

/// Why the database did not do what was asked.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// The address is of no form that is understood.
    #[error(
        "«{address}» is not the address of a database: {reason}; write sqlite://PATH/huizhi.db or postgres://USER@HOST/NAME"
    )]
    Address {
        /// The address without its password.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database cannot be reached or opened.
    #[error("cannot open the database {address}: {reason}")]
    Open {
        /// The address without its password.
        address: String,
        /// What the driver says.
        reason: String,
    },
    /// No room left.
    #[error("the disk that holds the database is full; nothing of this step was stored. Make room and run it again")]
    Full(#[source] sqlx::Error),
    /// The disk does not do what it is asked: it has not one block left, a limit on file sizes is met, or it fails.
    #[error(
        "the disk that holds the database takes no more or fails; see that it has room and is sound, then run it again"
    )]
    Disk(#[source] sqlx::Error),
    /// Another process holds the database too long.
    #[error("the database is held by another process; nothing of this step was stored. Stop that process or try later")]
    Held(#[source] sqlx::Error),
    /// The file or the role may not be written to.
    #[error("the database may only be read: check who owns the file and its folder, or the rights of the role")]
    ReadOnly(#[source] sqlx::Error),
    /// The file is not a sound database.
    #[error("the database file is damaged or is no database; restore the last backup")]
    Damaged(#[source] sqlx::Error),
    /// The schema was written by a later version of the program.
    #[error(
        "the database has version {found} of «{owner}», this program knows {known}: use the newer program that wrote it"
    )]
    Newer {
        /// Whose tables.
        owner: String,
        /// Version found in the database.
        found: i64,
        /// Latest version this program knows.
        known: i64,
    },
    /// A migration that has already run differs from the program's.
    #[error(
        "migration {version} «{name}» of «{owner}» has run in another wording: the program and the database do not belong together"
    )]
    Changed {
        /// Whose tables.
        owner: String,
        /// Number of the migration.
        version: i64,
        /// Its name.
        name: String,
    },
    /// A migration failed; the schema is as before.
    #[error("migration {version} «{name}» of «{owner}» failed: {reason}")]
    Migration {
        /// Whose tables.
        owner: String,
        /// Number of the migration.
        version: i64,
        /// Its name.
        name: String,
        /// What the database says.
        reason: String,
    },
    /// Any other failure of a statement or connection.
    #[error("the database refused: {0}")]
    Statement(#[source] sqlx::Error),
}

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> Self {
        match kind(&error) {
            Kind::Full => Self::Full(error),
            Kind::Disk => Self::Disk(error),
            Kind::Held => Self::Held(error),
            Kind::ReadOnly => Self::ReadOnly(error),
            Kind::Damaged => Self::Damaged(error),
            Kind::Other => Self::Statement(error),
        }
    }
}

impl DatabaseError {
    /// Whether the same step may succeed later without anyone's doing.
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Held(_))
    }
}

enum Kind {
    Full,
    Disk,
    Held,
    ReadOnly,
    Damaged,
    Other,
}

/// Sorts by the code: SQLite's primary result codes (low byte of the extended ones, <https://sqlite.org/rescode.html>)
/// and PostgreSQL's SQLSTATE (<https://www.postgresql.org/docs/15/errcodes-appendix.html>).
fn kind(error: &sqlx::Error) -> Kind {
    if let sqlx::Error::PoolTimedOut = error {
        return Kind::Held;
    }
    if let sqlx::Error::Io(io) = error
        && io.kind() == std::io::ErrorKind::StorageFull
    {
        return Kind::Full;
    }
    let Some(code) = error.as_database_error().and_then(sqlx::error::DatabaseError::code) else { return Kind::Other };
    if code.len() == 5 {
        return match code.as_ref() {
            "53100" => Kind::Full,
            "58030" => Kind::Disk,
            "55P03" | "40P01" | "40001" | "57P03" | "53300" => Kind::Held,
            "25006" | "42501" => Kind::ReadOnly,
            "XX001" | "XX002" => Kind::Damaged,
            _ => Kind::Other,
        };
    }
    match code.parse::<i32>().map(|code| code & 0xff) {
        Ok(13) => Kind::Full,
        Ok(10) => Kind::Disk,
        Ok(5 | 6) => Kind::Held,
        Ok(8) => Kind::ReadOnly,
        Ok(11 | 26) => Kind::Damaged,
        _ => Kind::Other,
    }
}
