//! Documents in which a [`Pattern`] has a place.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field as Slot;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::glob::explain;
use super::spans::{Cursor, Pattern};

/// Documents whose field shows the pattern; all of them score the same.
#[derive(Clone, Debug)]
pub(super) struct PatternQuery {
    /// Where to look.
    pub(super) slot: Slot,
    /// What must be there.
    pub(super) pattern: Pattern,
}

impl Query for PatternQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for PatternQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = reader.inverted_index(self.slot)?;
        let cursor = Cursor::open(&self.pattern, &inverted)?;
        if cursor.size() == 0 {
            return Ok(Box::new(EmptyScorer));
        }
        let mut scorer = PatternScorer { cursor, document: 0, score: boost };
        scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, document)
    }
}

struct PatternScorer {
    cursor: Cursor,
    document: DocId,
    score: Score,
}

impl PatternScorer {
    /// Goes to the first match from `target` on.
    fn find(&mut self, mut target: DocId) -> DocId {
        self.document = loop {
            let candidate = self.cursor.seek(target);
            if candidate >= TERMINATED {
                break TERMINATED;
            }
            if self.cursor.matches(candidate) {
                break candidate;
            }
            target = candidate + 1;
        };
        self.document
    }
}

impl DocSet for PatternScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED { TERMINATED } else { self.find(self.document + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.document { self.document } else { self.find(target) }
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.cursor.size()
    }

    /// Positions are read and compared: much dearer than a term.
    fn cost(&self) -> u64 {
        u64::from(self.cursor.size()) * 10
    }
}

impl Scorer for PatternScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
