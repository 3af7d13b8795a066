//! A part: what one office record says about one right.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApplicationNumber, Citation, Claim, Cpc, Date, Description, Event, Image, Ipc, Locarno, NiceClass, OfficeStatus,
    Party, Priority, Publication, PublicationNumber, Related, RightId, RightKind, Text, Vienna,
};

/// Stable identity of a part: a later delivery of the same record has the same key and replaces it.
///
/// Written `source:number`, such as `uspto-grant:US8926509B2` or `euipo-mark:018225677`. Only the reader of a
/// format makes keys; two formats never share a prefix, so one publication told by two offices is two parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct PartKey(String);

impl PartKey {
    /// The key of record `number` in the numbering of `source`.
    pub fn new(source: &str, number: impl fmt::Display) -> Self {
        Self(format!("{source}:{number}"))
    }

    /// The key as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PartKey {
    fn from(key: String) -> Self {
        Self(key)
    }
}

impl fmt::Display for PartKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PartKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How near the source is to the truth about the right; nearer wins where two parts differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// A list that merely refers to the right (reference lists, spreadsheets).
    #[default]
    Reference,
    /// A commercial or public database's export.
    Export,
    /// An exchange file of another office (DOCDB, OPS).
    Exchange,
    /// The office's own publication or register.
    Office,
}

/// Which right a part is about.
///
/// With an application number the right is known. Without one the part waits under its first publication
/// number until another part links that publication to an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Subject {
    /// The application, where the record names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationNumber>,
    /// Publications of this right that the record names as its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publications: Vec<PublicationNumber>,
}

impl Subject {
    /// The right's id as far as this part alone can tell; `None` when it names nothing.
    pub fn id(&self) -> Option<RightId> {
        match &self.application {
            Some(application) => Some(application.id()),
            None => self.publications.first().map(PublicationNumber::waiting_id),
        }
    }
}

/// File, place and format a part was read from. Not part of its content: the same record
/// delivered twice is one part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Path of the file, with `!/` before each name inside an archive.
    pub file: String,
    /// Byte offset of the record in the uncompressed file.
    pub position: u64,
}

/// One record of one office file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Part {
    /// Identity; see [`PartKey`].
    pub key: PartKey,
    /// The right it is about.
    pub subject: Subject,
    /// How near the source is.
    pub authority: Authority,
    /// Day of the record's own version (produced, exchanged, last changed). Among parts of one key the latest
    /// holds; equal days are decided by content, so order of arrival never matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// The office took the record back: the part of this key says nothing any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// What it says.
    #[serde(default)]
    pub record: Record,
}

impl Part {
    /// An empty part about `subject`.
    pub fn new(key: PartKey, subject: Subject, authority: Authority) -> Self {
        Self { key, subject, authority, as_of: None, withdrawn: false, record: Record::default() }
    }

    /// Hash of key, version and content (BLAKE3 of the JSON form): equal parts say the same.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        // A `Part` holds only maps with text keys, so JSON cannot fail; an empty digest would still be stable.
        let _ = serde_json::to_writer(&mut hasher, self);
        *hasher.finalize().as_bytes()
    }

    /// Whether `self` holds against `other` of the same key: later version first, then a withdrawal, then content.
    pub fn supersedes(&self, other: &Self) -> bool {
        (self.as_of, self.withdrawn, self.digest()) > (other.as_of, other.withdrawn, other.digest())
    }
}

/// What a part says, in the fields of a right. Everything is optional: absent = not said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Record {
    /// Kind of right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<RightKind>,
    /// Publications with kind, date and stage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub publications: Vec<Publication>,
    /// Registration or patent number, as the office writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<String>,
    /// Titles, names of designs and GIs, words of marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<Text>,
    /// Abstracts; for designs the brief explanation, for marks their description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub abstracts: Vec<Text>,
    /// Claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Applicants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<Party>,
    /// Owners: grantees, assignees, holders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Party>,
    /// Inventors, designers, creators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inventors: Vec<Party>,
    /// Agents and representatives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Party>,
    /// Filing date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing_date: Option<Date>,
    /// Date of grant or registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_date: Option<Date>,
    /// Last day of protection as the office states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<Date>,
    /// Priority claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub priorities: Vec<Priority>,
    /// IPC symbols, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ipc: Vec<Ipc>,
    /// CPC symbols, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cpc: Vec<Cpc>,
    /// Locarno classes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locarno: Vec<Locarno>,
    /// Nice classes with goods and services.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nice: Vec<NiceClass>,
    /// Vienna codes of figurative elements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vienna: Vec<Vienna>,
    /// Cited documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// Related filings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// DOCDB simple family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_id: Option<String>,
    /// Pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Legal events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// The office's own word on the state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_status: Option<OfficeStatus>,
    /// Further facts of one kind of right that have no field of their own, by name: `mark_feature`, `area`,
    /// `species`, `labels`. Shown, searched as words, never interpreted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(String, String)>,
}
