//! `/api/v1/search`: hits, a page at a time.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use index::{ClauseHits, ScoreLine, Seek, Sort, SortKey};
use records::{Right, RightId};
use search::{FoundRight, Options, Snippet};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{IntoParams, ToSchema};

use super::asked::{As, Asked, FacetAsked, list, within};
use super::facets::FacetTable;
use crate::App;
use crate::frame::Visit;
use crate::link::Link;
use crate::problem::Failure;

/// Most hits on a page.
const PAGE: usize = 100;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Query; an empty one asks for everything.
    #[param(example = "石墨烯 电池")]
    q: String,
    /// Spelling of the query.
    #[serde(rename = "as")]
    #[param(inline)]
    spelling: As,
    /// Order of the hits.
    #[param(inline)]
    sort: Order,
    /// Hits on a page; 0 gives counts and facets alone.
    #[param(minimum = 0, maximum = 100)]
    limit: usize,
    /// Mark of the page, from `next` of the page before.
    after: Option<String>,
    /// Facets to count over all hits, each a name or `name:values`.
    #[serde(deserialize_with = "list")]
    #[param(value_type = Vec<String>, example = json!(["status", "applicant:20"]))]
    facet: Vec<FacetAsked>,
    /// Count each clause of the query by itself and explain every score.
    explain: bool,
    /// One hit a family.
    #[param(inline)]
    collapse: Option<Collapse>,
    /// Fields of each right; all but `claims`, `description` and `sources` unless asked otherwise.
    #[serde(deserialize_with = "list")]
    #[param(value_type = Vec<String>, example = json!(["titles", "applicants", "status"]))]
    fields: Vec<RightField>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            q: String::new(),
            spelling: As::default(),
            sort: Order::default(),
            limit: 20,
            after: None,
            facet: Vec::new(),
            explain: false,
            collapse: None,
            fields: Vec::new(),
        }
    }
}

/// An order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    /// Best match first.
    #[default]
    Score,
    /// Newest filing first.
    Filed,
    /// Oldest filing first.
    FiledAsc,
    /// Newest publication first.
    Published,
    /// Oldest publication first.
    PublishedAsc,
    /// Newest grant or registration first.
    Granted,
    /// Oldest grant or registration first.
    GrantedAsc,
    /// By id.
    Id,
}

impl Order {
    const fn sort(self) -> Sort {
        let (key, ascending) = match self {
            Self::Score => (SortKey::Score, false),
            Self::Filed => (SortKey::Filed, false),
            Self::FiledAsc => (SortKey::Filed, true),
            Self::Published => (SortKey::Published, false),
            Self::PublishedAsc => (SortKey::Published, true),
            Self::Granted => (SortKey::Granted, false),
            Self::GrantedAsc => (SortKey::Granted, true),
            Self::Id => (SortKey::Id, true),
        };
        Sort { key, ascending }
    }
}

/// What hits are gathered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Collapse {
    /// Families.
    Family,
}

/// Fields of a right in JSON; its id always comes along.
const FIELDS: [&str; 33] = [
    "id",
    "right",
    "office",
    "application_number",
    "publications",
    "registration_number",
    "titles",
    "abstracts",
    "claims",
    "description",
    "applicants",
    "owners",
    "inventors",
    "agents",
    "filing_date",
    "publication_date",
    "grant_date",
    "expiry_date",
    "priorities",
    "ipc",
    "cpc",
    "locarno",
    "nice",
    "vienna",
    "citations",
    "related",
    "family_id",
    "images",
    "events",
    "status",
    "status_text",
    "facts",
    "sources",
];

/// Fields that make a page of hits heavy.
const HEAVY: [&str; 3] = ["claims", "description", "sources"];

/// A field of a right, by its place in [`FIELDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct RightField(usize);

impl TryFrom<String> for RightField {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = FIELDS.iter().position(|known| *known == name);
        let unknown = || format!("a right has no field «{name}»: expected one of {}", FIELDS.join(", "));
        known.map(Self).ok_or_else(unknown)
    }
}

/// A page of hits.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    /// The query in canonical text.
    query: String,
    /// Exact number of rights that match.
    total: u64,
    /// Exact number of families and single rights that match; filled when collapsed.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<u64>,
    /// This page.
    hits: Vec<Hit>,
    /// Mark of the next page, for `after`; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Facets in the order asked.
    facets: Vec<FacetTable>,
    /// Hits of each clause by itself; filled when an explanation was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<ClauseHits>,
    /// Milliseconds in the engine.
    took_ms: f64,
}

