//! One right with everything round it.

use std::collections::HashMap;

use index::{IndexError, Request, Sort, SortKey, Symbols};
use query::Field;
use records::{Citation, PublicationNumber, Related, Right, RightId, lookup_keys};
use register::StoredPart;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Brief, ClassPlace, SearchError, Searcher};

/// Members of a family shown.
const FAMILY: usize = 100;
/// Citing rights shown.
const CITING: usize = 50;
/// Similar rights shown.
const SIMILAR: usize = 10;

/// One right with everything round it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Dossier {
    /// The right; its status is that of today.
    pub right: Right,
    /// The other members of its family, the first 100 in order of id.
    pub family: List,
    /// What it cites.
    pub citations: Vec<Cited>,
    /// Rights that cite one of its publications, the first 50 in order of filing.
    pub cited_by: List,
    /// Rights most like it, best first.
    pub similar: Vec<Brief>,
    /// Its classes with what they mean.
    pub classes: Vec<ClassPlace>,
    /// Parents, divisionals, continuations and other related filings.
    pub related: Vec<Neighbour>,
}

/// The beginning of a list and the query that finds all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct List {
    /// Exact number of rights.
    pub total: u64,
    /// The first ones.
    pub first: Vec<Brief>,
    /// Query text that finds all; empty when there is nothing to ask.
    pub query: String,
}

/// A citation and the right it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cited {
    /// The citation.
    pub citation: Citation,
    /// The right, if it is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<Brief>,
}

/// A related filing and the right it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Neighbour {
    /// The relation.
    pub related: Related,
    /// The right, if it is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<Brief>,
}

/// What the index knows round a right.
#[derive(Default)]
struct Around {
    family: (u64, Vec<RightId>, String),
    citing: (u64, Vec<RightId>, String),
    similar: Vec<RightId>,
}

impl Searcher {
    /// A right with everything round it; `None` when there is none with this id.
    pub async fn dossier(&self, id: &RightId) -> Result<Option<Dossier>, SearchError> {
        let Some(right) = self.register.right(id).await? else { return Ok(None) };
        let right = self.as_of_today(right);
        let index = std::sync::Arc::clone(&self.index);
        let asked = right.clone();
        let around = tokio::task::spawn_blocking(move || around(&*index, &asked));
        let led = self.led_to(&right).await?;
        let classes = self.places_of(&right).await?;
        let around = around.await.map_err(|error| SearchError::Broken(error.to_string()))??;

        let ids = [&around.family.1, &around.citing.1, &around.similar].into_iter().flatten();
        let mut ids: Vec<RightId> = ids.chain(led.values()).cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        let briefs = self.briefs(&ids).await?;
        let briefs: HashMap<RightId, Brief> =
            ids.into_iter().zip(briefs).filter_map(|(id, brief)| Some((id, brief?))).collect();
        let of = |ids: Vec<RightId>| -> Vec<Brief> { ids.iter().filter_map(|id| briefs.get(id).cloned()).collect() };
        let list = |(total, ids, query)| List { total, first: of(ids), query };
        let leads_to = |number: &str| led.get(number).and_then(|id| briefs.get(id).cloned());
        let cited = |citation: &Citation| Cited {
            leads_to: citation.number.as_deref().and_then(leads_to),
            citation: citation.clone(),
        };
        let neighbour = |related: &Related| Neighbour { leads_to: leads_to(&related.number), related: related.clone() };
        Ok(Some(Dossier {
            family: list(around.family),
            citations: right.citations.iter().map(cited).collect(),
            cited_by: list(around.citing),
            similar: of(around.similar),
            classes,
            related: right.related.iter().map(neighbour).collect(),
            right,
        }))
    }

    /// The parts of a right as they are stored, withdrawn ones too, each with its source; none for an unknown id.
    pub async fn parts(&self, id: &RightId) -> Result<Vec<StoredPart>, SearchError> {
        Ok(self.register.parts(id).await?)
    }

    /// The right that each cited or related number leads to.
    async fn led_to(&self, right: &Right) -> Result<HashMap<String, RightId>, SearchError> {
        let cited = right.citations.iter().filter_map(|citation| citation.number.clone());
        let numbers: Vec<String> = cited.chain(right.related.iter().map(|related| related.number.clone())).collect();
        let keys: Vec<Vec<String>> = numbers.iter().map(|number| exact_keys(number)).collect();
        let found = self.register.find_each(&keys.concat()).await?;
        let of = |keys: &[String]| {
            let rights = keys.iter().find_map(|key| found.get(key))?;
            rights.iter().find(|found| **found != right.id).cloned()
        };
        Ok(numbers.into_iter().zip(&keys).filter_map(|(number, keys)| Some((number, of(keys)?))).collect())
    }
}

/// Keys of a number as an office's file gives it: the publication first, then whatever else it may be.
fn exact_keys(number: &str) -> Vec<String> {
    let publication = PublicationNumber::read_full(number).map(|(number, kind)| number.keys(kind.as_ref()));
    publication.into_iter().flatten().chain(lookup_keys(number)).collect()
}

fn around(index: &dyn index::Index, right: &Right) -> Result<Around, IndexError> {
    let mut around = Around::default();
    if let Some(family) = &right.family_id {
        let query = query::clause(Field::Family, family);
        let (total, mut ids) = list(index, &query, FAMILY + 1, SortKey::Id)?;
        let present = ids.contains(&right.id);
        ids.retain(|id| *id != right.id);
        ids.truncate(FAMILY);
        around.family = (total.saturating_sub(u64::from(present)), ids, query);
    }
    let citing = citing(right);
    if !citing.is_empty() {
        let (total, ids) = list(index, &citing, CITING, SortKey::Filed)?;
        around.citing = (total, ids, citing);
    }
    around.similar = index.similar(right, SIMILAR)?.into_iter().map(|hit| hit.id).collect();
    Ok(around)
}

/// The query for rights that cite a publication of this one; empty when it has none.
fn citing(right: &Right) -> String {
    let mut clauses: Vec<String> = Vec::new();
    for publication in &right.publications {
        let clause = query::clause(Field::Citation, publication.number.as_str());
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    clauses.join(" OR ")
}

/// Number and first ids of the rights that a query finds; none when it cannot be asked.
fn list(index: &dyn index::Index, text: &str, limit: usize, key: SortKey) -> Result<(u64, Vec<RightId>), IndexError> {
    let Ok(query) = query::parse(text) else { return Ok((0, Vec::new())) };
    let answer = index.search(&Request {
        query: &query,
        symbols: &Symbols::new(),
        sort: Sort { key, ascending: true },
        limit,
        after: None,
        facets: &[],
        explain: false,
        collapse: false,
    })?;
    Ok((answer.total, answer.hits.into_iter().map(|hit| hit.id).collect()))
}
