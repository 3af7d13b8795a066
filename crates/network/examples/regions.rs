//! Makes `src/divisions.tsv` from all editions of GB/T 2260.
//!
//! Reads lines `edition,code,name` (`198012,110000,北京市`) from the input and writes provinces and prefectures with
//! the dates between which an edition lists them:
//! `gunzip -c gb2260_all_revisions.csv.gz | cargo run -p network --example regions > crates/network/src/divisions.tsv`

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write, stdin, stdout};

/// Codes that group counties without being a division (市辖区, 县, 省直辖县级行政区划 …).
const PLACEHOLDERS: [&str; 4] = ["市辖区", "县", "省直辖", "自治区直辖"];

/// Facts that the editions at hand do not carry: half of them leave the last three out, some miswrite one name, and the
/// last still lists a city that had been joined to its neighbour. Empty dates are open.
const KNOWN: [(&str, &str, &str, &str); 5] = [
    ("371200", "莱芜市", "1992-12-31", "2018-12-26"),
    ("371700", "菏泽市", "2000-12-31", ""),
    ("710000", "台湾省", "", ""),
    ("810000", "香港特别行政区", "1997-07-01", ""),
    ("820000", "澳门特别行政区", "1999-12-20", ""),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut editions: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for line in stdin().lock().lines().skip(1) {
        let line = line?;
        let mut cells = line.split(',').map(|cell| cell.trim_matches('"'));
        let (Some(edition), Some(code), Some(name)) = (cells.next(), cells.next(), cells.next()) else { continue };
        if code.ends_with("00") && !PLACEHOLDERS.iter().any(|word| name.starts_with(word)) {
            editions.entry(edition.to_owned()).or_default().insert(code.to_owned(), name.to_owned());
        }
    }
    let codes: BTreeSet<&String> = editions.values().flat_map(BTreeMap::keys).collect();
    let mut out = stdout().lock();
    writeln!(
        out,
        "# GB/T 2260, provinces and prefectures: code, name, valid from, valid until (the day is no longer in)."
    )?;
    writeln!(out, "# A change is dated to the end of the month of the first edition that shows it; no date = open.")?;
    for code in codes {
        if let Some((code, name, from, to)) = KNOWN.iter().find(|known| known.0 == code) {
            writeln!(out, "{code}\t{name}\t{from}\t{to}")?;
            continue;
        }
        for (name, from, to) in spans(&editions, code) {
            writeln!(out, "{code}\t{name}\t{from}\t{to}")?;
        }
    }
    Ok(())
}

/// The names a code had, one after the other. An edition that alone lacks a code is taken for a slip.
fn spans<'a>(editions: &'a BTreeMap<String, BTreeMap<String, String>>, code: &str) -> Vec<(&'a str, String, String)> {
    let mut seen: Vec<Option<&str>> = editions.values().map(|e| e.get(code).map(String::as_str)).collect();
    for at in 1..seen.len().saturating_sub(1) {
        if seen[at].is_none() && seen[at - 1].is_some() && seen[at - 1] == seen[at + 1] {
            seen[at] = seen[at - 1];
        }
    }
    let mut spans: Vec<(&str, String, String)> = Vec::new();
    let mut last = None;
    for (edition, name) in editions.keys().zip(seen) {
        let date = if spans.is_empty() && last.is_none() && Some(edition) == editions.keys().next() {
            String::new()
        } else {
            month_end(edition)
        };
        if name != last {
            if last.is_some()
                && let Some(span) = spans.last_mut()
            {
                span.2.clone_from(&date);
            }
            if let Some(name) = name {
                spans.push((name, date, String::new()));
            }
            last = name;
        }
    }
    spans
}

/// `198012` is 1980-12-31.
fn month_end(edition: &str) -> String {
    let first = jiff::fmt::strtime::parse("%Y%m%d", format!("{edition}01")).and_then(|day| day.to_date());
    first.map_or_else(|_| String::new(), |day| day.last_of_month().to_string())
}
