//! Where in a text the words of a query stand.

use std::ops::Range;

use language::{RunToken, highlight, run, whole};
use query::{Field, Pattern, Query, Value};

use crate::wildcard::Wildcard;

/// Most conditions that are marked; a query of thousands of words would mark everything.
const MOST: usize = 200;

/// Marks the words of one query in texts: words, runs, patterns and whole values; both sides of a nearness; what is
/// excluded by `NOT` is not marked.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    asked: Vec<Asked>,
}

/// One condition on text.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    field: Option<Field>,
    words: Words,
}

#[derive(Clone, Debug)]
enum Words {
    Run(Vec<RunToken>),
    Wildcard(Wildcard),
    Whole(String),
}

impl Marker {
    /// The marker of a query.
    pub fn of(query: &Query) -> Self {
        let mut marker = Self::default();
        marker.collect(query);
        marker.asked.truncate(MOST);
        marker
    }

    /// Whether the query asks for no words at all.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Byte ranges of `text`, a value of `field`, where asked words stand, in order, joined where they overlap or touch.
    pub fn places(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut places = Vec::new();
        for asked in self.asked.iter().filter(|asked| asked.asks(field)) {
            match &asked.words {
                Words::Run(tokens) => runs.push(tokens.clone()),
                _ => places.extend(asked.places(text)),
            }
        }
        if !runs.is_empty() {
            places.extend(highlight(text, &runs));
        }
        joined(places)
    }

    /// The conditions on text.
    pub(crate) fn asked(&self) -> &[Asked] {
        &self.asked
    }

    fn collect(&mut self, query: &Query) {
        match query {
            Query::All | Query::Not(_) => {}
            Query::Leaf(leaf) => {
                let Value::Text(pattern) = &leaf.value else { return };
                let words = match pattern {
                    // Words that sound alike are not the words that were typed.
                    _ if leaf.field == Some(Field::Sound) => return,
                    Pattern::Word(text) | Pattern::Phrase(text) => Words::Run(run(text)),
                    Pattern::Wildcard(text) => Words::Wildcard(Wildcard::new(text)),
                    Pattern::Whole(text) => Words::Whole(whole(text)),
                };
                self.asked.push(Asked { field: leaf.field, words });
            }
            Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| self.collect(part)),
            Query::Xor(left, right) | Query::Near { left, right, .. } => {
                self.collect(left);
                self.collect(right);
            }
        }
    }
}

impl Asked {
    /// Whether values of this field are asked: by name, or as one of the fields searched without a name.
    pub(crate) fn asks(&self, field: Field) -> bool {
        match self.field {
            Some(asked) => asked == field,
            None => matches!(
                field,
                Field::Title
                    | Field::Abstract
                    | Field::Goods
                    | Field::Applicant
                    | Field::Owner
                    | Field::Inventor
                    | Field::Agent
                    | Field::Claims
            ),
        }
    }

    /// Where it stands in a text.
    pub(crate) fn places(&self, text: &str) -> Vec<Range<usize>> {
        match &self.words {
            Words::Run(tokens) => highlight(text, std::slice::from_ref(tokens)),
            Words::Wildcard(wildcard) => wildcard.places(text),
            Words::Whole(key) => {
                let covered = text.len() - text.trim_start().len()..text.trim_end().len();
                if !covered.is_empty() && whole(text) == *key { vec![covered] } else { Vec::new() }
            }
        }
    }
}

/// In order, joined where they overlap or touch.
pub(crate) fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
    places
}

#[cfg(test)]
#[path = "marker_tests.rs"]
mod tests;
