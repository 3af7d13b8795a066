//! Every state, register entry and event code that occurs in the real files is known to the tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use records::Status;
use records::event::{eu, us_trademark};

/// The folder of real files; `None`, with a word about it, where it is not there.
fn real(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("HUIZHI_REAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("no real data at {}: not tested", path.display());
    None
}

/// All texts of `element` in the XML files below `folder`; these files use no prefix for it.
fn texts(folder: &Path, element: &str, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            texts(&path, element, found);
        } else if let Ok(xml) = fs::read_to_string(&path) {
            let tag = format!("<{element}");
            let starts = xml.split(tag.as_str()).skip(1);
            let inner = starts.filter_map(|rest| rest.split_once('>')).filter_map(|(_, rest)| rest.split('<').next());
            found.extend(inner.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
        }
    }
}

fn all(folder: &Path, element: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    texts(folder, element, &mut found);
    found
}

#[test]
fn eu_states_are_all_known() {
    let Some(folder) = real("euipo") else { return };
    let unknown = |element: &str, read: fn(&str) -> Status| -> Vec<String> {
        all(&folder, element).into_iter().filter(|text| read(text) == Status::Unknown).collect()
    };
    assert_eq!(unknown("MarkCurrentStatusCode", eu::mark_status), Vec::<String>::new());
    assert_eq!(unknown("DesignCurrentStatusCode", eu::design_status), Vec::<String>::new());
}

#[test]
fn eu_register_entries_are_all_known() {
    let Some(folder) = real("euipo") else { return };
    let kinds = all(&folder, "BasicRecordKind");
    let unknown: Vec<_> = kinds.iter().filter(|kind| eu::record_effect(kind, "Record Published").is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn us_mark_states_are_all_known() {
    let Some(folder) = real("uspto/trademarks") else { return };
    for element in ["MarkCurrentStatusCode", "tmk:MarkCurrentStatusCode", "ns2:MarkCurrentStatusCode"] {
        let codes = all(&folder, element);
        assert!(codes.iter().all(|code| us_trademark::status(code).is_some()), "{codes:?}");
    }
}
