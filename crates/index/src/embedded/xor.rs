//! One of two, but not both.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::glob::explain;

/// Documents that match one of two queries but not the other, with its score. Written out with AND, OR and NOT a
/// chain of them would double with every link.
#[derive(Debug)]
pub(super) struct XorQuery(pub(super) Box<dyn Query>, pub(super) Box<dyn Query>);

impl Clone for XorQuery {
    fn clone(&self) -> Self {
        Self(self.0.box_clone(), self.1.box_clone())
    }
}

impl Query for XorQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(XorWeight(self.0.weight(scoring)?, self.1.weight(scoring)?)))
    }
}

struct XorWeight(Box<dyn Weight>, Box<dyn Weight>);

impl Weight for XorWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = XorScorer { left: self.0.scorer(reader, boost)?, right: self.1.scorer(reader, boost)? };
        scorer.skip_common();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, document)
    }
}

/// Never stands on a document that both have.
struct XorScorer {
    left: Box<dyn Scorer>,
    right: Box<dyn Scorer>,
}

impl XorScorer {
    fn skip_common(&mut self) -> DocId {
        while self.left.doc() == self.right.doc() && self.left.doc() != TERMINATED {
            self.left.advance();
            self.right.advance();
        }
        self.doc()
    }
}

impl DocSet for XorScorer {
    fn advance(&mut self) -> DocId {
        if self.left.doc() < self.right.doc() {
            self.left.advance();
        } else {
            self.right.advance();
        }
        self.skip_common()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for side in [&mut self.left, &mut self.right] {
            if side.doc() < target {
                side.seek(target);
            }
        }
        self.skip_common()
    }

    fn doc(&self) -> DocId {
        self.left.doc().min(self.right.doc())
    }

    fn size_hint(&self) -> u32 {
        self.left.size_hint().saturating_add(self.right.size_hint())
    }
}

impl Scorer for XorScorer {
    fn score(&mut self) -> Score {
        if self.left.doc() < self.right.doc() { self.left.score() } else { self.right.score() }
    }
}
