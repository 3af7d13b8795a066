//! The embedded engine: Tantivy in a folder of its own.
//!
//! `schema` and `document` say what is held of a right, `lower` turns a query tree into a `plan`, `collect` makes one
//! pass over the matches, `tally` counts them and `collapse` joins families. Text is analysed by [`language`], so a run of Chinese characters finds every text that
//! contains it.

mod analysis;
mod collapse;
mod collect;
mod columns;
mod complete;
mod cursor;
mod document;
mod engine;
mod glob;
mod kept;
mod lower;
mod near;
mod plan;
mod room;
mod schema;
mod search;
mod similar;
mod sound;
mod spans;
mod steady;
mod tally;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unit_tests;
mod writer;
mod xor;

pub use engine::{Embedded, Settings, erase_embedded, open_embedded};
