//! Help: the query language with live examples, the data and its freshness, the API.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use index::{Facet, FacetField};
use query::{Field, FieldKind};
use search::Options;

use crate::App;
use crate::frame::{Visit, page};
use crate::link;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Template)]
#[template(path = "help/overview.html")]
struct Overview {
    visit: Visit,
    title: String,
}

pub(crate) async fn overview(visit: Visit) -> Result<Response, Failure> {
    let title = visit.t("帮助", "Help").to_owned();
    page(&Overview { visit, title })
}

#[derive(Template)]
#[template(path = "help/query.html")]
struct QueryHelp {
    visit: Visit,
    title: String,
    examples: Vec<Example>,
    fields: Vec<FieldRow>,
}

/// A query with what it finds.
struct Example {
    query: &'static str,
    list: String,
    meaning: &'static str,
}

struct FieldRow {
    code: &'static str,
    english: &'static str,
    chinese: &'static str,
    others: String,
    kind: &'static str,
    example: &'static str,
    list: String,
}

/// Query, Chinese and English meaning. All of them parse: a test asks every link of this page.
const EXAMPLES: [(&str, &str, &str); 16] = [
    ("石墨烯 电池", "两个词都有", "both words"),
    ("\"固态电解质\"", "逐字相连", "exactly this run of characters"),
    ("申请人=华为", "申请人名称中有", "in the name of an applicant"),
    ("pa==\"华为技术有限公司\"", "申请人名称就是", "the whole name of an applicant"),
    ("ti=(电池 OR 蓄电池) -铅酸", "名称中有其一，且全文不含后者", "either in the title, and not that"),
    ("ti=(graphene NEAR/5 electrode)", "相距不超过五个词", "at most five words apart"),
    ("cl=(电池 SEN 电极)", "权利要求的同一句中", "in one sentence of the claims"),
    ("graph*", "以此开头的词", "words that begin so"),
    ("ipc=H01M10/05 状态=有效", "分类及其下位，且有效", "a class with all below it, in force"),
    ("ad=[2020 TO 2023-06]", "申请日的范围", "a range of filing dates"),
    ("公开日>=2021-01-01 类型=发明", "某日以后公开的发明", "patents published since a day"),
    ("类型=商标 nice=9 vienna=26.11", "按商品类别和图形要素", "marks by class and figure"),
    ("sound=奈克", "读音相近的商标", "marks that sound alike"),
    ("event=转让", "发生过转让", "that were transferred"),
    ("claims>20 OR inventors>=5", "权利要求或发明人较多", "many claims or inventors"),
    ("US 8,926,509 B2", "任何写法的号码", "a number in any spelling"),
];

pub(crate) async fn query(visit: Visit) -> Result<Response, Failure> {
    let example = |(query, zh, en): &(&'static str, &'static str, &'static str)| Example {
        query,
        list: link::list(query),
        meaning: visit.lang.t(zh, en),
    };
    let kind = |field: Field| match field.kind() {
        FieldKind::Text => visit.lang.t("文本", "text"),
        FieldKind::Name => visit.lang.t("名称", "name"),
        FieldKind::Number => visit.lang.t("号码", "number"),
        FieldKind::Date => visit.lang.t("日期", "date"),
        FieldKind::Count => visit.lang.t("数量", "count"),
        FieldKind::Class => visit.lang.t("分类", "class"),
        FieldKind::Keyword => visit.lang.t("取值", "keyword"),
    };
    let row = |field: &Field| FieldRow {
        code: field.code(),
        english: field.english(),
        chinese: field.chinese(),
        others: field.other_names().join(" "),
        kind: kind(*field),
        example: field.example(),
        list: link::list(field.example()),
    };
    let examples = EXAMPLES.iter().map(example).collect();
    let fields = Field::ALL.iter().map(row).collect();
    let title = visit.t("检索语言", "The query language").to_owned();
    page(&QueryHelp { visit, title, examples, fields })
}

#[derive(Template)]
#[template(path = "help/data.html")]
struct DataHelp {
    visit: Visit,
    title: String,
    total: String,
    loaded_at: Option<String>,
    quarantined: String,
    unfinished: usize,
    seq: i64,
    kinds: Vec<Counted>,
    offices: Vec<Counted>,
    statuses: Vec<Counted>,
    sources: Vec<SourceRow>,
}

/// A value with its number and list.
struct Counted {
    name: String,
    count: String,
    list: String,
}

struct SourceRow {
    name: String,
    parts: String,
    newest: String,
    loaded_at: String,
}

pub(crate) async fn data(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let searcher = app.searcher();
    let fresh = searcher.freshness().await?;
    let facets = [FacetField::Right, FacetField::Office, FacetField::Status];
    let options = Options { limit: 0, facets: facets.map(|facet| (facet, 300)).to_vec(), ..Options::default() };
    // Counted as the lists behind them are: the states of today.
    let mut counted = searcher.search("", options).await?.facets.into_iter().map(|facet| counts(&facet, &visit));
    let (kinds, offices, statuses) = (counted.next(), counted.next(), counted.next());
    let source = |source: &search::SourceFreshness| SourceRow {
        name: source.source.clone(),
        parts: grouped(source.parts),
        newest: source.newest.clone().unwrap_or_default(),
        loaded_at: source.loaded_at.clone().unwrap_or_default(),
    };
    page(&DataHelp {
        title: visit.t("数据与更新", "Data and freshness").to_owned(),
        total: grouped(fresh.total),
        loaded_at: fresh.loaded_at.clone(),
        quarantined: grouped(fresh.quarantined),
        unfinished: fresh.unfinished,
        seq: fresh.seq,
        kinds: kinds.unwrap_or_default(),
        offices: offices.unwrap_or_default(),
        statuses: statuses.unwrap_or_default(),
        sources: fresh.sources.iter().map(source).collect(),
        visit,
    })
}

fn counts(facet: &Facet, visit: &Visit) -> Vec<Counted> {
    let row = |count: &index::FacetCount| Counted {
        name: search::facet_label(facet.field, &count.value, visit.lang.code()),
        count: grouped(count.count),
        list: link::list(&search::clause(facet.field, &count.value)),
    };
    facet.counts.iter().map(row).collect()
}

#[derive(Template)]
#[template(path = "help/api.html")]
struct ApiHelp {
    visit: Visit,
    title: String,
    base: String,
    limit: u32,
    codes: &'static [(&'static str, u16, &'static str, &'static str)],
}

pub(crate) async fn api(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let title = visit.t("开放接口", "API").to_owned();
    let base = app.settings.public_url.clone().unwrap_or_else(|| "http://127.0.0.1:8300".to_owned());
    let limit = app.settings.requests_per_minute;
    page(&ApiHelp { visit, title, base, limit, codes: crate::problem::CODES })
}
