//! Answering a request.

use query::Query;
use records::RightId;
use tantivy::TantivyError;

use super::collapse::Collapsed;
use super::collect::{Found, Gather, Harvest, Page};
use super::cursor::{self, Asked};
use super::engine::{Embedded, Snapshot};
use super::lower::Lowering;
use super::plan::{Explainer, Plan};
use super::tally::Tallying;
use crate::{Answer, Facet, FacetField, Hit, IndexError, Request, Sort, SortKey, Symbols, Tally, TallyRequest};

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
    let &Request { query, sort, collapse, limit, .. } = request;
    let plan = plan(index, query, request.symbols)?;
    let asked = Asked { query, sort, collapse };
    let after = request.after.map(|seek| cursor::read(seek, asked)).transpose()?;
    let snapshot = index.snapshot()?;
    // One more than asked tells whether there is a next page.
    let most = if limit == 0 { 0 } else { limit.saturating_add(1) };
    let page = Page {
        sort,
        scores: plan.scores(),
        most: if collapse { 0 } else { most },
        after: after.as_ref(),
        gather: match (collapse, request.facets) {
            (true, _) => Gather::Scores,
            (false, []) => Gather::Nothing,
            (false, _) => Gather::Documents,
        },
    };
    let failure = |error: TantivyError| index.failure(error);
    let mut found = snapshot.searcher.search(&plan.query(), &page).map_err(failure)?;
    let facets = facets(request.facets, &found, &snapshot).map_err(failure)?;
    let mut groups = None;
    if collapse {
        let first = super::collapse::collapse(&found, (sort, page.scores), page.after, most, &snapshot);
        let Collapsed { hits, groups: number } = first.map_err(failure)?;
        found.hits = hits;
        groups = Some(number);
    }
    let Harvest { total, mut hits, .. } = found;
    let more = hits.len() > limit;
    hits.truncate(limit);
    let next = hits.last().filter(|_| more).map(|last| cursor::write(&last.place, asked));
    let hits = describe(hits, &plan, request, &snapshot).map_err(failure)?;
    Ok(Answer { total, hits, next, facets, groups })
}

fn facets(asked: &[(FacetField, usize)], found: &Harvest, snapshot: &Snapshot) -> tantivy::Result<Vec<Facet>> {
    let tallying = Tallying::new(&found.matches, snapshot, asked.iter().map(|(field, _)| *field))?;
    Ok(asked.iter().map(|&(field, most)| tallying.facet(field, most)).collect())
}

/// Counts over all rights that match.
pub(super) fn tally(index: &Embedded, request: &TallyRequest<'_>) -> Result<Tally, IndexError> {
    let plan = plan(index, request.query, request.symbols)?;
    let snapshot = index.snapshot()?;
    let counted = || {
        let sort = Sort { key: SortKey::Id, ascending: true };
        let page = Page { sort, scores: false, most: 0, after: None, gather: Gather::Documents };
        let Harvest { total, matches, .. } = snapshot.searcher.search(&plan.query(), &page)?;
        let facets = request.facets.iter().map(|(field, _)| *field);
        let crosses = request.crosses.iter().flat_map(|cross| [cross.rows.0, cross.columns.0]);
        let distinct = request.distinct.iter().flat_map(|&(by, of)| [by, of]);
        let tallying = Tallying::new(&matches, &snapshot, facets.chain(crosses).chain(distinct))?;
        Ok(Tally {
            total,
            facets: request.facets.iter().map(|&(field, most)| tallying.facet(field, most)).collect(),
            crosses: tallying.crosses(request.crosses)?,
            distinct: tallying.distinct(request.distinct)?,
        })
    };
    counted().map_err(|error| index.failure(error))
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
        hits.push(Hit { id: RightId::from(found.place.id), score, explanation, family_size: found.family_size });
    }
    Ok(hits)
}
