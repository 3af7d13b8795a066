//! Tables as workbooks: a template out, the filled sheet in, every fault with its row and column.
//!
//! A [`Template`] says which columns there are and what is known already; [`Template::write`] makes the XLSX that people
//! fill in, and [`read`] takes it back. What was written unchanged reads back as it was. A sheet is either whole or it has
//! [`Problem`]s, all of them named at once: merged cells, formulas, text where a number belongs, strange columns. What the
//! cells mean is for the crate that asks. No I/O.

mod read;
mod template;

#[cfg(test)]
mod tests;

pub use read::{LARGEST, MOST_ROWS, Problem, Row, SheetError, read};
pub use template::{Cell, Column, Kind, Template};
