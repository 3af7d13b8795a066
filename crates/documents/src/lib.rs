//! Reports as Word files: a [`Document`] of headings, paragraphs, tables and pictures becomes a DOCX.
//!
//! Word's own styles are used, so that its navigation, contents list and style changes work. SVG pictures are drawn to
//! PNG at twice their size with the fonts of the system. The date is given in; equal documents give equal bytes. No
//! file is written here.

mod body;
mod docx;
mod model;
mod picture;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

pub use docx::DocumentError;
pub use model::{Align, Block, Cell, Document, Field, Picture, Run, Table};
