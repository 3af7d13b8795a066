use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{AgainError, beside_in_archive, leads_to, raw_record};
use crate::{EntryEnd, Limits, PARTS_HEADER, Problem, RawRecord, Settings, Sink, read_paths};

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
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

/// All records under a folder.
#[derive(Default)]
struct All(Vec<RawRecord>);

impl Sink for All {
    fn enter(&mut self, _: &str, _: &str) -> Option<u64> {
        Some(0)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        self.0.push(record);
        ControlFlow::Continue(())
    }

    fn leave(&mut self, _: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, _: &str, _: &str) {}

    fn problem(&mut self, _: &str, _: Problem) {}
}

fn all(folder: &Path) -> Vec<RawRecord> {
    let mut all = All::default();
    read_paths(&[folder.to_owned()], &Settings::default(), &mut all);
    all.0
}

/// Two parts files' worth of lines; the text differs by name.
fn lines(name: &str) -> String {
    format!("{PARTS_HEADER}\n{{\"{name}\":1}}\n{{\"{name}\":2}}\n")
}

fn message(result: Result<RawRecord, AgainError>) -> String {
    result.expect_err("an error").to_string()
}

#[test]
fn every_record_is_read_again_from_where_it_came() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut records = all(&fixtures);
    // What cannot be read is no part of a right.
    records.retain(|record| record.fault.is_none());
    assert!(records.len() > 50, "{}", records.len());
    for record in records {
        let again = raw_record(&record.origin.file, record.origin.position).expect("the record");
        assert_eq!(again.bytes, record.bytes, "{:?}", record.origin);
        assert_eq!((again.format_name(), &again.origin), (record.format_name(), &record.origin));
        assert_eq!(again.read(), record.read());
    }
}

#[test]
fn records_inside_archives_are_found_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("odd!")).expect("a folder");
    let inner = zipped(&[("d/a.jsonl", lines("inner").as_bytes()), ("b.gz", &gzip(lines("packed").as_bytes()))]);
    for (name, bytes) in [
        ("plain.jsonl.gz", gzip(lines("gz").as_bytes())),
        ("a.zip", zipped(&[("z.jsonl", lines("outer").as_bytes()), ("x.zip", &inner)])),
        ("odd!/c.jsonl", lines("odd").into_bytes()),
    ] {
        fs::write(at(name), bytes).expect("a file");
    }
    let records = all(folder.path());
    assert_eq!(records.len(), 15);
    for record in records {
        let again = raw_record(&record.origin.file, record.origin.position).expect("the record");
        assert_eq!(again.bytes, record.bytes, "{:?}", record.origin);
    }
}

#[test]
fn a_file_that_is_gone_or_has_changed_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    let name = path.to_str().expect("a name");
    fs::write(&path, lines("one")).expect("a file");
    let record = &all(folder.path())[1];
    assert!(raw_record(name, record.origin.position).is_ok());
    assert!(message(raw_record(name, record.origin.position + 1)).contains("has changed since"));
    assert!(message(raw_record(name, 1 << 40)).contains("has changed since"));
    fs::write(&path, "shopping list\n").expect("a file");
    assert!(message(raw_record(name, record.origin.position)).contains("no records of a known format"));
    fs::remove_file(&path).expect("removed");
    assert!(matches!(raw_record(name, 0), Err(AgainError::Gone(_))));
    let archive = folder.path().join("a.zip");
    fs::write(&archive, zipped(&[("b.jsonl", b"")])).expect("a file");
    let inside = format!("{}!/", archive.display());
    assert!(matches!(raw_record(&format!("{inside}c.jsonl"), 0), Err(AgainError::Gone(_))));
    assert!(message(raw_record(&format!("{inside}b.jsonl"), 0)).contains("empty"));
    fs::write(&archive, b"PK\x03\x04 cut short").expect("a file");
    assert!(message(raw_record(&format!("{inside}b.jsonl"), 0)).contains("not a complete zip"));
    assert!(matches!(raw_record("", 0), Err(AgainError::Gone(_))));
}

#[test]
fn what_lies_beside_a_record_in_its_archive_is_found_by_the_order_of_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.zip");
    let inner =
        zipped(&[("D\\r.xml", b"<r/>"), ("d/IMG/x.tif", b"second"), ("d/X.TIF", b"first"), ("x.tif", b"above")]);
    fs::write(&path, zipped(&[("in.zip", &inner), ("d/x.tif", b"other archive")])).expect("a file");
    let record = format!("{}!/in.zip!/D\\r.xml", path.display());
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let found = |wanted: &[&str]| {
        let found = beside_in_archive(&record, &names(wanted), &Limits::default()).expect("an archive");
        found.map(|(name, bytes)| (name.rsplit("!/").next().unwrap_or_default().to_owned(), bytes))
    };
    assert_eq!(found(&["x.tif", "img/x.tif"]), Some(("d/X.TIF".to_owned(), b"first".to_vec())));
    assert_eq!(found(&["y.tif", "img/x.tif"]), Some(("d/IMG/x.tif".to_owned(), b"second".to_vec())));
    assert_eq!(found(&["y.tif"]), None);
    let small = Limits { record: 3, ..Limits::default() };
    let error = beside_in_archive(&record, &names(&["x.tif"]), &small).expect_err("too large");
    assert!(error.to_string().contains("larger than 3 bytes"), "{error}");
    let nothing = beside_in_archive("plain.xml", &names(&["x.tif"]), &small).expect("no archive");
    assert_eq!(nothing, None);
}

#[test]
fn only_the_members_on_the_way_are_opened() {
    for (member, file, leads) in [
        ("a.zip!/b", "a.zip!/b", true),
        ("a.zip!/b.gz", "a.zip!/b", true),
        ("a.zip!/b.zip", "a.zip!/b.zip!/c", true),
        ("a.zip!/b.zip.gz", "a.zip!/b.zip!/c", true),
        ("a.zip!/b", "a.zip!/bc", false),
        ("a.zip!/c", "a.zip!/b", false),
    ] {
        assert_eq!(leads_to(member, file), leads, "{member} {file}");
    }
}
