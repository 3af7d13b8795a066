//! Fresh databases for tests, so that one contract suite runs on every database.
//!
//! SQLite always; PostgreSQL when `HUIZHI_TEST_POSTGRES` holds the address of a server on which the role may make
//! schemas (`postgres://postgres@localhost:5433/postgres`). `cargo xtask test` starts such a server.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

use crate::{Database, sqlite_url};

/// Runs `test` on a fresh SQLite file and on a fresh PostgreSQL schema; each is gone afterwards, even when the test
/// fails. A failure names the database on the error output.
pub async fn for_each_backend<F, Fut>(test: F)
where
    F: Fn(Database) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let folder = tempfile::tempdir().expect("a folder for the test database");
    let file = sqlite_url(&folder.path().join("huizhi.db"));
    run("SQLite", &file, &test).await;
    let Ok(server) = std::env::var("HUIZHI_TEST_POSTGRES") else {
        eprintln!("HUIZHI_TEST_POSTGRES is not set: tested on SQLite alone");
        return;
    };
    let schema = PostgresSchema::make(&server).await;
    run("PostgreSQL", &schema.address(), &test).await;
    schema.remove().await;
}

async fn run<F, Fut>(name: &str, address: &str, test: &F)
where
    F: Fn(Database) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let database = Database::open(address).await.expect("a fresh database opens");
    let outcome = tokio::spawn(test(database.clone())).await;
    database.close().await;
    if let Err(failure) = outcome {
        eprintln!("the test failed on {name}");
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// A schema of its own on a PostgreSQL server.
pub struct PostgresSchema {
    server: String,
    name: String,
}

impl PostgresSchema {
    /// Makes an empty schema with a name that no other test has.
    pub async fn make(server: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        sqlx::any::install_default_drivers();
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_nanos());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{nanos}_{count}", std::process::id());
        let schema = Self { server: server.to_owned(), name };
        schema.tell(format!("CREATE SCHEMA {}", schema.name)).await;
        schema
    }

    /// The address at which this schema is the only one seen.
    pub fn address(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{joint}options[search_path]={}", self.server, self.name)
    }

    /// Drops the schema with all it holds.
    pub async fn remove(self) {
        self.tell(format!("DROP SCHEMA {} CASCADE", self.name)).await;
    }

    async fn tell(&self, sql: String) {
        let mut connection = AnyConnection::connect(&self.server).await.expect("the server of HUIZHI_TEST_POSTGRES");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a role that may make schemas");
        connection.close().await.expect("the connection closes");
    }
}
