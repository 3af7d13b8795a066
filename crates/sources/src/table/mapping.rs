//! Mappings: which column of a table means which field. `docs/mappings.md` explains the file form for people.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use encoding_rs::Encoding;
use records::{Authority, Office, RightKind};
use serde::Deserialize;
use thiserror::Error;

/// Why a mapping file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MappingError {
    /// Not TOML, an unknown setting or field, or a value of the wrong kind; the text names line and setting.
    #[error("the mapping cannot be read: {0}")]
    Form(String),
    /// Well written, but it cannot work.
    #[error("mapping «{name}»: {message}")]
    Rule {
        /// Name of the mapping.
        name: String,
        /// What is wrong and what to do.
        message: String,
    },
}

/// What a column fills.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Field {
    /// `office`: code of the publishing office.
    Office,
    /// `kind`: kind code of the publication.
    Kind,
    /// `right`: kind of right in words; needs `values`.
    Right,
    /// `publication`: publication numbers.
    Publication,
    /// `application`: application number.
    Application,
    /// `registration_number`: as written.
    RegistrationNumber,
    /// `title`.
    Title,
    /// `abstract`.
    Abstract,
    /// `applicants`.
    Applicants,
    /// `owners`.
    Owners,
    /// `inventors`: also designers and creators.
    Inventors,
    /// `agents`.
    Agents,
    /// `agency`: the firm of the agents.
    Agency,
    /// `address` of the first applicant, else of the first owner.
    Address,
    /// `region` of the same.
    Region,
    /// `country` of the same.
    Country,
    /// `filing_date`.
    FilingDate,
    /// `publication_date`.
    PublicationDate,
    /// `publication_year`: mends the century of a publication date with a year of two digits.
    PublicationYear,
    /// `grant_date`: grant or registration.
    GrantDate,
    /// `expiry_date`.
    ExpiryDate,
    /// `as_of`: day of the row's own version.
    AsOf,
    /// `priorities`: number, date and office in any order.
    Priorities,
    /// `ipc`.
    Ipc,
    /// `cpc`.
    Cpc,
    /// `locarno`.
    Locarno,
    /// `nice_class`.
    NiceClass,
    /// `goods`: goods and services of that class.
    Goods,
    /// `vienna`.
    Vienna,
    /// `citations`: cited patents.
    Citations,
    /// `literature`: other cited documents.
    Literature,
    /// `family_id`.
    FamilyId,
    /// `image`: file name or address of a picture.
    Image,
    /// `status`: the office's word on the state.
    Status,
    /// `fact:NAME`: a fact without a field of its own.
    Fact(String),
}

impl TryFrom<String> for Field {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Ok(match name.as_str() {
            "office" => Self::Office,
            "kind" => Self::Kind,
            "right" => Self::Right,
            "publication" => Self::Publication,
            "application" => Self::Application,
            "registration_number" => Self::RegistrationNumber,
            "title" => Self::Title,
            "abstract" => Self::Abstract,
            "applicants" => Self::Applicants,
            "owners" => Self::Owners,
            "inventors" => Self::Inventors,
            "agents" => Self::Agents,
            "agency" => Self::Agency,
            "address" => Self::Address,
            "region" => Self::Region,
            "country" => Self::Country,
            "filing_date" => Self::FilingDate,
            "publication_date" => Self::PublicationDate,
            "publication_year" => Self::PublicationYear,
            "grant_date" => Self::GrantDate,
            "expiry_date" => Self::ExpiryDate,
            "as_of" => Self::AsOf,
            "priorities" => Self::Priorities,
            "ipc" => Self::Ipc,
            "cpc" => Self::Cpc,
            "locarno" => Self::Locarno,
            "nice_class" => Self::NiceClass,
            "goods" => Self::Goods,
            "vienna" => Self::Vienna,
            "citations" => Self::Citations,
            "literature" => Self::Literature,
            "family_id" => Self::FamilyId,
            "image" => Self::Image,
            "status" => Self::Status,
            other => match other.strip_prefix("fact:").filter(|fact| !fact.is_empty()) {
                Some(fact) => Self::Fact(fact.to_owned()),
                None => return Err(format!("there is no field «{name}»; docs/mappings.md lists them")),
            },
        })
    }
}

