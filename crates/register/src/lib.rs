//! Rights at rest.
//!
//! The [`Register`] keeps the parts that office files yielded and the rights they make. A [`Batch`] goes in as one
//! transaction: parts are stored or found older, waiting parts join their right, rights are assembled anew, and
//! every right that changed gets an entry in the change feed. The same parts in any order, grouping and repetition
//! make the same register ([`Register::digest`]). What could not be read lies in quarantine with its raw text.

mod apply;
mod audit;
mod batch;
mod codec;
mod error;
mod feed;
mod fold;
mod group;
mod loads;
mod prepare;
mod quarantine;
mod read;
mod reassemble;
mod reference;
mod scheme;
mod sql;
mod stats;
mod survey;

use std::sync::{Arc, RwLock};

use database::{Database, Migration};
use records::event::inpadoc::CodeTable;
use tokio::sync::Mutex;

pub use audit::Audit;
pub use batch::{Batch, Counts, Delivery, Outcome, Refusal, Verdict};
pub use error::RegisterError;
pub use feed::{Change, ChangeKind};
pub use loads::{Checkpoint, Load, LoadState};
pub use quarantine::{QuarantineFilter, Quarantined};
pub use read::StoredPart;
pub use reference::{EventCode, SchemeEntry};
pub use stats::{RightCount, SourceStats, Stats};

/// Steps of the register's schema.
const MIGRATIONS: [Migration; 4] = [
    Migration::each(
        1,
        "parts, rights, feed, quarantine, loads, reference tables",
        include_str!("../migrations/0001_register.sqlite.sql"),
        include_str!("../migrations/0001_register.postgres.sql"),
    ),
    Migration::new(2, "places of a scheme by symbol", include_str!("../migrations/0002_scheme_symbol.sql")),
    Migration::new(3, "places of a scheme by depth", include_str!("../migrations/0003_scheme_depth.sql")),
    Migration::new(4, "parts by source and time of loading", include_str!("../migrations/0004_parts_loading.sql")),
];

/// The register of rights; clones share one database.
#[derive(Clone, Debug)]
pub struct Register {
    database: Database,
    /// Batches of one process go one after the other, so that none is folded in vain; see `apply`.
    turn: Arc<Mutex<()>>,
    /// Event codes that were loaded; what they mean goes into the rights.
    codes: Arc<RwLock<Arc<CodeTable>>>,
}

impl Register {
    /// Opens the register in `database` and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, RegisterError> {
        database.migrate("register", &MIGRATIONS).await?;
        let register = Self { database, turn: Arc::default(), codes: Arc::default() };
        register.take_codes().await?;
        Ok(register)
    }

    /// The database it lies in.
    pub fn database(&self) -> &Database {
        &self.database
    }
}
