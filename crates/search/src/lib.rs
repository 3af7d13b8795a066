//! Every read of rights.
//!
//! A [`Searcher`] answers queries from the index and fills in the rights from the register: results with facets, marks
//! and passages ([`Searcher::search`]), one right by any spelling of its numbers ([`Searcher::show`]) or with everything
//! round it ([`Searcher::dossier`]), two side by side ([`Searcher::compare`]), lists of numbers ([`Searcher::look_up`]),
//! classes ([`Searcher::class_browse`]), suggestions ([`Searcher::suggest`]), exports without a row limit
//! ([`Searcher::exporting`]), and how new it all is ([`Searcher::freshness`]). Every figure has the text of its query.

mod answer;
mod brief;
mod claims;
mod classes;
mod columns;
mod compare;
mod difference;
mod dossier;
mod entries;
mod error;
mod export;
mod facets;
mod freshness;
mod look_up;
mod marker;
pub mod marks;
mod schemes;
mod searcher;
mod snippet;
mod suggest;
mod typing;
mod wildcard;

pub use answer::{Found, FoundRight, Options};
pub use brief::Brief;
pub use claims::{ClaimNode, claim_tree};
pub use classes::{ClassPage, ClassPlace, ClassRow, SchemeName};
pub use columns::{COLUMNS, Column, columns_named};
pub use compare::{Agreement, ComparedRow, ComparedValue, Comparison};
pub use difference::{Piece, Side, differences};
pub use dossier::{Cited, Dossier, List, Neighbour};
pub use error::SearchError;
pub use export::{ExportFormat, Exporting};
pub use facets::{clause, facet_label, facet_name, field_of};
pub use freshness::{Freshness, Share, SourceFreshness};
pub use look_up::{LookUp, LookUpNote, LookUpOutcome, LookedUp, MOST_NUMBERS};
pub use marker::Marker;
pub use searcher::Searcher;
pub use snippet::Snippet;
pub use suggest::{Suggestion, SuggestionKind};