/// How the entries of a source lie in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Rows under a header: CSV, TSV, XLS, XLSX, JSON lines.
    #[default]
    Table,
    /// Numbered references in the form of GB/T 7714.
    References,
}

/// Order of the numbers in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateForm {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// A spelling peculiar to a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// Persons as `Last, First`; a single comma is turned.
    LastFirst,
    /// A party's country stands behind its name after two or more spaces.
    TrailingCountry,
    /// Class symbols without stroke, main group in three digits: `A61K0315375` is A61K31/5375.
    Packed,
}

/// One column of a mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Names under which the column occurs; case and white space do not matter.
    pub names: Vec<String>,
    /// What it fills. Absent for a column of several `parts`.
    #[serde(default)]
    pub field: Option<Field>,
    /// Separators of a list; `json` for a JSON array.
    #[serde(default)]
    pub split: Vec<String>,
    /// Characters around the value that do not belong to it.
    #[serde(default)]
    pub strip: String,
    /// Language of the text, ISO 639-1.
    #[serde(default)]
    pub lang: Option<String>,
    /// A peculiar spelling.
    #[serde(default)]
    pub spelling: Option<Spelling>,
    /// What the source's words stand for (`right`, `status`, `kind`).
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Who cited, for `citations` and `literature`.
    #[serde(default)]
    pub by: Option<String>,
    /// Several fields in one cell, in their order.
    #[serde(default)]
    pub parts: Vec<Field>,
    /// The words before each of the `parts`.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What stands between the `parts` where there are no labels.
    #[serde(default)]
    pub between: String,
}

/// Which column means which field, for one kind of table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name, such as `lens`: the prefix of part keys and the line in reports.
    pub name: String,
    /// Name for people, Chinese.
    #[serde(default)]
    pub chinese: String,
    /// Name for people, English.
    #[serde(default)]
    pub english: String,
    /// How near the source is to the truth.
    #[serde(default)]
    pub authority: Authority,
    /// How entries lie in the file.
    #[serde(default)]
    pub shape: Shape,
    /// Kind of right where neither a column nor a number tells.
    #[serde(default)]
    pub right: Option<RightKind>,
    /// Office where neither a column nor a number tells.
    #[serde(default)]
    pub office: Option<Office>,
    /// Language of titles and abstracts where the column does not say.
    #[serde(default)]
    pub lang: Option<String>,
    /// Encoding of rows that are not UTF-8 (WHATWG label); GB 18030 where it does not say.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Column separator; found out where it does not say.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// Order of dates that do not begin with a year of four digits.
    #[serde(default)]
    pub dates: Vec<DateForm>,
    /// First of the hundred years that a year of two digits may mean.
    #[serde(default = "century_from")]
    pub century_from: i16,
    /// Words that stand for an empty cell.
    #[serde(default)]
    pub empty: Vec<String>,
    /// Fields that make the identity of a row; publication, else application, where it does not say.
    #[serde(default)]
    pub key: Vec<Field>,
    /// Fields that make an application number where the source has none of its own.
    #[serde(default)]
    pub application_from: Vec<Field>,
    /// A table is of this mapping when its header has a column of each of these groups.
    pub recognise: Vec<Vec<String>>,
    /// Columns of no use to a right.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The columns.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    #[serde(skip)]
    by_name: BTreeMap<String, Vec<usize>>,
    #[serde(skip)]
    ignored: BTreeSet<String>,
}

fn century_from() -> i16 {
    1930
}

