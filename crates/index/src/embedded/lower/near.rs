//! Nearness of two operands in one field.

use language::{PARAGRAPH_END, SENTENCE_END};
use query::{Field, Proximity, Query, Value};
use tantivy::Term;
use tantivy::schema::Field as Slot;

use super::{DEEPEST, Lowering, text};
use crate::IndexError;
use crate::embedded::near::PatternQuery;
use crate::embedded::plan::{Plan, Words};
use crate::embedded::spans::{Bond, Pattern};

impl Lowering<'_> {
    /// Operands near each other in their field, or in any of the fields searched without a name. The score is that of
    /// the operands' words in the field.
    pub(super) fn near(
        &self,
        proximity: Proximity,
        left: &Query,
        right: &Query,
        depth: usize,
    ) -> Result<Plan, IndexError> {
        let mut asked = Vec::new();
        for operand in [left, right] {
            check(operand, &mut asked, depth + 1)?;
        }
        let field = asked.first().copied().flatten();
        if asked.iter().any(|other| *other != field) {
            return Err(IndexError::Query("both sides of NEAR, ADJ, SEN and PARA must ask the same field".to_owned()));
        }
        let mut plans = Vec::new();
        for field in text::fields(field) {
            let slot = self.text_slot(field)?;
            let pattern = pair(slot, proximity, left, right)?;
            let mut words = Vec::new();
            for operand in [left, right] {
                self.operand_words(field, operand, &mut words)?;
            }
            plans.push(Plan::Gate { gate: Box::new(PatternQuery { slot, pattern }), words });
        }
        Ok(Plan::any(plans))
    }

    /// Words of an operand, for the score.
    fn operand_words(&self, field: Field, operand: &Query, words: &mut Vec<Words>) -> Result<(), IndexError> {
        match operand {
            Query::Leaf(leaf) => {
                if let Value::Text(asked) = &leaf.value {
                    words.push(self.words(field, asked)?);
                }
                Ok(())
            }
            Query::Or(parts) => parts.iter().try_for_each(|part| self.operand_words(field, part, words)),
            Query::Near { left, right, .. } => {
                self.operand_words(field, left, words)?;
                self.operand_words(field, right, words)
            }
            _ => Ok(()),
        }
    }
}

/// Refuses operands that are no words, and gathers the fields asked.
fn check(operand: &Query, asked: &mut Vec<Option<Field>>, depth: usize) -> Result<(), IndexError> {
    if depth > DEEPEST {
        return Err(IndexError::Query(format!("the query nests more than {DEEPEST} levels of brackets")));
    }
    match operand {
        Query::Leaf(leaf) if leaf.field == Some(Field::Sound) => {
            Err(IndexError::Query("words that sound alike cannot stand in NEAR, ADJ, SEN or PARA".to_owned()))
        }
        Query::Leaf(leaf) if matches!(leaf.value, Value::Text(_)) => {
            asked.push(leaf.field);
            Ok(())
        }
        Query::Or(parts) => parts.iter().try_for_each(|part| check(part, asked, depth + 1)),
        Query::Near { left, right, .. } => {
            check(left, asked, depth + 1)?;
            check(right, asked, depth + 1)
        }
        _ => Err(IndexError::Query(
            "NEAR, ADJ, SEN and PARA stand between words, words joined by OR, and each other".to_owned(),
        )),
    }
}

/// The pattern of an operand that has been checked.
fn operand(slot: Slot, query: &Query) -> Result<Pattern, IndexError> {
    match query {
        Query::Leaf(leaf) => match &leaf.value {
            Value::Text(asked) => text::pattern(slot, asked),
            _ => Ok(Pattern::Any(Vec::new())),
        },
        Query::Or(parts) => {
            let parts: Result<Vec<_>, _> = parts.iter().map(|part| operand(slot, part)).collect();
            Ok(Pattern::Any(parts?))
        }
        Query::Near { proximity, left, right } => pair(slot, *proximity, left, right),
        _ => Ok(Pattern::Any(Vec::new())),
    }
}

fn pair(slot: Slot, proximity: Proximity, left: &Query, right: &Query) -> Result<Pattern, IndexError> {
    let boundary = |text| Some(Term::from_field_text(slot, text));
    let bond = match proximity {
        Proximity::Near(most) => Bond { distance: Some(most), ordered: false, within: None },
        Proximity::Adjacent(most) => Bond { distance: Some(most), ordered: true, within: None },
        Proximity::Sentence => Bond { distance: None, ordered: false, within: boundary(SENTENCE_END) },
        Proximity::Paragraph => Bond { distance: None, ordered: false, within: boundary(PARAGRAPH_END) },
    };
    Ok(Pattern::Pair { bond, left: Box::new(operand(slot, left)?), right: Box::new(operand(slot, right)?) })
}
