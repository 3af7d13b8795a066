//! Damaged files: whatever the fixtures are turned into, readers answer with parts or problems and never panic.

use std::fs;
use std::path::Path;

use crate::reading::read_bytes;

const FOLDERS: [&str; 8] = ["eu_trademark", "eu_design", "docdb", "ops", "ep_fulltext", "dpma", "st66", "st96"];

/// Every fixture with its name.
fn fixtures() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root.join(folder)).expect("a folder of fixtures") {
            let path = entry.expect("an entry").path();
            found.push((path.display().to_string(), fs::read_to_string(&path).expect("a fixture")));
        }
    }
    found.sort();
    found
}

/// The text with everything between tags put through `change`.
fn texts(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    for (place, piece) in text.split('>').enumerate() {
        let (words, tag) = piece.split_once('<').unwrap_or((piece, ""));
        changed.push_str(if place == 0 { "" } else { ">" });
        changed.push_str(&if place == 0 { words.to_owned() } else { change(words) });
        changed.push_str(if piece.contains('<') { "<" } else { "" });
        changed.push_str(tag);
    }
    changed
}

#[test]
fn a_record_that_breaks_off_gives_no_part() {
    for (name, text) in fixtures() {
        let whole = read_bytes("a.xml", text.as_bytes()).parts().count();
        for length in (0..text.trim_end().len()).step_by(211) {
            let reading = read_bytes("a.xml", &text.as_bytes()[..length]);
            assert!(reading.parts().count() <= whole, "{name} cut at {length}");
            for (record, findings) in &reading.records {
                let complete = record.bytes.ends_with(b">") && !findings.is_refused();
                assert!(complete || findings.parts.is_empty(), "{name} cut at {length}");
            }
        }
    }
}

#[test]
fn empty_elements_zero_dates_and_nonsense_never_panic() {
    for (name, text) in fixtures() {
        for words in ["", "0", "00000000", "-", "\u{3000}", "İ[;(", "99999999999999999999", "é,é,é.,é"] {
            let changed = texts(&text, |_| words.to_owned());
            let reading = read_bytes("a.xml", changed.as_bytes());
            for part in reading.parts() {
                assert!(!part.key.as_str().ends_with(':'), "{name} with «{words}» has the empty key {}", part.key);
            }
        }
    }
}

#[test]
fn a_file_in_another_encoding_is_refused_or_read_but_never_loses_its_record() {
    for (name, text) in fixtures() {
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'L' { 0xC4 } else { byte }).collect();
        let reading = read_bytes("a.xml", &bytes);
        let known =
            reading.records.iter().all(|(_, f)| f.is_refused() || !f.parts.is_empty() || f.passed_over.is_some());
        assert!(known, "{name}");
    }
}
