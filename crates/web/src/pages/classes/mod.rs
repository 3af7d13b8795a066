//! `/classes`: class schemes browsed and searched, with the number of rights at each place.

mod bare;
mod rows;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use search::{ClassPage, SchemeName, SearchError};
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::words::{grouped, short};
use rows::{RowView, Rows};

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
    any_missing: bool,
}

struct SchemeView {
    code: &'static str,
    name: &'static str,
    about: &'static str,
    /// A symbol or word to look for.
    example: &'static str,
    /// Edition and number of places, when one is loaded.
    loaded: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "classes/scheme.html")]
struct SchemePage<'a> {
    visit: &'a Visit,
    title: String,
    scheme: SchemeName,
    name: &'static str,
    /// Edition of the scheme; none when none is loaded.
    edition: Option<String>,
    about: &'static str,
    example: &'static str,
    q: String,
    /// Places above: address, symbol, title.
    path: Vec<(String, String, String)>,
    place: Option<RowView>,
    rows: Vec<RowView>,
    /// Whether any row has a title, and a number of rights.
    titled: bool,
    counted: bool,
    /// Places before and after: address, symbol.
    beside: [Option<(String, String)>; 2],
    /// A symbol that the scheme does not have.
    unknown: Option<Unknown>,
}

/// A symbol that the scheme does not have, with the place that is nearest above it.
struct Unknown {
    symbol: String,
    /// Its address and symbol.
    nearest: Option<(String, String)>,
}

/// What a scheme is for, and what to look for in it.
const fn about(scheme: SchemeName, visit: &Visit) -> (&'static str, &'static str) {
    let (zh, en, example) = match scheme {
        SchemeName::Ipc => ("发明和实用新型的国际专利分类", "Patents and utility models, worldwide", "H01M"),
        SchemeName::Cpc => ("欧美两局共用的专利分类，比 IPC 更细", "Patents, finer than the IPC", "H01M"),
        SchemeName::Nice => ("商标的商品和服务类别，共 45 类", "Goods and services of marks, 45 classes", "9"),
        SchemeName::Locarno => ("外观设计的产品分类", "Products of designs", "14-02"),
        SchemeName::Vienna => ("商标图形要素的分类", "Figurative elements of marks", "26.11"),
    };
    (visit.lang.t(zh, en), example)
}

/// The newest edition of each scheme that is loaded, with the number of its places.
async fn loaded(app: &App) -> Result<Vec<(SchemeName, String, u64)>, Failure> {
    let mut all = app.searcher().register().schemes().await.map_err(SearchError::from)?;
    all.sort_by(|a, b| b.1.cmp(&a.1));
    let newest = |scheme: SchemeName| {
        let (_, edition, places) = all.iter().find(|(name, ..)| name == scheme.code())?;
        Some((scheme, edition.clone(), places.unsigned_abs()))
    };
    Ok(SchemeName::ALL.into_iter().filter_map(newest).collect())
}

/// An edition as people call it.
fn edition_name(edition: &str, visit: &Visit) -> String {
    let made_up = edition.ends_with("demonstration");
    if made_up { visit.t("演示用", "for demonstration").to_owned() } else { edition.to_owned() }
}

pub(crate) async fn schemes(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let loaded = loaded(&app).await?;
    let view = |scheme: SchemeName| {
        let (about, example) = about(scheme, &visit);
        let known = loaded.iter().find(|(name, ..)| *name == scheme);
        SchemeView {
            code: scheme.code(),
            name: scheme.label(visit.lang.code()),
            about,
            example,
            loaded: known.map(|(_, edition, places)| (edition_name(edition, &visit), grouped(*places))),
        }
    };
    let schemes: Vec<SchemeView> = SchemeName::ALL.into_iter().map(view).collect();
    let any_missing = schemes.iter().any(|scheme| scheme.loaded.is_none());
    let title = visit.t("分类表", "Classes").to_owned();
    page(&SchemesPage { visit, title, schemes, any_missing })
}

pub(crate) async fn browse(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let scheme = SchemeName::from_code(&code.to_ascii_lowercase()).ok_or(Failure::NotFound)?;
    let edition = loaded(&app)
        .await?
        .into_iter()
        .find(|(name, ..)| *name == scheme)
        .map(|(_, edition, _)| edition_name(&edition, &visit));
    let (q, symbol) = (parameters.q.trim(), parameters.symbol.trim());
    let empty = SchemePage::new(&visit, scheme, edition);
    let found = if empty.edition.is_none() {
        empty.bare(&app, if q.is_empty() { symbol } else { q }, q).await?
    } else if q.is_empty() {
        empty.browsed(&app, symbol).await?
    } else {
        empty.searched(&app, q).await?
    };
    let status = if found.unknown.is_some() && found.q.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    Ok((status, page(&found)?).into_response())
}

