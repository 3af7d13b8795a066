//! What a person typed, understood.
//!
//! `parse` turns one line in the query language (Chinese or English) into one [`Query`] tree, or into a
//! `Mistake` that shows the place, what was expected and the nearest valid spelling. `canonical` writes a tree
//! back as text that parses to the same tree. The tree knows fields and operators, never an engine.

mod field;
mod tree;

pub use field::{Field, FieldKind};
pub use tree::{Leaf, Pattern, Proximity, Query, Value};
