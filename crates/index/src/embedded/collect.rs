//! One pass over the matches: their number, the best of them from a place on, and all of them where they are counted.

use std::collections::BinaryHeap;

use query::Field;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn, TermOrdHit};
use tantivy::fastfield::FastFieldReaders;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::cursor::Place;
use super::schema::ID;
use super::tally::Matches;
use crate::{Sort, SortKey};

/// Sort key of a document without a date: the last, both ways.
const LAST: u64 = u64::MAX;

/// Collects the `most` first matches after a place, and the rest if they are needed.
pub(super) struct Page<'a> {
    /// Order.
    pub(super) sort: Sort,
    /// Whether scores differ at all.
    pub(super) scores: bool,
    /// How many hits to keep.
    pub(super) most: usize,
    /// Where the page starts.
    pub(super) after: Option<&'a Place>,
    /// What to keep of all matches.
    pub(super) gather: Gather,
}

/// What is kept of all matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gather {
    /// Their number.
    Nothing,
    /// Which they are.
    Documents,
    /// Which they are, with their scores where these decide the order.
    Scores,
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
    /// Matches of its family, when there is one hit for them all; else 1.
    pub(super) family_size: u64,
}

/// What the pass found.
#[derive(Default)]
pub(super) struct Harvest {
    /// All matches.
    pub(super) total: u64,
    /// The first ones, in order.
    pub(super) hits: Vec<Found>,
    /// All matches, when gathered.
    pub(super) matches: Matches,
    /// Their scores, segment by segment; empty when they do not decide.
    pub(super) scores: Vec<Vec<Score>>,
}

impl Page<'_> {
    fn by_id_descending(&self) -> bool {
        by_id_descending(self.sort)
    }
}

/// Whether ids decide, the last first.
pub(super) fn by_id_descending(sort: Sort) -> bool {
    sort.key == SortKey::Id && !sort.ascending
}

impl Collector for Page<'_> {
    type Fruit = Harvest;
    type Child = SegmentPage;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentPage> {
        let columns = reader.fast_fields();
        let missing = || TantivyError::SchemaError("the column of ids is missing".to_owned());
        let ids = columns.str(ID)?.ok_or_else(missing)?;
        let key = Key::open(self.sort, self.scores, columns)?;
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
            gather: self.gather,
            documents: Vec::new(),
            scores: Vec::new(),
            ids,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort.key == SortKey::Score && self.scores && (self.most > 0 || self.gather == Gather::Scores)
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Harvest>>) -> tantivy::Result<Harvest> {
        let mut harvest = Harvest::default();
        for fruit in fruits {
            let fruit = fruit?;
            harvest.total += fruit.total;
            harvest.hits.extend(fruit.hits);
            harvest.matches.extend(fruit.matches);
            harvest.scores.extend(fruit.scores);
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
pub(super) const TURN: u64 = 1 << 40;

/// The tie of an id by its ordinal: ids are numbered in their order within a segment.
pub(super) const fn tie(ordinal: u64, reversed: bool) -> u64 {
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
pub(super) enum Key {
    Score,
    Date(Column<u64>),
    None,
}

impl Key {
    /// Opens what an order needs of one segment. `scores`: whether scores differ at all.
    pub(super) fn open(sort: Sort, scores: bool, columns: &FastFieldReaders) -> tantivy::Result<Self> {
        let date = |field: Field| columns.u64(field.code());
        Ok(match sort.key {
            SortKey::Score if scores => Self::Score,
            SortKey::Score | SortKey::Id => Self::None,
            SortKey::Filed => Self::Date(date(Field::FilingDate)?),
            SortKey::Published => Self::Date(date(Field::PublicationDate)?),
            SortKey::Granted => Self::Date(date(Field::GrantDate)?),
        })
    }

    /// The sort key of a document: smaller comes first.
    pub(super) fn of(&self, document: DocId, score: Score, ascending: bool) -> u64 {
        match self {
            Self::None => 0,
            Self::Score => {
                let bits = u64::from(score.max(0.0).to_bits());
                if ascending { bits } else { !bits }
            }
            Self::Date(column) => match column.first(document) {
                Some(day) if ascending => day,
                Some(day) => LAST - day,
                None => LAST,
            },
        }
    }

    /// The score in a key; 0 where scores do not decide.
    pub(super) fn score(&self, key: u64, ascending: bool) -> Score {
        match self {
            Self::Score => f32::from_bits(if ascending { key } else { !key } as u32),
            Self::Date(_) | Self::None => 0.0,
        }
    }
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
    gather: Gather,
    documents: Vec<DocId>,
    scores: Vec<Score>,
    ids: StrColumn,
}

impl SegmentPage {
    fn keep(&mut self, document: DocId, score: Score) {
        let key = self.key.of(document, score, self.ascending);
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
            let score = self.key.score(key, self.ascending);
            let place = Place { key, id };
            hits.push(Found { place, score, segment: self.segment, document, family_size: 1 });
        }
        let matches = vec![(self.segment, self.documents)];
        Ok(Harvest { total: self.total, hits, matches, scores: vec![self.scores] })
    }
}

impl SegmentCollector for SegmentPage {
    type Fruit = tantivy::Result<Harvest>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        if self.gather >= Gather::Documents {
            self.documents.push(document);
        }
        if self.gather == Gather::Scores && matches!(self.key, Key::Score) {
            self.scores.push(score);
        }
        if self.most > 0 {
            self.keep(document, score);
        }
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        self.total += documents.len() as u64;
        if self.gather >= Gather::Documents {
            self.documents.extend_from_slice(documents);
        }
        if self.most > 0 {
            for &document in documents {
                self.keep(document, 0.0);
            }
        }
    }

    fn harvest(self) -> tantivy::Result<Harvest> {
        self.found()
    }
}
