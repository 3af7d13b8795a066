//! The consultation archive: what was asked, what was answered, and what people ask about.

use accounts::Cover;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use services::{ItemCode, Text};
use utoipa::ToSchema;

use crate::cases::readable;
use crate::sql::{desk, statistics};
use crate::{By, CaseId, Cases, CasesError, MOST_ON_A_PAGE, Outcome, Reference, Solved};

/// Which consultations. Empty parts ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsultationQuery {
    /// At one outlet.
    #[serde(default)]
    pub outlet: Option<OrganisationId>,
    /// Of one item.
    #[serde(default)]
    pub item: Option<ItemCode>,
    /// With a label.
    #[serde(default)]
    pub label: Option<String>,
    /// Asked from this day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Asked up to and with this day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Words, all of which stand in number, question or item.
    #[serde(default)]
    pub text: Option<String>,
    /// Mark of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// How many on a page, at most [`MOST_ON_A_PAGE`].
    pub limit: usize,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Consultation {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Of which item.
    pub item: ItemCode,
    /// Its name.
    pub item_title: Text,
    /// What was asked, in a line.
    pub question: String,
    /// What was answered; none yet.
    pub answer: Option<String>,
    /// When it was asked.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    /// When it was answered.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Timestamp>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// How far it is solved, in the client's eyes.
    pub solved: Option<Solved>,
    /// What it is about.
    pub labels: Vec<String>,
}

/// A page of the archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsultationPage {
    /// Latest first.
    pub consultations: Vec<Consultation>,
    /// Mark for the next page.
    pub next: Option<String>,
}

/// How often something was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Topic {
    /// The item, label or year.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// What people ask about, most often first; years in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Topics {
    /// By the code of the item.
    pub by_item: Vec<Topic>,
    /// By label.
    pub by_label: Vec<Topic>,
    /// By year, as the offices count it.
    pub by_year: Vec<Topic>,
}

impl Cases {
    /// A page of the archive, cut to where whoever asks may read cases.
    pub async fn consultations(&self, by: By<'_>, query: &ConsultationQuery) -> Result<ConsultationPage, CasesError> {
        let cover = within(by, query)?;
        let limit = query.limit.clamp(1, MOST_ON_A_PAGE);
        let mut read = self.database.read().await?;
        let mut cases = statistics::consultations(&mut read, &cover, query, limit + 1).await?;
        let next = (cases.len() > limit).then(|| {
            cases.truncate(limit);
            cases.last().map(|last| format!("{}~{}", crate::sql::moment(last.received_at), last.id))
        });
        let mut consultations = Vec::with_capacity(cases.len());
        for case in cases {
            let labels = desk::labels(&mut read, &case.id).await?;
            consultations.push(Consultation {
                case: case.id,
                reference: case.reference,
                item: case.item,
                item_title: case.item_title,
                question: case.title,
                answer: case.result,
                asked_at: case.received_at,
                answered_at: case.delivered_at,
                outcome: case.outcome,
                solved: case.answer,
                labels,
            });
        }
        read.close().await?;
        Ok(ConsultationPage { consultations, next: next.flatten() })
    }

    /// How often each topic was asked about, over all pages of the archive that match.
    pub async fn consultation_topics(&self, by: By<'_>, query: &ConsultationQuery) -> Result<Topics, CasesError> {
        let cover = within(by, query)?;
        let mut read = self.database.read().await?;
        let topics = statistics::topics(&mut read, &cover, query).await?;
        read.close().await?;
        Ok(topics)
    }
}

fn within(by: By<'_>, query: &ConsultationQuery) -> Result<Cover, CasesError> {
    let cover = readable(by)?;
    match &query.outlet {
        Some(outlet) if !cover.holds(outlet) => Err(by.actor.denied(accounts::Permission::ReadCases).into()),
        Some(outlet) => Ok(Cover::At([outlet.clone()].into())),
        None => Ok(cover),
    }
}
