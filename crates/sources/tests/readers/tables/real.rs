//! Real tables.

use std::collections::BTreeMap;

use records::Part;

use crate::reading::{Reading, read, real};

fn counts(reading: &Reading) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (record, findings) in &reading.records {
        *counts.entry(record.format_name()).or_default() += findings.parts.len();
    }
    counts
}

fn part<'r>(reading: &'r Reading, key: &str) -> &'r Part {
    reading.parts().find(|part| part.key.as_str() == key).unwrap_or_else(|| panic!("no part {key}"))
}

#[test]
fn real_exports_are_read_to_the_last_row() {
    let Some(folder) = real("csv") else { return };
    let reading = read(&folder, &sources::Settings::default());
    let counts = counts(&reading);
    assert_eq!(counts.get("lens"), Some(&6884));
    assert_eq!(counts.get("espacenet"), Some(&50), "CSV and XLS of 25 rows each");
    assert_eq!(counts.get("landscape"), Some(&804));
    assert_eq!(counts.get("patentscope"), Some(&10_000));
    assert_eq!(reading.refused(), 0);
    assert!(reading.records.iter().all(|(_, findings)| findings.unread.is_empty()));

    let lens = part(&reading, "lens:US3982033A");
    assert_eq!(lens.record.publications[0].date.map(|d| d.to_string()).as_deref(), Some("1976-09-21"));
    assert_eq!(lens.record.priorities.len(), 2);
    let espacenet = part(&reading, "espacenet:WO2015026896A1");
    assert_eq!(espacenet.record.inventors[0].country.as_deref(), Some("US"));
    let landscape = part(&reading, "landscape:CN101440091A");
    assert_eq!(landscape.record.ipc.iter().map(records::Ipc::as_str).next(), Some("C07D417/14"));
    let patentscope = part(&reading, "patentscope:US2009208610");
    assert_eq!(patentscope.record.priorities[0].date.map(|d| d.to_string()).as_deref(), Some("2004-10-01"));
}

#[test]
fn real_reference_lists_are_read_entry_by_entry() {
    let Some(folder) = real("cn/references") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.records.len(), reading.parts().count(), reading.refused()), (8426, 8426, 0));
    assert_eq!(reading.codes(), Vec::<&str>::new());
    let dated = reading.parts().filter(|part| part.record.publications[0].date.is_some()).count();
    assert_eq!(dated, 8426);
    let first = part(&reading, "gbt7714:CN1382448");
    assert_eq!(first.record.inventors.len(), 4);
    assert_eq!(first.record.facts, [("region".to_owned(), "江苏".to_owned())]);
}

#[test]
fn real_rows_with_labels_are_taken_apart_and_empty_rows_left_out() {
    let Some(folder) = real("cn/csv") else { return };
    let reading = read(&folder, &sources::Settings::default());
    assert_eq!((reading.parts().count(), reading.refused()), (57, 0));
    assert_eq!(reading.codes(), ["empty-rows"; 3]);
    for part in reading.parts() {
        let record = &part.record;
        assert!(!record.titles.is_empty() && !record.abstracts.is_empty() && !record.cpc.is_empty(), "{}", part.key);
    }
}
