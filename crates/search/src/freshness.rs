//! What is in the register and how new it is.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use register::{Load, LoadState, SourceStats, Stats};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{SearchError, Searcher};

/// What is in the register and how new it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Freshness {
    /// Rights in all.
    pub total: u64,
    /// Rights by kind (JSON name), most first.
    pub by_kind: Vec<Share>,
    /// Rights by office, most first.
    pub by_office: Vec<Share>,
    /// Rights by status as stored (JSON name), most first.
    pub by_status: Vec<Share>,
    /// Each source of parts.
    pub sources: Vec<SourceFreshness>,
    /// Records in quarantine.
    pub quarantined: u64,
    /// Last entry of the change feed.
    pub seq: i64,
    /// Time of the last batch of a load, RFC 3339 in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loaded_at: Option<String>,
    /// Files whose load is under way or was broken off.
    pub unfinished: usize,
}

/// Rights that share a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Share {
    /// The value.
    pub value: String,
    /// Rights.
    pub count: u64,
}

/// One source of parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceFreshness {
    /// What stands before the colon of its parts' keys.
    pub source: String,
    /// Parts, withdrawn ones left out.
    pub parts: u64,
    /// Newest day of a record, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
    /// Last time a part of it was stored, RFC 3339 in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loaded_at: Option<String>,
}

impl Searcher {
    /// What is in the register and how new it is. Counted once for each state of the register; asking again costs one
    /// look at where it stands.
    pub async fn freshness(&self) -> Result<Arc<Freshness>, SearchError> {
        let revision = self.register.revision().await?;
        let known = self.shared.freshness.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, freshness)) = known.filter(|(of, _)| *of == revision) {
            return Ok(freshness);
        }
        let (stats, loads) = (self.register.stats().await?, self.register.loads().await?);
        let loaded = self.register.last_loads().await?;
        let freshness = Arc::new(Freshness::new(stats, &loads, &loaded));
        *self.shared.freshness.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((revision, Arc::clone(&freshness)));
        Ok(freshness)
    }
}

impl Freshness {
    fn new(stats: Stats, loads: &[Load], loaded: &BTreeMap<String, String>) -> Self {
        let shares = |value: fn(&register::RightCount) -> &str| {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for count in &stats.rights {
                *counts.entry(value(count)).or_default() += count.rights.unsigned_abs();
            }
            let mut shares: Vec<Share> =
                counts.into_iter().map(|(value, count)| Share { value: value.to_owned(), count }).collect();
            shares.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            shares
        };
        let source = |stats: &SourceStats| SourceFreshness {
            source: stats.source.clone(),
            parts: (stats.parts - stats.withdrawn).unsigned_abs(),
            newest: stats.newest.clone(),
            loaded_at: loaded.get(&stats.source).cloned(),
        };
        Self {
            total: stats.total().unsigned_abs(),
            by_kind: shares(|count| &count.kind),
            by_office: shares(|count| &count.office),
            by_status: shares(|count| &count.status),
            sources: stats.sources.iter().map(source).collect(),
            quarantined: stats.quarantined.unsigned_abs(),
            seq: stats.seq,
            loaded_at: loads.iter().map(|load| load.at.clone()).max(),
            unfinished: loads.iter().filter(|load| load.checkpoint.state == LoadState::Running).count(),
        }
    }
}
