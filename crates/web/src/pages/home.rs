//! The home page: the search box, what is in the register, where to go.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use records::RightKind;

use crate::App;
use crate::frame::{Visit, page};
use crate::link;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    visit: Visit,
    title: String,
    total: String,
    kinds: Vec<Kind>,
    newest: Option<String>,
    examples: Vec<(&'static str, String)>,
}

/// A kind of right with its number and list.
struct Kind {
    name: &'static str,
    count: String,
    list: String,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let fresh = app.searcher().freshness().await?;
    let kinds = RightKind::ALL.iter().filter_map(|kind| {
        let count = fresh.by_kind.iter().find(|share| share.value == kind.code())?.count;
        let list = link::list(&format!("right={}", kind.code()));
        Some(Kind { name: kind.label(visit.lang.code()), count: grouped(count), list })
    });
    let kinds: Vec<Kind> = kinds.collect();
    let newest = fresh.sources.iter().filter_map(|source| source.newest.clone()).max();
    let total = grouped(fresh.total);
    let examples = EXAMPLES.iter().map(|example| (*example, link::list(example))).collect();
    let title = visit.t("知识产权一站式检索", "Intellectual property in one search").to_owned();
    page(&Home { visit, title, total, kinds, newest, examples })
}

/// Queries that show what the box understands.
const EXAMPLES: [&str; 6] = [
    "石墨烯 电池",
    "ipc=H01M10/05 状态=有效",
    "ti=(电池 OR 蓄电池) ad>=2020",
    "类型=商标 nice=9",
    "申请人=*科技*",
    "US 8,926,509 B2",
];
