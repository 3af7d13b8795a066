//! Opening a database and its transactions.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{DatabaseError, Migration};

/// What every SQLite connection is told.
///
/// `synchronous=FULL`: what was committed survives a power cut, not only the end of the process; in WAL mode that
/// is one more fsync a commit. Pages of 8 KiB hold compressed bodies with fewer overflow pages. The page size comes
/// first: it can only be chosen while the file is empty.
const SQLITE_PRAGMAS: &str = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -49152; PRAGMA temp_store = MEMORY; \
    PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864";

/// Connections kept at most: readers of pages and the API beside one writer.
const MOST_CONNECTIONS: u32 = 12;

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite, in the process.
    Sqlite,
    /// PostgreSQL, version 13 or later.
    Postgres,
}

/// An open database; clones share one pool of connections.
#[derive(Clone, Debug)]
pub struct Database {
    pool: AnyPool,
    dialect: Dialect,
    /// SQLite has one writer at a time. Waiting for one's turn here is fair and does not poll.
    turn: Arc<Mutex<()>>,
}

impl Database {
    /// Opens `sqlite://PATH` (made when absent; its folder must exist) or `postgres://USER@HOST/NAME`.
    pub async fn open(address: &str) -> Result<Self, DatabaseError> {
        sqlx::any::install_default_drivers();
        let dialect = dialect_of(address)?;
        let url = match dialect {
            Dialect::Sqlite if !address.contains("mode=") => {
                format!("{address}{}mode=rwc", if address.contains('?') { '&' } else { '?' })
            }
            _ => address.to_owned(),
        };
        // The pool retries a failing first connection until it times out and then hides why: try one by hand.
        first_connection(&url, dialect).await.map_err(|error| DatabaseError::Open {
            address: without_password(address),
            reason: match DatabaseError::from(error) {
                DatabaseError::Statement(error) => plain(&error),
                known => known.to_string(),
            },
        })?;
        let options = AnyPoolOptions::new().max_connections(MOST_CONNECTIONS).test_before_acquire(false);
        let options = match dialect {
            Dialect::Postgres => options.test_before_acquire(true),
            Dialect::Sqlite => options
                .max_lifetime(None)
                .idle_timeout(None)
                .after_connect(|connection, _| Box::pin(set_pragmas(connection))),
        };
        let pool = options
            .connect(&url)
            .await
            .map_err(|error| DatabaseError::Open { address: without_password(address), reason: plain(&error) })?;
        Ok(Self { pool, dialect, turn: Arc::default() })
    }

    /// Which database answers.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Brings the tables of `owner` up to date; see [`Migration`].
    pub async fn migrate(&self, owner: &str, migrations: &[Migration]) -> Result<(), DatabaseError> {
        crate::migrate::run(self, owner, migrations).await
    }

    /// A view of one moment: whatever is written meanwhile, all its statements see the same state.
    pub async fn read(&self) -> Result<Read, DatabaseError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN DEFERRED",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(Read(self.pool.begin_with(begin).await?))
    }

    /// A writing transaction; dropped without [`Write::commit`] it leaves nothing. On SQLite it is the only one from
    /// here on; on PostgreSQL the owner of the tables takes the row locks it needs (statements see what others have
    /// committed before each statement).
    pub async fn write(&self) -> Result<Write, DatabaseError> {
        let (begin, turn) = match self.dialect {
            // A deferred transaction that writes after reading fails at once when another process wrote between.
            Dialect::Sqlite => ("BEGIN IMMEDIATE", Some(Arc::clone(&self.turn).lock_owned().await)),
            Dialect::Postgres => ("BEGIN ISOLATION LEVEL READ COMMITTED", None),
        };
        Ok(Write { transaction: self.pool.begin_with(begin).await?, _turn: turn })
    }

    /// Closes all connections; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A reading transaction; see [`Database::read`].
#[derive(Debug)]
pub struct Read(Transaction<'static, Any>);

impl Read {
    /// Ends the view and gives the connection back at once; dropping it does so a little later.
    pub async fn close(self) -> Result<(), DatabaseError> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for Read {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.0
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.0
    }
}

/// A writing transaction; see [`Database::write`].
#[derive(Debug)]
pub struct Write {
    transaction: Transaction<'static, Any>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Write {
    /// Makes everything written lasting; when this returns, it survives a power cut.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Write {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

/// The address of the SQLite file `path`, whatever characters the path holds.
pub fn sqlite_url(path: &Path) -> String {
    let mut url = "sqlite://".to_owned();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => url.push_str("%25"),
            '?' => url.push_str("%3F"),
            '#' => url.push_str("%23"),
            ' ' => url.push_str("%20"),
            c => url.push(c),
        }
    }
    url
}

fn dialect_of(address: &str) -> Result<Dialect, DatabaseError> {
    match address.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(Dialect::Sqlite),
        Some("postgres" | "postgresql") => Ok(Dialect::Postgres),
        Some(other) => Err(format!("there is no driver for «{other}»")),
        None => Err("it names no driver".to_owned()),
    }
    .map_err(|reason| DatabaseError::Address { address: without_password(address), reason })
}

/// Connects once and leaves again, so that the file exists in WAL mode before the pool opens.
async fn first_connection(url: &str, dialect: Dialect) -> Result<(), sqlx::Error> {
    let mut connection = AnyConnection::connect(url).await?;
    if dialect == Dialect::Sqlite {
        set_pragmas(&mut connection).await?;
    }
    connection.close().await
}

/// SQLite does not wait for a lock while it changes the journal mode of a new file, so two processes that start
/// together meet here: try again for a while.
async fn set_pragmas(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let mut left = 200;
    loop {
        match sqlx::raw_sql(SQLITE_PRAGMAS).execute(&mut *connection).await {
            Err(error) if left > 0 && matches!(error_code(&error), Some(5)) => {
                left -= 1;
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
            result => return result.map(|_| ()),
        }
    }
}

fn error_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

/// The driver's words without its framing.
fn plain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Configuration(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// The address as it may be shown and logged.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((credentials, place)) = rest.rsplit_once('@') else { return address.to_owned() };
    let user = credentials.split_once(':').map_or(credentials, |(user, _)| user);
    format!("{scheme}://{user}@{place}")
}

#[cfg(test)]
#[path = "connect_tests.rs"]
mod tests;
