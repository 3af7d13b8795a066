//! Answering a request.

use query::Query;
use records::RightId;

use super::collect::{Found, Harvest, Page};
use super::cursor;
use super::engine::{Embedded, Snapshot};
use super::facets::Tally;
use super::lower::Lowering;
use super::plan::{Explainer, Plan};
use crate::{Answer, Facet, FacetField, Hit, IndexError, Request, SortKey, Symbols};

fn plan(index: &Embedded, query: &Query, symbols: &Symbols) -> Result<Plan, IndexError> {
    Lowering { layout: &index.layout, symbols }.plan(query)
}

/// Number of rights that match.
pub(super) fn count(index: &Embedded, query: &Query, symbols: &Symbols) -> Result<u64, IndexError> {
    let plan = plan(index, query, symbols)?;
    let snapshot = index.snapshot()?;
    let count = tantivy::query::Query::count(&plan.query(), &snapshot.searcher);
    Ok(count.map_err(|error| index.failure(error))? as u64)
}

/// One page with its total and facets.
pub(super) fn search(index: &Embedded, request: &Request<'_>) -> Result<Answer, IndexError> {
    let plan = plan(index, request.query, request.symbols)?;
    let after = request.after.map(|seek| cursor::read(seek, request.query, request.sort)).transpose()?;
    let snapshot = index.snapshot()?;
    let fields: Vec<FacetField> = request.facets.iter().map(|(field, _)| *field).collect();
    let page = Page {
        sort: request.sort,
        scores: plan.scores(),
        // One more than asked tells whether there is a next page.
        most: if request.limit == 0 { 0 } else { request.limit.saturating_add(1) },
        after: after.as_ref(),
        facets: &fields,
    };
    let found = snapshot.searcher.search(&plan.query(), &page).map_err(|error| index.failure(error))?;
    let facets = facets(request.facets, &found, &snapshot).map_err(|error| index.failure(error))?;
    let Harvest { total, mut hits, .. } = found;
    let more = hits.len() > request.limit;
    hits.truncate(request.limit);
    let last = hits.last().filter(|_| more);
    let next = last.map(|last| cursor::write(&last.place, request.query, request.sort));
    let hits = describe(hits, &plan, request, &snapshot).map_err(|error| index.failure(error))?;
    Ok(Answer { total, hits, next, facets, groups: None })
}

fn facets(asked: &[(FacetField, usize)], found: &Harvest, snapshot: &Snapshot) -> tantivy::Result<Vec<Facet>> {
    let facet = |(at, &(field, most)): (usize, &(FacetField, usize))| {
        let tallies: Vec<(u32, &Tally)> =
            found.tallies.iter().filter_map(|(segment, tallies)| Some((*segment, tallies.get(at)?))).collect();
        snapshot.numberings.facet((field, most), &tallies, &snapshot.searcher)
    };
    asked.iter().enumerate().map(facet).collect()
}

fn describe(found: Vec<Found>, plan: &Plan, request: &Request<'_>, snapshot: &Snapshot) -> tantivy::Result<Vec<Hit>> {
    let explainer = if request.explain { Some(Explainer::new(plan, &snapshot.searcher)?) } else { None };
    let mut hits = Vec::with_capacity(found.len());
    for found in found {
        let explanation = match &explainer {
            Some(explainer) => explainer.lines(snapshot.searcher.segment_reader(found.segment), found.document)?,
            None => Vec::new(),
        };
        // In another order no scores were made; explained hits show what theirs would be.
        let score = if request.sort.key == SortKey::Score {
            found.score
        } else {
            explanation.iter().map(|line| line.score).sum()
        };
        hits.push(Hit { id: RightId::from(found.place.id), score, explanation, family_size: 1 });
    }
    Ok(hits)
}
