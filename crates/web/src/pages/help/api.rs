//! The page of the API: endpoints with commands to try, limits, codes.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::codes::{codes, example};
use crate::App;
use crate::frame::{Visit, page};
use crate::link;
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "help/api.html")]
struct ApiHelp {
    visit: Visit,
    title: String,
    /// Address of the site, without a slash at its end.
    base: String,
    limit: u32,
    endpoints: Vec<Endpoint>,
    services: Vec<Endpoint>,
    requests: Vec<(&'static str, u16, &'static str)>,
    mistakes: Vec<Mistake>,
}

/// An endpoint with a command to try it.
struct Endpoint {
    method: &'static str,
    path: &'static str,
    meaning: &'static str,
    /// What follows the site's address in the command, and what stands before it.
    call: &'static str,
    options: &'static str,
}

struct Mistake {
    code: &'static str,
    meaning: &'static str,
    example: &'static str,
    list: String,
}

/// Method, path, Chinese and English meaning, options of `curl`, address to call.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const ENDPOINTS: [Row; 21] = [
    (
        "GET",
        "/api/v1/search",
        "检索：一页结果，可带分面、排序、按同族合并",
        "Search: a page of hits, with facets, order, one per family",
        "",
        "/api/v1/search?q=nice%3D9&limit=5",
    ),
    (
        "GET",
        "/api/v1/facets",
        "按字段计数，以及两个字段的交叉表",
        "Counts by facets, and cross tables",
        "",
        "/api/v1/facets?q=ipc%3DH01M&facet=applicant&facet=filing-year",
    ),
    ("GET", "/api/v1/suggest", "输入时的建议", "Suggestions while typing", "", "/api/v1/suggest?q=ti%3Dbat&cursor=6"),
    (
        "GET",
        "/api/v1/query",
        "只解读检索式，不检索",
        "Reads a query without searching",
        "",
        "/api/v1/query?q=ti%3Dbattery%20ad%3E2020",
    ),
    (
        "GET",
        "/api/v1/export",
        "带走全部结果：CSV、XLSX 或 JSON 行，不限条数",
        "Everything a query finds as CSV, XLSX or JSON lines, without a limit",
        "-OJ ",
        "/api/v1/export?q=nice%3D9&format=csv",
    ),
    (
        "GET",
        "/api/v1/rights/{id}",
        "一项权利，按标识或任何写法的号码",
        "One right by its id or a number in any spelling",
        "",
        "/api/v1/rights/US-P-16548822",
    ),
    (
        "GET",
        "/api/v1/rights/{id}/dossier",
        "连同同族、引证、相似权利、分类名称",
        "With family, citations, similar rights, titles of classes",
        "",
        "/api/v1/rights/US-P-16548822/dossier",
    ),
    (
        "POST",
        "/api/v1/numbers",
        "核对一份号码清单（也可 GET ?list=）",
        "Looks up a list of numbers (or GET ?list=)",
        "-d 'ZL201510163325.6' -H 'Content-Type: text/plain' ",
        "/api/v1/numbers",
    ),
    (
        "GET",
        "/api/v1/classes",
        "分类表，以及在其中查找",
        "Class schemes, and a search in them",
        "",
        "/api/v1/classes?q=battery",
    ),
    (
        "GET",
        "/api/v1/classes/{scheme}/{symbol}",
        "分类表的一处，连同上下位和权利数",
        "A place of a scheme with what lies above and below",
        "",
        "/api/v1/classes/ipc/H01M10%2F05",
    ),
    (
        "GET",
        "/api/v1/analysis",
        "对检索结果的分析：全部图形的数据",
        "An analysis of what a query finds",
        "",
        "/api/v1/analysis?q=ipc%3DH01M",
    ),
    (
        "GET",
        "/api/v1/network",
        "服务网点名录，按词语、地区、类别、状态和日期；/network/{id} 是其中一个",
        "The directory of outlets by words, place, kind, state and day; /network/{id} is one of them",
        "",
        "/api/v1/network?region=500000&open=true",
    ),
    (
        "GET",
        "/api/v1/network/coverage",
        "任何一天的服务网络覆盖情况",
        "Coverage of the network on any day",
        "",
        "/api/v1/network/coverage?on=2024-12-31",
    ),
    (
        "GET",
        "/api/v1/services",
        "服务事项，按词语、类别、主题、服务对象和日期；/services/{code} 是一个事项的全部内容和申请表单",
        "Services by words, list, theme, client and day; /services/{code} is all of one, with its form",
        "",
        "/api/v1/services?group=basic",
    ),
    (
        "GET",
        "/api/v1/calendar",
        "一年的放假、调休和工作日数",
        "Holidays, make-up days and the number of working days of a year",
        "",
        "/api/v1/calendar?year=2026",
    ),
    (
        "GET",
        "/api/v1/indicators",
        "公开指标；/indicators/{code} 是某单位最近各期的数值，缺失的说明原因",
        "Public indicators; /indicators/{code} tells the numbers of a unit, and why where there is none",
        "",
        "/api/v1/indicators?group=network",
    ),
    (
        "GET",
        "/api/v1/plans",
        "公开计划及其进展；/plans/{id} 是一份计划的任务、对象、期限、目标和完成数",
        "Public plans and how they go; /plans/{id} tells tasks, for whom, days, targets and counts of one",
        "",
        "/api/v1/plans?year=2026",
    ),
    (
        "GET",
        "/api/v1/assessments",
        "已公布的考核；/assessments/{id} 是各单位得分，公开到哪一步就给到哪一步，含逐项算式",
        "Published assessments; /assessments/{id} tells the results of the units as far as they are published, line by line",
        "",
        "/api/v1/assessments?scheme=outlet",
    ),
    (
        "GET",
        "/api/v1/agencies",
        "代理机构的信用等级；/agencies/{id} 是一家机构的逐项计分、公开事件和历史，可指定日期",
        "Credit levels of agencies; /agencies/{id} tells the score of one line by line on a day, published events and history",
        "",
        "/api/v1/agencies?level=a",
    ),
    ("GET", "/api/v1/data", "库中有什么，更新到哪一天", "What is here, and how new it is", "", "/api/v1/data"),
    (
        "GET",
        "/api/v1/openapi.json",
        "以上各项的 OpenAPI 3.1 描述",
        "All of this as OpenAPI 3.1",
        "",
        "/api/v1/openapi.json",
    ),
];

