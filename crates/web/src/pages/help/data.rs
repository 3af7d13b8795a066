//! The page of the data: what is in the register, and how new it is.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use index::{Facet, FacetField};
use records::{Date, RightKind};
use search::{Freshness, Options, SourceFreshness};

use crate::App;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Template)]
#[template(path = "help/data.html")]
struct DataHelp {
    visit: Visit,
    title: String,
    total: String,
    loaded_at: Option<String>,
    quarantined: Option<String>,
    unfinished: usize,
    seq: i64,
    tables: Vec<(&'static str, Vec<Counted>)>,
    sources: Vec<SourceRow>,
    /// Kinds of right of which there is none.
    missing: Vec<&'static str>,
    empty: bool,
}

/// A value with its number and list.
struct Counted {
    name: String,
    count: String,
    list: String,
    /// Length of its bar, 0 to 100.
    share: u64,
}

struct SourceRow {
    code: String,
    name: String,
    parts: String,
    newest: String,
    /// How long ago the newest record was.
    age: String,
    loaded_at: String,
}

/// Offices that a table names.
const NAMED: usize = 60;

pub(crate) async fn data(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let searcher = app.searcher();
    let fresh = searcher.freshness().await?;
    let facets = [FacetField::Right, FacetField::Office, FacetField::Status];
    let options = Options { limit: 0, facets: facets.map(|facet| (facet, NAMED)).to_vec(), ..Options::default() };
    // Counted as the lists behind them are: the states of today.
    let counted = searcher.search("", options).await?.facets;
    let lang = visit.lang;
    let tables = counted.iter().map(|facet| (search::facet_name(facet.field, lang.code()), counts(facet, lang)));
    let today = (app.clock.today)();
    page(&DataHelp {
        title: visit.t("数据与更新", "Data and freshness").to_owned(),
        total: grouped(fresh.total),
        loaded_at: fresh.loaded_at.as_deref().map(minute),
        quarantined: (fresh.quarantined > 0).then(|| grouped(fresh.quarantined)),
        unfinished: fresh.unfinished,
        seq: fresh.seq,
        tables: tables.collect(),
        sources: fresh.sources.iter().map(|source| SourceRow::new(source, today, lang)).collect(),
        missing: missing(&fresh, lang),
        empty: fresh.total == 0,
        visit,
    })
}

fn counts(facet: &Facet, lang: Lang) -> Vec<Counted> {
    let most = facet.counts.iter().map(|count| count.count).max().unwrap_or(1).max(1);
    let row = |count: &index::FacetCount| {
        let label = search::facet_label(facet.field, &count.value, lang.code());
        let coded = facet.field == FacetField::Office && label != count.value;
        Counted {
            name: if coded { format!("{label} {}", count.value) } else { label },
            count: grouped(count.count),
            list: link::list(&search::clause(facet.field, &count.value)),
            share: count.count * 100 / most,
        }
    };
    facet.counts.iter().map(row).collect()
}

fn missing(fresh: &Freshness, lang: Lang) -> Vec<&'static str> {
    let has = |kind: &RightKind| fresh.by_kind.iter().any(|share| share.value == kind.code() && share.count > 0);
    RightKind::ALL.iter().filter(|kind| !has(kind)).map(|kind| kind.label(lang.code())).collect()
}

impl SourceRow {
    fn new(source: &SourceFreshness, today: Date, lang: Lang) -> Self {
        Self {
            name: source_name(&source.source, lang),
            code: source.source.clone(),
            parts: grouped(source.parts),
            age: source.newest.as_deref().and_then(|day| age(day, today, lang)).unwrap_or_default(),
            newest: source.newest.clone().unwrap_or_default(),
            loaded_at: source.loaded_at.as_deref().map(minute).unwrap_or_default(),
        }
    }
}

/// The name of the format that a source's records came in.
fn source_name(source: &str, lang: Lang) -> String {
    let format = sources::FORMATS.iter().find(|format| format.name == source);
    match (format, source) {
        (Some(format), _) => lang.t(format.chinese, format.english).to_owned(),
        (None, "demo") => lang.t("演示数据", "Demonstration data").to_owned(),
        _ => String::new(),
    }
}

/// A moment to the minute; the zone is said above the column.
fn minute(moment: &str) -> String {
    moment.get(..16).unwrap_or(moment).replace('T', " ")
}

/// Days, months or years since a day; none for one to come or no day.
fn age(day: &str, today: Date, lang: Lang) -> Option<String> {
    let day = records::read_date(day)?;
    let days = (today - day).get_days();
    let (number, zh, en) = match days {
        ..0 => return None,
        0 => return Some(lang.t("今天", "today").to_owned()),
        1..60 => (days, "天前", "days ago"),
        60..730 => (days / 30, "个月前", "months ago"),
        _ => (days / 365, "年前", "years ago"),
    };
    Some(match lang {
        Lang::Zh => format!("{number} {zh}"),
        Lang::En => format!("{number} {en}"),
    })
}
