//! `huizhi bench`: this machine with your files, as ratios to a baseline taken in the same minute.

mod ingest;
mod search;
mod site;

use std::path::Path;

use anyhow::{Context, Result, bail};

pub(crate) use self::ingest::ingest;
pub(crate) use self::search::search;
pub(crate) use self::site::site;

/// The queries of a file, one a line; at least one.
fn queries(file: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let queries: Vec<String> = lines.map(str::to_owned).collect();
    if queries.is_empty() {
        bail!("{} holds no query", file.display());
    }
    Ok(queries)
}

/// One line of percentiles, one with the slowest: milliseconds and what was asked.
fn print_times(name: &str, mut times: Vec<(f64, &str)>) {
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some((slowest, asked)) = times.last() else { return };
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].0;
    println!("{name:<24} p50 {:>7.2} ms  p90 {:>7.2}  p99 {:>7.2}", at(0.5), at(0.9), at(0.99));
    println!("  slowest {slowest:.2} ms: {asked}");
}
