//! The port: everything the rest of the house knows of an engine.

use std::collections::BTreeMap;

use query::Query;
use records::{Date, Right, RightId, Status};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sort {
    /// What by.
    pub key: SortKey,
    /// Smallest or oldest first. Rights without the date come last either way.
    pub ascending: bool,
}

/// Where the next page starts: opaque text made by the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Seek(pub String);

/// Fields that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FacetField {
    /// Kind of right.
    Right,
    /// Status.
    Status,
    /// Office.
    Office,
    /// Applicant. Spellings of a name that are alike ([`language::whole`]) are one value, shown in the smallest
    /// spelling by bytes; so with all names.
    Applicant,
    /// Owner.
    Owner,
    /// Inventor, designer, creator.
    Inventor,
    /// Agent.
    Agent,
    /// Class: IPC/CPC subclass, `Nice 9`, Locarno class.
    Class,
    /// Main group of IPC or CPC: `H01M10`.
    Group,
    /// Cited publication: office and number without kind code, `CN203232659`.
    Cited,
    /// WIPO technology field.
    Technology,
    /// Provinces or states of the applicants; a province of China under its full name.
    Region,
    /// Countries of the applicants.
    Country,
    /// Cities of the applicants in China, under their full names.
    City,
    /// Types of the applicants.
    ApplicantType,
    /// Filing year.
    FilingYear,
    /// Publication year.
    PublicationYear,
    /// Year of grant or registration.
    GrantYear,
    /// Year of the last day of protection, as the office states it.
    ExpiryYear,
}

impl FacetField {
    /// Every field.
    pub const ALL: [Self; 19] = [
        Self::Right,
        Self::Status,
        Self::Office,
        Self::Applicant,
        Self::Owner,
        Self::Inventor,
        Self::Agent,
        Self::Class,
        Self::Group,
        Self::Cited,
        Self::Technology,
        Self::Region,
        Self::Country,
        Self::City,
        Self::ApplicantType,
        Self::FilingYear,
        Self::PublicationYear,
        Self::GrantYear,
        Self::ExpiryYear,
    ];

    /// Whether its values are years.
    pub const fn is_year(self) -> bool {
        matches!(self, Self::FilingYear | Self::PublicationYear | Self::GrantYear | Self::ExpiryYear)
    }

    /// Whether its values are names, whose spellings are grouped.
    pub const fn is_name(self) -> bool {
        matches!(self, Self::Applicant | Self::Owner | Self::Inventor | Self::Agent)
    }
}

/// Counts of one facet, most frequent first (years: newest first).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Its commonest values.
    pub counts: Vec<FacetCount>,
}

/// One value with its number of rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FacetCount {
    /// Value as stored.
    pub value: String,
    /// Rights that have it among the hits.
    pub count: u64,
}

/// A cross table asked for: rows × columns over the rights that match. An engine may refuse a table of more than four
/// million cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossRequest {
    /// Field of the rows and the most rows wanted.
    pub rows: (FacetField, usize),
    /// Field of the columns and the most columns wanted.
    pub columns: (FacetField, usize),
}

/// A cross table. Its lines and columns are the commonest values, most frequent first, with their counts over all
/// matches; years are the newest ones, oldest first, and a year without rights is left out.
///
/// With the same field both ways a cell counts the rights that have both values (joint applicants); the diagonal
/// then holds the count of each value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Cross {
    /// Values of the rows.
    pub rows: Vec<FacetCount>,
    /// Values of the columns.
    pub columns: Vec<FacetCount>,
    /// Cells above zero, row by row.
    pub cells: Vec<Cell>,
}

/// One cell of a cross table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Cell {
    /// Place in [`Cross::rows`].
    pub row: usize,
    /// Place in [`Cross::columns`].
    pub column: usize,
    /// Rights that have both.
    pub count: u64,
}

/// What to count over the rights that match: everything in one pass.
#[derive(Clone, Copy, Debug)]
pub struct TallyRequest<'a> {
    /// The query.
    pub query: &'a Query,
    /// Resolved classes.
    pub symbols: &'a Symbols,
    /// Facets, each with its number of values.
    pub facets: &'a [(FacetField, usize)],
    /// Cross tables.
    pub crosses: &'a [CrossRequest],
    /// For `(by, of)`: for each value of `by`, the number of different values of `of` (filing year → different
    /// applicants).
    pub distinct: &'a [(FacetField, FacetField)],
}

/// What was counted; lists in the order asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Exact number of rights that match.
    pub total: u64,
    /// Facets.
    pub facets: Vec<Facet>,
    /// Cross tables.
    pub crosses: Vec<Cross>,
    /// For each pair the values of `by` (its field), each with the number of different values of `of`; ordered like
    /// a facet. Values of `by` whose rights have no value of `of` are left out.
    pub distinct: Vec<Facet>,
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
    /// One hit a family: of the rights that match and share a family, the first in the order. Rights without a family
    /// stand alone. Total and facets count rights all the same.
    pub collapse: bool,
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
    /// Rights of its family among those that match, itself included; 1 when not collapsed.
    pub family_size: u64,
}

/// What one term in one field gave to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScoreLine {
    /// Field code (`ti`).
    pub field: String,
    /// The word or run.
    pub term: String,
    /// Its share of the score.
    pub score: f32,
}

/// How many rights one leaf of the query finds by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    /// Exact number of hits on all pages when collapsed by family.
    pub groups: Option<u64>,
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

    /// Counts over all rights that match.
    fn tally(&self, request: &TallyRequest<'_>) -> Result<Tally, IndexError>;

    /// Values of a facet field that fit what was typed, most frequent first, with counts over the whole index. Spelling
    /// is folded. Words of a value begin with what was typed; Chinese may stand anywhere in it; Latin letters are also
    /// taken as pinyin, whole or initials, of the value's beginning (`hw` gives 华为…). Nothing typed fits all.
    fn complete(&self, field: FacetField, typed: &str, most: usize) -> Result<Vec<FacetCount>, IndexError>;

    /// Rights most like this one by the rarer words of its titles, abstracts and goods, and by its classes; itself left
    /// out; best first. The right need not be in the index.
    fn similar(&self, right: &Right, most: usize) -> Result<Vec<Hit>, IndexError>;

    /// Number of rights in the index.
    fn documents(&self) -> Result<u64, IndexError>;
}
