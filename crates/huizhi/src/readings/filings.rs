//! Filings of agencies, and filings that are nearly alike, read from index and register.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use credit::{Conditions, CreditError, Filing, FilingState, FilingsAnswer, Peers, Year};
use index::{CrossRequest, FacetField, IndexError, Request, Sort, SortKey, TallyRequest};
use jiff::civil::Date;
use query::Field;
use records::{Party, RightId, Status, Text};
use search::Searcher;
use serde::Deserialize;

/// Ids asked for at a time.
const PAGE: usize = 5_000;
/// Rights read from the register at a time.
const CHUNK: usize = 1_000;
/// Filings of one agency that are looked at; an agency with more has its newest ones looked at.
const MOST: usize = 20_000;

/// Reads filings from the register.
#[derive(Clone)]
pub(crate) struct Register {
    searcher: Searcher,
    /// Peers as they were counted at a position of the feed.
    peers: Arc<Mutex<Option<(i64, Peers)>>>,
}

impl std::fmt::Debug for Register {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Register")
    }
}

/// What of a right is looked at.
#[derive(Deserialize)]
struct Slim {
    id: RightId,
    #[serde(default)]
    titles: Vec<Text>,
    #[serde(default)]
    applicants: Vec<Party>,
    #[serde(default)]
    inventors: Vec<Party>,
    #[serde(default)]
    filing_date: Option<records::Date>,
    #[serde(default)]
    publication_date: Option<records::Date>,
    status: Status,
}

/// A filing with the province of its first applicant.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) filing: Filing,
    /// When it was first published.
    pub(crate) published: Option<Date>,
    /// The first two digits of its region code.
    pub(crate) province: Option<u8>,
}

impl Register {
    pub(crate) fn new(searcher: Searcher) -> Self {
        Self { searcher, peers: Arc::default() }
    }

    /// How far the index stands; what was read holds until it moves.
    pub(crate) fn position(&self) -> Result<i64, IndexError> {
        self.searcher.index().cursor()
    }

    /// The filings that a query finds, newest first, no more than `most`.
    pub(crate) async fn found(&self, text: &str, most: usize) -> Result<Vec<Placed>, String> {
        let query = query::parse(text).map_err(|mistake| mistake.to_string())?;
        let symbols = self.searcher.symbols(&query).await.map_err(|error| error.to_string())?;
        let index = Arc::clone(self.searcher.index());
        let asked = tokio::task::spawn_blocking(move || {
            let mut ids: Vec<RightId> = Vec::new();
            let mut after = None;
            loop {
                let request = Request {
                    query: &query,
                    symbols: &symbols,
                    sort: Sort { key: SortKey::Filed, ascending: false },
                    limit: PAGE.min(most - ids.len()),
                    after: after.as_ref(),
                    facets: &[],
                    explain: false,
                    collapse: false,
                };
                let answer = index.search(&request)?;
                ids.extend(answer.hits.into_iter().map(|hit| hit.id));
                after = answer.next;
                if after.is_none() || ids.len() >= most {
                    return Ok::<_, IndexError>(ids);
                }
            }
        });
        let ids = asked.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        let mut filings = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(CHUNK) {
            let slims = self.searcher.register().rights_as::<Slim>(chunk).await.map_err(|error| error.to_string())?;
            filings.extend(slims.into_iter().flatten().map(placed));
        }
        Ok(filings)
    }

    /// What became of all filings with an agent, by year: one pass over the index.
    async fn count_peers(&self) -> Result<Peers, String> {
        let query = query::parse("ag=*").map_err(|mistake| mistake.to_string())?;
        let symbols = self.searcher.symbols(&query).await.map_err(|error| error.to_string())?;
        let index = Arc::clone(self.searcher.index());
        let asked = tokio::task::spawn_blocking(move || {
            let crosses = [CrossRequest { rows: (FacetField::Status, 10), columns: (FacetField::FilingYear, 1_000) }];
            index.tally(&TallyRequest {
                query: &query,
                symbols: &symbols,
                facets: &[],
                crosses: &crosses,
                distinct: &[],
            })
        });
        let tally = asked.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        let mut years: BTreeMap<i16, Year> = BTreeMap::new();
        for cross in &tally.crosses {
            for cell in &cross.cells {
                let status = cross.rows.get(cell.row).and_then(|row| Status::from_code(&row.value));
                let year = cross.columns.get(cell.column).and_then(|column| column.value.parse::<i16>().ok());
                let (Some(status), Some(year)) = (status, year) else { continue };
                let counts = years.entry(year).or_default();
                counts.filed += cell.count;
                match state_of(status) {
                    FilingState::Granted => counts.granted += cell.count,
                    FilingState::Refused => counts.refused += cell.count,
                    FilingState::Withdrawn => counts.withdrawn += cell.count,
                    FilingState::Pending | FilingState::Unknown => {}
                }
            }
        }
        Ok(Peers { years })
    }
}

