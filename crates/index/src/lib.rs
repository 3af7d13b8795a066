//! The search engine port: what an index must do, and the tests every engine must pass.
//!
//! An index is a reader of the register's feed: it can be thrown away and rebuilt at any time. `embedded` is
//! Tantivy in the data folder. Queries come as trees whose classes have been resolved to symbols; answers are ids
//! of rights, the register gives the rest.

pub mod contract;
mod embedded;
mod port;

pub use embedded::{Embedded, Settings, erase_embedded, open_embedded};
pub use port::{
    Answer, Cell, ClauseHits, Cross, CrossRequest, Document, Facet, FacetCount, FacetField, Hit, Index, IndexError,
    Request, ScoreLine, Seek, Sort, SortKey, Symbols, Tally, TallyRequest,
};
