//! `/eu-marks`: marks looked up by words, owner, number, classes; every look-up is a query that can be read and edited.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum_extra::extract::Query;
use index::{FacetField, Seek};
use records::{Office, Status};
use search::marks::{Form, Mode, mark_query};
use search::{Marker, Options, SchemeName};
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::link::{self, Link};
use crate::pages::search::{Asked, HitView};
use crate::problem::Failure;
use crate::words::grouped;

/// Hits on a page.
const PAGE: usize = 30;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    words: String,
    mode: String,
    owner: String,
    number: String,
    nice: Vec<u8>,
    vienna: String,
    status: String,
    /// Absent = the European Union; empty = every office.
    office: Option<String>,
    after: String,
    from: u64,
}

#[derive(Template)]
#[template(path = "eu_marks.html")]
struct MarksPage {
    visit: Visit,
    title: String,
    asked: Parameters,
    office: String,
    offices: Vec<(String, String, bool)>,
    statuses: Vec<(&'static str, &'static str, bool)>,
    classes: Vec<(u8, String, bool)>,
    answer: Option<Answer>,
}

struct Answer {
    total: String,
    query: String,
    list: String,
    hits: Vec<HitView>,
    next: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let codes = offices(&app).await?;
    let office = asked.office.clone().unwrap_or_else(|| european(&codes));
    let form = Form {
        words: asked.words.trim().to_owned(),
        mode: match asked.mode.as_str() {
            "exact" => Mode::Exact,
            "sounds" => Mode::Sounds,
            _ => Mode::Contains,
        },
        owner: asked.owner.trim().to_owned(),
        number: asked.number.trim().to_owned(),
        nice: asked.nice.clone(),
        vienna: asked.vienna.trim().to_owned(),
        status: Status::from_code(&asked.status),
        office: office.parse().ok(),
    };
    let blank = Form { office: form.office, mode: form.mode, ..Form::default() };
    let answer = if form == blank { None } else { Some(find(&app, &form, &asked, &visit).await?) };
    let title = visit.t("欧盟商标查询", "EU trade marks").to_owned();
    let named = |code: String| {
        let name = search::facet_label(FacetField::Office, &code, visit.lang.code());
        let is_chosen = code == office;
        (code, name, is_chosen)
    };
    let offices = codes.into_iter().map(named).collect();
    let classes = classes(&app, &asked, &visit).await?;
    let status = |status: Status| (status.code(), status.label(visit.lang.code()), status.code() == asked.status);
    let statuses = Status::ALL.into_iter().map(status).collect();
    page(&MarksPage { visit, title, office, offices, statuses, classes, answer, asked })
}

async fn find(app: &App, form: &Form, asked: &Parameters, visit: &Visit) -> Result<Answer, Failure> {
    let text = mark_query(form);
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty()).map(Seek);
    let options = Options { limit: PAGE, after, facets: Vec::new(), snippets: false, ..Options::default() };
    let found = app.searcher().search(&text, options).await?;
    let marker = query::parse(&text).map(|query| Marker::of(&query)).unwrap_or_default();
    let page = Asked { q: text.clone(), ..Asked::default() };
    let next = found.next.as_ref().map(|seek| next(asked, &seek.0, asked.from + found.hits.len() as u64));
    Ok(Answer {
        total: grouped(found.total),
        list: link::list(&text),
        hits: found.hits.iter().map(|hit| HitView::new(hit, &marker, &page, visit.lang)).collect(),
        query: text,
        next,
    })
}

/// The page after a mark, with all that was asked.
fn next(asked: &Parameters, mark: &str, from: u64) -> String {
    let mut link = Link::to("/eu-marks")
        .with("words", &asked.words)
        .with("mode", &asked.mode)
        .with("owner", &asked.owner)
        .with("number", &asked.number)
        .with("vienna", &asked.vienna)
        .with("status", &asked.status);
    if let Some(office) = &asked.office {
        link = link.with_even_if_empty("office", office);
    }
    for class in &asked.nice {
        link = link.with("nice", class.to_string());
    }
    link.with("after", mark).with("from", from.to_string()).address()
}

/// The European Union where it has marks here, else every office.
fn european(offices: &[String]) -> String {
    let european = Office::EM.to_string();
    if offices.contains(&european) { european } else { String::new() }
}

/// Codes of the offices that have marks here, most marks first.
async fn offices(app: &App) -> Result<Vec<String>, Failure> {
    let options = Options { limit: 0, facets: vec![(FacetField::Office, 40)], ..Options::default() };
    let found = app.searcher().search("right=trademark", options).await?;
    Ok(found.facets.into_iter().flat_map(|facet| facet.counts).map(|count| count.value).collect())
}

/// Nice classes with what they are, where a scheme is loaded.
async fn classes(app: &App, asked: &Parameters, visit: &Visit) -> Result<Vec<(u8, String, bool)>, Failure> {
    let numbers: Vec<String> = (1..=45).map(|class: u8| class.to_string()).collect();
    let register = app.searcher().register().clone();
    let places = register.scheme_places(SchemeName::Nice.code(), &numbers).await.map_err(search::SearchError::from)?;
    let class = |class: u8| {
        let place = places.get(&class.to_string());
        let title = place.and_then(|place| match visit.lang.code() {
            "zh" => place.title_zh.clone().or_else(|| place.title_en.clone()),
            _ => place.title_en.clone().or_else(|| place.title_zh.clone()),
        });
        (class, title.unwrap_or_default(), asked.nice.contains(&class))
    };
    Ok((1..=45).map(class).collect())
}
