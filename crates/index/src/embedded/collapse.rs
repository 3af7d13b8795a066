//! One hit a family.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use tantivy::columnar::{StrColumn, TermOrdHit};
use tantivy::{Searcher, SegmentReader, TantivyError};

use super::collect::{Found, Harvest, Key, TURN, by_id_descending, tie};
use super::columns::{BLOCK, Room};
use super::cursor::Place;
use super::engine::Snapshot;
use super::schema::{FAMILY, ID};
use crate::Sort;

/// The order of all ids: for each segment, ordinal of an id within it → its place among all.
pub(super) struct Ranks(Vec<Vec<u32>>);

impl Ranks {
    fn new(searcher: &Searcher) -> tantivy::Result<Self> {
        let columns: Vec<StrColumn> = searcher.segment_readers().iter().map(ids).collect::<Result<_, _>>()?;
        let mut ranks: Vec<Vec<u32>> = columns.iter().map(|column| Vec::with_capacity(column.num_terms())).collect();
        let mut streams = Vec::with_capacity(columns.len());
        for (segment, column) in columns.iter().enumerate() {
            let mut stream = column.dictionary().stream()?;
            if stream.advance() {
                streams.push((segment, stream));
            }
        }
        // The smallest of the streams' heads, again and again; an id that stands in several segments is one.
        let mut next = 0;
        let mut smallest = Vec::new();
        while let Some(head) = streams.iter().map(|(_, stream)| stream.key()).min() {
            smallest.clear();
            smallest.extend_from_slice(head);
            streams.retain_mut(|(segment, stream)| {
                if stream.key() != smallest.as_slice() {
                    return true;
                }
                ranks[*segment].push(next);
                stream.advance()
            });
            next += 1;
        }
        Ok(Self(ranks))
    }

    /// The first tie that comes after an id, which may be gone.
    fn tie_after(&self, id: &str, reversed: bool, searcher: &Searcher) -> tantivy::Result<u64> {
        let mut next = u64::MAX;
        for (reader, ranks) in searcher.segment_readers().iter().zip(&self.0) {
            match ids(reader)?.dictionary().term_ord_or_next(id.as_bytes())? {
                TermOrdHit::Exact(ordinal) => return Ok(tie(ranks[ordinal as usize].into(), reversed) + 1),
                TermOrdHit::Next(ordinal) => {
                    next = ranks.get(ordinal as usize).map_or(next, |&rank| next.min(rank.into()));
                }
            }
        }
        Ok(if reversed { TURN.saturating_sub(next) + 1 } else { next })
    }
}

fn ids(reader: &SegmentReader) -> tantivy::Result<StrColumn> {
    let missing = || TantivyError::SchemaError("the column of ids is missing".to_owned());
    reader.fast_fields().str(ID)?.ok_or_else(missing)
}

/// The first match of a family so far.
struct First {
    key: u64,
    tie: u64,
    segment: u32,
    document: u32,
    size: u64,
}

/// The first matches of families from a place on.
pub(super) struct Collapsed {
    /// The page.
    pub(super) hits: Vec<Found>,
    /// Number of families, and of rights without one.
    pub(super) groups: u64,
}

/// The `most` first hits after a place, one a family. `scores`: whether scores decide.
pub(super) fn collapse(
    harvest: &Harvest,
    (sort, scores): (Sort, bool),
    after: Option<&Place>,
    most: usize,
    snapshot: &Snapshot,
) -> tantivy::Result<Collapsed> {
    let searcher = &snapshot.searcher;
    let ranks = snapshot.ranks.get((), || Ranks::new(searcher))?;
    let reversed = by_id_descending(sort);
    let mut firsts = firsts(harvest, (sort, scores), &ranks, searcher)?;
    let groups = firsts.len() as u64;
    if let Some(after) = after {
        let after = (after.key, ranks.tie_after(&after.id, reversed, searcher)?);
        firsts.retain(|first| (first.key, first.tie) >= after);
    }
    let order = |first: &First| (first.key, first.tie);
    if most < firsts.len() {
        firsts.select_nth_unstable_by_key(most, order);
        firsts.truncate(most);
    }
    firsts.sort_unstable_by_key(order);
    let mut hits = Vec::with_capacity(firsts.len());
    for First { key, segment, document, size, .. } in firsts {
        let reader = searcher.segment_reader(segment);
        let column = ids(reader)?;
        let mut id = String::new();
        column.ord_to_str(column.ords().first(document).unwrap_or_default(), &mut id)?;
        let score = Key::open(sort, scores, reader.fast_fields())?.score(key, sort.ascending);
        hits.push(Found { place: Place { key, id }, score, segment, document, family_size: size });
    }
    Ok(Collapsed { hits, groups })
}

/// The first match of each family, and all matches without one.
fn firsts(
    harvest: &Harvest,
    (sort, scores): (Sort, bool),
    ranks: &Ranks,
    searcher: &Searcher,
) -> tantivy::Result<Vec<First>> {
    let reversed = by_id_descending(sort);
    let mut alone = Vec::new();
    let mut families: HashMap<u64, First> = HashMap::new();
    let mut room = Room::default();
    for ((segment, documents), known) in harvest.matches.iter().zip(&harvest.scores) {
        let reader = searcher.segment_reader(*segment);
        let key = Key::open(sort, scores, reader.fast_fields())?;
        let ids = ids(reader)?;
        let family = reader.fast_fields().u64(FAMILY)?;
        let mut at = 0;
        for block in documents.chunks(BLOCK) {
            let found = room.values(&family, block).to_vec();
            let mut found = room.documents.iter().zip(found).peekable();
            for &document in block {
                let ordinal = ids.ords().first(document).unwrap_or_default();
                let rank = ranks.0[*segment as usize][ordinal as usize];
                let score = known.get(at).copied().unwrap_or_default();
                at += 1;
                let first = First {
                    key: key.of(document, score, sort.ascending),
                    tie: tie(rank.into(), reversed),
                    segment: *segment,
                    document,
                    size: 1,
                };
                match found.next_if(|(with, _)| **with == document) {
                    None => alone.push(first),
                    Some((_, family)) => join(families.entry(family), first),
                }
            }
        }
    }
    alone.extend(families.into_values());
    Ok(alone)
}

fn join(family: Slot<'_, u64, First>, first: First) {
    match family {
        Slot::Vacant(family) => {
            family.insert(first);
        }
        Slot::Occupied(mut family) => {
            let known = family.get_mut();
            let size = known.size + 1;
            if (first.key, first.tie) < (known.key, known.tie) {
                *known = first;
            }
            known.size = size;
        }
    }
}
