//! Problem documents (RFC 9457) and their codes.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use query::Mistake;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Failure, Told};
use crate::language::Lang;

/// Codes of problem documents: code, status, Chinese and English meaning. Those from `unknown-field` on are mistakes in a
/// query: `place` gives the characters, `suggestion` a spelling that works.
pub(crate) const CODES: &[(&str, u16, &str, &str)] = &[
    ("wrong-request", 400, "请求有误；title 写明哪里不对", "The request is wrong; the title says where"),
    (
        "wrong-parameter",
        400,
        "参数有误；parameter 是参数名，title 写明可用的值",
        "A parameter is wrong: its name is in parameter, what it can be in the title",
    ),
    (
        "wrong-page-mark",
        400,
        "翻页标记无效，请从第一页重新开始",
        "The mark in after was not made here; start from the first page",
    ),
    ("sign-in-needed", 401, "需要先登录", "Sign in first"),
    ("not-allowed", 403, "没有这项权限", "Your roles do not allow it"),
    (
        "conflict",
        409,
        "内容已被他人修改或已存在；title 写明情况",
        "Others changed it meanwhile, or it is there already; the title says what",
    ),
    ("not-found", 404, "没有这个地址、权利或分类", "There is no such address, right or class"),
    ("method-not-allowed", 405, "此地址不支持这种请求", "The address does not take such a request"),
    (
        "ambiguous-number",
        409,
        "号码对应多项权利；candidates 是它们的标识",
        "The number fits several rights; their ids are in candidates",
    ),
    ("too-large", 413, "提交的内容太大", "What was sent is too large"),
    (
        "unsupported-media-type",
        415,
        "不接受这种类型的内容；detail 写明可用的类型",
        "Content of this type is not taken; detail names those that are",
    ),
    ("too-many-requests", 429, "请求过于频繁，请按 Retry-After 稍候", "Too many requests; wait as Retry-After says"),
    ("internal-error", 500, "系统出错，已记入日志", "A fault here; it has been logged"),
    ("unknown-field", 400, "没有这个字段", "There is no such field"),
    ("field-missing", 400, "运算符前面缺少字段名", "A field is missing before a sign"),
    ("field-inside-field", 400, "字段写在另一个字段的括号里", "A field stands inside the brackets of another"),
    ("value-missing", 400, "字段后面缺少值", "A value is missing behind a field"),
    ("bracket", 400, "括号不成对", "A bracket has no partner"),
    ("quote", 400, "引号没有闭合", "A quotation mark has no partner"),
    ("condition-missing", 400, "运算符旁边缺少条件", "A condition is missing beside an operator"),
    ("comparison", 400, "这个字段不能这样比较", "The field cannot be compared so"),
    (
        "range",
        400,
        "范围不完整、为空或用错了字段",
        "A range is not whole, is empty, or stands at a field that takes none",
    ),
    ("number", 400, "不像任何一局的号码", "Not a number of any office"),
    ("date", 400, "不是日期", "Not a date"),
    ("count", 400, "不是整数", "Not a whole number"),
    ("class", 400, "不是分类号", "Not a symbol of the classification"),
    ("keyword", 400, "字段没有这个取值", "The field has no such value"),
    ("wildcard", 400, "通配符用错了地方", "A wildcard stands where it cannot"),
    (
        "nearness",
        400,
        "邻近运算两边应是同一字段的词，距离应为 1 至 999",
        "Nearness needs words of one field and a distance from 1 to 999",
    ),
    (
        "no-equal",
        400,
        "别局写法中的这个条件在本站没有对应",
        "A condition in another office's spelling has no equal here",
    ),
    ("nothing", 400, "没有可检索的文字", "There is nothing to search for"),
    ("limit", 400, "检索式太长、太深或条件太多", "The query is too long, too deep, or has too many conditions"),
];

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// What is wrong, in one sentence.
    title: String,
    /// Status of the answer.
    status: u16,
    /// Stable word for programs.
    code: &'static str,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// Place of a mistake in the query: characters from and to.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<[usize; 2]>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// The query with the nearest valid spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<String>,
    /// Ids of the rights that an ambiguous number fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<String>>,
}

/// The media type of problem documents.
pub(crate) const PROBLEM: &str = "application/problem+json";

impl Problem {
    pub(super) fn new(told: Told, failure: Option<&Failure>, lang: Lang) -> Self {
        let mut problem = Self {
            kind: format!("/help/api#{}", told.code),
            title: told.title,
            status: told.status,
            code: told.code,
            detail: Some(told.detail).filter(|detail| !detail.is_empty()),
            parameter: None,
            place: None,
            found: None,
            suggestion: None,
            candidates: None,
        };
        match failure {
            Some(Failure::Mistake(mistake)) => problem.of_mistake(mistake, lang),
            Some(Failure::Parameter(name, ..)) => {
                problem.parameter = Some(name.clone()).filter(|name| !name.is_empty());
            }
            Some(Failure::Ambiguous(ids)) => problem.candidates = Some(ids.clone()),
            _ => {}
        }
        problem
    }

    fn of_mistake(&mut self, mistake: &Mistake, lang: Lang) {
        let place = mistake.place_in_characters();
        self.detail = Some(mistake.message(lang.tongue()));
        self.place = Some([place.start, place.end]);
        self.found = Some(mistake.found.clone());
        self.suggestion.clone_from(&mistake.suggestion);
    }

    /// The problem that a mistake in a query is.
    pub(crate) fn mistaken(mistake: Mistake, lang: Lang) -> Self {
        let failure = Failure::from(mistake);
        Self::new(Told::new(failure.status(), Some(&failure), lang), Some(&failure), lang)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, PROBLEM)], Json(self)).into_response()
    }
}
