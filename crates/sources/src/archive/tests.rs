use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Limits, MemberReader, Visitor, Walk};
use crate::Problem;

/// Names below the folder, with what was in them.
#[derive(Default)]
struct Members {
    found: Vec<(String, Vec<u8>)>,
    problems: Vec<&'static str>,
}

impl Visitor for Members {
    fn member(&mut self, member: MemberReader<'_>) -> ControlFlow<()> {
        let MemberReader { name, head, mut reader } = member;
        let mut bytes = Vec::new();
        match reader.read_to_end(&mut bytes) {
            Ok(_) => assert!(bytes.starts_with(&head), "the first bytes are part of the stream"),
            Err(_) => self.problems.push("read"),
        }
        self.found.push((name, bytes));
        ControlFlow::Continue(())
    }

    fn workbook(&mut self, name: &str, _file: File) -> ControlFlow<()> {
        self.found.push((name.to_owned(), Vec::new()));
        ControlFlow::Continue(())
    }

    fn problem(&mut self, _name: &str, problem: Problem) {
        self.problems.push(problem.code);
    }
}

/// Walks a folder; the names lose the folder's own.
fn walk(folder: &Path, limits: &Limits) -> (Members, u64) {
    let mut members = Members::default();
    let progress = Arc::new(AtomicU64::new(0));
    let mut walk = Walk { limits, progress: Arc::clone(&progress), wanted: None, visitor: &mut members };
    assert!(walk.path(folder).is_continue());
    let before = format!("{}/", folder.display());
    members.found.iter_mut().for_each(|(name, _)| *name = name.replacen(&before, "", 1));
    (members, progress.load(Ordering::Relaxed))
}

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

#[test]
fn members_come_in_the_order_of_names_with_the_way_to_them() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("b")).expect("a folder");
    for (name, bytes) in [
        ("c.txt", b"one".to_vec()),
        ("b/d.gz", [gzip(b"two "), gzip(b"three")].concat()),
        ("a.zip", zipped(&[("z/y.txt", b"four"), ("x.zip", &zipped(&[("w.gz", &gzip(b"five"))]))])),
    ] {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let (members, progress) = walk(folder.path(), &Limits::default());
    let found: Vec<_> = members.found.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let expected: [(&str, &[u8]); 4] =
        [("a.zip!/z/y.txt", b"four"), ("a.zip!/x.zip!/w", b"five"), ("b/d", b"two three"), ("c.txt", b"one")];
    assert_eq!(found, expected);
    assert!(members.problems.is_empty() && progress > 0);
}

#[test]
fn a_spreadsheet_is_no_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.xlsx"), zipped(&[("xl/workbook.xml", b"<workbook/>")])).expect("a file");
    let (members, _) = walk(folder.path(), &Limits::default());
    assert_eq!(members.found, [("a.xlsx".to_owned(), Vec::new())]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_packed_comes_out(bytes in prop::collection::vec(any::<u8>(), 1..300), copies in 1_usize..600) {
        // Without a mark of its own at the start, so that it is no archive.
        let bytes = [b" ".as_slice(), &bytes.repeat(copies)].concat();
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a"), &bytes).expect("a file");
        fs::write(folder.path().join("b.gz"), gzip(&bytes)).expect("a file");
        fs::write(folder.path().join("c.zip"), zipped(&[("d", &bytes), ("e.gz", &gzip(&bytes))])).expect("a file");
        let (members, _) = walk(folder.path(), &Limits::default());
        let found: Vec<_> = members.found.iter().map(|(name, found)| (name.as_str(), *found == bytes)).collect();
        prop_assert_eq!(found, [("a", true), ("b", true), ("c.zip!/d", true), ("c.zip!/e", true)]);
        prop_assert!(members.problems.is_empty());
    }

    #[test]
    fn damaged_archives_are_told_and_never_expand_beyond_the_bound(at in 0.0..1.0, byte in any::<u8>(), cut in 0.5..1.0) {
        let whole = zipped(&[("a.zip", &zipped(&[("b", &b"word ".repeat(9_000))])), ("c.gz", &gzip(&b"text ".repeat(9_000)))]);
        let mut damaged = whole.clone();
        damaged[(at * whole.len() as f64) as usize] = byte;
        let limits = Limits { expanded: 100_000, ratio: 10, depth: 5, record: 1000 };
        for bytes in [&damaged[..], &whole[..(cut * whole.len() as f64) as usize]] {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("a.zip"), bytes).expect("a file");
            let (members, _) = walk(folder.path(), &limits);
            let expanded: usize = members.found.iter().map(|(_, bytes)| bytes.len()).sum();
            prop_assert!(expanded <= 100_000);
        }
    }
}
