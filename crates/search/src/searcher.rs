//! Queries, look-ups and their answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use index::{Answer, ClauseHits, Index, IndexError, Request, Symbols};
use query::Query;
use records::{Date, Right, RightId, number};
use register::Register;

use crate::schemes::symbols;
use crate::snippet::snippet;
use crate::{Found, FoundRight, Freshness, Marker, Options, SearchError};

/// Reads rights; cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    pub(crate) register: Register,
    pub(crate) index: Arc<dyn Index>,
    pub(crate) today: Date,
    pub(crate) shared: Arc<Shared>,
}

/// What all clones of a searcher know.
#[derive(Default)]
pub(crate) struct Shared {
    /// The last count of the register and the revision that was counted.
    pub(crate) freshness: Mutex<Option<(i64, Arc<Freshness>)>>,
}

impl Searcher {
    /// Reads from this register and index; `today` decides which rights have expired.
    pub fn new(register: Register, index: Arc<dyn Index>, today: Date) -> Self {
        Self { register, index, today, shared: Arc::default() }
    }

    /// The same on another day, which decides anew which rights have expired.
    #[must_use]
    pub fn on(&self, today: Date) -> Self {
        Self { today, ..self.clone() }
    }

    /// The day for which it answers.
    pub const fn today(&self) -> Date {
        self.today
    }

    /// The index behind it.
    pub fn index(&self) -> &Arc<dyn Index> {
        &self.index
    }

    /// The register behind it.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Answers a query in the query language.
    pub async fn search(&self, text: &str, options: Options) -> Result<Found, SearchError> {
        let query = query::parse(text)?;
        let symbols = symbols(&self.register, &query).await?;
        let started = Instant::now();
        let snippets = options.snippets;
        let (answer, clauses, query) = self.ask(query, symbols, options).await?;
        let took_ms = started.elapsed().as_secs_f64() * 1000.0;
        let ids: Vec<RightId> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
        let mut rights: BTreeMap<RightId, Right> =
            self.register.rights(&ids).await?.into_iter().flatten().map(|right| (right.id.clone(), right)).collect();
        let marker = if snippets { Marker::of(&query) } else { Marker::default() };
        // A right that was removed since the index last followed has no row: it is left out of the page.
        let hits = answer.hits.into_iter().filter_map(|hit| {
            let right = self.as_of_today(rights.remove(&hit.id)?);
            Some(FoundRight {
                score: hit.score,
                explanation: hit.explanation,
                family_size: hit.family_size,
                snippet: snippet(&right, &marker),
                right,
            })
        });
        Ok(Found {
            query: query::canonical(&query),
            total: answer.total,
            groups: answer.groups,
            hits: hits.collect(),
            next: answer.next,
            facets: answer.facets,
            clauses,
            took_ms,
        })
    }

    /// The engine blocks, so it runs on a thread that may.
    async fn ask(
        &self,
        query: Query,
        symbols: Symbols,
        options: Options,
    ) -> Result<(Answer, Vec<ClauseHits>, Query), SearchError> {
        let index = Arc::clone(&self.index);
        let asked = tokio::task::spawn_blocking(move || {
            let request = Request {
                query: &query,
                symbols: &symbols,
                sort: options.sort,
                limit: options.limit,
                after: options.after.as_ref(),
                facets: &options.facets,
                explain: options.explain,
                collapse: options.collapse,
            };
            let answer = index.search(&request)?;
            let clauses = if options.explain { clause_hits(&*index, &query, &symbols)? } else { Vec::new() };
            Ok::<_, IndexError>((answer, clauses, query))
        });
        Ok(asked.await.map_err(|error| SearchError::Broken(error.to_string()))??)
    }

    /// The right with this id or number, in any spelling; several when the spelling fits several, none when unknown.
    pub async fn show(&self, text: &str) -> Result<Vec<Right>, SearchError> {
        let by_id = match RightId::read(text) {
            Some(id) => self.register.right(&id).await?,
            None => None,
        };
        let rights = if let Some(right) = by_id {
            vec![right]
        } else {
            let ids = self.register.find(&number::lookup_keys(text)).await?;
            self.register.rights(&ids).await?.into_iter().flatten().collect()
        };
        Ok(rights.into_iter().map(|right| self.as_of_today(right)).collect())
    }

    pub(crate) fn as_of_today(&self, mut right: Right) -> Right {
        let status = right.status_on(self.today);
        if status != right.status {
            right.status_text = right.ends_on().map(|end| format!("保护期届满 term ended {end}"));
            right.status = status;
        }
        right
    }
}

fn clause_hits(index: &dyn Index, query: &Query, symbols: &Symbols) -> Result<Vec<ClauseHits>, IndexError> {
    let mut clauses = Vec::new();
    for leaf in query::leaves(query) {
        let alone = Query::Leaf(leaf.clone());
        clauses.push(ClauseHits { clause: query::canonical(&alone), hits: index.count(&alone, symbols)? });
    }
    Ok(clauses)
}
