//! Words, runs and phrases.

use language::{RunToken, alike, run};
use query::{Field, FieldKind, Pattern as Asked};
use tantivy::Term;
use tantivy::query::{BoostQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field as Slot, IndexRecordOption};

use super::{Lowering, wrong};
use crate::IndexError;
use crate::embedded::glob::{Glob, GlobQuery};
use crate::embedded::near::PatternQuery;
use crate::embedded::plan::{Plan, Words};
use crate::embedded::schema::{DEFAULT_FIELDS, WHOLE_FIELDS, boost};
use crate::embedded::spans::{Element, Pattern};

impl Lowering<'_> {
    /// Words in a field, or in any of the fields searched without a name.
    pub(super) fn text(&self, field: Option<Field>, asked: &Asked) -> Result<Plan, IndexError> {
        match (asked, field) {
            (Asked::Whole(text), field) => return self.whole(field, text),
            (asked, Some(Field::Sound)) => return sounding(self.text_slot(Field::Sound)?, asked),
            _ => {}
        }
        let words: Result<Vec<Plan>, IndexError> =
            fields(field).into_iter().map(|field| Ok(Plan::Words(self.words(field, asked)?))).collect();
        Ok(Plan::any(words?))
    }

    /// Rights with this whole value in a field, or in any that has whole values.
    fn whole(&self, field: Option<Field>, text: &str) -> Result<Plan, IndexError> {
        let key = language::whole(text);
        if key.is_empty() {
            return Err(nothing(text));
        }
        let fields = field.map_or(WHOLE_FIELDS.to_vec(), |field| vec![field]);
        let one = |field: Field| {
            let slot = self.layout.whole(field).ok_or_else(|| wrong(field, "whole values"))?;
            let term = Term::from_field_text(slot, &key);
            Ok(Plan::Filter(Box::new(TermQuery::new(term, IndexRecordOption::Basic))))
        };
        Ok(Plan::any(fields.into_iter().map(one).collect::<Result<_, IndexError>>()?))
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
    let (Asked::Word(text) | Asked::Phrase(text) | Asked::Wildcard(text) | Asked::Whole(text)) = asked;
    text
}

/// The pattern of words in the field `slot`.
pub(super) fn pattern(slot: Slot, asked: &Asked) -> Result<Pattern, IndexError> {
    let found = match asked {
        Asked::Word(text) | Asked::Phrase(text) => of_run(slot, &run(text)),
        Asked::Wildcard(text) => super::wildcard::pattern(slot, text),
        Asked::Whole(_) => {
            return Err(IndexError::Query("a whole value («==») cannot stand in NEAR, ADJ, SEN or PARA".to_owned()));
        }
    };
    found.ok_or_else(|| nothing(words_of(asked)))
}

fn nothing(text: &str) -> IndexError {
    IndexError::Query(format!("«{text}» has no letter, digit or character to look for"))
}

/// Words that sound like these: the syllables of all of them side by side, or each in one of its soundings.
fn sounding(slot: Slot, asked: &Asked) -> Result<Plan, IndexError> {
    if let Asked::Wildcard(text) = asked {
        return Err(IndexError::Query(format!("«{text}»: words that sound alike are asked without * and ?")));
    }
    let text = words_of(asked);
    let alike = alike(text);
    if alike.each.is_empty() {
        return Err(nothing(text));
    }
    let run = |keys: &[String]| -> Plan {
        let mut terms: Vec<Term> = keys.iter().map(|key| Term::from_field_text(slot, key)).collect();
        let query: Box<dyn Query> = match terms.len() {
            1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        };
        Plan::Words(Words { code: Field::Sound.code(), text: text.to_owned(), query })
    };
    let each = |soundings: &Vec<Vec<String>>| Plan::any(soundings.iter().map(|keys| run(keys)).collect());
    let mut plans = vec![match alike.each.as_slice() {
        [only] => each(only),
        several => Plan::And(several.iter().map(each).collect()),
    }];
    if !alike.together.is_empty() {
        plans.push(run(&alike.together));
    }
    Ok(Plan::any(plans))
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
