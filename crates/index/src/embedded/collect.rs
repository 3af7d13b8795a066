//! One pass over the matches: their number, the best of them from a place on, and the counts of facets.

use std::collections::BinaryHeap;

use query::Field;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn, TermOrdHit};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::cursor::Place;
use super::facets::{Counter, Room, Tally};
use super::schema::ID;
use crate::{FacetField, Sort, SortKey};

/// Sort key of a document without a date: the last, both ways.
const LAST: u64 = u64::MAX;

/// Collects the `most` first matches after a place, and counts.
pub(super) struct Page<'a> {
    /// Order.
    pub(super) sort: Sort,
    /// Whether scores differ at all.
    pub(super) scores: bool,
    /// How many hits to keep.
    pub(super) most: usize,
    /// Where the page starts.
    pub(super) after: Option<&'a Place>,
    /// What to count.
    pub(super) facets: &'a [FacetField],
}

/// One hit with its place in the order and in the index.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Place in the order.
    pub(super) place: Place,
    /// Score; 0 when not sorted by it.
    pub(super) score: Score,
    /// Where the document is.
    pub(super) segment: SegmentOrdinal,
    /// Which it is there.
    pub(super) document: DocId,
}

/// What the pass found.
#[derive(Default)]
pub(super) struct Harvest {
    /// All matches.
    pub(super) total: u64,
    /// The first ones, in order.
    pub(super) hits: Vec<Found>,
    /// For each segment, the counts of each facet.
    pub(super) tallies: Vec<(SegmentOrdinal, Vec<Tally>)>,
}

impl Page<'_> {
    fn by_id_descending(&self) -> bool {
        self.sort.key == SortKey::Id && !self.sort.ascending
    }
}

