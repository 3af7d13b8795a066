//! `/api/v1/facets`: counts over all rights that match, without the rights.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use index::{Cell, Cross, CrossRequest, Facet, FacetField, TallyRequest};
use search::{clause, facet_label, facet_name};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{As, Asked, FacetAsked, facet_field, list};
use crate::App;
use crate::frame::Visit;
use crate::language::Lang;
use crate::problem::Failure;

/// Most lines and columns of a cross table.
const LINES: usize = 100;

/// Tables that may be asked for at once, of each sort.
const TABLES: usize = 20;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Query; an empty one asks for everything.
    q: String,
    /// Spelling of the query.
    #[serde(rename = "as")]
    #[param(inline)]
    spelling: As,
    /// Facets, each a name or `name:values` with at most 1,000 values; 10 unless asked otherwise. At most 20.
    #[serde(deserialize_with = "list")]
    #[param(value_type = Vec<String>, example = json!(["applicant:20", "filing-year:30"]))]
    facet: Vec<FacetAsked>,
    /// Cross tables, each `rows*columns`, both like a facet with at most 100 values. At most 20.
    #[serde(deserialize_with = "list")]
    #[param(value_type = Vec<String>, example = json!(["applicant:15*filing-year:20"]))]
    cross: Vec<CrossAsked>,
    /// `by*of`: for each value of `by` the number of different values of `of`. At most 20.
    #[serde(deserialize_with = "list")]
    #[param(value_type = Vec<String>, example = json!(["filing-year*applicant"]))]
    distinct: Vec<DistinctAsked>,
}

/// A cross table that is asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct CrossAsked(FacetAsked, FacetAsked);

impl TryFrom<String> for CrossAsked {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (rows, columns) = two(&text)?;
        Ok(Self(FacetAsked::read(rows, LINES)?, FacetAsked::read(columns, LINES)?))
    }
}

/// A count of different values that is asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct DistinctAsked(FacetField, FacetField);

impl TryFrom<String> for DistinctAsked {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (by, of) = two(&text)?;
        Ok(Self(facet_field(by)?, facet_field(of)?))
    }
}

fn two(text: &str) -> Result<(&str, &str), String> {
    text.split_once('*').ok_or_else(|| format!("«{text}» names one facet: expected two with * between them"))
}

/// Counts over all rights that match.
#[derive(Serialize, ToSchema)]
pub(crate) struct FacetsAnswer {
    /// The query in canonical text.
    query: String,
    /// Exact number of rights that match.
    total: u64,
    /// Facets in the order asked.
    facets: Vec<FacetTable>,
    /// Cross tables in the order asked.
    crosses: Vec<CrossTable>,
    /// Numbers of different values in the order asked.
    distinct: Vec<DistinctTable>,
}

/// One facet, its values most frequent first; years newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct FacetTable {
    /// The field.
    field: FacetField,
    /// Its name in the language of the answer.
    name: &'static str,
    /// Its values.
    values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Serialize, ToSchema)]
pub(crate) struct FacetValue {
    /// As stored.
    value: String,
    /// In the language of the answer.
    label: String,
    /// Rights that have it.
    count: u64,
    /// Query text that lists them.
    list: String,
}

/// A cross table.
#[derive(Serialize, ToSchema)]
pub(crate) struct CrossTable {
    /// The lines.
    rows: FacetTable,
    /// The columns.
    columns: FacetTable,
    /// Cells above zero: places in `rows` and `columns`, and the rights that have both values.
    cells: Vec<Cell>,
}

/// Numbers of different values.
#[derive(Serialize, ToSchema)]
pub(crate) struct DistinctTable {
    /// The field whose values were gone through; `count` is the number of different values of `of`.
    by: FacetTable,
    /// The field whose values were counted.
    of: FacetField,
}

impl FacetTable {
    /// A facet of what `text` finds.
    pub(crate) fn new(facet: &Facet, text: &str, lang: Lang) -> Self {
        let values = facet.counts.iter().map(|counted| FacetValue {
            value: counted.value.clone(),
            label: facet_label(facet.field, &counted.value, lang.code()),
            count: counted.count,
            list: query::with_clause(text, &clause(facet.field, &counted.value)),
        });
        Self { field: facet.field, name: facet_name(facet.field, lang.code()), values: values.collect() }
    }
}

/// Count the rights that match by facets and in cross tables.
#[utoipa::path(get, operation_id = "facets", path = "/facets", tag = "search", params(Parameters), responses(
    (status = 200, description = "Counts.", body = FacetsAnswer),
))]
pub(crate) async fn facets(
    visit: Visit,
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Json<FacetsAnswer>, Failure> {
    for (name, number) in
        [("facet", asked.facet.len()), ("cross", asked.cross.len()), ("distinct", asked.distinct.len())]
    {
        super::asked::within(name, number, 0, TABLES)?;
    }
    let text = asked.spelling.own_words(asked.q)?;
    let query = query::parse(&text)?;
    let canonical = query::canonical(&query);
    let searcher = app.searcher();
    let symbols = searcher.symbols(&query).await?;
    let facets: Vec<_> = asked.facet.iter().map(|facet| facet.pair()).collect();
    let crosses: Vec<_> =
        asked.cross.iter().map(|CrossAsked(a, b)| CrossRequest { rows: a.pair(), columns: b.pair() }).collect();
    let distinct: Vec<_> = asked.distinct.iter().map(|DistinctAsked(by, of)| (*by, *of)).collect();
    let index = Arc::clone(searcher.index());
    let counted = tokio::task::spawn_blocking(move || {
        let request =
            TallyRequest { query: &query, symbols: &symbols, facets: &facets, crosses: &crosses, distinct: &distinct };
        index.tally(&request)
    });
    let tally = counted.await.map_err(|error| Failure::Broken(error.into()))??;
    let table = |facet: &Facet| FacetTable::new(facet, &text, visit.lang);
    let cross = |(cross, CrossAsked(rows, columns)): (Cross, &CrossAsked)| CrossTable {
        rows: table(&Facet { field: rows.field, counts: cross.rows }),
        columns: table(&Facet { field: columns.field, counts: cross.columns }),
        cells: cross.cells,
    };
    let different =
        |(facet, DistinctAsked(_, of)): (&Facet, &DistinctAsked)| DistinctTable { by: table(facet), of: *of };
    Ok(Json(FacetsAnswer {
        query: canonical,
        total: tally.total,
        facets: tally.facets.iter().map(table).collect(),
        crosses: tally.crosses.into_iter().zip(&asked.cross).map(cross).collect(),
        distinct: tally.distinct.iter().zip(&asked.distinct).map(different).collect(),
    }))
}
