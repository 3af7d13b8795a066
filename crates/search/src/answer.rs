//! What is asked and what is answered.

use index::{ClauseHits, Facet, FacetField, ScoreLine, Seek, Sort};
use records::Right;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Snippet;

/// How to answer.
#[derive(Clone, Debug)]
pub struct Options {
    /// Order of hits.
    pub sort: Sort,
    /// Page size; 0 gives the count and facets alone.
    pub limit: usize,
    /// Continue after this place, from an earlier answer's `next`.
    pub after: Option<Seek>,
    /// Facets, each with its number of values.
    pub facets: Vec<(FacetField, usize)>,
    /// Count the hits of each clause and explain every score.
    pub explain: bool,
    /// One hit a family.
    pub collapse: bool,
    /// Show for each hit the passage that was found, where the title does not show it.
    pub snippets: bool,
}

impl Options {
    /// The facets that a page of results shows.
    pub const FACETS: [(FacetField, usize); 6] = [
        (FacetField::Right, 7),
        (FacetField::Status, 7),
        (FacetField::Office, 10),
        (FacetField::Applicant, 10),
        (FacetField::Class, 10),
        (FacetField::FilingYear, 30),
    ];
}

impl Default for Options {
    fn default() -> Self {
        Self {
            sort: Sort::default(),
            limit: 20,
            after: None,
            facets: Self::FACETS.to_vec(),
            explain: false,
            collapse: false,
            snippets: true,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Found {
    /// The query in canonical text.
    pub query: String,
    /// Exact number of rights that match.
    pub total: u64,
    /// Exact number of families and single rights that match; filled when collapsed by family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<u64>,
    /// This page.
    pub hits: Vec<FoundRight>,
    /// Where the next page starts; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Seek>,
    /// Facets in the order asked.
    pub facets: Vec<Facet>,
    /// Hits of each clause by itself; filled when an explanation was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<ClauseHits>,
    /// Milliseconds in the engine.
    pub took_ms: f64,
}

/// One hit with its right.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundRight {
    /// Score when sorted by score.
    pub score: f32,
    /// The score's make-up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<ScoreLine>,
    /// Rights of its family among those that match; 1 when not collapsed.
    pub family_size: u64,
    /// The passage that was found, where the title does not show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet>,
    /// The right; its status is that of today.
    pub right: Right,
}
