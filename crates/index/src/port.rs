//! The port: everything the rest of the house knows of an engine.

use std::collections::BTreeMap;

use query::Query;
use records::{Date, Right, RightId, Status};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an index cannot answer.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The index folder is damaged or of another version; `huizhi reindex` mends it.
    #[error("the search index cannot be read ({0}); rebuild it with `huizhi reindex`")]
    Damaged(String),
    /// Another process writes to it.
    #[error("the search index in {0} is held by another process; stop that one first")]
    Held(String),
    /// The engine refuses the query.
    #[error("{0}")]
    Query(String),
    /// A cursor that this index did not make.
    #[error("the page mark «{0}» is not valid; start again from the first page")]
    Cursor(String),
    /// Disk and other trouble.
    #[error("search index: {0}")]
    Io(String),
}

/// One change taken from the feed.
#[derive(Clone, Debug)]
pub enum Document {
    /// The right as it is now, with the status that holds today.
    Put {
        /// The right.
        right: Box<Right>,
        /// Its status on the day of indexing.
        status: Status,
    },
    /// It is no more.
    Remove(RightId),
}

/// Order of hits. Ties are broken by id, so paging is stable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// Best match first.
    #[default]
    Score,
    /// By filing date.
    Filed,
    /// By first publication.
    Published,
    /// By grant or registration.
    Granted,
    /// By id.
    Id,
}

/// Sort key and direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// What by.
    pub key: SortKey,
    /// Smallest or oldest first. Rights without the date come last either way.
    pub ascending: bool,
}

/// Where the next page starts: opaque text made by the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seek(pub String);

/// Fields that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FacetField {
    /// Kind of right.
    Right,
    /// Status.
    Status,
    /// Office.
    Office,
    /// Applicant, as written.
    Applicant,
    /// Class: IPC/CPC subclass, `Nice 9`, Locarno class.
    Class,
    /// WIPO technology field.
    Technology,
    /// Province or state of the first applicant.
    Region,
    /// Country of the first applicant.
    Country,
    /// Filing year.
    FilingYear,
    /// Publication year.
    PublicationYear,
}

/// Counts of one facet, most frequent first (years: newest first).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Its commonest values.
    pub counts: Vec<FacetCount>,
}

/// One value with its number of rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCount {
    /// Value as stored.
    pub value: String,
    /// Rights that have it among the hits.
    pub count: u64,
}

/// Class symbols a query's class leaf stands for, keyed by (field code, symbol): the symbol and everything below it
/// in the loaded scheme. A leaf that is not listed falls back to the text of the symbol (section, class, subclass
/// and main group are prefixes; a subgroup stands alone).
pub type Symbols = BTreeMap<(String, String), Vec<String>>;

/// What to search.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The query.
    pub query: &'a Query,
    /// Resolved classes.
    pub symbols: &'a Symbols,
    /// Order.
    pub sort: Sort,
    /// Page size; 0 asks for the count and facets alone.
    pub limit: usize,
    /// Continue after this place.
    pub after: Option<&'a Seek>,
    /// Facets to count, each with its number of values.
    pub facets: &'a [(FacetField, usize)],
    /// Explain each hit's score.
    pub explain: bool,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The right.
    pub id: RightId,
    /// Score when sorted by score.
    pub score: f32,
    /// The score's make-up, when asked for; lines sum to the score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<ScoreLine>,
}

/// What one term in one field gave to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreLine {
    /// Field code (`ti`).
    pub field: String,
    /// The word or run.
    pub term: String,
    /// Its share of the score.
    pub score: f32,
}

/// How many rights one leaf of the query finds by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseHits {
    /// Canonical text of the clause.
    pub clause: String,
    /// Rights that match it alone.
    pub hits: u64,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Exact number of rights that match.
    pub total: u64,
    /// This page.
    pub hits: Vec<Hit>,
    /// Where the next page starts; `None` on the last page.
    pub next: Option<Seek>,
    /// Facets in the order asked.
    pub facets: Vec<Facet>,
}

/// A search engine. All calls block; callers on an async runtime use a blocking thread.
pub trait Index: Send + Sync {
    /// Position in the register's feed up to which changes are committed; 0 for an empty index.
    fn cursor(&self) -> Result<i64, IndexError>;

    /// Day for which statuses were last brought up to date, stored with the cursor.
    fn day(&self) -> Result<Option<Date>, IndexError>;

    /// Adds changes; they are not searchable before [`Index::commit`]. The same right may come several times: the last counts.
    fn add(&self, documents: Vec<Document>) -> Result<(), IndexError>;

    /// Makes all changes durable and searchable together with the cursor and day. After a crash the index stands at its last commit.
    fn commit(&self, cursor: i64, day: Date) -> Result<(), IndexError>;

    /// Waits for tidying that runs in the background and gives up the right to write. To be called after the last commit
    /// of a long load: a process that ends does not wait for it.
    fn settle(&self) -> Result<(), IndexError>;

    /// Forgets everything and stands at cursor 0.
    fn clear(&self) -> Result<(), IndexError>;

    /// Searches.
    fn search(&self, request: &Request<'_>) -> Result<Answer, IndexError>;

    /// Number of rights that match.
    fn count(&self, query: &Query, symbols: &Symbols) -> Result<u64, IndexError>;

    /// Number of rights in the index.
    fn documents(&self) -> Result<u64, IndexError>;
}