impl Mapping {
    /// Reads a mapping from TOML; a misspelt setting, field or encoding is an error.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        let mut mapping: Self = toml::from_str(text).map_err(|error| MappingError::Form(error.to_string()))?;
        if let Some(message) = mapping.fault() {
            return Err(MappingError::Rule { name: mapping.name, message });
        }
        for (index, column) in mapping.columns.iter().enumerate() {
            for name in &column.names {
                mapping.by_name.entry(normal_name(name)).or_default().push(index);
            }
        }
        mapping.ignored = mapping.ignore.iter().map(|name| normal_name(name)).collect();
        Ok(mapping)
    }

    fn fault(&self) -> Option<String> {
        let plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if self.name.is_empty() || !plain(&self.name) {
            return Some("its name must be of Latin letters, digits and hyphens".to_owned());
        }
        if self.recognise.is_empty() || self.recognise.iter().any(Vec::is_empty) {
            return Some("`recognise` must name at least one column, and each of its groups too".to_owned());
        }
        if let Some(label) = self.encoding.as_ref().filter(|label| Encoding::for_label(label.as_bytes()).is_none()) {
            return Some(format!("there is no encoding «{label}»; use a WHATWG label such as gb18030, macintosh"));
        }
        if self.delimiter.is_some_and(|delimiter| !delimiter.is_ascii()) {
            return Some("the delimiter must be one ASCII character".to_owned());
        }
        self.columns.iter().find_map(|column| {
            let name = column.names.first().map_or("", String::as_str);
            match (&column.field, column.parts.is_empty()) {
                _ if column.names.is_empty() => Some("a column has no `names`".to_owned()),
                (None, true) | (Some(_), false) => Some(format!("column «{name}» needs either `field` or `parts`")),
                (None, false) if column.labels.is_empty() && column.between.is_empty() => {
                    Some(format!("column «{name}» has `parts` but neither `labels` nor `between`"))
                }
                _ if !column.labels.is_empty() && column.labels.len() != column.parts.len() => {
                    Some(format!("column «{name}» needs one of `labels` for each of its `parts`"))
                }
                (Some(Field::Right), _) if column.values.is_empty() => {
                    Some(format!("column «{name}» fills `right` and needs `values`"))
                }
                _ => None,
            }
        })
    }

    /// Encoding of rows that are not UTF-8.
    pub(super) fn fallback(&self) -> &'static Encoding {
        let label = self.encoding.as_deref().unwrap_or("gb18030");
        Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::GB18030)
    }

    /// Whether a header of these normal names is of this mapping.
    pub(super) fn fits(&self, header: &[String]) -> bool {
        let has = |name: &String| header.contains(&normal_name(name));
        self.recognise.iter().all(|group| group.iter().any(has))
    }

    /// The columns for a header of this normal name.
    pub(super) fn columns_named(&self, normal: &str) -> impl Iterator<Item = &Column> {
        self.by_name.get(normal).into_iter().flatten().filter_map(|index| self.columns.get(*index))
    }

    /// Whether a column of this normal name is of no use.
    pub(super) fn ignores(&self, normal: &str) -> bool {
        normal.is_empty() || self.ignored.contains(normal)
    }

    /// Whether a cell stands for nothing.
    pub(super) fn is_empty(&self, text: &str) -> bool {
        text.is_empty() || self.empty.iter().any(|word| word == text)
    }
}

/// A header cell as it is compared: no byte-order mark, single spaces, lower case, brackets of one width.
pub(super) fn normal_name(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}').replace('（', "(").replace('）', ")").replace('／', "/");
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The mappings that come with the program, in the order in which they are tried.
pub fn ready() -> &'static [Arc<Mapping>] {
    static READY: LazyLock<Vec<Arc<Mapping>>> = LazyLock::new(|| {
        // A fault in one of them is found by a test; the others still serve.
        TEXTS.iter().filter_map(|text| Mapping::from_toml(text).ok()).map(Arc::new).collect()
    });
    &READY
}

/// The ready mappings as files, for people who write their own.
pub static TEXTS: &[&str] = &[
    include_str!("../../mappings/lens.toml"),
    include_str!("../../mappings/patentscope.toml"),
    include_str!("../../mappings/espacenet.toml"),
    include_str!("../../mappings/landscape.toml"),
    include_str!("../../mappings/gbt7714.toml"),
    include_str!("../../mappings/cn-gi.toml"),
    include_str!("../../mappings/cn-layout.toml"),
    include_str!("../../mappings/cn-trademark-list.toml"),
    include_str!("../../mappings/cpc-labels.toml"),
];
