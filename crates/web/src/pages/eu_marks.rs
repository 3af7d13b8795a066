//! `/eu-marks`: marks looked up by words, owner, number, classes; every look-up is a query that can be read and edited.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum_extra::extract::Query;
use index::{FacetField, Seek};
use records::{Office, Status};
use search::marks::{Form, Mode, mark_query};
use search::{Marker, Options, SchemeName, SearchError};
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::link::{self, Link};
use crate::pages::search::{Asked, HitView};
use crate::problem::Failure;
use crate::words::{grouped, short};

/// Hits on a page.
const PAGE: usize = 30;

/// Every office, as in an address.
const EVERY: &str = "all";

/// Parameters as they come; what is not understood asks nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    words: String,
    mode: String,
    owner: String,
    number: String,
    nice: Vec<String>,
    vienna: String,
    status: String,
    /// A code, or [`EVERY`]; empty = the European Union if it has marks here.
    office: String,
    view: String,
    after: String,
    from: String,
}

#[derive(Template)]
#[template(path = "eu_marks.html")]
struct MarksPage {
    visit: Visit,
    title: String,
    asked: Parameters,
    modes: [(&'static str, &'static str, bool); 3],
    offices: Vec<OfficeView>,
    /// Whether there are no marks of the European Union here, so that every office is looked through.
    no_european: bool,
    statuses: Vec<(&'static str, &'static str, bool)>,
    /// Number, title, whether chosen.
    classes: Vec<(u8, String, bool)>,
    /// Numbers of the classes that are chosen.
    chosen_classes: String,
    /// Whether the list of classes stands open: when some are chosen and no answer below needs the room.
    classes_open: bool,
    /// Categories of figurative elements with their titles.
    categories: Vec<(String, String)>,
    /// What was found, or what cannot be understood.
    answer: Option<Result<Answer, String>>,
}

/// An office with its marks.
struct OfficeView {
    code: String,
    name: String,
    count: String,
    chosen: bool,
}