impl<'a> SchemePage<'a> {
    fn new(visit: &'a Visit, scheme: SchemeName, edition: Option<String>) -> Self {
        let name = scheme.label(visit.lang.code());
        let (about, example) = about(scheme, visit);
        Self {
            title: name.to_owned(),
            visit,
            scheme,
            name,
            edition,
            about,
            example,
            q: String::new(),
            path: Vec::new(),
            place: None,
            rows: Vec::new(),
            titled: false,
            counted: false,
            beside: [None, None],
            unknown: None,
        }
    }

    fn rows(&self) -> Rows {
        Rows { scheme: self.scheme, lang: self.visit.lang, words: Vec::new(), linked: true }
    }

    /// With these rows as its table.
    fn with_rows(mut self, rows: Vec<RowView>) -> Self {
        self.titled = rows.iter().any(|row| !row.is_untitled);
        self.counted = rows.iter().any(|row| row.count.is_some());
        self.rows = rows;
        self
    }

    /// A place with what lies below it. An unknown symbol shows the place nearest above it.
    async fn browsed(mut self, app: &App, symbol: &str) -> Result<Self, Failure> {
        let searcher = app.searcher();
        let asked = Some(symbol).filter(|symbol| !symbol.is_empty());
        let mut found = searcher.class_browse(self.scheme, asked).await?;
        if found.is_none() {
            let nearest = nearest(app, self.scheme, symbol).await?;
            found = searcher.class_browse(self.scheme, nearest.as_deref()).await?;
            let nearest = nearest.map(|nearest| (address(self.scheme, &nearest), nearest));
            self.unknown = Some(Unknown { symbol: symbol.to_owned(), nearest });
        }
        Ok(match found {
            Some(found) => self.placed(found),
            None => self,
        })
    }

    fn placed(mut self, found: ClassPage) -> Self {
        let (rows, lang) = (self.rows(), self.visit.lang.code());
        if let Some(place) = &found.place {
            self.title = format!("{} {} · {}", place.symbol, place.title(lang), self.name);
            self.place = rows.view(std::slice::from_ref(place)).pop();
        }
        let crumb =
            |row: &search::ClassRow| (address(self.scheme, &row.symbol), row.symbol.clone(), short(row.title(lang)));
        self.path = found.path.iter().map(crumb).collect();
        let at = |symbol: Option<String>| symbol.map(|symbol| (address(self.scheme, &symbol), symbol));
        self.beside = [at(found.siblings.0), at(found.siblings.1)];
        self.with_rows(rows.view(&found.children))
    }

    /// Places by words or symbol.
    async fn searched(mut self, app: &App, q: &str) -> Result<Self, Failure> {
        let found = app.searcher().class_search(self.scheme, q).await?;
        let symbols: Vec<String> = found.iter().filter_map(|row| rows::above(&row.symbol)).collect();
        let above = app.searcher().register().scheme_places(self.scheme.code(), &symbols).await;
        let above = above.map_err(SearchError::from)?;
        let words = q.split_whitespace().map(str::to_owned).collect();
        let mut views = Rows { words, ..self.rows() }.view(&found);
        for row in &mut views {
            let place = rows::above(&row.symbol_text).and_then(|symbol| above.get(&symbol));
            row.above = place.map(|place| format!("{} {}", place.symbol, short(self.visit.title_of(place))));
        }
        if found.is_empty() && q.contains(|c: char| c.is_ascii_digit()) {
            let nearest = nearest(app, self.scheme, q).await?;
            let nearest = nearest.map(|nearest| (address(self.scheme, &nearest), nearest));
            self.unknown = nearest.map(|nearest| Unknown { symbol: q.to_owned(), nearest: Some(nearest) });
        }
        self.title = format!("{q} · {}", self.name);
        self.q = q.to_owned();
        Ok(self.with_rows(views))
    }

    /// Without a loaded scheme: the classes that rights have.
    async fn bare(mut self, app: &App, symbol: &str, q: &str) -> Result<Self, Failure> {
        let found = bare::classes_of_rights(app, self.scheme, symbol).await?;
        self.q = q.to_owned();
        if bare::has_groups(self.scheme, symbol) {
            self.path = vec![(address(self.scheme, symbol), symbol.to_ascii_uppercase(), String::new())];
        }
        let linked = bare::opens(self.scheme) && self.path.is_empty();
        let rows = Rows { linked, ..self.rows() };
        Ok(self.with_rows(rows.view(&found)))
    }
}

/// The page of a place.
fn address(scheme: SchemeName, symbol: &str) -> String {
    Link::to(format!("/classes/{}", scheme.code())).with("symbol", symbol).address()
}

/// The longest beginning of a symbol that the scheme has, or the head of its group.
async fn nearest(app: &App, scheme: SchemeName, symbol: &str) -> Result<Option<String>, Failure> {
    let candidates = rows::beginnings(symbol);
    let register = app.searcher().register().clone();
    let known = register.scheme_places(scheme.code(), &candidates).await.map_err(SearchError::from)?;
    Ok(candidates.into_iter().find(|candidate| known.contains_key(candidate)))
}
