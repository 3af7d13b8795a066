//! The table of formats.

use crate::formats;
use crate::{Findings, Head, RawRecord};

/// How a file of a format falls into records.
#[derive(Clone, Copy, Debug)]
pub enum Cut {
    /// Every root element is a record; a file may hold many documents one after another.
    Documents,
    /// Elements with one of these local names, at any depth, are the records.
    Elements(&'static [&'static str]),
    /// A line for which the function says yes begins a record; lines before the first are its header.
    Lines(fn(&[u8]) -> bool),
}

/// One office format.
pub struct Format {
    /// Stable name, such as `uspto-grant`; it is the prefix of part keys and the line in reports.
    pub name: &'static str,
    /// Name for people, Chinese.
    pub chinese: &'static str,
    /// Name for people, English.
    pub english: &'static str,
    /// How to cut it.
    pub cut: Cut,
    /// Whether a file that begins like this is of the format.
    pub recognise: fn(&Head) -> bool,
    /// Reads one record.
    pub read: fn(&RawRecord, &mut Findings),
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Every format that is not a table, in the order in which they are tried.
pub static FORMATS: &[&Format] = &[
    &formats::parts::FORMAT,
    &formats::us_patent::GRANT,
    &formats::us_patent::APPLICATION,
    &formats::us_pap::FORMAT,
    &formats::us_st32::FORMAT,
    &formats::us_aps::FORMAT,
    &formats::us_trademark::FORMAT,
    &formats::docdb::FORMAT,
    &formats::ops::FORMAT,
    &formats::ep_fulltext::FORMAT,
    &formats::cn_patent::FORMAT,
    &formats::cn_legal::FORMAT,
    &formats::cn_old::FORMAT,
    &formats::cn_trademark::FORMAT,
    &formats::eu_trademark::FORMAT,
    &formats::eu_design::FORMAT,
    &formats::st66::FORMAT,
    &formats::st96::FORMAT,
    &formats::dpma::PATENT,
    &formats::dpma::TRADEMARK,
    &formats::dpma::DESIGN,
];

/// The format of a file that begins like this.
pub(crate) fn recognise(head: &Head) -> Option<&'static Format> {
    // Lines of text inside XML may look like anything.
    let able = |format: &&&Format| head.root.is_none() || !matches!(format.cut, Cut::Lines(_));
    FORMATS.iter().filter(able).find(|format| (format.recognise)(head)).copied()
}
