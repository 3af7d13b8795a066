//! `published-data/search`: a query in CQL and a range of hits by rank.

use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use index::{Request, Sort};
use query::{Query, Spelling};
use records::{Right, RightId};
use serde::Deserialize;

use super::super::asked;
use super::biblio::{self, document_id};
use super::write::{NAMESPACES, Xml, document, element, empty, leaf_with};
use super::{Fault, answer, check_constituents, published};
use crate::App;
use crate::problem::Failure;

/// Hits that can be reached by rank, as with the services.
const REACH: usize = 2000;
/// Most hits in one answer.
const MOST: usize = 100;
/// Hits of an answer unless asked otherwise.
const USUAL: RangeInclusive<usize> = 1..=25;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Parameters {
    q: String,
    #[serde(rename = "Range")]
    range: Option<String>,
}

pub(super) async fn by_address(
    State(app): State<Arc<App>>,
    constituents: Option<Path<String>>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, Fault> {
    let parameters: Parameters = asked::read(&raw.unwrap_or_default()).await?;
    search(&app, parameters, constituents.map(|Path(text)| text), &headers).await
}

/// Clients send the form under various content types; what counts is its text.
pub(super) async fn by_form(
    State(app): State<Arc<App>>,
    constituents: Option<Path<String>>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
    body: String,
) -> Result<Response, Fault> {
    let mut parameters: Parameters = asked::read(body.trim()).await?;
    let address: Parameters = asked::read(&raw.unwrap_or_default()).await?;
    parameters.range = parameters.range.or(address.range);
    search(&app, parameters, constituents.map(|Path(text)| text), &headers).await
}

async fn search(
    app: &App,
    parameters: Parameters,
    constituents: Option<String>,
    headers: &HeaderMap,
) -> Result<Response, Fault> {
    constituents.as_deref().map_or(Ok(()), check_constituents)?;
    if parameters.q.trim().is_empty() {
        return Err(Fault::invalid_query("The query is missing: send q=… in CQL"));
    }
    let named = ["x-ops-range", "range"].into_iter().find_map(|name| headers.get(name)?.to_str().ok());
    let wanted = match named.or(parameters.range.as_deref()) {
        Some(text) => range(text)?,
        None => USUAL,
    };
    let query = query::parse_as(&parameters.q, Spelling::Cql).map_err(Failure::from)?;
    let (total, rights) = hits(app, Query::and(query, published()), &wanted).await?;
    let end = (wanted.start() - 1 + rights.len()).to_string();
    let reached = [("begin", wanted.start().to_string()), ("end", end)];
    let xml = document("ops:world-patent-data", &NAMESPACES, |xml| {
        element(xml, "ops:biblio-search", &[("total-result-count", &total.to_string())], |xml| {
            leaf_with(xml, "ops:query", &[("syntax", "CQL")], &parameters.q)?;
            empty(xml, "ops:range", &reached.each_ref().map(|(name, value)| (*name, value.as_str())))?;
            element(xml, "ops:search-result", &[], |xml| {
                let one = if constituents.is_some() { with_data } else { number_alone };
                rights.iter().try_for_each(|right| one(xml, right))
            })
        })
    });
    Ok(answer(xml.map_err(broken)?))
}

/// A fault of ours.
pub(super) fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    Failure::Broken(error.into())
}

/// `1-25`: begin and end, counted from 1.
fn range(text: &str) -> Result<RangeInclusive<usize>, Fault> {
    let bounds =
        text.split_once('-').and_then(|(begin, end)| Some((begin.trim().parse().ok()?, end.trim().parse().ok()?)));
    let Some((begin, end)) = bounds.filter(|(begin, end): &(usize, usize)| *begin >= 1 && end >= begin) else {
        return Err(Fault::invalid_query(format!("The range «{text}» is not begin-end, such as 1-25")));
    };
    if end > REACH {
        return Err(Fault::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "CLIENT.InvalidRange",
            format!(
                "The first {REACH} hits can be reached by rank; narrow the query, or use /api/v1/search, which has no end"
            ),
        ));
    }
    if end - begin >= MOST {
        return Err(Fault::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "CLIENT.InvalidRange",
            format!("A range has at most {MOST} hits; «{text}» has {}", end - begin + 1),
        ));
    }
    Ok(begin..=end)
}

/// How many match, and the rights at these ranks.
async fn hits(app: &App, query: Query, wanted: &RangeInclusive<usize>) -> Result<(u64, Vec<Right>), Fault> {
    let searcher = app.searcher();
    let symbols = searcher.symbols(&query).await?;
    let (index, limit) = (Arc::clone(searcher.index()), *wanted.end());
    let found = tokio::task::spawn_blocking(move || {
        index.search(&Request {
            query: &query,
            symbols: &symbols,
            sort: Sort::default(),
            limit,
            after: None,
            facets: &[],
            explain: false,
            collapse: false,
        })
    });
    let found = found.await.map_err(broken)?.map_err(Failure::from)?;
    let ids: Vec<RightId> = found.hits.into_iter().skip(wanted.start() - 1).map(|hit| hit.id).collect();
    if ids.is_empty() {
        return Err(Fault::no_results());
    }
    let rights = searcher.register().rights(&ids).await.map_err(broken)?;
    Ok((found.total, rights.into_iter().flatten().collect()))
}

/// A hit as a number: that of its latest publication.
fn number_alone(xml: &mut Xml, right: &Right) -> io::Result<()> {
    let Some(publication) = right.publications.last() else { return Ok(()) };
    let family = right.family_id.as_deref().unwrap_or_default();
    element(xml, "ops:publication-reference", &[("system", "ops.epo.org"), ("family-id", family)], |xml| {
        document_id(xml, "docdb", &publication.number, publication.kind.as_ref(), None)
    })
}

/// A hit with its bibliographic data.
fn with_data(xml: &mut Xml, right: &Right) -> io::Result<()> {
    let Some(publication) = right.publications.last() else { return Ok(()) };
    element(xml, "exchange-documents", &[], |xml| biblio::exchange_document(xml, right, publication))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_range_has_a_begin_and_an_end_within_reach() {
        assert_eq!(range("1-25").unwrap(), 1..=25);
        assert_eq!(range(" 1901 - 2000 ").unwrap(), 1901..=2000);
        for wrong in ["", "5", "0-10", "10-9", "a-b", "1-101", "1991-2001", "-5", "1-99999999999999999999"] {
            assert!(range(wrong).is_err(), "{wrong}");
        }
    }
}
