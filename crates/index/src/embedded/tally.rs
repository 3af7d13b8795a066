//! Counting over the matches: facets, cross tables, different values.

use std::collections::BTreeMap;

use tantivy::{DocId, SegmentOrdinal, TantivyError};

use super::columns::{Axis, BLOCK, Lines, Reading};
use super::engine::Snapshot;
use crate::{Cell, Cross, CrossRequest, Facet, FacetCount, FacetField};

/// Documents that match, in ascending order, segment by segment.
pub(super) type Matches = Vec<(SegmentOrdinal, Vec<DocId>)>;

/// Counts over some matches.
pub(super) struct Tallying<'a> {
    matches: &'a Matches,
    snapshot: &'a Snapshot,
    axes: BTreeMap<FacetField, Counted>,
}

/// A field with the number of matches that have each of its values.
struct Counted {
    axis: Axis,
    counts: Vec<u32>,
}

impl<'a> Tallying<'a> {
    /// Counts the values of all fields that will be asked.
    pub(super) fn new(
        matches: &'a Matches,
        snapshot: &'a Snapshot,
        fields: impl IntoIterator<Item = FacetField>,
    ) -> tantivy::Result<Self> {
        let mut axes = BTreeMap::new();
        let mut lines = Lines::default();
        for field in fields {
            if axes.contains_key(&field) {
                continue;
            }
            let axis = Axis::new(field, snapshot)?;
            let mut counts = vec![0; axis.len()];
            for (segment, documents) in matches {
                let reading = axis.open(*segment, &snapshot.searcher)?;
                for block in documents.chunks(BLOCK) {
                    reading.read(block, &mut lines);
                    for &place in &lines.places {
                        counts[place as usize] += 1;
                    }
                }
            }
            axes.insert(field, Counted { axis, counts });
        }
        Ok(Self { matches, snapshot, axes })
    }

    /// The `most` commonest values of a field; of years the newest.
    pub(super) fn facet(&self, field: FacetField, most: usize) -> Facet {
        let counted = &self.axes[&field];
        Facet { field, counts: counted.facet_counts(&counted.first(most)) }
    }

    /// Cross tables.
    pub(super) fn crosses(&self, asked: &[CrossRequest]) -> tantivy::Result<Vec<Cross>> {
        let mut tables: Vec<Table<'_>> =
            asked.iter().map(|asked| Table::new(self, asked)).collect::<tantivy::Result<_>>()?;
        let pairs: Vec<_> = asked.iter().map(|asked| (asked.rows.0, asked.columns.0)).collect();
        self.meet(&pairs, |at, row, column| tables[at].meet(row, column))?;
        Ok(tables.into_iter().map(Table::finish).collect())
    }

    /// For each value of the first field the number of different values of the second.
    pub(super) fn distinct(&self, asked: &[(FacetField, FacetField)]) -> tantivy::Result<Vec<Facet>> {
        let mut seen: Vec<Pairs> = asked.iter().map(|_| Pairs::default()).collect();
        self.meet(asked, |at, by, of| seen[at].push(by, of))?;
        let facet = |(&(by, _), seen): (&(FacetField, FacetField), Pairs)| {
            let axis = &self.axes[&by].axis;
            let mut numbers = seen.numbers();
            if by.is_year() {
                numbers.reverse();
            } else {
                numbers.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| axis.order(a.0, b.0)));
            }
            let counts = numbers.into_iter().map(|(place, count)| FacetCount { value: axis.value(place), count });
            Facet { field: by, counts: counts.collect() }
        };
        Ok(asked.iter().zip(seen).map(facet).collect())
    }

    /// Tells for every pair of fields, by its number, each pair of values that a match has. Every column is read once.
    fn meet(&self, pairs: &[(FacetField, FacetField)], mut sink: impl FnMut(usize, u32, u32)) -> tantivy::Result<()> {
        let mut fields: Vec<FacetField> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
        fields.sort_unstable();
        fields.dedup();
        let mut lines: Vec<Lines> = fields.iter().map(|_| Lines::default()).collect();
        let at = |field: FacetField| fields.partition_point(|&other| other < field);
        let pairs: Vec<(usize, usize)> = pairs.iter().map(|&(one, other)| (at(one), at(other))).collect();
        for (segment, documents) in self.matches.iter().filter(|_| !pairs.is_empty()) {
            let open = |field| self.axes[field].axis.open(*segment, &self.snapshot.searcher);
            let readings: Vec<Reading<'_>> = fields.iter().map(open).collect::<tantivy::Result<_>>()?;
            for block in documents.chunks(BLOCK) {
                for (reading, lines) in readings.iter().zip(&mut lines) {
                    reading.read(block, lines);
                }
                for (number, &(one, other)) in pairs.iter().enumerate() {
                    join(&lines[one], &lines[other], |one, other| sink(number, one, other));
                }
            }
        }
        Ok(())
    }
}

