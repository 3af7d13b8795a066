//! `huizhi classes`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use register::SchemeEntry;
use sources::reference::{Place, read_scheme};

use super::Outcome;
use crate::cli::ClassesCommand;
use crate::output::table;
use crate::settings::Settings;
use crate::store::Store;

pub(crate) async fn run(settings: &Settings, command: ClassesCommand) -> Result<Outcome> {
    match command {
        ClassesCommand::List => list(settings).await,
        ClassesCommand::Load { files, scheme, edition } => load(settings, &files, scheme, edition).await,
    }
}

async fn list(settings: &Settings) -> Result<Outcome> {
    let schemes = Store::read(settings).await?.register.schemes().await?;
    if settings.json {
        println!("{}", serde_json::to_string_pretty(&schemes)?);
        return Ok(Outcome::Done);
    }
    let heading =
        if settings.lang == "zh" { ["分类体系", "版本", "条目"] } else { ["scheme", "edition", "places"] };
    println!("{}", table(&heading, schemes.into_iter().map(|(name, edition, n)| vec![name, edition, n.to_string()])));
    Ok(Outcome::Done)
}

/// Loads files as one edition of one scheme, in place of the same edition. Running it again changes nothing.
async fn load(
    settings: &Settings,
    files: &[PathBuf],
    scheme: Option<String>,
    edition: Option<String>,
) -> Result<Outcome> {
    let read = read_scheme(files)?;
    for problem in read.problems.iter().take(20) {
        eprintln!("{problem}");
    }
    if read.problems.len() > 20 {
        eprintln!("… {} lines left out in all", read.problems.len());
    }
    let scheme = scheme.unwrap_or(read.scheme);
    let edition = edition.or(read.edition).unwrap_or_else(|| stem(&files[0]));
    let entries: Vec<SchemeEntry> = read.places.into_iter().map(entry).collect();
    let store = Store::write(settings).await?;
    store.register.load_scheme(&scheme, &edition, &entries).await?;
    println!("{scheme} {edition}: {}", entries.len());
    Ok(Outcome::Done)
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn entry(place: Place) -> SchemeEntry {
    let Place { symbol, depth, title_zh, title_en } = place;
    SchemeEntry { symbol, depth, title_zh, title_en }
}
