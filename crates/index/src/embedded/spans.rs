//! Places of runs in a field: what phrases with open ends, gaps and nearness are made of.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::glob::Glob;

/// What stands at one position of a run.
#[derive(Clone, Debug)]
pub(super) enum Element {
    /// This term.
    Term(Term),
    /// Any term that fits.
    Fitting(Glob),
    /// A pair that ends with the second of two characters and goes on from a pair that starts with the first: what
    /// stands between them in `first ? second`.
    Between {
        /// Where the terms are.
        slot: Slot,
        /// The character before.
        first: char,
        /// The character after.
        second: char,
    },
}

/// The pairs that can continue a pair that starts with `first` and end with `second`.
fn between(slot: Slot, first: char, second: char, reader: &InvertedIndexReader) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    for middle in Glob::starting_with(&first.to_string()).words(reader)?.iter().filter_map(|pair| pair.chars().nth(1)) {
        found.extend(reader.get_term_info(&Term::from_field_text(slot, &format!("{middle}{second}")))?);
    }
    Ok(found)
}

/// What is looked for in one field.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// Elements at offsets from the start of the run, which covers `length` positions.
    Run {
        /// Offset and element.
        elements: Vec<(u32, Element)>,
        /// Positions covered.
        length: u32,
    },
    /// Any of these.
    Any(Vec<Pattern>),
    /// Two patterns bound to each other.
    Pair {
        /// How.
        bond: Bond,
        /// First.
        left: Box<Pattern>,
        /// Second.
        right: Box<Pattern>,
    },
}

/// How two places must lie.
#[derive(Clone, Debug)]
pub(super) struct Bond {
    /// Most positions from the end of one to the start of the other; places that overlap are then not near but one.
    pub(super) distance: Option<u32>,
    /// The left one ends before the right one starts.
    pub(super) ordered: bool,
    /// No boundary of this term between the first and the last position.
    pub(super) within: Option<Term>,
}

/// First and last position of a place.
pub(super) type Span = (u32, u32);

impl Bond {
    fn holds(&self, left: Span, right: Span, boundaries: &[u32]) -> bool {
        let gap = if left.1 < right.0 {
            right.0 - left.1
        } else if right.1 < left.0 && !self.ordered {
            left.0 - right.1
        } else if self.ordered || self.distance.is_some() {
            return false;
        } else {
            0
        };
        if self.distance.is_some_and(|most| gap > most) {
            return false;
        }
        // A boundary at position p stands after p: it parts a and b when a <= p < b.
        let (first, last) = (left.0.min(right.0), left.1.max(right.1));
        let next = boundaries.partition_point(|&boundary| boundary < first);
        boundaries.get(next).is_none_or(|&boundary| boundary >= last)
    }
}

/// A pattern on its way through the documents of a segment.
pub(super) enum Cursor {
    /// See [`Pattern::Run`].
    Run {
        /// Offset and places of each element.
        parts: Vec<(u32, Part)>,
        /// Positions covered.
        length: u32,
    },
    /// See [`Pattern::Any`].
    Any(Vec<Cursor>),
    /// See [`Pattern::Pair`].
    Pair {
        /// How.
        bond: Bond,
        /// First.
        left: Box<Cursor>,
        /// Second.
        right: Box<Cursor>,
        /// Places of the boundary.
        boundaries: Box<Part>,
    },
}

impl Cursor {
    /// Stands before the first document of a segment.
    pub(super) fn open(pattern: &Pattern, reader: &InvertedIndexReader) -> tantivy::Result<Self> {
        Ok(match pattern {
            Pattern::Run { elements, length } => {
                let parts: tantivy::Result<Vec<_>> =
                    elements.iter().map(|(offset, element)| Ok((*offset, Part::open(element, reader)?))).collect();
                Self::Run { parts: parts?, length: *length }
            }
            Pattern::Any(patterns) => {
                let cursors: tantivy::Result<Vec<_>> =
                    patterns.iter().map(|pattern| Self::open(pattern, reader)).collect();
                Self::Any(cursors?)
            }
            Pattern::Pair { bond, left, right } => {
                let boundaries = match &bond.within {
                    Some(term) => Part::open(&Element::Term(term.clone()), reader)?,
                    None => Part::default(),
                };
                Self::Pair {
                    bond: bond.clone(),
                    left: Box::new(Self::open(left, reader)?),
                    right: Box::new(Self::open(right, reader)?),
                    boundaries: Box::new(boundaries),
                }
            }
        })
    }

