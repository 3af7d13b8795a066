//! The values of facets, read for many documents at once as places in a numbering over all segments.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::{Column as Numbers, RowId, StrColumn};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

use super::engine::Snapshot;
use super::schema::{Column, column};
use super::terms;
use crate::FacetField;

/// Years are counted up to this one.
const LAST_YEAR: u32 = 9999;

/// Documents read together.
pub(super) const BLOCK: usize = 1024;

/// Place of a value that no right has any more.
const GONE: u32 = u32::MAX;

/// The values of a facet over all segments.
pub(super) struct Numbering {
    /// Value of each place; of a name its smallest spelling.
    values: Vec<String>,
    /// For each segment: ordinal within it → place in `values`.
    places: Vec<Vec<u32>>,
}

impl Numbering {
    fn new(field: FacetField, name: &str, searcher: &Searcher) -> tantivy::Result<Self> {
        let mut seen: HashMap<Vec<u8>, u32> = HashMap::new();
        let mut numbering = Self { values: Vec::new(), places: Vec::with_capacity(searcher.segment_readers().len()) };
        for reader in searcher.segment_readers() {
            let mut here = Vec::new();
            if let Some(column) = reader.fast_fields().str(name)? {
                let alive = alive(&column, reader);
                here.reserve_exact(column.num_terms());
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    let gone = alive.as_ref().is_some_and(|alive| !alive[here.len()]);
                    here.push(if gone { GONE } else { numbering.place(field, stream.key(), &mut seen) });
                }
            }
            numbering.places.push(here);
        }
        Ok(numbering)
    }

    /// The place of a value of a column.
    fn place(&mut self, field: FacetField, value: &[u8], seen: &mut HashMap<Vec<u8>, u32>) -> u32 {
        let text = String::from_utf8_lossy(value);
        let (key, shown) = if field.is_name() { terms::name_parts(&text) } else { (&*text, &*text) };
        if let Some(&place) = seen.get(key.as_bytes()) {
            let known = &mut self.values[place as usize];
            if shown < known.as_str() {
                shown.clone_into(known);
            }
            return place;
        }
        let place = self.values.len() as u32;
        self.values.push(shown.to_owned());
        seen.insert(key.as_bytes().to_vec(), place);
        place
    }
}

/// Which values of a column any document that was not removed has; `None` when none was removed.
fn alive(column: &StrColumn, reader: &SegmentReader) -> Option<Vec<bool>> {
    reader.alive_bitset()?;
    let mut alive = vec![false; column.num_terms()];
    let documents: Vec<DocId> = reader.doc_ids_alive().collect();
    let mut room = Room::default();
    for block in documents.chunks(BLOCK) {
        for &ordinal in room.values(column.ords(), block) {
            alive[ordinal as usize] = true;
        }
    }
    Some(alive)
}

/// A facet's values over the whole index.
pub(super) enum Axis {
    /// Texts.
    Values(&'static str, Arc<Numbering>),
    /// Years of the dates in the column of this name.
    Years(&'static str),
}

impl Axis {
    /// The axis of a field.
    pub(super) fn new(field: FacetField, snapshot: &Snapshot) -> tantivy::Result<Self> {
        Ok(match column(field) {
            Column::Years(name) => Self::Years(name),
            Column::Values(name) => {
                let make = || Numbering::new(field, name, &snapshot.searcher);
                Self::Values(name, snapshot.numberings.get(field, make)?)
            }
        })
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Values(_, numbering) => numbering.values.len(),
            Self::Years(_) => LAST_YEAR as usize + 1,
        }
    }

    /// The value at a place.
    pub(super) fn value(&self, place: u32) -> String {
        match self {
            Self::Values(_, numbering) => numbering.values[place as usize].clone(),
            Self::Years(_) => place.to_string(),
        }
    }

    /// The order in which values with equal counts stand.
    pub(super) fn order(&self, one: u32, other: u32) -> std::cmp::Ordering {
        match self {
            Self::Values(_, numbering) => numbering.values[one as usize].cmp(&numbering.values[other as usize]),
            Self::Years(_) => one.cmp(&other),
        }
    }

    /// Opens the column in one segment.
    pub(super) fn open(&self, segment: SegmentOrdinal, searcher: &Searcher) -> tantivy::Result<Reading<'_>> {
        let columns = searcher.segment_reader(segment).fast_fields();
        Ok(match self {
            Self::Years(name) => Reading { column: Some(columns.u64(name)?), places: None },
            Self::Values(name, numbering) => {
                let column = columns.str(name)?.map(|column| column.ords().clone());
                Reading { column, places: numbering.places.get(segment as usize).map(Vec::as_slice) }
            }
        })
    }
}

/// A facet's column in one segment.
pub(super) struct Reading<'a> {
    column: Option<Numbers<u64>>,
    /// Ordinal → place; absent for years.
    places: Option<&'a [u32]>,
}

/// Documents with the places of their values: a document with several values comes several times, in order.
#[derive(Default)]
pub(super) struct Lines {
    /// Documents.
    pub(super) documents: Vec<DocId>,
    /// A place for each of them.
    pub(super) places: Vec<u32>,
    room: Room,
}

impl Reading<'_> {
    /// Reads a block of documents into `lines`.
    pub(super) fn read(&self, documents: &[DocId], lines: &mut Lines) {
        let Lines { documents: kept, places, room } = lines;
        kept.clear();
        places.clear();
        let Some(column) = &self.column else { return };
        room.values(column, documents);
        match self.places {
            Some(numbered) => places.extend(room.values.iter().map(|&ordinal| numbered[ordinal as usize])),
            None => places.extend(room.values.iter().map(|&day| LAST_YEAR.min(terms::year(day) as u32))),
        }
        kept.extend_from_slice(&room.documents);
    }
}

/// Room to read the values of a block of documents in one go, which is several times quicker than one by one.
#[derive(Default)]
pub(super) struct Room {
    /// Document of each value.
    pub(super) documents: Vec<DocId>,
    rows: Vec<RowId>,
    values: Vec<u64>,
}

impl Room {
    /// All values of these documents.
    pub(super) fn values(&mut self, column: &Numbers<u64>, documents: &[DocId]) -> &[u64] {
        self.documents.clear();
        self.rows.clear();
        column.index.docids_to_rowids(documents, &mut self.documents, &mut self.rows);
        self.values.resize(self.rows.len(), 0);
        column.values.get_vals(&self.rows, &mut self.values);
        &self.values
    }
}
