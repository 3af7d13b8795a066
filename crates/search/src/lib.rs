//! Every read of rights.
//!
//! A [`Searcher`] answers queries from the index and fills in the rights from the register: results with facets and
//! explanations ([`Searcher::search`]), one right by any spelling of its numbers ([`Searcher::show`]), and exports
//! without a row limit ([`Searcher::export`]).

mod answer;
mod error;
mod export;
mod reach;
mod schemes;
mod searcher;

pub use answer::{Found, FoundRight, Options};
pub use error::SearchError;
pub use export::{COLUMNS, Column, ExportFormat};
pub use searcher::Searcher;
