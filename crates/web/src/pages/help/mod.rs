//! Help: the query language with live examples, the data and its freshness, the API.

mod api;
mod codes;
mod data;
mod query;

use askama::Template;
use axum::response::Response;

pub(crate) use api::api;
pub(crate) use data::data;
pub(crate) use query::query;

use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "help/overview.html")]
struct Overview {
    visit: Visit,
    title: String,
    answers: [Answer; 7],
}

pub(crate) async fn overview(visit: Visit) -> Result<Response, Failure> {
    let title = visit.t("帮助", "Help").to_owned();
    let answers = ANSWERS.map(|(zh, en)| if visit.lang == Lang::Zh { zh } else { en });
    page(&Overview { visit, title, answers })
}

/// A question with its answer.
type Answer = (&'static str, &'static str);

/// Questions that people ask, Chinese and English.
const ANSWERS: [(Answer, Answer); 7] = [
    (
        (
            "为什么同一项发明有好几条结果？",
            "在各国分别申请，得到的是各自的权利，状态也各不相同。点“按同族合并”，每族只看一项。",
        ),
        (
            "Why does one invention come several times?",
            "Filed in several countries it is several rights, each with its own status. “One per family” shows one of each family.",
        ),
    ),
    (
        (
            "结果是怎样排序的？",
            "看检索词出现在哪里、有多少：名称最重，其次是摘要和权利要求。点“为何如此排序”，可以看到每个词的得分。",
        ),
        (
            "How are results ordered?",
            "By where and how often your words stand: titles count most, then abstracts and claims. “Why this order” shows what each word gave.",
        ),
    ),
    (
        (
            "法律状态可靠吗？",
            "状态由已载入的公布、法律事件和法定期限得出，权利页上写明依据和来源日期。正式用途请以原局登记簿为准。",
        ),
        (
            "Can the status be relied on?",
            "It follows from the publications, legal events and terms that were loaded; the page of a right shows why and from when. For formal use ask the office’s own register.",
        ),
    ),
    (
        (
            "找不到一项刚申请的专利？",
            "专利申请一般自申请日（有优先权的自优先权日）起满十八个月才公布，公布之前任何检索系统都看不到。",
        ),
        (
            "Where is a patent that was filed lately?",
            "Patent applications are published about eighteen months after filing or priority; before that no search sees them.",
        ),
    ),
    (
        (
            "怎样把结果带走？",
            "结果页的“下载”给出全部结果的 Excel、CSV 或 JSON，不限条数；权利页可以打印、引用和下载；分析可以生成 Word 报告。",
        ),
        (
            "How do I take results away?",
            "“Download” on the page of results gives all of them as a workbook, CSV or JSON, without a limit; a right can be printed, cited and downloaded; an analysis becomes a Word report.",
        ),
    ),
    (
        (
            "怎样把一次检索告诉别人？",
            "复制浏览器地址栏里的地址就行：检索式、排序和筛选都在地址里。要固定某一天的数字，请在分析页点“保存”。",
        ),
        (
            "How do I pass a search on?",
            "Copy the address: query, order and filters are all in it. To keep the figures of a day, save the analysis.",
        ),
    ),
    (
        ("不用鼠标、不用脚本行吗？", "行。所有页面都可以只用键盘，关掉脚本也能用。"),
        (
            "Does it work without a mouse, without scripts?",
            "Yes. Every page works with the keyboard alone, and with scripts turned off.",
        ),
    ),
];
