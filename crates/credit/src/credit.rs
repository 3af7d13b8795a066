//! The room itself: where credit is at rest, and every read.

use std::collections::HashMap;
use std::sync::Arc;

use accounts::{Actor, Cover, Permission, record};
use database::{Database, Migration, Page, rows_on_a_page};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Network, office_day};
use serde_json::json;

use crate::agency::kept;
use crate::event::kept_event;
use crate::list::place;
use crate::paper::repairable_from;
use crate::rules::starting_edition;
use crate::sql::{agencies, editions, events, leads, papers};
use crate::{
    Agencies, Agency, AgencyId, AgencyQuery, Book, Conditions, Counted, CreditError, Edition, Event, EventId,
    EventPart, EventQuery, EventState, Filings, Grade, Lead, LeadId, LeadQuery, Listed, Paper, PaperId, Profile, Score,
    What, profile, score,
};

const MIGRATIONS: [Migration; 2] = [
    Migration::new(1, "agencies, credit events, leads", include_str!("../migrations/0001_credit.sql")),
    Migration::new(
        2,
        "papers, files of evidence, when filings were looked at",
        include_str!("../migrations/0002_papers.sql"),
    ),
];

/// Credit of agencies. Clones share the database.
#[derive(Clone, Debug)]
pub struct Credit {
    database: Database,
    network: Network,
    filings: Option<Arc<dyn Filings>>,
}

