//! Files that are broken or made to harm: a clear message with file and place, neighbours unharmed, no panic, memory
//! bounded. Everything goes through [`sources::read_paths`], as it does for people.

mod archives;
mod broken_xml;
mod encodings;
mod files;
mod sizes;

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use sources::{EntryEnd, Findings, Limits, Problem, RawRecord, Settings, Sink, read_paths};
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What came out of some files.
#[derive(Default)]
struct Read {
    records: Vec<(RawRecord, Findings)>,
    problems: Vec<(String, Problem)>,
    passed_over: Vec<String>,
    left: Vec<EntryEnd>,
    /// Bytes of the largest record.
    largest: usize,
}

impl Sink for Read {
    fn enter(&mut self, _file: &str, _format: &str) -> Option<u64> {
        Some(0)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        let findings = record.read();
        self.largest = self.largest.max(record.bytes.len());
        self.records.push((record, findings));
        ControlFlow::Continue(())
    }

    fn leave(&mut self, end: EntryEnd) -> ControlFlow<()> {
        self.left.push(end);
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, file: &str, _why: &str) {
        self.passed_over.push(file.to_owned());
    }

    fn problem(&mut self, file: &str, problem: Problem) {
        assert!(problem.message.contains(file), "a message names its file: {}", problem.message);
        self.problems.push((file.to_owned(), problem));
    }
}

impl Read {
    /// Keys of all parts, in order.
    fn keys(&self) -> Vec<String> {
        self.records.iter().flat_map(|(_, findings)| &findings.parts).map(|part| part.key.to_string()).collect()
    }

    /// Codes of the problems of records and then of files.
    fn codes(&self) -> Vec<&'static str> {
        let of_records = self.records.iter().flat_map(|(_, findings)| &findings.problems);
        of_records.chain(self.problems.iter().map(|(_, problem)| problem)).map(|problem| problem.code).collect()
    }

    /// The only problem of a file.
    fn message(&self) -> &str {
        assert_eq!(self.problems.len(), 1, "{:?}", self.problems);
        &self.problems[0].1.message
    }

    /// The refused records: position in the file, offset in the record, message.
    fn refused(&self) -> Vec<(u64, Option<u64>, &str)> {
        let refused = self.records.iter().filter(|(_, findings)| findings.is_refused());
        refused
            .map(|(record, findings)| {
                let problem = &findings.problems[0];
                (record.origin.position, problem.offset, problem.message.as_str())
            })
            .collect()
    }
}

fn read_with(path: &Path, limits: Limits) -> Read {
    let mut read = Read::default();
    read_paths(&[path.to_owned()], &Settings { limits, ..Settings::default() }, &mut read);
    read
}

fn read(path: &Path) -> Read {
    read_with(path, Limits::default())
}

fn read_bytes(name: &str, bytes: &[u8]) -> Read {
    let (folder, path) = file(name, bytes);
    let read = read(&path);
    drop(folder);
    read
}

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn small() -> Limits {
    Limits { expanded: 64 << 10, ratio: 20, depth: 4, record: 32 << 10 }
}

/// A record of one made-up publication.
fn record(number: u32) -> String {
    format!(
        "<exchange-document country=\"EP\" doc-number=\"{number}\" kind=\"A1\" date-publ=\"20310108\">\
         <bibliographic-data><invention-title lang=\"de\">Lampe für Höhlen</invention-title></bibliographic-data>\
         </exchange-document>"
    )
}

fn around(records: &[String]) -> String {
    format!("<exchange-documents>\n{}\n</exchange-documents>", records.join("\n"))
}

fn three() -> String {
    around(&[record(9_900_001), record(9_900_002), record(9_900_003)])
}

fn keys(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|number| format!("docdb:EP{number}A1")).collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a member");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn the_sound_file_reads() {
    let read = read_bytes("a.xml", three().as_bytes());
    assert_eq!((read.keys(), read.codes()), (keys(&[9_900_001, 9_900_002, 9_900_003]), vec![]));
}
