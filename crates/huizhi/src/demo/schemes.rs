//! Class schemes for the demonstration, in short words of its own: Nice and Vienna and Locarno by their classes, the IPC
//! by what the demonstration uses.
//!
//! The files are tab-separated: depth, symbol, Chinese, English, in the order of the scheme.

use register::SchemeEntry;

/// Stands before every edition that is a year or a number, so that a scheme loaded from an office's file goes before it.
pub(crate) const SCHEME_EDITION: &str = "0-demonstration";

const FILES: [(&str, &str); 4] = [
    ("ipc", include_str!("schemes/ipc.tsv")),
    ("locarno", include_str!("schemes/locarno.tsv")),
    ("nice", include_str!("schemes/nice.tsv")),
    ("vienna", include_str!("schemes/vienna.tsv")),
];

/// Every scheme with its places.
pub(crate) fn schemes() -> impl Iterator<Item = (&'static str, Vec<SchemeEntry>)> {
    FILES.iter().map(|(name, text)| (*name, text.lines().filter_map(entry).collect()))
}

fn entry(line: &str) -> Option<SchemeEntry> {
    let mut cells = line.split('\t').map(str::to_owned);
    let depth = cells.next()?.parse().ok()?;
    let symbol = cells.next()?;
    Some(SchemeEntry { symbol, depth, title_zh: cells.next(), title_en: cells.next() })
}

#[cfg(test)]
mod tests;