impl Collector for Page<'_> {
    type Fruit = Harvest;
    type Child = SegmentPage;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentPage> {
        let columns = reader.fast_fields();
        let missing = || TantivyError::SchemaError("the column of ids is missing".to_owned());
        let ids = columns.str(ID)?.ok_or_else(missing)?;
        let date = |field: Field| columns.u64(field.code());
        let key = match self.sort.key {
            SortKey::Score if self.scores => Key::Score,
            SortKey::Score | SortKey::Id => Key::None,
            SortKey::Filed => Key::Date(date(Field::FilingDate)?),
            SortKey::Published => Key::Date(date(Field::PublicationDate)?),
            SortKey::Granted => Key::Date(date(Field::GrantDate)?),
        };
        let reversed = self.by_id_descending();
        let after = self.after.map(|place| Ok::<_, TantivyError>((place.key, tie_after(&ids, &place.id, reversed)?)));
        Ok(SegmentPage {
            segment,
            key,
            ascending: self.sort.ascending,
            reversed,
            most: self.most,
            after: after.transpose()?,
            total: 0,
            best: BinaryHeap::with_capacity(self.most.min(1 << 12) + 1),
            counters: self.facets.iter().map(|&facet| Counter::open(facet, columns)).collect::<Result<_, _>>()?,
            uncounted: Vec::with_capacity(BLOCK),
            room: Room::default(),
            ids,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort.key == SortKey::Score && self.scores && self.most > 0
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Harvest>>) -> tantivy::Result<Harvest> {
        let mut harvest = Harvest::default();
        for fruit in fruits {
            let fruit = fruit?;
            harvest.total += fruit.total;
            harvest.hits.extend(fruit.hits);
            harvest.tallies.extend(fruit.tallies);
        }
        let reversed = self.by_id_descending();
        harvest.hits.sort_unstable_by(|a, b| {
            let ids = a.place.id.cmp(&b.place.id);
            a.place.key.cmp(&b.place.key).then(if reversed { ids.reverse() } else { ids })
        });
        harvest.hits.truncate(self.most);
        Ok(harvest)
    }
}

/// Ordinals of ids turned round, for descending order: larger than any number of documents in a segment.
const TURN: u64 = 1 << 40;

/// The tie of an id by its ordinal: ids are numbered in their order within a segment.
const fn tie(ordinal: u64, reversed: bool) -> u64 {
    if reversed { TURN - ordinal } else { ordinal }
}

/// The first tie that comes after an id.
fn tie_after(ids: &StrColumn, id: &str, reversed: bool) -> tantivy::Result<u64> {
    Ok(match ids.dictionary().term_ord_or_next(id.as_bytes())? {
        TermOrdHit::Exact(ordinal) => tie(ordinal, reversed) + 1,
        // The id is not in this segment: the next larger one that is has this ordinal.
        TermOrdHit::Next(ordinal) if reversed => TURN.saturating_sub(ordinal) + 1,
        TermOrdHit::Next(ordinal) => ordinal,
    })
}

/// Where sort keys come from.
enum Key {
    Score,
    Date(Column<u64>),
    None,
}

/// The pass over one segment.
pub(super) struct SegmentPage {
    segment: SegmentOrdinal,
    key: Key,
    ascending: bool,
    reversed: bool,
    most: usize,
    /// Key and first tie from which on hits are kept.
    after: Option<(u64, u64)>,
    total: u64,
    /// The first hits so far, the last of them on top: key, tie, document.
    best: BinaryHeap<(u64, u64, DocId)>,
    counters: Vec<Counter>,
    /// Documents that came one by one and wait to be counted together.
    uncounted: Vec<DocId>,
    room: Room,
    ids: StrColumn,
}

/// Documents counted together.
const BLOCK: usize = 256;

impl SegmentPage {
    fn count(&mut self) {
        for counter in &mut self.counters {
            counter.count(&self.uncounted, &mut self.room);
        }
        self.uncounted.clear();
    }

    /// The sort key of a document: smaller comes first.
    fn key(&self, document: DocId, score: Score) -> u64 {
        match &self.key {
            Key::None => 0,
            Key::Score => {
                let bits = u64::from(score.max(0.0).to_bits());
                if self.ascending { bits } else { !bits }
            }
            Key::Date(column) => match column.first(document) {
                Some(day) if self.ascending => day,
                Some(day) => LAST - day,
                None => LAST,
            },
        }
    }

    fn keep(&mut self, document: DocId, score: Score) {
        let key = self.key(document, score);
        if self.best.len() >= self.most && self.best.peek().is_some_and(|last| key > last.0) {
            return;
        }
        let ordinal = self.ids.ords().first(document).unwrap_or_default();
        let tie = tie(ordinal, self.reversed);
        if self.after.is_some_and(|after| (key, tie) < after) {
            return;
        }
        if self.best.len() >= self.most && self.best.peek().is_some_and(|last| (key, tie) > (last.0, last.1)) {
            return;
        }
        self.best.push((key, tie, document));
        if self.best.len() > self.most {
            self.best.pop();
        }
    }

    fn found(self) -> tantivy::Result<Harvest> {
        let mut hits = Vec::with_capacity(self.best.len());
        for &(key, tie, document) in &self.best {
            let mut id = String::new();
            self.ids.ord_to_str(if self.reversed { TURN - tie } else { tie }, &mut id)?;
            let score = match self.key {
                Key::Score => f32::from_bits(if self.ascending { key } else { !key } as u32),
                Key::Date(_) | Key::None => 0.0,
            };
            hits.push(Found { place: Place { key, id }, score, segment: self.segment, document });
        }
        let tallies = self.counters.into_iter().map(Counter::tally).collect();
        Ok(Harvest { total: self.total, hits, tallies: vec![(self.segment, tallies)] })
    }
}

impl SegmentCollector for SegmentPage {
    type Fruit = tantivy::Result<Harvest>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        if !self.counters.is_empty() {
            self.uncounted.push(document);
            if self.uncounted.len() == BLOCK {
                self.count();
            }
        }
        if self.most > 0 {
            self.keep(document, score);
        }
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        self.total += documents.len() as u64;
        for counter in &mut self.counters {
            counter.count(documents, &mut self.room);
        }
        if self.most > 0 {
            for &document in documents {
                self.keep(document, 0.0);
            }
        }
    }

    fn harvest(mut self) -> tantivy::Result<Harvest> {
        self.count();
        self.found()
    }
}
