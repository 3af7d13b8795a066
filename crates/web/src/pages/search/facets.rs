//! Counts beside the hits: every value adds its clause to the query as readable text, or takes it away again.

use index::{Facet, FacetField};
use query::Field;
use records::RightKind;
use search::{Found, Options, SearchError, Searcher, clause, facet_label, facet_name};

use super::Asked;
use crate::language::Lang;
use crate::words::grouped;

/// A facet as shown.
pub(crate) struct FacetView {
    pub(crate) name: &'static str,
    pub(crate) values: Vec<ValueView>,
    /// Whether one of its values is part of the query; such a facet stands open.
    pub(crate) active: bool,
    /// Values beyond these are folded away.
    pub(crate) shown: usize,
}

/// One value.
pub(crate) struct ValueView {
    pub(crate) label: String,
    pub(crate) count: String,
    pub(crate) address: String,
    pub(crate) active: bool,
    /// Length of its bar, 0 to 100.
    pub(crate) share: u64,
}

/// A tab of one kind of right.
pub(crate) struct Tab {
    pub(crate) name: &'static str,
    pub(crate) count: String,
    pub(crate) address: String,
    pub(crate) current: bool,
}

/// Values shown before the rest is folded away.
const SHOWN: usize = 6;

pub(crate) fn views(facets: &[Facet], asked: &Asked, lang: Lang) -> Vec<FacetView> {
    let shown = facets.iter().filter(|facet| facet.field != FacetField::Right && !facet.counts.is_empty());
    shown.map(|facet| view(facet, asked, lang)).collect()
}

fn view(facet: &Facet, asked: &Asked, lang: Lang) -> FacetView {
    let most = facet.counts.iter().map(|count| count.count).max().unwrap_or(1).max(1);
    let values: Vec<ValueView> = facet
        .counts
        .iter()
        .map(|count| {
            let clause = clause(facet.field, &count.value);
            let active = query::has_clause(&asked.q, &clause);
            let text =
                if active { query::without_clause(&asked.q, &clause) } else { query::with_clause(&asked.q, &clause) };
            ValueView {
                label: facet_label(facet.field, &count.value, lang.code()),
                count: grouped(count.count),
                address: asked.with_query(text),
                active,
                share: count.count * 100 / most,
            }
        })
        .collect();
    let active = values.iter().any(|value| value.active);
    FacetView { name: facet_name(facet.field, lang.code()), values, active, shown: SHOWN }
}

/// The conditions of the query that stand beside each other, each with the query without it.
pub(crate) fn chips(asked: &Asked) -> Vec<(String, String)> {
    let Ok(query::Query::And(parts)) = query::parse(&asked.q) else { return Vec::new() };
    let chip = |part: &query::Query| {
        let clause = query::canonical(part);
        let without = asked.with_query(query::without_clause(&asked.q, &clause));
        (clause, without)
    };
    parts.iter().map(chip).collect()
}

/// Rights by kind for the tabs: of the query without its own condition on the kind, so that the others keep their counts.
pub(crate) async fn kinds(searcher: &Searcher, text: &str, found: &Found) -> Result<Facet, SearchError> {
    let everything = query::with_only(text, Field::Right, "");
    let same = match (query::parse(&everything), query::parse(text)) {
        (Ok(everything), Ok(query)) => everything == query,
        _ => true,
    };
    let own = || found.facets.iter().find(|facet| facet.field == FacetField::Right).cloned();
    if let Some(own) = own().filter(|_| same) {
        return Ok(own);
    }
    let options = Options { limit: 0, facets: vec![(FacetField::Right, 7)], ..Options::default() };
    let mut counted = searcher.search(&everything, options).await?;
    Ok(counted.facets.pop().unwrap_or(Facet { field: FacetField::Right, counts: Vec::new() }))
}

/// A tab for all and one for each kind that has hits.
pub(crate) fn tabs(kinds: &Facet, asked: &Asked, lang: Lang) -> Vec<Tab> {
    let count = |kind: RightKind| kinds.counts.iter().find(|count| count.value == kind.code()).map_or(0, |c| c.count);
    let all = query::with_only(&asked.q, Field::Right, "");
    let mut tabs: Vec<Tab> = Vec::with_capacity(8);
    for kind in RightKind::ALL {
        let clause = clause(FacetField::Right, kind.code());
        let current = query::has_clause(&asked.q, &clause);
        if count(kind) > 0 || current {
            tabs.push(Tab {
                name: kind.label(lang.code()),
                count: grouped(count(kind)),
                address: asked.with_query(query::with_only(&asked.q, Field::Right, &clause)),
                current,
            });
        }
    }
    let total = kinds.counts.iter().map(|count| count.count).sum();
    let current = tabs.iter().all(|tab| !tab.current);
    let first = Tab { name: lang.t("全部", "All"), count: grouped(total), address: asked.with_query(all), current };
    tabs.insert(0, first);
    tabs
}