struct Answer {
    total: String,
    query: String,
    list: String,
    /// First and last number of the marks on this page.
    span: Option<(String, String)>,
    hits: Vec<HitView>,
    /// Rows or pictures: address, name, whether this is it.
    views: [(String, &'static str, bool); 2],
    gallery: bool,
    first: Option<String>,
    next: Option<String>,
    /// The same in every office, when this one has none: number, address.
    elsewhere: Option<(String, String)>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let counts = counts(&app).await?;
    // The European Union where nothing was chosen, unless it has no marks here.
    let european = Office::EM.to_string();
    let has_european = counts.iter().any(|(code, _)| *code == european);
    let office = match asked.office.trim() {
        "" if has_european => european,
        "" | EVERY => EVERY.to_owned(),
        code => code.to_ascii_uppercase(),
    };
    let form = asked.form(&office);
    let answer = if asked.is_blank() {
        None
    } else {
        match find(&app, &form, &asked, &visit).await {
            Err(Failure::Mistake(mistake)) => Some(Err(mistake.sentence(visit.lang.tongue()))),
            other => Some(Ok(other?)),
        }
    };
    let lang = visit.lang;
    let status = |status: Status| (status.code(), status.label(lang.code()), Some(status) == form.status);
    let mode = |code: &'static str, name: &'static str, mode: Mode| (code, name, form.mode == mode);
    let classes = classes(&app, &form.nice, &visit).await?;
    let categories = categories(&app, &visit).await?;
    page(&MarksPage {
        title: visit.t("欧盟商标查询", "EU trade marks").to_owned(),
        modes: [
            mode("", lang.t("包含", "contains"), Mode::Contains),
            mode("exact", lang.t("相同", "is exactly"), Mode::Exact),
            mode("sounds", lang.t("读音相近", "sounds like"), Mode::Sounds),
        ],
        offices: offices(counts, &office, &visit),
        no_european: !has_european && asked.office.trim().is_empty(),
        statuses: Status::ALL.into_iter().map(status).collect(),
        classes_open: !form.nice.is_empty() && !matches!(answer, Some(Ok(_))),
        chosen_classes: form.nice.iter().map(u8::to_string).collect::<Vec<_>>().join(", "),
        classes,
        categories,
        answer,
        asked,
        visit,
    })
}

impl Parameters {
    /// Whether nothing but the office was chosen.
    fn is_blank(&self) -> bool {
        let texts = [&self.words, &self.owner, &self.number, &self.vienna, &self.status];
        texts.iter().all(|text| text.trim().is_empty()) && self.nice.is_empty()
    }

    fn form(&self, office: &str) -> Form {
        let mut nice: Vec<u8> = self.nice.iter().filter_map(|class| class.parse().ok()).collect();
        nice.retain(|class| (1..=45).contains(class));
        nice.sort_unstable();
        nice.dedup();
        Form {
            words: self.words.trim().to_owned(),
            mode: match self.mode.as_str() {
                "exact" => Mode::Exact,
                "sounds" => Mode::Sounds,
                _ => Mode::Contains,
            },
            owner: self.owner.trim().to_owned(),
            number: self.number.trim().to_owned(),
            nice,
            vienna: self.vienna.trim().to_owned(),
            status: Status::from_code(&self.status),
            office: office.parse().ok(),
        }
    }

    fn link(&self) -> Link {
        let link = Link::to("/eu-marks").with("words", &self.words).with("mode", &self.mode).with("owner", &self.owner);
        let link = link.with("number", &self.number).with("vienna", &self.vienna).with("status", &self.status);
        let link = self.nice.iter().fold(link, |link, class| link.with("nice", class));
        link.with("office", &self.office).with("view", &self.view)
    }

    fn with_view(&self, view: &str) -> String {
        Self { view: view.to_owned(), ..self.clone() }.link().address()
    }

    /// The same look-up in every office.
    fn everywhere(&self) -> Self {
        Self { office: EVERY.to_owned(), ..self.clone() }
    }
}

async fn find(app: &App, form: &Form, asked: &Parameters, visit: &Visit) -> Result<Answer, Failure> {
    let text = mark_query(form);
    let gallery = asked.view == "gallery";
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty());
    let is_first = after.is_none();
    let options =
        Options { limit: PAGE, after: after.map(Seek), facets: Vec::new(), snippets: !gallery, ..Options::default() };
    let found = app.searcher().search(&text, options).await?;
    let marker = query::parse(&text).map(|query| Marker::of(&query)).unwrap_or_default();
    let page = Asked { q: text.clone(), ..Asked::default() };
    let before: u64 = asked.from.parse().unwrap_or(0);
    let shown = found.hits.len() as u64;
    let next = found.next.as_ref().map(|seek| {
        asked.link().with("after", &seek.0).with("from", before.saturating_add(shown).to_string()).address()
    });
    let elsewhere = if found.total == 0 && form.office.is_some() {
        let everywhere = mark_query(&Form { office: None, ..form.clone() });
        let count = app.searcher().search(&everywhere, Options { limit: 0, ..Options::default() }).await?.total;
        (count > 0).then(|| (grouped(count), asked.everywhere().link().address()))
    } else {
        None
    };
    Ok(Answer {
        total: grouped(found.total),
        list: link::list(&text),
        span: (shown > 0).then(|| (grouped(before + 1), grouped(before.saturating_add(shown)))),
        hits: found.hits.iter().map(|hit| HitView::new(hit, &marker, &page, visit.lang)).collect(),
        views: [
            (asked.with_view(""), visit.t("列表", "List"), !gallery),
            (asked.with_view("gallery"), visit.t("图片", "Pictures"), gallery),
        ],
        gallery,
        first: (!is_first).then(|| asked.link().address()),
        query: text,
        next,
        elsewhere,
    })
}

/// Marks of each office, most first.
async fn counts(app: &App) -> Result<Vec<(String, u64)>, Failure> {
    let options = Options { limit: 0, facets: vec![(FacetField::Office, 60)], ..Options::default() };
    let found = app.searcher().search("right=trademark", options).await?;
    Ok(found.facets.into_iter().flat_map(|facet| facet.counts).map(|count| (count.value, count.count)).collect())
}

/// Offices to choose from: the European Union, those that have marks, the one that was chosen, all of them.
fn offices(mut counts: Vec<(String, u64)>, chosen: &str, visit: &Visit) -> Vec<OfficeView> {
    let european = Office::EM.to_string();
    for code in [european.as_str(), chosen] {
        if counts.iter().all(|(known, _)| known != code) && code.parse::<Office>().is_ok() {
            counts.push((code.to_owned(), 0));
        }
    }
    counts.sort_by_key(|(code, _)| *code != european);
    let total = counts.iter().map(|(_, count)| count).sum();
    let view = |(code, count): (String, u64)| OfficeView {
        name: search::facet_label(FacetField::Office, &code, visit.lang.code()),
        chosen: code == chosen,
        count: grouped(count),
        code,
    };
    let mut offices: Vec<OfficeView> = counts.into_iter().map(view).collect();
    let none_chosen = offices.iter().all(|office| !office.chosen);
    let name = visit.t("所有局", "Every office").to_owned();
    offices.push(OfficeView { code: EVERY.to_owned(), name, count: grouped(total), chosen: none_chosen });
    offices
}

/// Nice classes with what they are, where a scheme is loaded.
async fn classes(app: &App, chosen: &[u8], visit: &Visit) -> Result<Vec<(u8, String, bool)>, Failure> {
    let numbers: Vec<String> = (1..=45).map(|class: u8| class.to_string()).collect();
    let register = app.searcher().register().clone();
    let places = register.scheme_places(SchemeName::Nice.code(), &numbers).await.map_err(SearchError::from)?;
    let class = |class: u8| {
        let title = places.get(&class.to_string()).map(|place| visit.title_of(place)).unwrap_or_default();
        (class, short(title), chosen.contains(&class))
    };
    Ok((1..=45).map(class).collect())
}

/// Categories of figurative elements, where a scheme is loaded.
async fn categories(app: &App, visit: &Visit) -> Result<Vec<(String, String)>, Failure> {
    let register = app.searcher().register().clone();
    let top = register.scheme_children(SchemeName::Vienna.code(), None).await.map_err(SearchError::from)?;
    Ok(top.into_iter().map(|place| (place.symbol.clone(), short(visit.title_of(&place)))).collect())
}
