//! A right in a line, and its place beside others.

use records::status::term_end;
use records::{Date, Office, Party, Publication, Right, RightId, RightKind, Status, Text};
use register::{Register, RegisterError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Searcher;

/// What a list says of a right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Brief {
    /// Id.
    pub id: RightId,
    /// Kind of right.
    pub right: RightKind,
    /// Office of the application.
    pub office: Office,
    /// Application number, else the first publication; empty when neither is known.
    pub number: String,
    /// Titles, one a language.
    pub titles: Vec<Text>,
    /// Names of the applicants.
    pub applicants: Vec<String>,
    /// Filing date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing_date: Option<Date>,
    /// First publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publication_date: Option<Date>,
    /// Status of today.
    pub status: Status,
}

impl Brief {
    /// The title in the language, else the Chinese or English one, else any; empty when there is none.
    pub fn title(&self, lang: &str) -> &str {
        let other = if lang == "zh" { "en" } else { "zh" };
        let in_lang = |lang| self.titles.iter().find(|title| title.lang.as_deref() == Some(lang));
        in_lang(lang).or_else(|| in_lang(other)).or(self.titles.first()).map_or("", |title| title.text.as_str())
    }

    /// Of a right whose status is that of today.
    pub fn of(right: &Right) -> Self {
        Self {
            id: right.id.clone(),
            right: right.right,
            office: right.office,
            number: number(right.application_number.as_deref(), &right.publications),
            titles: right.titles.clone(),
            applicants: right.applicants.iter().map(|party| party.name.clone()).collect(),
            filing_date: right.filing_date,
            publication_date: right.publication_date,
            status: right.status,
        }
    }
}

fn number(application: Option<&str>, publications: &[Publication]) -> String {
    let publication = || publications.first().map(|publication| publication.number.to_string());
    application.map(str::to_owned).or_else(publication).unwrap_or_default()
}

/// The fields of a right that a brief needs: the claims and description of a hundred rights are not worth reading.
#[derive(Deserialize)]
struct Stored {
    id: RightId,
    right: RightKind,
    office: Office,
    application_number: Option<String>,
    publications: Vec<Publication>,
    titles: Vec<Text>,
    applicants: Vec<Party>,
    filing_date: Option<Date>,
    publication_date: Option<Date>,
    grant_date: Option<Date>,
    expiry_date: Option<Date>,
    status: Status,
}

impl Stored {
    fn brief(self, today: Date) -> Brief {
        let ends = self.expiry_date.or_else(|| term_end(self.right, self.office, self.filing_date, self.grant_date));
        let over = self.status == Status::InForce && ends.is_some_and(|end| end < today);
        Brief {
            number: number(self.application_number.as_deref(), &self.publications),
            id: self.id,
            right: self.right,
            office: self.office,
            titles: self.titles,
            applicants: self.applicants.into_iter().map(|party| party.name).collect(),
            filing_date: self.filing_date,
            publication_date: self.publication_date,
            status: if over { Status::Expired } else { self.status },
        }
    }
}

impl Searcher {
    /// Briefs of rights, each in its place; `None` where there is none.
    pub async fn briefs(&self, ids: &[RightId]) -> Result<Vec<Option<Brief>>, RegisterError> {
        briefs(&self.register, ids, self.today).await
    }
}

async fn briefs(register: &Register, ids: &[RightId], today: Date) -> Result<Vec<Option<Brief>>, RegisterError> {
    let stored: Vec<Option<Stored>> = register.rights_as(ids).await?;
    Ok(stored.into_iter().map(|stored| Some(stored?.brief(today))).collect())
}
