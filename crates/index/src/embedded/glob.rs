//! Terms with `*` and `?`, and the search for documents that have any term fitting one.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TantivyError};

/// Most terms of one field and segment that one pattern may stand for.
const LARGEST: usize = 20_000;

/// A pattern on terms.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    /// The pattern as it is shown in messages.
    text: Arc<str>,
    /// What every term starts with.
    prefix: String,
    /// What follows the prefix.
    rest: Vec<u8>,
    /// Whether only terms that are words of scripts with spaces can fit.
    words: bool,
    /// Whether the number of terms is bounded.
    bounded: bool,
}

impl Glob {
    /// The pattern `text` with `*` (any characters) and `?` (one).
    pub(super) fn new(text: &str) -> Self {
        let literal = text.find(['*', '?']).unwrap_or(text.len());
        let words = text.chars().any(|c| c.is_alphanumeric() && !language::is_cjk(c));
        Self {
            text: text.into(),
            prefix: text[..literal].to_owned(),
            rest: text.as_bytes()[literal..].to_vec(),
            words,
            bounded: true,
        }
    }

    /// Every term that starts with a character: as many as the field has, for recall is promised.
    pub(super) fn starting_with(character: &str) -> Self {
        Self { bounded: false, ..Self::new(&format!("{character}*")) }
    }

    /// Whether a term fits.
    pub(super) fn fits(&self, term: &[u8]) -> bool {
        term.strip_prefix(self.prefix.as_bytes()).is_some_and(|rest| fits(&self.rest, rest))
    }

    /// The terms of a field that fit.
    pub(super) fn terms(&self, reader: &InvertedIndexReader) -> tantivy::Result<Vec<TermInfo>> {
        self.collect(reader, |_, info| info.clone())
    }

    /// The same as texts.
    pub(super) fn words(&self, reader: &InvertedIndexReader) -> tantivy::Result<Vec<String>> {
        self.collect(reader, |word, _| String::from_utf8_lossy(word).into_owned())
    }

    fn collect<T>(
        &self,
        reader: &InvertedIndexReader,
        take: impl Fn(&[u8], &TermInfo) -> T,
    ) -> tantivy::Result<Vec<T>> {
        let mut found = Vec::new();
        for (from, to) in self.ranges() {
            let range = reader.terms().range().ge(&from);
            let mut stream = if to.is_empty() { range.into_stream()? } else { range.lt(&to).into_stream()? };
            while let Some((key, info)) = stream.next() {
                if !self.fits(key) {
                    continue;
                }
                found.push(take(key, info));
                if self.bounded && found.len() > LARGEST {
                    return Err(self.too_wide());
                }
            }
        }
        Ok(found)
    }

    fn too_wide(&self) -> TantivyError {
        TantivyError::InvalidArgument(format!(
            "«{}» stands for more than {LARGEST} words; write more letters of the word",
            self.text
        ))
    }

    /// Stretches of the term dictionary to look through, each from a first term up to, but without, a last one.
    fn ranges(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        if !self.prefix.is_empty() {
            return vec![(self.prefix.clone().into_bytes(), after(self.prefix.as_bytes()))];
        }
        if self.words {
            // Pairs of CJK characters are most of a dictionary, and none of them is a word.
            let bounds =
                ["", "\u{3005}", "\u{A000}", "\u{AC00}", "\u{D7A4}", ""].map(|bound| bound.as_bytes().to_vec());
            return bounds.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        }
        vec![(Vec::new(), Vec::new())]
    }
}

/// The first bytes after everything that starts with `prefix`; empty when nothing comes after it.
fn after(prefix: &[u8]) -> Vec<u8> {
    let mut next = prefix.to_vec();
    while let Some(last) = next.pop() {
        if last < u8::MAX {
            next.push(last + 1);
            break;
        }
    }
    next
}

/// Whether the whole of `text` fits a pattern; looks back to the last `*` alone, so the time is at most their product.
/// Goes by bytes, for it is asked of every term of a dictionary.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while place < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                back = Some((at, place));
                at += 1;
            }
            Some(b'?') => {
                at += 1;
                place += length(text[place]);
            }
            Some(&byte) if byte == text[place] => {
                at += 1;
                place += 1;
            }
            _ => match back {
                Some((star, from)) => {
                    place = from + length(text[from]);
                    back = Some((star, place));
                    at = star + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|&byte| byte == b'*')
}

/// Bytes of the UTF-8 character that starts with `first`.
const fn length(first: u8) -> usize {
    match first.leading_ones() {
        ones @ 2..=4 => ones as usize,
        _ => 1,
    }
}

/// Documents whose field has a term that fits; all of them score the same.
#[derive(Clone, Debug)]
pub(super) struct GlobQuery {
    /// Where to look.
    pub(super) slot: Slot,
    /// What fits.
    pub(super) glob: Glob,
}

impl Query for GlobQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for GlobQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = reader.inverted_index(self.slot)?;
        let mut documents = BitSet::with_max_value(reader.max_doc());
        for term in self.glob.terms(&inverted)? {
            let mut postings = inverted.read_block_postings_from_terminfo(&term, IndexRecordOption::Basic)?;
            loop {
                let block = postings.docs();
                if block.is_empty() {
                    break;
                }
                for &document in block {
                    documents.insert(document);
                }
                postings.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(documents), boost)))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, document)
    }
}

/// The score of a document as an explanation without details.
pub(super) fn explain(weight: &dyn Weight, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
    match score(weight, reader, document)? {
        Some(score) => Ok(Explanation::new("score", score)),
        None => Err(TantivyError::InvalidArgument(format!("document {document} does not match"))),
    }
}

/// The score of a document; `None` when it does not match.
pub(super) fn score(weight: &dyn Weight, reader: &SegmentReader, document: DocId) -> tantivy::Result<Option<Score>> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let found = scorer.doc() <= document && scorer.seek(document) == document;
    Ok(found.then(|| scorer.score()))
}
