//! `huizhi ingest` and `huizhi check`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use ingest::{LoadSettings, Report};
use sources::table::Mapping;

use super::Outcome;
use crate::cli::{CheckArgs, ReadArgs};
use crate::output::report;
use crate::progress::ByteBar;
use crate::settings::Settings;
use crate::store::{self, Store};

/// Loads files into the data folder.
pub(crate) async fn ingest(settings: &Settings, args: &ReadArgs) -> Result<Outcome> {
    let sources = reading(&args.mapping)?;
    let store = Store::write(settings).await?;
    let report = load(&store, args.paths.clone(), sources).await?;
    print(settings, &report)?;
    Ok(outcome(&report))
}

/// Loads with a progress bar.
pub(crate) async fn load(store: &Store, paths: Vec<PathBuf>, sources: sources::Settings) -> Result<Report> {
    let bar = ByteBar::over(&paths, &sources.progress);
    let settings = LoadSettings { sources, today: store::today(), clock: store::now_text };
    let report = ingest::load(&store.register, Arc::clone(&store.index), paths, settings).await;
    drop(bar);
    Ok(report?)
}

/// Checks files and stores nothing.
pub(crate) fn check(settings: &Settings, args: &CheckArgs) -> Result<Outcome> {
    let sources = reading(&args.read.mapping)?;
    let bar = ByteBar::over(&args.read.paths, &sources.progress);
    let report = ingest::check(&args.read.paths, &sources, store::today());
    drop(bar);
    if let Some(path) = &args.html {
        fs::write(path, report.html()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    print(settings, &report)?;
    Ok(outcome(&report))
}

fn reading(mappings: &[PathBuf]) -> Result<sources::Settings> {
    let mut settings = sources::Settings::default();
    for path in mappings {
        let name = || format!("mapping {}", path.display());
        let text = fs::read_to_string(path).with_context(name)?;
        settings.mappings.push(Arc::new(Mapping::from_toml(&text).with_context(name)?));
    }
    Ok(settings)
}

fn print(settings: &Settings, report: &Report) -> Result<()> {
    if settings.json {
        println!("{}", serde_json::to_string_pretty(report)?);
    } else {
        print!("{}", report::text(report, settings.lang));
    }
    Ok(())
}

fn outcome(report: &Report) -> Outcome {
    if report.is_clean() { Outcome::Done } else { Outcome::Quarantined }
}
