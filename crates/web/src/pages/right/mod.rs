//! `/rights/{id}`: one right with its life.

mod biblio;
mod cite;
mod files;
mod text;
mod timeline;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use records::{Right, RightId};
use search::{Brief, Dossier, Marker};
use serde::Deserialize;

pub(crate) use files::{csv, figure, json, original, part};

use crate::App;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link;
use crate::problem::Failure;
use crate::words::{Marked, grouped, status_class, title};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// The query whose words are marked.
    q: String,
}

#[derive(Template)]
#[template(path = "right/page.html")]
struct RightPage<'a> {
    visit: Visit,
    title: String,
    q: String,
    right: &'a Right,
    heading: Marked,
    other_titles: Vec<(String, String)>,
    kind: &'static str,
    status: &'static str,
    status_class: &'static str,
    address: String,
    permanent: String,
    number: String,
    facts: Vec<biblio::Fact>,
    parties: Vec<biblio::Parties>,
    classes: Vec<biblio::ClassGroup>,
    goods: Vec<biblio::Goods>,
    other_goods: bool,
    timeline: Option<String>,
    events: Vec<timeline::EventView>,
    reason: Option<String>,
    pictures: Vec<files::PictureView>,
    abstracts: Vec<text::Passage>,
    claims: Vec<text::ClaimGroup>,
    sections: Vec<text::SectionView>,
    citations: Vec<biblio::CitationView>,
    literature: Vec<String>,
    cited_by: Option<(String, String, Vec<BriefView>)>,
    family: Vec<BriefView>,
    family_list: Option<String>,
    related: Vec<(String, BriefView)>,
    similar: Vec<BriefView>,
    sources: Vec<files::SourceView>,
    cites: Vec<(&'static str, String)>,
    contents: Vec<(&'static str, &'static str)>,
}

/// Another right in one line.
pub(crate) struct BriefView {
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) number: String,
    pub(crate) status: &'static str,
    pub(crate) status_class: &'static str,
    pub(crate) applicants: String,
    pub(crate) date: String,
}

