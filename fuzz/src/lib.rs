//! What the targets share: reading bytes as a file, and mutations that keep XML nearly XML.

mod mutate;

use std::ops::ControlFlow;
use std::path::Path;

use records::Part;
use sources::{EntryEnd, Limits, Problem, RawRecord, Settings, Sink, read_paths};

pub use mutate::mutate_xml;

/// Everything that came out of a file.
#[derive(Default)]
pub struct Everything {
    /// Raw bytes of the records.
    pub records: Vec<Vec<u8>>,
    /// Their parts.
    pub parts: Vec<Part>,
    /// Messages of all problems.
    pub problems: Vec<String>,
}

impl Sink for Everything {
    fn enter(&mut self, _file: &str, _format: &str) -> Option<u64> {
        Some(0)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        let findings = record.read();
        assert!(
            findings.passed_over.is_some() || !findings.parts.is_empty() || !findings.problems.is_empty(),
            "a record may not vanish"
        );
        self.parts.extend(findings.parts);
        self.problems.extend(findings.problems.into_iter().map(|problem| problem.message));
        self.records.push(record.bytes);
        ControlFlow::Continue(())
    }

    fn leave(&mut self, _end: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, _file: &str, _why: &str) {}

    fn problem(&mut self, file: &str, problem: Problem) {
        assert!(problem.message.contains(file), "a message names its file: {}", problem.message);
        self.problems.push(problem.message);
    }
}

/// Bounds small enough for many runs a second.
pub fn settings() -> Settings {
    let limits = Limits { expanded: 1 << 20, ratio: 10, depth: 4, record: 1 << 18 };
    Settings { limits, ..Settings::default() }
}

/// Reads bytes as a file of this name.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Everything {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file");
    read_path(&path)
}

/// Reads a file.
pub fn read_path(path: &Path) -> Everything {
    let mut everything = Everything::default();
    read_paths(&[path.to_owned()], &settings(), &mut everything);
    everything
}
