//! `/classes`: class schemes browsed and searched, with the number of rights at each place.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use index::FacetField;
use search::{ClassPage, ClassRow, Options, SchemeName};
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::link::{self, Link};
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    symbol: String,
    q: String,
}

#[derive(Template)]
#[template(path = "classes/schemes.html")]
struct SchemesPage {
    visit: Visit,
    title: String,
    schemes: Vec<SchemeView>,
}

struct SchemeView {
    code: &'static str,
    name: &'static str,
    about: &'static str,
    /// Edition and number of places, when one is loaded.
    loaded: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "classes/scheme.html")]
struct SchemePage {
    visit: Visit,
    title: String,
    scheme: SchemeName,
    name: &'static str,
    q: String,
    path: Vec<(String, String, String)>,
    place: Option<RowView>,
    rows: Vec<RowView>,
    /// Addresses of the places before and after.
    beside: (Option<String>, Option<String>),
    /// The scheme is not loaded: the rows are the classes that rights have.
    bare: bool,
    /// A symbol that the scheme does not have.
    unknown: Option<String>,
}

struct RowView {
    symbol: String,
    title: String,
    other: String,
    count: Option<String>,
    list: Option<String>,
    browse: String,
    share: u64,
}

fn about(scheme: SchemeName, visit: &Visit) -> &'static str {
    let (zh, en) = match scheme {
        SchemeName::Ipc => ("发明和实用新型的国际专利分类", "Patents and utility models, worldwide"),
        SchemeName::Cpc => ("欧美两局共用的专利分类，比 IPC 更细", "Patents, finer than the IPC"),
        SchemeName::Nice => ("商标的商品和服务类别，共 45 类", "Goods and services of marks, 45 classes"),
        SchemeName::Locarno => ("外观设计的产品分类", "Products of designs"),
        SchemeName::Vienna => ("商标图形要素的分类", "Figurative elements of marks"),
    };
    visit.lang.t(zh, en)
}

pub(crate) async fn schemes(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let loaded = app.searcher().register().schemes().await.map_err(search::SearchError::from)?;
    let view = |scheme: SchemeName| {
        let latest = loaded.iter().filter(|(name, ..)| name == scheme.code()).max_by(|a, b| a.1.cmp(&b.1));
        SchemeView {
            code: scheme.code(),
            name: scheme.label(visit.lang.code()),
            about: about(scheme, &visit),
            loaded: latest.map(|(_, edition, places)| (edition.clone(), grouped(places.unsigned_abs()))),
        }
    };
    let schemes = SchemeName::ALL.into_iter().map(view).collect();
    let title = visit.t("分类表", "Classes").to_owned();
    page(&SchemesPage { visit, title, schemes })
}

pub(crate) async fn browse(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(scheme): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let scheme = SchemeName::from_code(&scheme).ok_or(Failure::NotFound)?;
    let searcher = app.searcher();
    let q = parameters.q.trim().to_owned();
    let symbol = Some(parameters.symbol.trim()).filter(|symbol| !symbol.is_empty());
    if !q.is_empty() {
        let rows = searcher.class_search(scheme, &q).await?;
        return show(visit, scheme, q, None, rows, Vec::new(), None, false);
    }
    match searcher.class_browse(scheme, symbol).await? {
        Some(ClassPage { path, place, children, siblings, .. }) => {
            let beside = Beside { place, siblings };
            show(visit, scheme, q, Some(beside), children, path, None, false)
        }
        None if symbol.is_some() && searcher.class_browse(scheme, None).await?.is_some() => {
            let unknown = symbol.map(str::to_owned);
            let top = searcher.class_browse(scheme, None).await?.map(|page| page.children).unwrap_or_default();
            show(visit, scheme, q, None, top, Vec::new(), unknown, false)
        }
        None => {
            let rows = classes_of_rights(&app, scheme).await?;
            show(visit, scheme, q, None, rows, Vec::new(), symbol.map(str::to_owned), true)
        }
    }
}

/// A place and its neighbours.
struct Beside {
    place: Option<ClassRow>,
    siblings: (Option<String>, Option<String>),
}

#[expect(clippy::too_many_arguments, reason = "what one page shows; a struct would only repeat the page's own")]
fn show(
    visit: Visit,
    scheme: SchemeName,
    q: String,
    beside: Option<Beside>,
    rows: Vec<ClassRow>,
    path: Vec<ClassRow>,
    unknown: Option<String>,
    bare: bool,
) -> Result<Response, Failure> {
    let most = rows.iter().filter_map(|row| row.count).max().unwrap_or(1).max(1);
    let view = |row: &ClassRow| row_view(row, scheme, most, &visit);
    let (place, siblings) = beside.map_or((None, (None, None)), |beside| (beside.place, beside.siblings));
    let at = |symbol: Option<String>| symbol.map(|symbol| address(scheme, &symbol));
    let name = scheme.label(visit.lang.code());
    let title = match &place {
        Some(place) => format!("{} {} {name}", place.symbol, place.title(visit.lang.code())),
        None => name.to_owned(),
    };
    let crumb =
        |row: &ClassRow| (address(scheme, &row.symbol), row.symbol.clone(), row.title(visit.lang.code()).to_owned());
    page(&SchemePage {
        title,
        scheme,
        name,
        q,
        path: path.iter().map(crumb).collect(),
        place: place.as_ref().map(view),
        rows: rows.iter().map(view).collect(),
        beside: (at(siblings.0), at(siblings.1)),
        bare,
        unknown,
        visit: visit.clone(),
    })
}

fn address(scheme: SchemeName, symbol: &str) -> String {
    Link::to(format!("/classes/{}", scheme.code())).with("symbol", symbol).address()
}

fn row_view(row: &ClassRow, scheme: SchemeName, most: u64, visit: &Visit) -> RowView {
    let title = row.title(visit.lang.code()).to_owned();
    let other = row.title(visit.lang.other().code());
    RowView {
        symbol: row.symbol.clone(),
        other: if other == title { String::new() } else { other.to_owned() },
        title,
        count: row.count.map(grouped),
        list: row.query.as_deref().filter(|_| row.count.is_none_or(|count| count > 0)).map(link::list),
        browse: address(scheme, &row.symbol),
        share: row.count.map_or(0, |count| count * 100 / most),
    }
}

/// Without a loaded scheme: the classes that rights have, as the class facet counts them.
async fn classes_of_rights(app: &App, scheme: SchemeName) -> Result<Vec<ClassRow>, Failure> {
    let options = Options { limit: 0, facets: vec![(FacetField::Class, 2_000)], ..Options::default() };
    let found = app.searcher().search("", options).await?;
    let symbol = |value: &str| match scheme {
        SchemeName::Nice => value.strip_prefix("Nice ").map(str::to_owned),
        SchemeName::Locarno => value.strip_prefix("Locarno ").map(str::to_owned),
        SchemeName::Ipc | SchemeName::Cpc => (!value.contains(' ')).then(|| value.to_owned()),
        SchemeName::Vienna => None,
    };
    let counts = found.facets.into_iter().flat_map(|facet| facet.counts);
    let mut rows: Vec<ClassRow> = counts
        .filter_map(|count| {
            let symbol = symbol(&count.value)?;
            let query = Some(search::clause(FacetField::Class, &count.value));
            Some(ClassRow { symbol, title_zh: None, title_en: None, count: Some(count.count), query })
        })
        .collect();
    rows.sort_by_key(|row| (row.symbol.parse::<u32>().unwrap_or(u32::MAX), row.symbol.clone()));
    Ok(rows)
}