    /// The first document from `target` on that has every term; its places must still be looked at.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Run { parts, .. } => meet(target, parts, |(_, part), target| part.seek(target)),
            Self::Any(cursors) => cursors.iter_mut().map(|cursor| cursor.seek(target)).min().unwrap_or(TERMINATED),
            Self::Pair { left, right, .. } => meet(target, &mut [left, right], |cursor, target| cursor.seek(target)),
        }
    }

    /// Places in `document`, sorted, each once. `document` may be one that [`Self::seek`] passed for this cursor.
    pub(super) fn spans(&mut self, document: DocId) -> Vec<Span> {
        let mut spans = match self {
            Self::Run { parts, length } => run(parts, document)
                .into_iter()
                .map(|start| (start, start.saturating_add(length.saturating_sub(1))))
                .collect(),
            Self::Any(cursors) => cursors.iter_mut().flat_map(|cursor| cursor.spans(document)).collect(),
            Self::Pair { bond, left, right, boundaries } => {
                let lefts = left.spans(document);
                let rights = if lefts.is_empty() { Vec::new() } else { right.spans(document) };
                pairs(bond, &lefts, &rights, &boundaries.positions(document))
            }
        };
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// About how many documents there are to look at.
    pub(super) fn size(&self) -> u32 {
        match self {
            Self::Run { parts, .. } => parts.iter().map(|(_, part)| part.size).min().unwrap_or(0),
            Self::Any(cursors) => cursors.iter().map(Self::size).fold(0, u32::saturating_add),
            Self::Pair { left, right, .. } => left.size().min(right.size()),
        }
    }
}

/// The first document from `target` on at which all of `items` can stand.
fn meet<T>(target: DocId, items: &mut [T], mut seek: impl FnMut(&mut T, DocId) -> DocId) -> DocId {
    let mut candidate = target;
    loop {
        let mut reached = candidate;
        for item in items.iter_mut() {
            reached = seek(item, reached);
            if reached >= TERMINATED {
                return TERMINATED;
            }
        }
        // All stand on `reached` only when the first one did not have to move for the others.
        if reached == candidate {
            return candidate;
        }
        candidate = reached;
    }
}

/// Starts of a run in a document.
fn run(parts: &mut [(u32, Part)], document: DocId) -> Vec<u32> {
    let mut starts: Option<Vec<u32>> = None;
    for (offset, part) in parts {
        let places = part.positions(document);
        let here = places.into_iter().filter_map(|position| position.checked_sub(*offset));
        let kept: Vec<u32> = match starts {
            None => here.collect(),
            Some(before) => here.filter(|start| before.binary_search(start).is_ok()).collect(),
        };
        if kept.is_empty() {
            return kept;
        }
        starts = Some(kept);
    }
    starts.unwrap_or_default()
}

/// The stretches from one place to the other of every pair that is bound.
fn pairs(bond: &Bond, lefts: &[Span], rights: &[Span], boundaries: &[u32]) -> Vec<Span> {
    let mut found = Vec::new();
    for &left in lefts {
        // Rights are sorted by their start: none beyond the distance is looked at.
        let end = bond.distance.map_or(u32::MAX, |most| left.1.saturating_add(most));
        for &right in rights.iter().take_while(|right| right.0 <= end) {
            if bond.holds(left, right, boundaries) {
                found.push((left.0.min(right.0), left.1.max(right.1)));
            }
        }
    }
    found
}

/// Postings of all terms of one element, joined.
#[derive(Default)]
pub(super) struct Part {
    /// Lists that stand on a document still to come, the nearest first.
    waiting: BinaryHeap<Reverse<(DocId, usize)>>,
    lists: Vec<SegmentPostings>,
    size: u32,
}

impl Part {
    fn open(element: &Element, reader: &InvertedIndexReader) -> tantivy::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let terms = match element {
            Element::Term(term) => reader.get_term_info(term)?.into_iter().collect(),
            Element::Fitting(glob) => glob.terms(reader)?,
            Element::Between { slot, first, second } => between(*slot, *first, *second, reader)?,
        };
        let lists: std::io::Result<Vec<SegmentPostings>> =
            terms.iter().map(|term| reader.read_postings_from_terminfo(term, option)).collect();
        let lists = lists?;
        let waiting = lists.iter().enumerate().map(|(at, list)| Reverse((list.doc(), at))).collect();
        let size = lists.iter().map(SegmentPostings::doc_freq).fold(0, u32::saturating_add);
        Ok(Self { waiting, lists, size })
    }

    fn seek(&mut self, target: DocId) -> DocId {
        while let Some(&Reverse((document, at))) = self.waiting.peek() {
            if document >= target {
                return document;
            }
            self.waiting.pop();
            let document = self.lists[at].seek(target);
            self.waiting.push(Reverse((document, at)));
        }
        TERMINATED
    }

    /// Positions in `document`, sorted.
    fn positions(&mut self, document: DocId) -> Vec<u32> {
        let mut positions = Vec::new();
        if self.seek(document) != document {
            return positions;
        }
        let mut read = Vec::new();
        while let Some(&Reverse((here, at))) = self.waiting.peek()
            && here == document
        {
            self.waiting.pop();
            self.lists[at].append_positions_with_offset(0, &mut positions);
            read.push(Reverse((here, at)));
        }
        let several = read.len() > 1;
        self.waiting.extend(read);
        if several {
            positions.sort_unstable();
            positions.dedup();
        }
        positions
    }
}
