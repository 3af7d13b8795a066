//! `/search`: one box, and what it found as a list, a table or pictures.

mod asked;
mod facets;
mod hits;
pub(crate) use hits::{HitView, number, picture};

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::{CookieJar, Query as Parameters};
use index::FacetField;
use query::Mistake;
use search::{Found, Marker, Options};

pub(crate) use asked::{Asked, View};
use facets::{FacetView, Tab};

use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::grouped;

/// Hits on a page.
const PAGE: usize = 20;
/// Pictures on a page of pictures.
const GALLERY: usize = 40;

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage<'a> {
    visit: Visit,
    title: String,
    asked: &'a Asked,
    answer: Result<Answer, Wrong>,
}

/// What was found, as the page shows it.
struct Answer {
    total: String,
    groups: Option<String>,
    canonical: String,
    /// Whether the canonical text says more than what was typed.
    other_words: bool,
    /// First and last number of the hits on this page.
    span: Option<(String, String)>,
    tabs: Vec<Tab>,
    facets: Vec<FacetView>,
    chips: Vec<(String, String)>,
    hits: Vec<HitView>,
    columns: Vec<&'static str>,
    clauses: Vec<(String, String, String)>,
    next: Option<String>,
    took: String,
}

/// A query that cannot be understood, with its place and mend.
struct Wrong {
    sentence: String,
    line: String,
    carets: String,
    mend: Option<(String, String)>,
}

/// The facets that a page shows beside its hits.
const FACETS: [(FacetField, usize); 11] = [
    (FacetField::Status, 7),
    (FacetField::Office, 12),
    (FacetField::Applicant, 10),
    (FacetField::Class, 10),
    (FacetField::Technology, 10),
    (FacetField::ApplicantType, 5),
    (FacetField::Region, 10),
    (FacetField::City, 10),
    (FacetField::Country, 8),
    (FacetField::FilingYear, 15),
    (FacetField::Right, 7),
];

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    jar: CookieJar,
    Parameters(parameters): Parameters<asked::Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(parameters, &jar);
    let title = if asked.q.is_empty() { visit.t("检索", "Search").to_owned() } else { asked.q.clone() };
    let answer = match find(&app, &asked, &visit).await {
        Err(Failure::Mistake(mistake)) => Err(wrong(&mistake, &asked, &visit)),
        other => Ok(other?),
    };
    let remembered = asked.chosen_columns();
    let mut response = page(&SearchPage { visit, title, asked: &asked, answer })?;
    if let Some(cookie) = remembered {
        response = (CookieJar::new().add(cookie), response).into_response();
    }
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("cookie, accept-language"));
    Ok(response)
}

async fn find(app: &App, asked: &Asked, visit: &Visit) -> Result<Answer, Failure> {
    let searcher = app.searcher();
    let query = query::parse_as(&asked.q, asked.spelling()).map_err(|mistake| Failure::Mistake(Box::new(mistake)))?;
    let canonical = query::canonical(&query);
    // In a foreign spelling the page goes on in Huizhi's own words.
    let text = if asked.is_foreign() { canonical.clone() } else { asked.q.clone() };
    let options = Options {
        sort: asked.sort(),
        limit: if asked.view == View::Gallery { GALLERY } else { PAGE },
        after: asked.after.clone().map(index::Seek),
        facets: FACETS.to_vec(),
        explain: asked.explain,
        collapse: asked.collapse,
        snippets: asked.view == View::List,
    };
    let found = searcher.search(&text, options).await?;
    let kinds = facets::kinds(&searcher, &text, &found).await?;
    let marker = Marker::of(&query);
    Ok(answer(found, &kinds, &marker, &text, asked, visit))
}

fn answer(found: Found, kinds: &index::Facet, marker: &Marker, text: &str, asked: &Asked, visit: &Visit) -> Answer {
    let lang = visit.lang;
    let here = Asked { q: text.to_owned(), spelling: String::new(), ..asked.clone() };
    let shown = found.hits.len() as u64;
    let span = (shown > 0).then(|| (grouped(asked.from + 1), grouped(asked.from + shown)));
    let next = found.next.as_ref().map(|seek| here.page_after(&seek.0, asked.from + shown));
    let columns = asked.columns().iter().map(|column| column.label(lang.code())).collect();
    let hits = found.hits.iter().map(|hit| HitView::new(hit, marker, asked, lang)).collect();
    Answer {
        total: grouped(found.total),
        groups: found.groups.map(grouped),
        other_words: asked.is_foreign() || found.query != asked.q.trim(),
        span,
        tabs: facets::tabs(kinds, &here, lang),
        chips: facets::chips(&here),
        facets: facets::views(&found.facets, &here, lang),
        hits,
        columns,
        clauses: found
            .clauses
            .into_iter()
            .map(|clause| (crate::link::list(&clause.clause), clause.clause, grouped(clause.hits)))
            .collect(),
        next,
        took: format!("{:.0}", found.took_ms.max(1.0)),
        canonical: found.query,
    }
}

fn wrong(mistake: &Mistake, asked: &Asked, visit: &Visit) -> Wrong {
    let (line, carets) = mistake.excerpt();
    let mend = mistake.suggestion.clone().map(|mended| {
        let address = Asked { q: mended.clone(), after: None, from: 0, ..asked.clone() }.address();
        (address, mended)
    });
    Wrong { sentence: mistake.sentence(visit.lang.tongue()), line, carets, mend }
}
