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

/// A pattern on its way through the documents of a segment. The lists in it are room that is used again.
pub(super) enum Cursor {
    /// See [`Pattern::Run`]; the rarest element first.
    Run {
        /// Offset and places of each element.
        parts: Vec<(u32, Part)>,
        /// Positions covered.
        length: u32,
        /// Starts of the run.
        starts: Vec<u32>,
        /// Places of one element.
        places: Vec<u32>,
    },
    /// See [`Pattern::Any`].
    Any(Vec<Cursor>),
    /// See [`Pattern::Pair`].
    Pair(Box<Pair>),
}

/// See [`Pattern::Pair`].
pub(super) struct Pair {
    bond: Bond,
    left: Cursor,
    right: Cursor,
    boundary: Option<Part>,
    lefts: Vec<Span>,
    rights: Vec<Span>,
    boundaries: Vec<u32>,
}

impl Cursor {
    /// Stands before the first document of a segment.
    pub(super) fn open(pattern: &Pattern, reader: &InvertedIndexReader) -> tantivy::Result<Self> {
        Ok(match pattern {
            Pattern::Run { elements, length } => {
                let mut parts = Vec::with_capacity(elements.len());
                for (offset, element) in elements {
                    parts.push((*offset, Part::open(element, reader)?));
                }
                parts.sort_by_key(|(_, part)| part.size);
                Self::Run { parts, length: *length, starts: Vec::new(), places: Vec::new() }
            }
            Pattern::Any(patterns) => {
                let cursors: tantivy::Result<Vec<_>> =
                    patterns.iter().map(|pattern| Self::open(pattern, reader)).collect();
                Self::Any(cursors?)
            }
            Pattern::Pair { bond, left, right } => {
                let boundary = bond.within.clone().map(|term| Part::open(&Element::Term(term), reader)).transpose()?;
                Self::Pair(Box::new(Pair {
                    bond: bond.clone(),
                    left: Self::open(left, reader)?,
                    right: Self::open(right, reader)?,
                    boundary,
                    lefts: Vec::new(),
                    rights: Vec::new(),
                    boundaries: Vec::new(),
                }))
            }
        })
    }

    /// The first document from `target` on that has every term; its places must still be looked at.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Run { parts, .. } => meet(target, parts, |(_, part), target| part.seek(target)),
            Self::Any(cursors) => cursors.iter_mut().map(|cursor| cursor.seek(target)).min().unwrap_or(TERMINATED),
            Self::Pair(pair) => {
                let mut sides = [&mut pair.left, &mut pair.right];
                sides.sort_by_key(|side| side.size());
                meet(target, &mut sides, |side, target| side.seek(target))
            }
        }
    }

    /// Whether there is a place in `document`, on which [`Self::seek`] stands.
    pub(super) fn matches(&mut self, document: DocId) -> bool {
        match self {
            Self::Run { parts, starts, places, .. } => {
                run(parts, document, starts, places);
                !starts.is_empty()
            }
            Self::Any(cursors) => cursors.iter_mut().any(|cursor| cursor.matches(document)),
            Self::Pair(pair) => {
                let mut found = false;
                pair.visit(document, |_| {
                    found = true;
                    false
                });
                found
            }
        }
    }

    /// Puts the places in `document` into `spans`, sorted, each once. A cursor that has passed `document` has none.
    fn spans(&mut self, document: DocId, spans: &mut Vec<Span>) {
        spans.clear();
        match self {
            Self::Run { parts, length, starts, places } => {
                run(parts, document, starts, places);
                let reach = length.saturating_sub(1);
                spans.extend(starts.iter().map(|&start| (start, start.saturating_add(reach))));
                return;
            }
            Self::Any(cursors) => {
                let mut part = Vec::new();
                for cursor in cursors {
                    cursor.spans(document, &mut part);
                    spans.extend_from_slice(&part);
                }
            }
            Self::Pair(pair) => pair.visit(document, |span| {
                spans.push(span);
                true
            }),
        }
        spans.sort_unstable();
        spans.dedup();
    }

    /// About how many documents there are to look at.
    pub(super) fn size(&self) -> u32 {
        match self {
            Self::Run { parts, .. } => parts.first().map_or(0, |(_, part)| part.size),
            Self::Any(cursors) => cursors.iter().map(Self::size).fold(0, u32::saturating_add),
            Self::Pair(pair) => pair.left.size().min(pair.right.size()),
        }
    }
}

impl Pair {
    /// Calls `take` with the stretch from one place to the other of every two places that are bound, until it
    /// returns false.
    fn visit(&mut self, document: DocId, mut take: impl FnMut(Span) -> bool) {
        self.left.spans(document, &mut self.lefts);
        if self.lefts.is_empty() {
            return;
        }
        self.right.spans(document, &mut self.rights);
        if self.rights.is_empty() {
            return;
        }
        self.boundaries.clear();
        if let Some(boundary) = &mut self.boundary {
            boundary.positions(document, &mut self.boundaries);
        }
        for &left in &self.lefts {
            // Rights are sorted by their start: none beyond the distance is looked at.
            let end = self.bond.distance.map_or(u32::MAX, |most| left.1.saturating_add(most));
            for &right in self.rights.iter().take_while(|right| right.0 <= end) {
                let stretch = (left.0.min(right.0), left.1.max(right.1));
                if self.bond.holds(left, right, &self.boundaries) && !take(stretch) {
                    return;
                }
            }
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

/// Puts the starts of a run in a document into `starts`, sorted; `places` is room.
fn run(parts: &mut [(u32, Part)], document: DocId, starts: &mut Vec<u32>, places: &mut Vec<u32>) {
    starts.clear();
    for (at, (offset, part)) in parts.iter_mut().enumerate() {
        places.clear();
        part.positions(document, places);
        if at == 0 {
            starts.extend(places.iter().filter_map(|position| position.checked_sub(*offset)));
        } else {
            // Both are sorted, and the rest of the run is mostly as frequent as its start.
            let mut rest = places.iter().peekable();
            starts.retain(|start| {
                let wanted = start.saturating_add(*offset);
                while rest.next_if(|&&position| position < wanted).is_some() {}
                rest.peek() == Some(&&wanted)
            });
        }
        if starts.is_empty() {
            return;
        }
    }
}

/// Postings of all terms of one element, joined.
pub(super) struct Part {
    lists: Vec<SegmentPostings>,
    /// Where the lists stand, the nearest first; unused with a single list.
    waiting: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Lists on the document that is being read.
    read: Vec<usize>,
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
        Ok(Self { lists, waiting, read: Vec::new(), size })
    }

    /// The first document from `target` on; the one it stands on when that is not before `target`.
    fn seek(&mut self, target: DocId) -> DocId {
        if let [list] = self.lists.as_mut_slice() {
            return if list.doc() < target { list.seek(target) } else { list.doc() };
        }
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

    /// Adds the positions in `document` to `positions`, which is empty; they are sorted.
    fn positions(&mut self, document: DocId, positions: &mut Vec<u32>) {
        if self.seek(document) != document {
            return;
        }
        if let [list] = self.lists.as_mut_slice() {
            list.append_positions_with_offset(0, positions);
            return;
        }
        while let Some(&Reverse((here, at))) = self.waiting.peek()
            && here == document
        {
            self.waiting.pop();
            self.lists[at].append_positions_with_offset(0, positions);
            self.read.push(at);
        }
        if self.read.len() > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
        self.waiting.extend(self.read.drain(..).map(|at| Reverse((document, at))));
    }
}