impl Credit {
    /// Opens the room and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, CreditError> {
        database.migrate("credit", &MIGRATIONS).await?;
        let network = Network::open(database.clone()).await?;
        Ok(Self { database, network, filings: None })
    }

    /// With a reader of filings, by which quality is looked at.
    #[must_use]
    pub fn reading(self, filings: Arc<dyn Filings>) -> Self {
        Self { filings: Some(filings), ..self }
    }

    /// The reader of filings.
    pub fn filings(&self) -> Result<&dyn Filings, CreditError> {
        self.filings.as_deref().ok_or_else(|| CreditError::Filings("no reader of filings is set up".to_owned()))
    }

    /// The query text of all filings of an agency; none without a reader of filings.
    pub fn query_of(&self, agency: &Agency) -> Option<String> {
        let names = agency.names();
        Some(self.filings.as_ref()?.query(&Conditions { agents: &names, ..Conditions::default() }))
    }

    /// The figures of an agency's filings beside those of peers, for whoever keeps its credit.
    pub async fn profile(&self, actor: &Actor, id: &AgencyId) -> Result<(Agency, Profile), CreditError> {
        let agency = self.kept_agency(actor, id).await?;
        let filings = self.filings()?;
        let (own, peers) = (filings.of(&agency.names()).await?, filings.peers().await?);
        let profile = profile(&own, &peers);
        Ok((agency, profile))
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// All editions of the rules. Public.
    pub async fn book(&self) -> Result<Book, CreditError> {
        editions::book(&mut *self.database.read().await?).await
    }

    /// The text of an edition as it was issued. Public.
    pub async fn edition_text(&self, number: i64) -> Result<String, CreditError> {
        match editions::text(&mut *self.database.read().await?, number).await? {
            Some(text) => Ok(text),
            None if number == 1 => Ok(starting_edition()?.1.to_owned()),
            None => Err(CreditError::not_found(What::Rule, number)),
        }
    }

    /// Issues the next edition of the rules, from a later day on. Whoever keeps credit at the top of the network may.
    pub async fn issue(&self, now: Timestamp, actor: &Actor, text: &str) -> Result<Edition, CreditError> {
        let today = office_day(now);
        self.require_top(actor, today).await?;
        let edition = Edition::read(text)?;
        let mut write = self.database.write().await?;
        let book = editions::book(&mut write).await?;
        // What came with the program stays as it was, whatever a later program brings.
        let (first, first_text) = starting_edition()?;
        editions::insert(&mut write, &first, first_text, (None, now)).await?;
        let last = book.editions().last().map_or((0, today), |last| (last.edition, last.from.max(today)));
        if edition.edition != last.0 + 1 || edition.from <= last.1 {
            return Err(CreditError::Edition { number: last.0 + 1, after: last.1 });
        }
        if !editions::insert(&mut write, &edition, text, (actor.id(), now)).await? {
            return Err(CreditError::Edition { number: last.0 + 2, after: edition.from });
        }
        let number = edition.edition.to_string();
        let entry = accounts::Entry {
            action: "credit-rules.issue",
            kind: "credit-rules",
            object: &number,
            organisation: None,
            reason: None,
            detail: json!({ "edition": edition.edition, "from": edition.from, "rules": edition.rules.len() }),
        };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(edition)
    }

    /// Refuses unless the actor keeps credit at an organisation at the top of the network.
    pub async fn require_top(&self, actor: &Actor, today: Date) -> Result<(), CreditError> {
        actor.require(Permission::KeepCredit)?;
        if actor.may_everywhere(Permission::KeepCredit) {
            return Ok(());
        }
        let top = self.network.children(None, today).await?;
        let at_top = top.iter().any(|node| actor.may_at(Permission::KeepCredit, &node.id));
        if at_top { Ok(()) } else { Err(actor.denied(Permission::KeepCredit).into()) }
    }

    /// Agencies with their score on a day, by level and name, how many match in all, and how many of each level there are
    /// whatever level is asked for. Public.
    pub async fn agencies(&self, day: Date, asked: &AgencyQuery) -> Result<Agencies, CreditError> {
        let all = self.all_agencies(day, asked).await?;
        let rows = all.rows.into_iter().skip(asked.skip).take(rows_on_a_page(asked.limit)).collect();
        Ok(Agencies { rows, ..all })
    }

    /// The same without pages.
    pub async fn all_agencies(&self, day: Date, asked: &AgencyQuery) -> Result<Agencies, CreditError> {
        let mut read = self.database.read().await?;
        let found = agencies::matching(&mut read, asked).await?;
        let (book, mut counted) = (editions::book(&mut read).await?, self.counted(&mut read).await?);
        let announced: HashMap<AgencyId, u64> = events::announced(&mut read).await?;
        read.close().await?;
        let mut grades: Vec<(Grade, u64)> = Grade::ALL.iter().map(|grade| (*grade, 0)).collect();
        let mut rows = Vec::with_capacity(found.len());
        for agency in found {
            let own = counted.remove(&agency.id).unwrap_or_default();
            let Some(score) = score(&own, &book, day) else { continue };
            for (_, count) in grades.iter_mut().filter(|(grade, _)| *grade == score.grade) {
                *count += 1;
            }
            if asked.grade.is_none_or(|grade| grade == score.grade) {
                let announced = announced.get(&agency.id).copied().unwrap_or(0);
                rows.push(Listed { agency, score, announced });
            }
        }
        let key = |row: &Listed| (row.score.grade, std::cmp::Reverse(row.score.total));
        rows.sort_by(|a, b| {
            key(a).cmp(&key(b)).then_with(|| a.agency.particulars.name.cmp(&b.agency.particulars.name))
        });
        Ok(Agencies { total: rows.len() as u64, rows, grades })
    }

    async fn counted(&self, read: &mut database::Connection) -> Result<HashMap<AgencyId, Vec<Counted>>, CreditError> {
        let mut by: HashMap<AgencyId, Vec<Counted>> = HashMap::new();
        for (agency, event) in events::counted(read).await? {
            by.entry(agency).or_default().push(event);
        }
        Ok(by)
    }

    /// An agency. Public.
    pub async fn agency(&self, id: &AgencyId) -> Result<Agency, CreditError> {
        let found = agencies::get(&mut *self.database.read().await?, id).await?;
        found.ok_or_else(|| CreditError::not_found(What::Agency, id))
    }

    /// An agency, for whoever keeps its credit.
    pub async fn kept_agency(&self, actor: &Actor, id: &AgencyId) -> Result<Agency, CreditError> {
        kept(&mut *self.database.read().await?, actor, id).await
    }

    /// All agencies that the actor keeps.
    pub async fn kept_agencies(&self, actor: &Actor) -> Result<Vec<Agency>, CreditError> {
        let cover = cover(actor)?;
        let all = agencies::matching(&mut *self.database.read().await?, &AgencyQuery::default()).await?;
        Ok(all.into_iter().filter(|agency| cover.holds(&agency.keeper)).collect())
    }

    /// What of an agency's events the score looks at. Public: the score is.
    pub async fn counted_of(&self, id: &AgencyId) -> Result<Vec<Counted>, CreditError> {
        events::counted_of(&mut *self.database.read().await?, id).await
    }

    /// The score of an agency on a day. Public.
    pub async fn score_of(&self, id: &AgencyId, day: Date) -> Result<Option<Score>, CreditError> {
        let mut read = self.database.read().await?;
        let counted = events::counted_of(&mut read, id).await?;
        Ok(score(&counted, &editions::book(&mut read).await?, day))
    }

    /// The events of an agency that the actor may see, newest first: everyone those that were announced, its keepers all.
    pub async fn events_of(&self, actor: &Actor, id: &AgencyId) -> Result<Vec<Event>, CreditError> {
        let found = events::of_agency(&mut *self.database.read().await?, id).await?;
        Ok(found.into_iter().filter(|event| event.is_public() || keeps(actor, event)).collect())
    }

    /// An event that the actor may see, with what was done to it.
    pub async fn event(&self, actor: &Actor, id: &EventId) -> Result<(Event, Vec<EventPart>), CreditError> {
        let mut read = self.database.read().await?;
        let found = events::get(&mut read, id).await?;
        let found = found.filter(|event| event.is_public() || keeps(actor, event));
        let found = found.ok_or_else(|| CreditError::not_found(What::Event, id))?;
        let parts = events::parts(&mut read, id).await?;
        Ok((found, parts))
    }

    /// An event, for whoever keeps its agency's credit.
    pub async fn kept_event(&self, actor: &Actor, id: &EventId) -> Result<Event, CreditError> {
        kept_event(&mut *self.database.read().await?, actor, id).await
    }

    /// A page of events, newest first: of the agencies that the actor keeps.
    pub async fn events(&self, actor: &Actor, asked: &EventQuery) -> Result<Page<Event>, CreditError> {
        let cover = cover(actor)?;
        let (limit, after) = (rows_on_a_page(asked.limit), place(asked.after.as_deref())?);
        let found = events::page(&mut *self.database.read().await?, Some(&cover), asked, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| last.id.to_string()))
    }

    /// How many events wait for the actor: drafts, objections, repairs.
    pub async fn waiting(&self, actor: &Actor) -> Result<Vec<(EventState, u64)>, CreditError> {
        let cover = cover(actor)?;
        events::waiting(&mut *self.database.read().await?, &cover).await
    }

    /// A page of what is announced and open for objections, newest first. Public.
    pub async fn announcements(&self, after: Option<&str>, limit: usize) -> Result<Page<Event>, CreditError> {
        let asked = EventQuery { announced: true, ..EventQuery::default() };
        let (limit, after) = (rows_on_a_page(limit), place(after)?);
        let found = events::page(&mut *self.database.read().await?, None, &asked, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| last.id.to_string()))
    }

    /// The papers about an event, the objection first: for its keepers, and to each person the own ones.
    pub async fn papers_of(&self, actor: &Actor, event: &EventId) -> Result<Vec<Paper>, CreditError> {
        let found = papers::of_event(&mut *self.database.read().await?, event).await?;
        Ok(found.into_iter().filter(|paper| paper.is_seen_by(actor)).collect())
    }

    /// A paper, for the keepers of the event.
    pub async fn paper(&self, actor: &Actor, id: &PaperId) -> Result<Paper, CreditError> {
        let found = papers::get(&mut *self.database.read().await?, id).await?;
        let found = found.filter(|found| actor.may_at(Permission::KeepCredit, &found.keeper));
        found.ok_or_else(|| CreditError::not_found(What::Paper, id))
    }

    /// The first day on which repair may be applied for; none when the rules know none.
    pub async fn repairable_from(&self, event: &Event) -> Result<Option<Date>, CreditError> {
        let book = self.book().await?;
        Ok(repairable_from(event, &book))
    }

    /// A page of leads, newest first, of the agencies that the actor keeps.
    pub async fn leads(&self, actor: &Actor, asked: &LeadQuery) -> Result<Page<Lead>, CreditError> {
        let cover = cover(actor)?;
        let (limit, after) = (rows_on_a_page(asked.limit), place(asked.after.as_deref())?);
        let found = leads::page(&mut *self.database.read().await?, &cover, asked, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| last.id.to_string()))
    }

    /// A lead, for whoever keeps the agency's credit.
    pub async fn lead(&self, actor: &Actor, id: &LeadId) -> Result<Lead, CreditError> {
        let found = leads::get(&mut *self.database.read().await?, id).await?;
        let found = found.filter(|found| actor.may_at(Permission::KeepCredit, &found.keeper));
        found.ok_or_else(|| CreditError::not_found(What::Lead, id))
    }

    /// When filings were last looked at for leads: of an agency, or of any that the actor keeps.
    pub async fn looked_at(&self, actor: &Actor, id: Option<&AgencyId>) -> Result<Option<Timestamp>, CreditError> {
        let cover = cover(actor)?;
        agencies::looked_at(&mut *self.database.read().await?, &cover, id).await
    }

    /// How many leads nobody has looked into yet, among the agencies that the actor keeps.
    pub async fn open_leads(&self, actor: &Actor) -> Result<u64, CreditError> {
        let cover = cover(actor)?;
        leads::count_open(&mut *self.database.read().await?, &cover).await
    }
}

fn keeps(actor: &Actor, event: &Event) -> bool {
    actor.may_at(Permission::KeepCredit, &event.keeper)
}

fn cover(actor: &Actor) -> Result<Cover, CreditError> {
    Ok(actor.cover(Permission::KeepCredit).ok_or_else(|| actor.denied(Permission::KeepCredit))?)
}

#[cfg(test)]
#[path = "credit_tests.rs"]
mod tests;