impl BriefView {
    pub(crate) fn new(brief: &Brief, lang: Lang) -> Self {
        Self {
            address: link::right(brief.id.as_str()),
            title: match brief.title(lang.code()) {
                "" => lang.t("（无文字）", "(no words)").to_owned(),
                title => title.to_owned(),
            },
            kind: brief.right.label(lang.code()),
            number: brief.number.clone(),
            status: brief.status.label(lang.code()),
            status_class: status_class(brief.status),
            applicants: brief.applicants.join(lang.t("；", "; ")),
            date: crate::words::date(brief.filing_date.or(brief.publication_date)),
        }
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let dossier = match RightId::read(&id) {
        Some(id) => app.searcher().dossier(&id).await?,
        None => None,
    };
    let Some(dossier) = dossier else { return elsewhere(&app, &id).await };
    // Another right answers for this id by now: its own address is the lasting one.
    if dossier.right.id.as_str() != id {
        return Ok(moved(&dossier.right, &parameters.q));
    }
    let tag = etag(&dossier, &visit, &parameters.q);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let html = page(&view(&app, &visit, &dossier, &parameters.q))?;
    let caching = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    Ok((caching, html).into_response())
}

fn moved(right: &Right, q: &str) -> Response {
    Redirect::permanent(&link::Link::to(link::right(right.id.as_str())).with("q", q).address()).into_response()
}

/// The address is no id: a number in any spelling leads to its right, or to the choice among several.
async fn elsewhere(app: &App, text: &str) -> Result<Response, Failure> {
    let rights = app.searcher().show(text).await?;
    match rights.as_slice() {
        [] => Err(Failure::NotFound),
        [right] => Ok(moved(right, "")),
        _ => Ok(Redirect::to(&link::Link::to("/numbers").with("list", text).address()).into_response()),
    }
}

/// Changes with everything the page shows: the right, what cites it, the language, the day (term and status).
fn etag(dossier: &Dossier, visit: &Visit, q: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    // A dossier holds only maps with text keys, so JSON cannot fail; an empty one would still be stable.
    let _ = serde_json::to_writer(&mut hasher, dossier);
    for part in [visit.lang.code(), visit.site(), q, env!("CARGO_PKG_VERSION")] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    format!("\"{}\"", &hasher.finalize().to_hex()[..24])
}

fn view<'a>(app: &App, visit: &Visit, dossier: &'a Dossier, q: &str) -> RightPage<'a> {
    let (right, lang) = (&dossier.right, visit.lang);
    let marker = query::parse(q).map(|query| Marker::of(&query)).unwrap_or_default();
    let name = title(right, lang);
    let address = link::right(right.id.as_str());
    let permanent = format!("{}{address}", app.settings.public_url.as_deref().unwrap_or_default());
    let briefs = |list: &[Brief]| list.iter().map(|brief| BriefView::new(brief, lang)).collect::<Vec<_>>();
    let cited_by = &dossier.cited_by;
    let mut page = RightPage {
        q: q.to_owned(),
        other_titles: biblio::other_titles(right, &name),
        heading: Marked::new(name.clone(), marker.places(query::Field::Title, &name)),
        title: name,
        kind: right.right.label(lang.code()),
        status: right.status.label(lang.code()),
        status_class: status_class(right.status),
        number: crate::pages::search::number(right),
        facts: biblio::facts(right, lang),
        parties: biblio::parties(right, &marker, lang),
        classes: biblio::classes(dossier, lang),
        goods: biblio::goods(right, &marker, lang),
        other_goods: false,
        timeline: timeline::figure(right, (app.clock.today)(), lang),
        events: timeline::events(right, lang),
        reason: right.status_text.clone(),
        pictures: files::pictures(right, lang),
        abstracts: text::abstracts(right, &marker, lang),
        claims: text::claims(right, &marker, lang),
        sections: text::sections(right, &marker),
        citations: biblio::citations(dossier, lang),
        literature: right.citations.iter().filter_map(|citation| citation.text.clone()).collect(),
        cited_by: (cited_by.total > 0)
            .then(|| (grouped(cited_by.total), link::list(&cited_by.query), briefs(&cited_by.first))),
        family: briefs(&dossier.family.first),
        family_list: (!dossier.family.query.is_empty()).then(|| link::list(&dossier.family.query)),
        related: biblio::related(dossier, lang),
        similar: briefs(&dossier.similar),
        sources: files::sources(right, lang),
        cites: cite::forms(right, &permanent, (app.clock.today)()),
        contents: Vec::new(),
        right,
        address,
        permanent,
        visit: visit.clone(),
    };
    page.other_goods = page.goods.iter().any(|class| !class.first);
    page.contents = contents(&page, lang);
    page
}

/// The parts that this page has, in order: anchor and name.
fn contents(page: &RightPage<'_>, lang: Lang) -> Vec<(&'static str, &'static str)> {
    let all = [
        (true, "biblio", lang.t("著录项目", "Bibliography")),
        (true, "life", lang.t("状态与历程", "Status and life")),
        (!page.pictures.is_empty(), "pictures", lang.t("图片", "Pictures")),
        (!page.abstracts.is_empty(), "abstract", lang.t("摘要", "Abstract")),
        (!page.goods.is_empty(), "goods", lang.t("商品服务", "Goods and services")),
        (!page.claims.is_empty(), "claims", lang.t("权利要求", "Claims")),
        (!page.sections.is_empty(), "description", lang.t("说明书", "Description")),
        (!page.classes.is_empty(), "classes", lang.t("分类", "Classes")),
        (
            !page.citations.is_empty() || !page.literature.is_empty() || page.cited_by.is_some(),
            "citations",
            lang.t("引证", "Citations"),
        ),
        (!page.family.is_empty() || !page.related.is_empty(), "family", lang.t("同族与相关申请", "Family and related")),
        (!page.similar.is_empty(), "similar", lang.t("相似权利", "Similar rights")),
        (true, "sources", lang.t("来源与下载", "Sources and downloads")),
    ];
    all.into_iter().filter(|(shown, ..)| *shown).map(|(_, anchor, name)| (anchor, name)).collect()
}
