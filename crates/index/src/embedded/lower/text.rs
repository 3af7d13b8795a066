//! Words, runs and phrases.

use language::{RunToken, run};
use query::{Field, FieldKind, Pattern as Asked};
use tantivy::Term;
use tantivy::query::{BoostQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field as Slot, IndexRecordOption};

use super::{Lowering, wrong};
use crate::IndexError;
use crate::embedded::glob::{Glob, GlobQuery};
use crate::embedded::near::PatternQuery;
use crate::embedded::plan::{Plan, Words};
use crate::embedded::schema::{DEFAULT_FIELDS, boost};
use crate::embedded::spans::{Element, Pattern};

impl Lowering<'_> {
    /// Words in a field, or in any of the fields searched without a name.
    pub(super) fn text(&self, field: Option<Field>, asked: &Asked) -> Result<Plan, IndexError> {
        let words: Result<Vec<Plan>, IndexError> =
            fields(field).into_iter().map(|field| Ok(Plan::Words(self.words(field, asked)?))).collect();
        Ok(Plan::any(words?))
    }

    /// Words in one field, scored with the field's weight.
    pub(super) fn words(&self, field: Field, asked: &Asked) -> Result<Words, IndexError> {
        let slot = self.text_slot(field)?;
        let pattern = pattern(slot, asked)?;
        let query: Box<dyn Query> = match exact(&pattern) {
            Some(mut terms) if terms.len() == 1 => {
                Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs))
            }
            Some(terms) => Box::new(PhraseQuery::new_with_offset(terms)),
            None => match single(&pattern) {
                Some(glob) => Box::new(GlobQuery { slot, glob }),
                None => Box::new(PatternQuery { slot, pattern }),
            },
        };
        let query = Box::new(BoostQuery::new(query, boost(field)));
        Ok(Words { code: field.code(), text: words_of(asked).to_owned(), query })
    }

    /// The slot of a field that holds text.
    pub(super) fn text_slot(&self, field: Field) -> Result<Slot, IndexError> {
        let holds_text = matches!(field.kind(), FieldKind::Text | FieldKind::Name);
        self.layout.slot(field).filter(|_| holds_text).ok_or_else(|| wrong(field, "words"))
    }
}

/// The field asked, or those searched without a name.
pub(super) fn fields(field: Option<Field>) -> Vec<Field> {
    field.map_or(DEFAULT_FIELDS.to_vec(), |field| vec![field])
}

/// What was typed.
pub(super) fn words_of(asked: &Asked) -> &str {
    let (Asked::Word(text) | Asked::Phrase(text) | Asked::Wildcard(text)) = asked;
    text
}

/// The pattern of words in the field `slot`.
pub(super) fn pattern(slot: Slot, asked: &Asked) -> Result<Pattern, IndexError> {
    let found = match asked {
        Asked::Word(text) | Asked::Phrase(text) => of_run(slot, &run(text)),
        Asked::Wildcard(text) => super::wildcard::pattern(slot, text),
    };
    found.ok_or_else(|| {
        IndexError::Query(format!("«{}» has no letter, digit or character to look for", words_of(asked)))
    })
}

/// The pattern of an unbroken run.
fn of_run(slot: Slot, tokens: &[RunToken]) -> Option<Pattern> {
    let last = tokens.last()?;
    let length = last.offset + if is_pair(&last.text) { 2 } else { 1 };
    let element = |token: &RunToken| {
        let element = if token.prefix {
            Element::Fitting(Glob::starting_with(&token.text))
        } else {
            Element::Term(Term::from_field_text(slot, &token.text))
        };
        (token.offset, element)
    };
    Some(Pattern::Run { elements: tokens.iter().map(element).collect(), length })
}

/// Whether a term is a pair of CJK characters, which covers two positions.
fn is_pair(term: &str) -> bool {
    let mut chars = term.chars();
    chars.next().is_some_and(language::is_cjk) && chars.next().is_some()
}

/// Offsets and terms of a run without open ends.
fn exact(pattern: &Pattern) -> Option<Vec<(usize, Term)>> {
    let Pattern::Run { elements, .. } = pattern else { return None };
    let term = |(offset, element): &(u32, Element)| match element {
        Element::Term(term) => Some((*offset as usize, term.clone())),
        Element::Fitting(_) | Element::Between { .. } => None,
    };
    elements.iter().map(term).collect()
}

/// The only element of a run, when that is a pattern.
fn single(pattern: &Pattern) -> Option<Glob> {
    match pattern {
        Pattern::Run { elements, .. } => match elements.as_slice() {
            [(0, Element::Fitting(glob))] => Some(glob.clone()),
            _ => None,
        },
        _ => None,
    }
}
