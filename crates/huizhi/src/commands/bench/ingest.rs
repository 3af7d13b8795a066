//! Reading and loading, as ratios to bare tokens of the same files.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use ::ingest::{Everything, Item, read_by};
use anyhow::{Context, Result};
use sources::{Findings, RawRecord, bare_tokens};

use super::super::{Outcome, load};
use crate::progress::size;
use crate::settings::Settings;
use crate::store::Store;

/// Reads the files three ways: bare tokens, parts, and the whole path into an empty folder.
pub(crate) async fn ingest(settings: &Settings, paths: Vec<PathBuf>) -> Result<Outcome> {
    // The first pass brings the files into the system's cache, so that no later one is helped by it.
    pass(&paths, tokenise);
    let bare = pass(&paths, tokenise);
    let parts = pass(&paths, RawRecord::read);
    let folder = tempfile::tempdir().context("a temporary folder for the whole path")?;
    let own = Settings { data: folder.path().to_owned(), database_url: None, ..settings.clone() };
    let store = Store::write(&own).await?;
    let started = Instant::now();
    let report = load::load(&store, paths, sources::Settings::default()).await?;
    let whole = Pass { bytes: report.bytes, seconds: started.elapsed().as_secs_f64() };
    println!("records              {:>9}", report.total(|f| f.records));
    println!("bare XML tokens      {:>9.1} MB/s  1.00", bare.speed());
    println!("read into parts      {:>9.1} MB/s  {:.2}", parts.speed(), parts.speed() / bare.speed());
    println!("whole path committed {:>9.1} MB/s  {:.2}", whole.speed(), whole.speed() / bare.speed());
    println!("peak memory          {:>9.0} MB", peak_memory());
    println!(
        "data folder          {:>9.0} MB ({:.2} of the XML)",
        mb(size(folder.path())),
        size(folder.path()) as f64 / whole.bytes as f64
    );
    Ok(Outcome::Done)
}

struct Pass {
    bytes: u64,
    seconds: f64,
}

impl Pass {
    /// Megabytes of XML a second.
    fn speed(&self) -> f64 {
        mb(self.bytes) / self.seconds
    }
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Reads every record on all cores by `read` and drops what it gives; cutting overlaps, as it does when loading.
fn pass(paths: &[PathBuf], read: fn(&RawRecord) -> Findings) -> Pass {
    let started = Instant::now();
    let mut bytes = 0;
    read_by(read, paths, &sources::Settings::default(), &mut Everything, |items| {
        for item in &items {
            if let Item::Record(parsed) = item {
                bytes += parsed.length as u64;
            }
        }
        ControlFlow::Continue(())
    });
    Pass { bytes, seconds: started.elapsed().as_secs_f64() }
}

/// The baseline: only the tokens of a record, by the same XML crate.
fn tokenise(record: &RawRecord) -> Findings {
    if let Ok(text) = std::str::from_utf8(&record.bytes) {
        std::hint::black_box(bare_tokens(text).unwrap_or_default());
    }
    Findings::default()
}

/// Peak resident memory of this process in MB, where the system tells.
fn peak_memory() -> f64 {
    let mut status = String::new();
    let read = std::fs::File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status));
    let line = read.ok().and_then(|_| status.lines().find(|line| line.starts_with("VmHWM")));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1000.0
}
