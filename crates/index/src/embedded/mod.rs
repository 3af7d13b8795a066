//! The embedded engine: Tantivy in a folder of its own.
//!
//! `schema` and `document` say what is held of a right, `lower` turns a query tree into a `plan`, `collect` makes one
//! pass over the matches. Text is analysed by [`language`], so a run of Chinese characters finds every text that
//! contains it.

mod analysis;
mod collect;
mod cursor;
mod document;
mod engine;
mod facets;
mod glob;
mod lower;
mod near;
mod plan;
mod room;
mod schema;
mod search;
mod spans;
mod steady;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unit_tests;
mod writer;
mod xor;

pub use engine::{Embedded, Settings, erase_embedded, open_embedded};
