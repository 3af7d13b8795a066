//! What went wrong, told once: handlers answer with a [`Failure`]; [`dress`] makes of it a page for people or a problem
//! document (RFC 9457) for machines. It also dresses what the router itself refuses, so nobody meets a bare line of text.

use std::any::Any;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use insight::InsightError;
use query::Mistake;
use search::SearchError;
use serde_json::json;

use crate::App;
use crate::frame::Visit;
use crate::language::Lang;

/// Why a request has no ordinary answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no such thing.
    NotFound,
    /// The query cannot be understood.
    Mistake(Box<Mistake>),
    /// Something else about the request is wrong: Chinese and English.
    Wrong(String, String),
    /// A fault here; it is told in the log alone.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl Failure {
    /// Something about the request is wrong.
    pub(crate) fn wrong(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Wrong(zh.into(), en.into())
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Mistake(_) | Self::Wrong(..) => StatusCode::BAD_REQUEST,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Mistake(mistake) => Self::Mistake(Box::new(mistake)),
            SearchError::Index(index::IndexError::Cursor(_)) => Self::wrong(
                "翻页标记无效，请从第一页重新开始。",
                "The page mark is not valid; start again from the first page.",
            ),
            SearchError::Index(index::IndexError::Query(text)) => {
                Self::wrong(format!("检索引擎不接受此检索式：{text}"), format!("The engine refuses the query: {text}"))
            }
            other => Self::Broken(Box::new(other)),
        }
    }
}

impl From<Mistake> for Failure {
    fn from(mistake: Mistake) -> Self {
        Self::Mistake(Box::new(mistake))
    }
}

impl From<InsightError> for Failure {
    fn from(error: InsightError) -> Self {
        match error {
            InsightError::Mistake(mistake) => mistake.into(),
            InsightError::Search(error) => error.into(),
            InsightError::Setting { name, value, expected } => Self::wrong(
                format!("设置 {name} 不能是「{value}」，应为：{expected}"),
                format!("The setting {name} cannot be «{value}»; expected {expected}"),
            ),
            other => Self::Broken(Box::new(other)),
        }
    }
}

impl IntoResponse for Failure {
    /// A bare answer that carries the failure to [`dress`].
    fn into_response(self) -> Response {
        if let Self::Broken(error) = &self {
            tracing::error!(error = %told(error.as_ref()), "a request failed");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

/// No such address.
pub(crate) async fn nothing_here() -> Failure {
    Failure::NotFound
}

/// A handler panicked: a fault of ours, told like any other.
pub(crate) fn broke_off(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(said, "a request panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "内部错误 Internal error").into_response()
}

/// What is told of a failure.
pub(crate) struct Told {
    pub(crate) status: u16,
    /// Stable word for programs.
    pub(crate) code: &'static str,
    pub(crate) title: String,
    /// What to do next.
    pub(crate) detail: String,
}

impl Told {
    fn new(status: StatusCode, failure: Option<&Failure>, lang: Lang) -> Self {
        let (code, title, detail) = match failure {
            Some(Failure::Mistake(mistake)) => (mistake.code(), mistake.sentence(lang.tongue()), String::new()),
            Some(Failure::Wrong(zh, en)) => ("wrong-request", lang.t(zh, en).to_owned(), String::new()),
            _ => ordinary(status, lang),
        };
        Self { status: status.as_u16(), code, title, detail }
    }
}

/// Words for a status that says all there is to say.
fn ordinary(status: StatusCode, lang: Lang) -> (&'static str, String, String) {
    let (code, title, detail) = match status {
        StatusCode::NOT_FOUND => (
            "not-found",
            lang.t("没有找到这一页", "There is no such page"),
            lang.t(
                "地址可能有误，或者这项权利不在本库中。可以在上方的检索框中输入号码或词语。",
                "The address may be wrong, or the right is not in this register. Try its number or words in the search box.",
            ),
        ),
        StatusCode::METHOD_NOT_ALLOWED => {
            ("method-not-allowed", lang.t("此地址不支持这种请求", "This address does not take such a request"), "")
        }
        StatusCode::PAYLOAD_TOO_LARGE => (
            "too-large",
            lang.t("提交的内容太大", "What was sent is too large"),
            lang.t("请分几次提交。", "Send it in several parts."),
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "too-many-requests",
            lang.t("请求过于频繁", "Too many requests"),
            lang.t("请按 Retry-After 给出的秒数稍候再试。", "Wait as many seconds as Retry-After says and try again."),
        ),
        status if status.is_client_error() => (
            "wrong-request",
            lang.t("请求有误", "The request cannot be understood"),
            lang.t("请检查地址和参数。", "Check the address and its parameters."),
        ),
        _ => (
            "internal-error",
            lang.t("系统出错了", "Something went wrong here"),
            lang.t(
                "这是我们的问题，已经记录在日志中。请稍后重试；若反复出现，请告知管理员。",
                "The fault is ours and has been logged. Try again in a while; if it comes back, tell the operator.",
            ),
        ),
    };
    (code, title.to_owned(), detail.to_owned())
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    visit: &'a Visit,
    title: String,
    told: &'a Told,
}

/// Dresses every failure: a problem document under `/api`, a page elsewhere.
pub(crate) async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&parts, &app);
    let machine = parts.uri.path().starts_with("/api/");
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let dressed = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"text/html") || kind.as_bytes().starts_with(b"application/")
    });
    let failure = response.extensions().get::<Arc<Failure>>().cloned();
    if dressed && failure.is_none() {
        return response;
    }
    let told = Told::new(status, failure.as_deref(), visit.lang);
    let (mut kept, _) = response.into_parts();
    kept.headers.remove(header::CONTENT_LENGTH);
    let mut fresh = if machine { document(&told, failure.as_deref(), visit.lang) } else { dressed_page(&visit, &told) };
    *fresh.status_mut() = status;
    for (name, value) in kept.headers.iter().filter(|(name, _)| *name != header::CONTENT_TYPE) {
        fresh.headers_mut().entry(name).or_insert(value.clone());
    }
    fresh
}

fn dressed_page(visit: &Visit, told: &Told) -> Response {
    match (ProblemPage { visit, title: told.title.clone(), told }).render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page of a failure cannot be written");
            told.title.clone().into_response()
        }
    }
}

/// RFC 9457.
fn document(told: &Told, failure: Option<&Failure>, lang: Lang) -> Response {
    let mut body = json!({
        "type": format!("/help/api#{}", told.code),
        "title": told.title,
        "status": told.status,
        "code": told.code,
    });
    if !told.detail.is_empty() {
        body["detail"] = told.detail.clone().into();
    }
    if let Some(Failure::Mistake(mistake)) = failure {
        body["detail"] = mistake.message(lang.tongue()).into();
        body["place"] = json!([mistake.place.start, mistake.place.end]);
        body["found"] = mistake.found.clone().into();
        body["suggestion"] = mistake.suggestion.clone().into();
    }
    let mut response = Json(body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
