//! Analyses that are kept: an address that shows the same figures later.

use std::fmt;

use database::{Database, Migration};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Analysis, InsightError, Settings, sql};

const MIGRATIONS: [Migration; 1] = [Migration::each(
    1,
    "saved analyses",
    include_str!("../migrations/0001_insight.sqlite.sql"),
    include_str!("../migrations/0001_insight.postgres.sql"),
)];

/// Largest analysis kept, in bytes of JSON. One with 50 lines a ranking takes about a tenth.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Compression: JSON shrinks to a sixth; a higher level gains little.
const LEVEL: i32 = 6;

/// Letters and digits of an id: 80 bits of the hash of query, settings and position.
const ID_LENGTH: usize = 20;

/// Name of a saved analysis: 20 hexadecimal digits, a hash of its query, settings and feed position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SavedId(String);

impl SavedId {
    /// Reads an id as it stands in an address; `None` for anything that cannot be one.
    pub fn read(text: &str) -> Option<Self> {
        let fits = text.len() == ID_LENGTH && text.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The id under which an analysis is kept.
    pub fn of(analysis: &Analysis) -> Self {
        let mut hash = blake3::Hasher::new();
        hash.update(analysis.query.as_bytes());
        for (name, value) in analysis.settings.to_pairs() {
            hash.update(format!("\n{name}={value}").as_bytes());
        }
        hash.update(format!("\nseq={}", analysis.position).as_bytes());
        Self(hash.finalize().to_hex()[..ID_LENGTH].to_owned())
    }

    /// The address of the saved analysis on its site.
    pub fn path(&self) -> String {
        format!("/analysis/saved/{}", self.0)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SavedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An analysis as it was when it was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Saved {
    /// Its id.
    pub id: SavedId,
    /// The query in canonical text.
    pub query: String,
    /// What was asked for.
    pub settings: Settings,
    /// Entry of the register's feed up to which was counted.
    pub seq: i64,
    /// When it was saved first, RFC 3339 in UTC.
    pub made_at: String,
    /// The figures.
    pub analysis: Analysis,
}

/// Saved analyses; clones share one database.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens the store in `database` and brings its table up to date.
    pub async fn open(database: Database) -> Result<Self, InsightError> {
        database.migrate("insight", &MIGRATIONS).await?;
        Ok(Self { database })
    }

    /// Keeps an analysis; `now` is RFC 3339 in UTC. The same query with the same settings at the same position of the
    /// register has one id and is kept once, as it was first.
    pub async fn save(&self, analysis: &Analysis, now: &str) -> Result<SavedId, InsightError> {
        let id = SavedId::of(analysis);
        let damaged = |reason: String| InsightError::Damaged { id: id.to_string(), reason };
        let json = serde_json::to_vec(analysis).map_err(|error| damaged(error.to_string()))?;
        if json.len() > MOST_BYTES {
            return Err(InsightError::TooLarge { bytes: json.len(), most: MOST_BYTES });
        }
        let row = sql::Row {
            id: id.to_string(),
            query: analysis.query.clone(),
            settings: serde_json::to_string(&analysis.settings).map_err(|error| damaged(error.to_string()))?,
            seq: analysis.position,
            made_at: now.to_owned(),
            body: zstd::encode_all(json.as_slice(), LEVEL).map_err(|error| damaged(error.to_string()))?,
        };
        let mut write = self.database.write().await?;
        sql::put(&mut write, row).await?;
        write.commit().await?;
        Ok(id)
    }

    /// The analysis with this id.
    pub async fn load(&self, id: &SavedId) -> Result<Option<Saved>, InsightError> {
        let mut read = self.database.read().await?;
        let Some(row) = sql::get(&mut read, id.as_str()).await? else { return Ok(None) };
        let damaged = |reason: String| InsightError::Damaged { id: id.to_string(), reason };
        let json = unpacked(&row.body).map_err(damaged)?;
        Ok(Some(Saved {
            id: id.clone(),
            query: row.query,
            settings: serde_json::from_str(&row.settings).map_err(|error| damaged(error.to_string()))?,
            seq: row.seq,
            made_at: row.made_at,
            analysis: serde_json::from_slice(&json).map_err(|error| damaged(error.to_string()))?,
        }))
    }

    /// Analyses kept.
    pub async fn count(&self) -> Result<u64, InsightError> {
        let mut read = self.database.read().await?;
        Ok(sql::count(&mut read).await?.unsigned_abs())
    }
}

/// The JSON of a body, which is never larger than what was packed.
fn unpacked(body: &[u8]) -> Result<Vec<u8>, String> {
    use std::io::Read as _;
    let mut json = Vec::new();
    let reader = zstd::Decoder::new(body).map_err(|error| error.to_string())?;
    reader.take(MOST_BYTES as u64 + 1).read_to_end(&mut json).map_err(|error| error.to_string())?;
    if json.len() > MOST_BYTES { Err("it is larger than any that is kept".to_owned()) } else { Ok(json) }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
