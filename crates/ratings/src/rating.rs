//! A rating.

use std::fmt;
use std::str::FromStr;

use accounts::PersonId;
use cases::CaseId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, NoId, OrganisationId, RegionCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Channel, Level, Standing, State, tags_of};

/// Characters of a rating at most.
pub const MOST_WORDS: usize = 500;
/// Days in which whoever rated may correct it, from the moment of the rating.
pub const CORRECTION_DAYS: i64 = 7;
/// Characters of the key that a client makes.
const MOST_OF_A_KEY: usize = 64;

network::named! {
    /// The name of a rating. Its time is that of the day alone, so that it does not tell who was there.
    RatingId
}
network::named! {
    /// The name of a visit.
    VisitId
}

/// What is rated: one rating for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Subject {
    /// A matter (网上一事一评).
    Case(CaseId),
    /// A visit to an outlet (现场一次一评).
    Visit(VisitId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(id) => write!(f, "case:{id}"),
            Self::Visit(id) => write!(f, "visit:{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        match text.split_once(':') {
            Some(("case", id)) => id.parse().map(Self::Case),
            Some(("visit", id)) => id.parse().map(Self::Visit),
            _ => Err(NoId(text.to_owned())),
        }
    }
}

/// What someone says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opinion {
    /// How satisfied.
    pub level: Level,
    /// Keys of what was ticked ([`tags_of`] the level).
    #[serde(default)]
    pub tags: Vec<String>,
    /// In words, [`MOST_WORDS`] characters at most.
    #[serde(default)]
    pub words: String,
}

/// A rating to be given.
#[derive(Clone, Debug)]
pub struct NewRating<'a> {
    /// Made by the client: the same key again answers the first rating again.
    pub key: &'a str,
    /// By which way.
    pub channel: Channel,
    /// What is said.
    pub opinion: Opinion,
    /// Whether nobody is to know who says it.
    pub anonymous: bool,
    /// Ten random bytes for its id.
    pub random: [u8; 10],
}

/// A rating as staff and reviewers see it. Of an anonymous one they see what was said, where and on which day: not the
/// matter, whose client they know, and not the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rating {
    /// Its name.
    pub id: RatingId,
    /// Counts the changes.
    pub version: i64,
    /// What was rated; none when anonymous.
    pub subject: Option<Subject>,
    /// Number of the matter or words for the visit; none when anonymous.
    pub reference: Option<String>,
    /// Who was rated.
    pub outlet: OrganisationId,
    /// Code of the item, where one was served.
    pub item: Option<String>,
    /// Region of the outlet on that day.
    pub region: RegionCode,
    /// By which way.
    pub channel: Channel,
    /// What was said.
    pub opinion: Opinion,
    /// Whether nobody is to know who said it.
    pub anonymous: bool,
    /// Who said it; none when anonymous or not signed in.
    pub rater: Option<PersonId>,
    /// Who of the staff wrote it down, where it was told.
    pub entered_by: Option<PersonId>,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The moment; none when anonymous.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// How often it was corrected.
    pub corrections: i64,
    /// Whether it counts.
    pub standing: Standing,
}

/// What whoever rated sees of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnRating {
    /// Its name.
    pub id: RatingId,
    /// Counts the changes; a correction names it.
    pub version: i64,
    /// What was said.
    pub opinion: Opinion,
    /// Whether nobody else knows who said it.
    pub anonymous: bool,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Until when it may be corrected.
    #[schema(value_type = String, format = DateTime)]
    pub correct_until: Timestamp,
    /// What the outlet answered.
    pub answer: Option<String>,
    /// How its follow-up goes on; none of a rating that was never bad.
    pub progress: Option<Progress>,
    /// Whether it counts.
    pub standing: Standing,
}

/// How the follow-up of a bad rating goes on, for its rater.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// Where it stands.
    pub state: State,
    /// The day by whose end the outlet verifies it.
    #[schema(value_type = String, format = Date)]
    pub contact_due: Date,
    /// The day by whose end it is mended and answered.
    #[schema(value_type = String, format = Date)]
    pub due: Date,
    /// When it ended.
    #[schema(value_type = Option<String>, format = Date)]
    pub closed_on: Option<Date>,
}

impl Opinion {
    /// The same, with words in order: no control characters but line ends, no spaces around.
    pub(crate) fn tidy(&self) -> Self {
        let words = self.words.replace("\r\n", "\n");
        let words: String = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let mut tags = self.tags.clone();
        tags.sort();
        tags.dedup();
        Self { level: self.level, tags, words: words.trim().to_owned() }
    }

    /// Everything that is wrong with it.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.words.chars().count() > MOST_WORDS {
            let zh = format!("最多 {MOST_WORDS} 个字符");
            faults.push(Fault { field: "words".to_owned(), zh, en: format!("{MOST_WORDS} characters at most") });
        }
        if let Some(tag) = self.tags.iter().find(|tag| !tags_of(self.level).any(|known| known.key == **tag)) {
            let zh = format!("「{}」没有选项「{tag}」", self.level.label("zh"));
            let en = format!("«{}» does not offer «{tag}»", self.level.label("en"));
            faults.push(Fault { field: "tags".to_owned(), zh, en });
        }
        faults
    }
}

/// Whether a key that a client made does.
pub(crate) fn key_faults(key: &str) -> Option<Fault> {
    let sound =
        (16..=MOST_OF_A_KEY).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (!sound).then(|| Fault {
        field: "key".to_owned(),
        zh: "须为 16 至 64 个字母、数字或连字符".to_owned(),
        en: "16 to 64 letters, digits or hyphens".to_owned(),
    })
}

#[cfg(test)]
#[path = "rating_tests.rs"]
mod tests;