/// One hit.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hit {
    /// Id of the right.
    id: RightId,
    /// Score; 0 unless sorted by score.
    score: f32,
    /// The score's make-up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<ScoreLine>,
    /// Rights of its family among those that match; 1 when not collapsed.
    family_size: u64,
    /// The passage that was found, where the title does not show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
    /// The fields of the right that were asked for.
    #[schema(schema_with = right_fields)]
    right: Map<String, Value>,
}

/// The schema of a right of which any field may be missing; see `document`.
fn right_fields() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name("RightFields"))
}

/// Search rights of every kind.
#[utoipa::path(get, operation_id = "search", path = "/search", tag = "search", params(Parameters), responses(
    (status = 200, description = "A page of hits. `Link: …; rel=\"next\"` leads to the next one.", body = SearchAnswer),
))]
pub(crate) async fn search(
    visit: Visit,
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Response, Failure> {
    let limit = within("limit", asked.limit, 0, PAGE)?;
    let text = asked.spelling.own_words(asked.q)?;
    let options = Options {
        sort: asked.sort.sort(),
        limit,
        after: asked.after.filter(|after| !after.is_empty()).map(Seek),
        facets: asked.facet.iter().map(|facet| facet.pair()).collect(),
        explain: asked.explain,
        collapse: asked.collapse.is_some(),
        snippets: true,
    };
    let found = app.searcher().search(&text, options).await?;
    let fields: Vec<&str> = asked.fields.iter().map(|field| FIELDS[field.0]).collect();
    let hits = found.hits.into_iter().map(|hit| Hit::new(hit, &fields)).collect::<Result<_, _>>()?;
    let next = found.next.map(|seek| seek.0);
    let link = next.as_deref().map(|mark| format!("<{}>; rel=\"next\"", next_page(&visit, mark)));
    let answer = SearchAnswer {
        total: found.total,
        groups: found.groups,
        hits,
        next,
        facets: found.facets.iter().map(|facet| FacetTable::new(facet, &text, visit.lang)).collect(),
        clauses: found.clauses,
        took_ms: found.took_ms,
        query: found.query,
    };
    Ok((link.map(|link| [(header::LINK, link)]), Json(answer)).into_response())
}

/// This address with the mark of the next page.
fn next_page(visit: &Visit, mark: &str) -> String {
    let (path, raw) = visit.address.split_once('?').unwrap_or((&visit.address, ""));
    let kept: Vec<&str> = raw.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("after=")).collect();
    let after = Link::to("").with("after", mark).address();
    let after = after.trim_start_matches('?');
    format!("{path}?{}", kept.into_iter().chain([after]).collect::<Vec<_>>().join("&"))
}

impl Hit {
    fn new(found: FoundRight, fields: &[&str]) -> Result<Self, Failure> {
        let FoundRight { score, explanation, family_size, snippet, right } = found;
        let id = right.id.clone();
        Ok(Self { id, score, explanation, family_size, snippet, right: chosen(right, fields)? })
    }
}

/// A right with the fields that were asked for.
fn chosen(mut right: Right, fields: &[&str]) -> Result<Map<String, Value>, Failure> {
    let wanted =
        |name: &str| if fields.is_empty() { !HEAVY.contains(&name) } else { name == "id" || fields.contains(&name) };
    // Texts that nobody asked for are not worth writing.
    if !wanted("description") {
        right.description = None;
    }
    if !wanted("claims") {
        right.claims.clear();
    }
    let Value::Object(mut all) = serde_json::to_value(&right).map_err(|error| Failure::Broken(error.into()))? else {
        return Ok(Map::new());
    };
    all.retain(|name, _| wanted(name));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;
    use utoipa::openapi::{RefOr, Schema};

    use super::FIELDS;

    #[test]
    fn every_field_of_a_right_can_be_asked_for() {
        let RefOr::T(Schema::Object(right)) = records::Right::schema() else { panic!("a right is an object") };
        let mut known = FIELDS.to_vec();
        known.sort_unstable();
        let mut fields: Vec<&str> = right.properties.keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(known, fields);
    }
}
