//! Queries in the engine.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use ::search::{Options, Searcher};
use anyhow::{Context, Result};

use super::super::Outcome;
use super::{print_times, queries};
use crate::settings::Settings;
use crate::store::{self, Store};

/// Asks every query of the file `rounds` times and prints how long the engine took.
pub(crate) async fn search(settings: &Settings, file: &Path, rounds: usize) -> Result<Outcome> {
    let queries = queries(file)?;
    let started = Instant::now();
    let store = Store::read(settings).await?;
    let searcher = Searcher::new(store.register.clone(), Arc::clone(&store.index), store::today());
    searcher.search(&queries[0], Options::default()).await?;
    let opening = started.elapsed().as_secs_f64() * 1000.0;
    println!("{} rights, {} queries, {rounds} rounds", store.index.documents()?, queries.len());
    println!("open and first search    {opening:>8.1} ms");
    for (name, options) in [
        ("count and 20 hits", Options { facets: Vec::new(), ..Options::default() }),
        ("with six facets", Options::default()),
    ] {
        let mut times = Vec::new();
        for _ in 0..rounds.max(1) {
            for query in &queries {
                let found = searcher.search(query, options.clone()).await.with_context(|| query.clone())?;
                times.push((found.took_ms, query.as_str()));
            }
        }
        print_times(name, times);
    }
    Ok(Outcome::Done)
}
