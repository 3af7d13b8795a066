//! The small values that records and rights are made of.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Date, KindCode, Office, PublicationNumber};

/// What kind of right this is (design page "A right in JSON", field `right`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RightKind {
    /// Patent for invention, including reissues and applications for one.
    Invention,
    /// Utility model.
    UtilityModel,
    /// Registered design or design patent.
    Design,
    /// Plant patent.
    Plant,
    /// Trade mark of any kind (individual, collective, certification).
    Trademark,
    /// Geographical indication.
    Gi,
    /// Layout design of an integrated circuit.
    Layout,
}

impl RightKind {
    /// All kinds in the order in which pages and facets show them.
    pub const ALL: [Self; 7] =
        [Self::Invention, Self::UtilityModel, Self::Design, Self::Plant, Self::Trademark, Self::Gi, Self::Layout];

    /// The letter in a right's id: P patent, U utility model, D design, T trade mark, G GI, L layout.
    pub const fn letter(self) -> char {
        match self {
            Self::Invention | Self::Plant => 'P',
            Self::UtilityModel => 'U',
            Self::Design => 'D',
            Self::Trademark => 'T',
            Self::Gi => 'G',
            Self::Layout => 'L',
        }
    }

    /// The JSON name, such as `utility-model`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invention => "invention",
            Self::UtilityModel => "utility-model",
            Self::Design => "design",
            Self::Plant => "plant",
            Self::Trademark => "trademark",
            Self::Gi => "gi",
            Self::Layout => "layout",
        }
    }

    /// The kind with this JSON name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A text in a language. `lang` is ISO 639-1 in lower case (`zh`, `en`), absent when the office does not say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// ISO 639-1, lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The text; paragraphs are separated by a line feed.
    pub text: String,
}

impl Text {
    /// A text; `lang` may come in any case and is kept in lower case, an empty one is absent.
    pub fn new(lang: Option<&str>, text: impl Into<String>) -> Self {
        let lang = lang.map(str::trim).filter(|l| !l.is_empty()).map(str::to_ascii_lowercase);
        Self { lang, text: text.into() }
    }
}

/// One claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Claim {
    /// Running number from 1.
    pub number: u32,
    /// The claim's words without its number.
    pub text: String,
    /// Numbers of the claims it refers to; empty for an independent claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<u32>,
    /// ISO 639-1 when a publication carries its claims in several languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// The description of a patent: sections in order, each a heading (maybe none) and paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Description {
    /// ISO 639-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Sections in document order.
    #[serde(default)]
    pub sections: Vec<Section>,
}

impl Description {
    /// Whether there is not a single paragraph.
    pub fn is_empty(&self) -> bool {
        self.sections.iter().all(|s| s.paragraphs.is_empty())
    }

    /// Starts a new section; one without heading or paragraphs before it is replaced.
    pub fn heading(&mut self, heading: impl Into<String>) {
        if self.sections.last().is_some_and(|s| s.heading.is_none() && s.paragraphs.is_empty()) {
            self.sections.pop();
        }
        self.sections.push(Section { heading: Some(heading.into()), paragraphs: Vec::new() });
    }

    /// Adds a paragraph to the current section; empty ones are dropped.
    pub fn paragraph(&mut self, paragraph: impl Into<String>) {
        let paragraph = paragraph.into();
        if paragraph.is_empty() {
            return;
        }
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        if let Some(section) = self.sections.last_mut() {
            section.paragraphs.push(paragraph);
        }
    }
}

/// One section of a description.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// The heading as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Paragraphs in order.
    #[serde(default)]
    pub paragraphs: Vec<String>,
}

/// Applicant, owner, inventor or agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// Name as the publishing office wrote it.
    pub name: String,
    /// Further spellings of the same name (Latinised by DOCDB, English beside Chinese).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
    /// ST.3 country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Province or state, as written (`广东省`, `CA`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// City, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Full address in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// For an agent: the firm or agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The office's own identifier of the person or firm (agency code, EUIPO applicant id).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
}

impl Party {
    /// A party known by name alone.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// Stage of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Published application (A documents, mark applications).
    Application,
    /// Search report and other separate papers (EP A3).
    Report,
    /// Corrected reprint (A8, A9, B8, B9).
    Correction,
    /// Grant or registration.
    Grant,
    /// Publication after limitation, opposition or partial invalidation.
    Amended,
}

/// One publication of a right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Publication {
    /// Office and number, such as `CN104751825`.
    pub number: PublicationNumber,
    /// Kind code as published, such as `B2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindCode>,
    /// Publication date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Stage; absent when the kind code does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
}

/// A priority claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Priority {
    /// Office of the first filing, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Office>,
    /// Number of the first filing in normal form where it could be read, else as written.
    pub number: String,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// A cited document: a patent number, or literature as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// Publication number with office and kind (`CN203232659U`) in normal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Literature that is not a patent, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Search-report category (X, Y, A, D …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Who cited: `examiner`, `applicant`, or the office's own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A related filing: parent, divisional, continuation, earlier mark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Related {
    /// Relation as a short English word: `division`, `continuation`, `reissue`, `provisional`, `parent`, …
    pub relation: String,
    /// Number with office, in normal form where it could be read.
    pub number: String,
    /// Date of the related filing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ImageKind {
    /// Figure of the drawings.
    Drawing,
    /// Figure chosen for the abstract.
    Abstract,
    /// Picture of a mark.
    Mark,
    /// View of a design.
    Design,
    /// Formula or symbol inside the text.
    Inline,
}

/// A picture that belongs to a right; the file itself stays where the office file lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Image {
    /// File name beside the record, or a URI given by the office.
    pub file: String,
    /// What it shows.
    pub kind: ImageKind,
}

/// Where a part came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct SourceRef {
    /// Path of the file, with `!/` before each name inside an archive.
    pub file: String,
    /// Byte offset of the record in that (uncompressed) file.
    pub position: u64,
    /// Time of loading, RFC 3339 in UTC.
    pub loaded_at: String,
}
