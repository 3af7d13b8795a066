//! The query tree in the engine's terms. One file for each family of nodes.

mod near;
mod text;
mod values;
mod wildcard;

use query::{Field, Leaf, Query, Value};

use super::plan::Plan;
use super::schema::Layout;
use crate::{IndexError, Symbols};

/// Deepest tree that is lowered: the tree is walked by recursion, here and in the engine.
const DEEPEST: usize = 200;

/// What lowering needs to know.
pub(super) struct Lowering<'a> {
    pub(super) layout: &'a Layout,
    pub(super) symbols: &'a Symbols,
}

impl Lowering<'_> {
    /// The plan of a tree.
    pub(super) fn plan(&self, query: &Query) -> Result<Plan, IndexError> {
        self.node(query, 0)
    }

    fn node(&self, query: &Query, depth: usize) -> Result<Plan, IndexError> {
        if depth > DEEPEST {
            return Err(IndexError::Query(format!("the query nests more than {DEEPEST} levels of brackets")));
        }
        let all = |parts: &[Query]| -> Result<Vec<Plan>, IndexError> {
            parts.iter().map(|part| self.node(part, depth + 1)).collect()
        };
        Ok(match query {
            Query::All => Plan::All,
            Query::Leaf(leaf) => self.leaf(leaf)?,
            Query::And(parts) => Plan::And(all(parts)?),
            Query::Or(parts) => Plan::any(all(parts)?),
            Query::Not(part) => Plan::Not(Box::new(self.node(part, depth + 1)?)),
            Query::Xor(left, right) => {
                Plan::Xor(Box::new(self.node(left, depth + 1)?), Box::new(self.node(right, depth + 1)?))
            }
            Query::Near { proximity, left, right } => self.near(*proximity, left, right, depth)?,
        })
    }

    fn leaf(&self, leaf: &Leaf) -> Result<Plan, IndexError> {
        match (&leaf.value, leaf.field) {
            (Value::Text(pattern), field) => self.text(field, pattern),
            (Value::Number { text, keys, wildcard }, field) => {
                self.number(field.unwrap_or(Field::Number), text, keys, *wildcard)
            }
            (Value::Dates { from, to }, Some(field)) => self.dates(field, *from, *to),
            (Value::Counts { from, to }, Some(field)) => self.counts(field, *from, *to),
            (Value::Class { symbol, exact }, field) => self.class(field.unwrap_or(Field::Class), symbol, *exact),
            (Value::Codes { codes, .. }, Some(field)) => self.codes(field, codes),
            (Value::Present, Some(field)) => Ok(self.present(field)),
            (Value::Dates { .. } | Value::Counts { .. } | Value::Codes { .. } | Value::Present, None) => {
                Err(IndexError::Query("a date, count, code or «*» needs the name of a field before it".to_owned()))
            }
        }
    }
}

/// The message for a value that its field cannot hold.
fn wrong(field: Field, what: &str) -> IndexError {
    IndexError::Query(format!("the field {} ({}) holds no {what}", field.english(), field.chinese()))
}
