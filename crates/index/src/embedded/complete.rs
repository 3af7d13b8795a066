//! Values of a facet by what was typed of them.

use std::ops::Range;

use language::{initials, is_cjk, syllables, whole};
use memchr::memmem;

use super::columns::{Axis, BLOCK, Lines};
use super::engine::{Embedded, Snapshot};
use crate::{FacetCount, FacetField, IndexError};

/// Stands between the spellings of one value.
const NEXT: char = '\u{1}';

/// The values of a facet, the commonest first, with all that may be typed of them in one text.
pub(super) struct Completions {
    /// For each value its folded spelling, initials and syllables in pinyin, each after [`NEXT`].
    text: String,
    /// Where each value's part of the text starts.
    starts: Vec<u32>,
    counts: Vec<FacetCount>,
}

impl Completions {
    fn new(field: FacetField, snapshot: &Snapshot) -> tantivy::Result<Self> {
        let axis = Axis::new(field, snapshot)?;
        let mut counts = vec![0u64; axis.len()];
        let mut lines = Lines::default();
        for (segment, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
            let reading = axis.open(segment, &snapshot.searcher)?;
            let documents: Vec<u32> = reader.doc_ids_alive().collect();
            for block in documents.chunks(BLOCK) {
                reading.read(block, &mut lines);
                for &place in &lines.places {
                    counts[place as usize] += 1;
                }
            }
        }
        let mut places: Vec<u32> = (0..counts.len() as u32).filter(|&place| counts[place as usize] > 0).collect();
        places.sort_unstable_by(|&one, &other| {
            counts[other as usize].cmp(&counts[one as usize]).then_with(|| axis.order(one, other))
        });
        let mut completions = Self {
            text: String::new(),
            starts: Vec::with_capacity(places.len()),
            counts: Vec::with_capacity(places.len()),
        };
        for place in places {
            completions.push(FacetCount { value: axis.value(place), count: counts[place as usize] });
        }
        Ok(completions)
    }

    fn push(&mut self, count: FacetCount) {
        self.starts.push(self.text.len() as u32);
        let key = whole(&count.value);
        let spoken = if key.contains(is_cjk) { [initials(&key), syllables(&key)] } else { Default::default() };
        for spelling in [key.as_str()].into_iter().chain(spoken.iter().map(String::as_str)) {
            self.text.push(NEXT);
            self.text.push_str(spelling);
        }
        self.counts.push(count);
    }

    /// The first values that fit.
    fn find(&self, typed: &str, most: usize) -> Vec<FacetCount> {
        let typed = whole(typed);
        if typed.is_empty() {
            return self.counts.iter().take(most).cloned().collect();
        }
        let anywhere = typed.starts_with(is_cjk);
        let mut found: Vec<FacetCount> = Vec::new();
        let mut skip = 0;
        for place in memmem::find_iter(self.text.as_bytes(), &typed) {
            if found.len() >= most {
                break;
            }
            if place >= skip && (anywhere || self.begins_word(place)) {
                let value = self.starts.partition_point(|&start| start as usize <= place) - 1;
                found.push(self.counts[value].clone());
                skip = self.part(value).end;
            }
        }
        found
    }

    fn part(&self, value: usize) -> Range<usize> {
        let end = self.starts.get(value + 1).map_or(self.text.len(), |&end| end as usize);
        self.starts[value] as usize..end
    }

    /// Whether a word begins at this byte: no letter or digit of a script with spaces stands before it.
    fn begins_word(&self, place: usize) -> bool {
        self.text[..place].chars().next_back().is_none_or(|before| !before.is_alphanumeric() || is_cjk(before))
    }
}

/// Values of a facet field that fit what was typed.
pub(super) fn complete(
    index: &Embedded,
    field: FacetField,
    typed: &str,
    most: usize,
) -> Result<Vec<FacetCount>, IndexError> {
    let snapshot = index.snapshot()?;
    let completions = snapshot.completions.get(field, || Completions::new(field, &snapshot));
    Ok(completions.map_err(|error| index.failure(error))?.find(typed, most))
}
