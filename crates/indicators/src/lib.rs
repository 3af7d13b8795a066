//! Indicators: what is measured, for whom, in which period, where each number comes from.
//!
//! A [`Definition`] has versions; its [`Formula`] says whether units enter it, the platform counts it ([`Figures`],
//! [`Indicators::refresh`]), or others make it up: sum, ratio, growth, index. A [`Value`] passes from draft to accepted, and a
//! period of a unit closes when all below have. [`Indicators::table`] reads: a [`Reading`] is a number, or says why there is
//! none; nothing missing becomes zero. The tree is read as of each period. Sheets go out and come back whole.

mod action;
mod book;
mod check;
mod closing;
mod code;
mod completeness;
mod define;
mod definition;
mod enter;
mod error;
mod evaluate;
mod figures;
mod fill;
mod indicators;
mod kinds;
mod notify;
mod period;
mod reading;
mod review;
mod sheet;
mod sql;
mod starting;
mod table;
#[cfg(test)]
mod testing;
mod value;
mod words;

pub use action::action_label;
pub use book::Book;
pub use closing::{Closing, ClosingState};
pub use code::{Code, NoCode};
pub use completeness::{Due, Progress};
pub use define::{Target, Trajectory};
pub use definition::{Definition, Formula, Mark, Part, Rule, Version};
pub use error::IndicatorsError;
pub use figures::{Asked, Boxed, Figure, Figures, Measure, Refresh, Span, Unit};
pub use fill::Filled;
pub use indicators::Indicators;
pub use kinds::{Direction, FormulaKind, Group, State};
pub use network::Text;
pub use period::{NoPeriod, Period, PeriodKind};
pub use reading::{Missing, Reading};
pub use review::Verdict;
pub use sheet::{Imported, ImportedRow, RowOutcome, table_sheet};
pub use starting::{from_json, from_toml, starting};
pub use table::{ExplainedPart, Explanation, MOST_CELLS, Reader, Table, TableQuery, units_under};
pub use value::{Entry, MOST_WORDS, Seen, Value};
