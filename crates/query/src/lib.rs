//! What a person typed, understood.
//!
//! [`parse`] turns one line in the query language (Chinese or English) into one [`Query`] tree, or into a
//! [`Mistake`] that shows the place, what was expected and the nearest valid spelling. [`canonical`] writes a tree
//! back as text that parses to the same tree. The tree knows fields and operators, never an engine.

mod canonical;
mod clauses;
mod complete;
mod dates;
mod field;
mod foreign;
mod keywords;
mod lexer;
mod messages;
mod mistake;
mod near;
mod numbers;
mod parser;
mod reference;
mod rows;
mod tree;
mod values;
mod wildcard;

pub use canonical::canonical;
pub use clauses::{clause, has_clause, with_clause, with_only, without_clause};
pub use complete::{Completion, CompletionKind, complete, fields_beginning, values_of};
pub use field::{Field, FieldKind};
pub use foreign::{Spelling, parse_as};
pub use mistake::{Expected, Mistake, Tongue};
pub use reference::field_table;
pub use rows::{Joint, Row, from_rows, rows};
pub use tree::{Leaf, Pattern, Proximity, Query, Value, leaves};

/// Reads a line of the query language. An empty line asks for everything ([`Query::All`]).
///
/// Limits: 65,536 bytes, 128 nested brackets, 100 nested operators, 2,000 conditions; beyond them the answer is a
/// [`Mistake`] like any other.
pub fn parse(text: &str) -> Result<Query, Mistake> {
    parser::parse(text).map_err(|fault| fault.into_mistake(text))
}

#[cfg(test)]
mod tests;
