//! A right as people and machines read it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Citation, Claim, Cpc, Date, Description, Event, Image, Ipc, Locarno, NiceClass, Office, Party, Priority,
    Publication, Related, RightId, RightKind, SourceRef, Status, Text, Vienna,
};

/// One application for a patent, mark, design or layout, or one geographical indication.
/// Lists may be empty; absent means unknown; nothing is made up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Right {
    /// Stable id, such as `CN-P-201910302430`.
    pub id: RightId,
    /// Kind of right.
    pub right: RightKind,
    /// Office of the application.
    pub office: Office,
    /// Application number in normal form, with its check digit where one is known; absent while the right is
    /// known by a publication alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_number: Option<String>,
    /// Publications in order of date.
    pub publications: Vec<Publication>,
    /// Registration or patent number as the office writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<String>,
    /// Titles, one a language.
    pub titles: Vec<Text>,
    /// Abstracts, one a language.
    pub abstracts: Vec<Text>,
    /// Claims of the most advanced publication.
    pub claims: Vec<Claim>,
    /// Description of the most advanced publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Applicants.
    pub applicants: Vec<Party>,
    /// Owners.
    pub owners: Vec<Party>,
    /// Inventors, designers, creators.
    pub inventors: Vec<Party>,
    /// Agents.
    pub agents: Vec<Party>,
    /// Filing date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing_date: Option<Date>,
    /// First publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication_date: Option<Date>,
    /// Grant or registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_date: Option<Date>,
    /// Last day of protection, as stated by the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<Date>,
    /// Priority claims.
    pub priorities: Vec<Priority>,
    /// IPC symbols.
    pub ipc: Vec<Ipc>,
    /// CPC symbols.
    pub cpc: Vec<Cpc>,
    /// Locarno classes.
    pub locarno: Vec<Locarno>,
    /// Nice classes with terms.
    pub nice: Vec<NiceClass>,
    /// Vienna codes.
    pub vienna: Vec<Vienna>,
    /// Cited documents.
    pub citations: Vec<Citation>,
    /// Related filings.
    pub related: Vec<Related>,
    /// DOCDB simple family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_id: Option<String>,
    /// Pictures.
    pub images: Vec<Image>,
    /// Legal events in order of date.
    pub events: Vec<Event>,
    /// The one status.
    pub status: Status,
    /// Why: the office's words or the event that decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_text: Option<String>,
    /// Further facts by name.
    pub facts: Vec<(String, String)>,
    /// Where every part came from; filled by the register.
    pub sources: Vec<SourceRef>,
}

impl Right {
    /// The title to show first: in `lang` if there is one, else any.
    pub fn title(&self, lang: &str) -> Option<&str> {
        let in_lang = self.titles.iter().find(|t| t.lang.as_deref() == Some(lang));
        in_lang.or(self.titles.first()).map(|t| t.text.as_str())
    }

    /// Last day of protection: as the office states it, else by law where the law has a clear rule.
    pub fn ends_on(&self) -> Option<Date> {
        self.expiry_date.or_else(|| crate::status::term_end(self.right, self.office, self.filing_date, self.grant_date))
    }

    /// The status on a day: a right in force whose term is over has expired.
    pub fn status_on(&self, day: Date) -> Status {
        match (self.status, self.ends_on()) {
            (Status::InForce, Some(end)) if end < day => Status::Expired,
            (status, _) => status,
        }
    }
}