impl credit::Filings for Register {
    fn of<'a>(&'a self, names: &'a [String]) -> FilingsAnswer<'a, Vec<Filing>> {
        Box::pin(async move {
            let text = self.query(&Conditions { agents: names, ..Conditions::default() });
            let found = self.found(&text, MOST).await.map_err(CreditError::Filings)?;
            Ok(found.into_iter().map(|placed| placed.filing).collect())
        })
    }

    fn peers(&self) -> FilingsAnswer<'_, Peers> {
        Box::pin(async move {
            let position = self.position().map_err(|error| CreditError::Filings(error.to_string()))?;
            let kept = self.peers.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some((_, peers)) = kept.filter(|(at, _)| *at == position) {
                return Ok(peers);
            }
            let peers = self.count_peers().await.map_err(CreditError::Filings)?;
            *self.peers.lock().unwrap_or_else(PoisonError::into_inner) = Some((position, peers.clone()));
            Ok(peers)
        })
    }

    fn query(&self, conditions: &Conditions<'_>) -> String {
        text_of(conditions)
    }
}

/// The query text of conditions.
pub(crate) fn text_of(conditions: &Conditions<'_>) -> String {
    let mut parts = Vec::new();
    let agents: Vec<String> = conditions.agents.iter().map(|name| run(Field::Agent, name)).collect();
    match agents.as_slice() {
        [] => {}
        [one] => parts.push(one.clone()),
        several => parts.push(format!("({})", several.join(" OR "))),
    }
    if let Some((from, to)) = conditions.filed {
        parts.push(format!("ad=[{from} TO {to}]"));
    }
    if let Some(state) = conditions.state {
        let status = match state {
            FilingState::Pending => "pending",
            FilingState::Granted => "(in-force OR lapsed OR expired)",
            FilingState::Refused => "refused",
            FilingState::Withdrawn => "withdrawn",
            FilingState::Unknown => "unknown",
        };
        parts.push(format!("status={status}"));
    }
    if let Some(inventor) = conditions.inventor {
        parts.push(query::clause(Field::Inventor, inventor));
    }
    if let Some(address) = conditions.address {
        parts.push(run(Field::Address, address));
    }
    // A beginning of one character finds next to everything.
    let title =
        conditions.title.map(str::trim).filter(|title| title.chars().filter(|c| c.is_alphanumeric()).count() > 1);
    if let Some(title) = title {
        parts.push(run(Field::Title, title));
    }
    if parts.is_empty() { "ag=*".to_owned() } else { parts.join(" AND ") }
}

/// A condition on exactly this run of characters.
fn run(field: Field, text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("{}=\"{escaped}\"", field.code())
}

fn state_of(status: Status) -> FilingState {
    match status {
        Status::Pending => FilingState::Pending,
        Status::InForce | Status::Lapsed | Status::Expired => FilingState::Granted,
        Status::Refused => FilingState::Refused,
        Status::Withdrawn => FilingState::Withdrawn,
        Status::Unknown => FilingState::Unknown,
    }
}

fn placed(slim: Slim) -> Placed {
    let address = slim.applicants.iter().find_map(|party| party.address.clone()).unwrap_or_default();
    let province = slim.applicants.iter().find_map(records::region::province_of_party);
    let title = slim.titles.iter().find(|text| text.lang.as_deref() == Some("zh")).or(slim.titles.first());
    let filing = Filing {
        id: slim.id.to_string(),
        title: title.map_or_else(String::new, |text| text.text.clone()),
        address,
        inventors: slim.inventors.into_iter().map(|party| party.name).collect(),
        filed: slim.filing_date.and_then(civil),
        state: state_of(slim.status),
    };
    let published = slim.publication_date.and_then(civil);
    Placed { filing, published, province: province.map(|province| province.code) }
}

/// A day as the calendar has it.
fn civil(day: records::Date) -> Option<Date> {
    day.to_string().parse().ok()
}

/// Filings that are nearly alike at one address.
#[derive(Clone, Debug)]
pub(crate) struct Alike {
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) province: Option<u8>,
    /// Days of first publication: filings become known by it, many months after they were filed.
    pub(crate) days: Vec<Date>,
}

/// Groups filings by address and by what their titles share but for numbers.
pub(crate) fn alike(filings: &[Placed]) -> Vec<Alike> {
    let mut groups: HashMap<(&str, String), Alike> = HashMap::new();
    for Placed { filing, published, province } in filings {
        let Some(day) = *published else { continue };
        let skeleton = credit::skeleton(&filing.title);
        if filing.address.is_empty() || skeleton.is_empty() {
            continue;
        }
        let group = groups.entry((filing.address.as_str(), skeleton)).or_insert_with(|| Alike {
            address: filing.address.clone(),
            title: filing.title.clone(),
            province: *province,
            days: Vec::new(),
        });
        let same = group.title.chars().zip(filing.title.chars()).take_while(|(a, b)| a == b).count();
        group.title = group.title.chars().take(same).collect();
        group.days.push(day);
    }
    let mut all: Vec<Alike> = groups.into_values().collect();
    all.sort_by(|a, b| (&a.address, &a.title).cmp(&(&b.address, &b.title)));
    all
}

#[cfg(test)]
#[path = "filings_tests.rs"]
mod tests;