/// Different pairs of places.
#[derive(Default)]
struct Pairs {
    pairs: Vec<u64>,
    /// How many of them are known to be different, and in order.
    different: usize,
}

impl Pairs {
    fn push(&mut self, by: u32, of: u32) {
        /// Pairs that may wait to be looked through for doubles.
        const WAITING: usize = 1 << 20;
        self.pairs.push(u64::from(by) << 32 | u64::from(of));
        if self.pairs.len() - self.different > WAITING.max(self.different) {
            self.tidy();
        }
    }

    fn tidy(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.different = self.pairs.len();
    }

    /// For each first place, in order, the number of second ones.
    fn numbers(mut self) -> Vec<(u32, u64)> {
        self.tidy();
        let by = |pair: &u64| (pair >> 32) as u32;
        let same = self.pairs.chunk_by(|one, other| by(one) == by(other));
        same.map(|pairs| (by(&pairs[0]), pairs.len() as u64)).collect()
    }
}

/// Each value of a document on the left with each on the right.
fn join(left: &Lines, right: &Lines, mut sink: impl FnMut(u32, u32)) {
    let mut from = 0;
    for (&document, &place) in left.documents.iter().zip(&left.places) {
        from += right.documents[from..].iter().take_while(|&&other| other < document).count();
        let same = right.documents[from..].iter().take_while(|&&other| other == document).count();
        for &other in &right.places[from..from + same] {
            sink(place, other);
        }
    }
}

impl Counted {
    /// The places of the commonest values, most frequent first; of years the newest.
    fn first(&self, most: usize) -> Vec<u32> {
        let mut found: Vec<u32> = (0..self.counts.len() as u32).filter(|&at| self.counts[at as usize] > 0).collect();
        if let Axis::Years(_) = self.axis {
            found.reverse();
            found.truncate(most);
            return found;
        }
        let order = |one: &u32, other: &u32| {
            let counts = self.counts[*other as usize].cmp(&self.counts[*one as usize]);
            counts.then_with(|| self.axis.order(*one, *other))
        };
        if most < found.len() {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found
    }

    fn facet_counts(&self, places: &[u32]) -> Vec<FacetCount> {
        let count = |&place| FacetCount { value: self.axis.value(place), count: self.counts[place as usize].into() };
        places.iter().map(count).collect()
    }
}

/// A cross table in the making.
struct Table<'a> {
    rows: Lined<'a>,
    columns: Lined<'a>,
    /// Row by row.
    cells: Vec<u32>,
}

/// Largest table.
const MOST_CELLS: usize = 4_000_000;

/// One side of a table.
struct Lined<'a> {
    counted: &'a Counted,
    places: Vec<u32>,
    /// Place → line, or [`NONE`].
    lines: Vec<u32>,
}

/// A value that has no line of its own.
const NONE: u32 = u32::MAX;

impl<'a> Lined<'a> {
    fn new(counted: &'a Counted, most: usize) -> Self {
        let mut places = counted.first(most);
        if let Axis::Years(_) = counted.axis {
            places.reverse();
        }
        let mut lines = vec![NONE; counted.counts.len()];
        for (line, &place) in places.iter().enumerate() {
            lines[place as usize] = line as u32;
        }
        Self { counted, places, lines }
    }
}

impl<'a> Table<'a> {
    fn new(tally: &'a Tallying<'_>, asked: &CrossRequest) -> tantivy::Result<Self> {
        let side = |(field, most): (FacetField, usize)| Lined::new(&tally.axes[&field], most);
        let (rows, columns) = (side(asked.rows), side(asked.columns));
        let (height, width) = (rows.places.len(), columns.places.len());
        let cells = height.saturating_mul(width);
        if cells > MOST_CELLS {
            let text =
                format!("a cross table of {height} × {width} values is too large; ask for at most {MOST_CELLS} cells");
            return Err(TantivyError::InvalidArgument(text));
        }
        Ok(Self { rows, columns, cells: vec![0; cells] })
    }

    fn meet(&mut self, row: u32, column: u32) {
        let (row, column) = (self.rows.lines[row as usize], self.columns.lines[column as usize]);
        if row != NONE && column != NONE {
            self.cells[row as usize * self.columns.places.len() + column as usize] += 1;
        }
    }

    fn finish(self) -> Cross {
        let width = self.columns.places.len();
        let cell = |(at, count): (usize, u32)| Cell { row: at / width, column: at % width, count: count.into() };
        let cells = self.cells.into_iter().enumerate().filter(|(_, count)| *count > 0).map(cell).collect();
        let counts = |side: &Lined<'_>| side.counted.facet_counts(&side.places);
        Cross { rows: counts(&self.rows), columns: counts(&self.columns), cells }
    }
}
