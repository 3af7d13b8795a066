//! Every read of rights.
//!
//! A [`Searcher`] answers queries from the index and fills in the rights from the register: results with facets,
//! passages and explanations ([`Searcher::search`]), one right with everything round it ([`Searcher::dossier`]), lists of
//! numbers ([`Searcher::look_up`]), class schemes with counts ([`Searcher::class_page`]), suggestions while typing
//! ([`Searcher::suggest`]), and exports without a row limit ([`Searcher::exporting`]).

mod answer;
mod brief;
mod claims;
mod classes;
mod columns;
mod compare;
mod difference;
mod dossier;
mod error;
mod export;
mod facets;
mod freshness;
mod look_up;
mod marker;
pub mod marks;
mod reach;
mod schemes;
mod searcher;
mod snippet;
mod suggest;
mod wildcard;

pub use answer::{Found, FoundRight, Options};
pub use brief::Brief;
pub use claims::{ClaimNode, claim_tree};
pub use classes::{ClassPage, ClassPlace, Counted, SchemeOverview};
pub use columns::{COLUMNS, Column, columns_named};
pub use compare::{Agreement, ComparedRow, ComparedValue, Comparison};
pub use difference::{Piece, Side, differences};
pub use dossier::{Cited, Dossier, List, Neighbour};
pub use error::SearchError;
pub use export::{ExportFormat, Exporting, table};
pub use facets::{clause, facet_label, facet_name, field_of};
pub use freshness::{Freshness, SourceFreshness};
pub use look_up::{LookUp, Outcome, outcomes_table};
pub use marker::Marker;
pub use searcher::Searcher;
pub use snippet::Snippet;
pub use suggest::{Suggestion, SuggestionKind};
