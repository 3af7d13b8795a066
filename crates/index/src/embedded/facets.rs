//! Facets: values counted by their number within a segment, added up over the segments by a common numbering.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::{Column as Numbers, RowId, StrColumn};
use tantivy::fastfield::FastFieldReaders;
use tantivy::{DocId, Searcher, SegmentOrdinal};

use super::schema::{Column, column};
use super::terms;
use crate::{Facet, FacetCount, FacetField};

/// Years are counted up to this one.
const LAST_YEAR: usize = 9999;

/// Counts of one facet in one segment, by ordinal of the value, or by year.
pub(super) type Tally = Vec<u32>;

/// Counts one facet in one segment.
pub(super) enum Counter {
    /// No document of the segment has a value.
    Nothing,
    /// Texts.
    Values(StrColumn, Tally),
    /// Years of dates.
    Years(Numbers<u64>, Tally),
}

impl Counter {
    /// Opens the column of a facet.
    pub(super) fn open(facet: FacetField, columns: &FastFieldReaders) -> tantivy::Result<Self> {
        Ok(match column(facet) {
            Column::Values(name) => match columns.str(name)? {
                Some(column) => {
                    let tally = vec![0; column.num_terms()];
                    Self::Values(column, tally)
                }
                None => Self::Nothing,
            },
            Column::Years(name) => Self::Years(columns.u64(name)?, vec![0; LAST_YEAR + 1]),
        })
    }

    /// Counts the values of some documents.
    pub(super) fn count(&mut self, documents: &[DocId], room: &mut Room) {
        match self {
            Self::Nothing => {}
            Self::Values(column, tally) => {
                for &ordinal in room.values(column.ords(), documents) {
                    if let Some(count) = tally.get_mut(ordinal as usize) {
                        *count += 1;
                    }
                }
            }
            Self::Years(column, tally) => {
                for &day in room.values(column, documents) {
                    if let Some(count) = tally.get_mut(terms::year(day) as usize) {
                        *count += 1;
                    }
                }
            }
        }
    }

    /// The counts.
    pub(super) fn tally(self) -> Tally {
        match self {
            Self::Nothing => Vec::new(),
            Self::Values(_, tally) | Self::Years(_, tally) => tally,
        }
    }
}

/// Room to read the values of a block of documents in one go, which is several times quicker than one by one.
#[derive(Default)]
pub(super) struct Room {
    documents: Vec<DocId>,
    rows: Vec<RowId>,
    values: Vec<u64>,
}

impl Room {
    /// All values of these documents.
    fn values(&mut self, column: &Numbers<u64>, documents: &[DocId]) -> &[u64] {
        self.documents.clear();
        self.rows.clear();
        column.index.docids_to_rowids(documents, &mut self.documents, &mut self.rows);
        self.values.resize(self.rows.len(), 0);
        column.values.get_vals(&self.rows, &mut self.values);
        &self.values
    }
}

/// The values of a facet over all segments.
struct Numbering {
    values: Vec<String>,
    /// For each segment: ordinal within it → place in `values`.
    places: Vec<Vec<u32>>,
}

/// Numberings of one state of the index, each made when it is first asked for.
#[derive(Default)]
pub(super) struct Numberings(Mutex<HashMap<FacetField, Arc<Numbering>>>);

impl Numberings {
    fn of(&self, facet: FacetField, name: &str, searcher: &Searcher) -> tantivy::Result<Arc<Numbering>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(numbering) = known.get(&facet) {
            return Ok(Arc::clone(numbering));
        }
        let numbering = Arc::new(number(name, searcher)?);
        known.insert(facet, Arc::clone(&numbering));
        Ok(numbering)
    }

    /// Adds up the tallies of one facet and gives its `most` commonest values (years: the newest).
    pub(super) fn facet(
        &self,
        (field, most): (FacetField, usize),
        tallies: &[(SegmentOrdinal, &Tally)],
        searcher: &Searcher,
    ) -> tantivy::Result<Facet> {
        let counts = match column(field) {
            Column::Years(_) => years(tallies, most),
            Column::Values(name) => commonest(&*self.of(field, name, searcher)?, tallies, most),
        };
        Ok(Facet { field, counts })
    }
}

fn number(name: &str, searcher: &Searcher) -> tantivy::Result<Numbering> {
    let mut seen: HashMap<Vec<u8>, u32> = HashMap::new();
    let mut values = Vec::new();
    let mut places = Vec::with_capacity(searcher.segment_readers().len());
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(name)? else {
            places.push(Vec::new());
            continue;
        };
        let mut here = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let place = seen.get(stream.key()).copied().unwrap_or_else(|| {
                let place = values.len() as u32;
                values.push(String::from_utf8_lossy(stream.key()).into_owned());
                seen.insert(stream.key().to_vec(), place);
                place
            });
            here.push(place);
        }
        places.push(here);
    }
    Ok(Numbering { values, places })
}

fn commonest(numbering: &Numbering, tallies: &[(SegmentOrdinal, &Tally)], most: usize) -> Vec<FacetCount> {
    let mut totals = vec![0u64; numbering.values.len()];
    for (segment, tally) in tallies {
        let Some(places) = numbering.places.get(*segment as usize) else { continue };
        for (&count, &place) in tally.iter().zip(places).filter(|(count, _)| **count > 0) {
            totals[place as usize] += u64::from(count);
        }
    }
    let mut found: Vec<(u64, &str)> = (totals.into_iter().zip(&numbering.values))
        .filter_map(|(count, value)| (count > 0).then_some((count, value.as_str())))
        .collect();
    let order = |a: &(u64, &str), b: &(u64, &str)| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1));
    if most < found.len() {
        found.select_nth_unstable_by(most, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    found.into_iter().map(|(count, value)| FacetCount { value: value.to_owned(), count }).collect()
}

fn years(tallies: &[(SegmentOrdinal, &Tally)], most: usize) -> Vec<FacetCount> {
    let count =
        |year: usize| tallies.iter().filter_map(|(_, tally)| tally.get(year)).map(|&count| u64::from(count)).sum();
    let counts = (0..=LAST_YEAR).rev().map(|year| FacetCount { value: year.to_string(), count: count(year) });
    counts.filter(|year| year.count > 0).take(most).collect()
}
