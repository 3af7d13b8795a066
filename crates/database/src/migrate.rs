//! Schemas kept up to date.

use std::borrow::Cow;

use sqlx::{AssertSqlSafe, Row as _};

use crate::{Connection, Database, DatabaseError, Dialect, query};

/// One step of a schema. Steps of one owner are numbered 1, 2, 3 … and never changed once released.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    version: i64,
    name: &'static str,
    script: Script,
}

/// The statements of a step.
#[derive(Clone, Copy, Debug)]
enum Script {
    /// The same for both, but for [`BYTES`].
    Both(&'static str),
    /// What cannot be said in common.
    Each { sqlite: &'static str, postgres: &'static str },
}

/// The one word of our tables that is another in each dialect: the type of bytes in SQLite and in PostgreSQL.
const BYTES: [&str; 2] = ["BLOB", "BYTEA"];

impl Migration {
    /// A step in statements that both databases understand, in a few words what it does, and its number. `BLOB` is
    /// written for bytes.
    pub const fn new(version: i64, name: &'static str, script: &'static str) -> Self {
        Self { version, name, script: Script::Both(script) }
    }

    /// A step that each database is told in its own way.
    pub const fn each(version: i64, name: &'static str, sqlite: &'static str, postgres: &'static str) -> Self {
        Self { version, name, script: Script::Each { sqlite, postgres } }
    }

    fn script(&self, dialect: Dialect) -> Cow<'static, str> {
        match (self.script, dialect) {
            (Script::Both(script), Dialect::Sqlite) => script.into(),
            (Script::Both(script), Dialect::Postgres) => script.replace(BYTES[0], BYTES[1]).into(),
            (Script::Each { sqlite, .. }, Dialect::Sqlite) => sqlite.into(),
            (Script::Each { postgres, .. }, Dialect::Postgres) => postgres.into(),
        }
    }

    /// Line ends do not count, so that a checkout on another system is the same program.
    fn checksum(&self, dialect: Dialect) -> String {
        blake3::hash(self.script(dialect).replace("\r\n", "\n").as_bytes()).to_hex().to_string()
    }
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (owner TEXT NOT NULL, version BIGINT NOT NULL, \
    name TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (owner, version))";

/// Any number that no one else uses for an advisory lock: the letters `huizhi`.
const LOCK: &str = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(115064037140585)) AS locked";

/// All missing steps run in one transaction; a second process that starts meanwhile waits and finds them done.
pub(crate) async fn run(database: &Database, owner: &str, migrations: &[Migration]) -> Result<(), DatabaseError> {
    let mut write = database.write().await?;
    let dialect = database.dialect();
    if dialect == Dialect::Postgres {
        query(LOCK).execute(&mut *write).await?;
    }
    query(TABLE).execute(&mut *write).await?;
    let rows = query("SELECT version, name, checksum FROM migrations WHERE owner = $1 ORDER BY version")
        .bind(owner)
        .fetch_all(&mut *write)
        .await?;
    let mut done = Vec::with_capacity(rows.len());
    for row in &rows {
        let (version, name, checksum): (i64, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let Some(migration) = migrations.iter().find(|m| m.version == version) else {
            let known = migrations.iter().map(|m| m.version).max().unwrap_or(0);
            return Err(DatabaseError::Newer { owner: owner.to_owned(), found: version, known });
        };
        if migration.checksum(dialect) != checksum {
            return Err(DatabaseError::Changed { owner: owner.to_owned(), version, name });
        }
        done.push(version);
    }
    for migration in migrations.iter().filter(|m| !done.contains(&m.version)) {
        step(&mut write, owner, migration, dialect).await?;
    }
    write.commit().await
}

async fn step(
    connection: &mut Connection,
    owner: &str,
    migration: &Migration,
    dialect: Dialect,
) -> Result<(), DatabaseError> {
    let ran = sqlx::raw_sql(AssertSqlSafe(migration.script(dialect).into_owned())).execute(&mut *connection).await;
    ran.map_err(|error| match DatabaseError::from(error) {
        DatabaseError::Statement(error) => DatabaseError::Migration {
            owner: owner.to_owned(),
            version: migration.version,
            name: migration.name.to_owned(),
            reason: error.to_string(),
        },
        known => known,
    })?;
    query("INSERT INTO migrations (owner, version, name, checksum) VALUES ($1, $2, $3, $4)")
        .bind(owner)
        .bind(migration.version)
        .bind(migration.name)
        .bind(migration.checksum(dialect))
        .execute(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
#[path = "migrate_tests.rs"]
mod tests;