const SERVICES: [Row; 2] = [
    (
        "GET",
        "/ops/3.2/rest-services/published-data/search",
        "检索，CQL 写法，Range 翻页",
        "Search in CQL, paged by Range",
        "",
        "/ops/3.2/rest-services/published-data/search?q=ti%3Dbattery",
    ),
    (
        "GET",
        "/ops/3.2/rest-services/published-data/publication/{format}/{number}/biblio",
        "著录项目；format 为 epodoc 或 docdb",
        "Bibliographic data; format is epodoc or docdb",
        "",
        "/ops/3.2/rest-services/published-data/publication/epodoc/EP2930123/biblio",
    ),
];

pub(crate) async fn api(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let lang = visit.lang;
    let endpoint = |&(method, path, zh, en, options, call): &Row| Endpoint {
        method,
        path,
        meaning: lang.t(zh, en),
        call,
        options,
    };
    let (requests, mistakes) = codes();
    let mistake = |&(code, _, zh, en): &(&'static str, u16, &'static str, &'static str)| Mistake {
        code,
        meaning: lang.t(zh, en),
        example: example(code),
        list: link::list(example(code)),
    };
    page(&ApiHelp {
        title: visit.t("开放接口", "API").to_owned(),
        base: app.settings.public_url.clone().unwrap_or_else(|| "http://127.0.0.1:8300".to_owned()),
        limit: app.settings.requests_per_minute,
        endpoints: ENDPOINTS.iter().map(endpoint).collect(),
        services: SERVICES.iter().map(endpoint).collect(),
        requests: requests.iter().map(|&(code, status, zh, en)| (code, status, lang.t(zh, en))).collect(),
        mistakes: mistakes.iter().map(mistake).collect(),
        visit,
    })
}
