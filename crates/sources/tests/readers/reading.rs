//! Reads files the ordinary way and keeps everything that came out.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use records::Part;
use sources::{EntryEnd, Findings, Problem, RawRecord, Settings, Sink, read_paths};

/// All that was read.
#[derive(Default)]
pub(crate) struct Reading {
    /// Name of the file's format and what a record gave, in order.
    pub(crate) records: Vec<(RawRecord, Findings)>,
    /// Files passed over.
    pub(crate) passed_over: Vec<(String, String)>,
    /// Problems of whole files.
    pub(crate) problems: Vec<Problem>,
}

impl Reading {
    /// Parts of all records.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.records.iter().flat_map(|(_, findings)| &findings.parts)
    }

    /// Codes of all problems of records.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.records.iter().flat_map(|(_, findings)| findings.problems.iter().map(|p| p.code)).collect()
    }

    /// Number of refused records.
    pub(crate) fn refused(&self) -> usize {
        self.records.iter().filter(|(_, findings)| findings.is_refused()).count()
    }

    /// Parts, problems and unread elements of all records as text, for snapshots.
    pub(crate) fn snapshot(&self) -> String {
        let mut text = String::new();
        for (record, findings) in &self.records {
            let _ = writeln!(text, "# {} @{}", record.format_name(), record.origin.position);
            for part in &findings.parts {
                text += &serde_json::to_string_pretty(part).unwrap_or_default();
                text.push('\n');
            }
            for problem in &findings.problems {
                let _ = writeln!(text, "{:?} [{}] {}", problem.severity, problem.code, problem.message);
            }
            for (path, number) in &findings.unread {
                let _ = writeln!(text, "unread {number} {path}");
            }
            if let Some(why) = findings.passed_over {
                let _ = writeln!(text, "passed over: {why}");
            }
        }
        text
    }
}

impl Sink for Reading {
    fn enter(&mut self, _file: &str, _format: &str) -> Option<u64> {
        Some(0)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        let findings = record.read();
        self.records.push((record, findings));
        ControlFlow::Continue(())
    }

    fn leave(&mut self, _end: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, file: &str, why: &str) {
        self.passed_over.push((file.to_owned(), why.to_owned()));
    }

    fn problem(&mut self, _file: &str, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Reads a file or folder.
pub(crate) fn read(path: &Path, settings: &Settings) -> Reading {
    let mut reading = Reading::default();
    read_paths(&[path.to_owned()], settings, &mut reading);
    reading
}

/// Reads bytes as a file of this name.
pub(crate) fn read_bytes(name: &str, bytes: &[u8]) -> Reading {
    read_with(name, bytes, &Settings::default())
}

/// Reads bytes as a file of this name with settings.
pub(crate) fn read_with(name: &str, bytes: &[u8], settings: &Settings) -> Reading {
    let folder = tempfile::tempdir().expect("a folder for a test file");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a test file");
    read(&path, settings)
}

/// Reads a fixture.
pub(crate) fn fixture(name: &str) -> Reading {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name), &Settings::default())
}

/// A folder of real files, when there is one.
pub(crate) fn real(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("HUIZHI_REAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let folder = root.join(name);
    if !folder.exists() {
        eprintln!("no real files at {}: not tested on them", folder.display());
        return None;
    }
    Some(folder)
}

/// Settings with one more mapping.
pub(crate) fn with_mapping(mapping: sources::table::Mapping) -> Settings {
    Settings { mappings: vec![Arc::new(mapping)], ..Settings::default() }
}
