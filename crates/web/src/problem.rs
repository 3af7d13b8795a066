//! What went wrong, told once: handlers answer with a [`Failure`]; [`dress`] makes of it a page for people, a problem
//! document (RFC 9457) for machines, or a fault for clients of the office-style services. It also dresses what the router
//! itself refuses, so nobody meets a bare line of text.

mod causes;
mod document;

use std::any::Any;
use std::sync::Arc;

use accounts::Denied;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use query::Mistake;

pub(crate) use self::document::{CODES, PROBLEM, Problem};

use crate::App;
use crate::api::ops;
use crate::frame::Visit;
use crate::language::Lang;

/// Why a request has no ordinary answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no such thing.
    NotFound,
    /// There is no such thing, said more exactly: Chinese and English.
    Missing(String, String),
    /// A number fits several rights, whose ids these are.
    Ambiguous(Vec<String>),
    /// A parameter cannot be what it is: its name, and what is wrong in Chinese and English.
    Parameter(String, String, String),
    /// The mark of a page was not made here.
    PageMark,
    /// What was sent is of a kind that is not taken here; the kinds that are.
    MediaType(&'static str),
    /// The query cannot be understood.
    Mistake(Box<Mistake>),
    /// Something else about the request is wrong: Chinese and English.
    Wrong(String, String),
    /// Not allowed; signing in may help a visitor.
    Denied(Denied),
    /// Things are not as the sender saw them: Chinese and English.
    Conflict(String, String),
    /// Too many attempts: Chinese and English.
    TooMany(String, String),
    /// A fault here; it is told in the log alone.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl Failure {
    /// Something about the request is wrong.
    pub(crate) fn wrong(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Wrong(zh.into(), en.into())
    }

    /// A parameter cannot be what it is, and what it can be.
    pub(crate) fn parameter(name: &str, value: &str, expected: &str) -> Self {
        let zh = format!("参数 {name} 不能是「{value}」，应为：{expected}");
        let en = format!("The parameter {name} cannot be «{value}»; expected {expected}");
        Self::Parameter(name.to_owned(), zh, en)
    }

    /// The status; a fault of ours goes into the log.
    pub(crate) fn log(&self) -> StatusCode {
        if let Self::Broken(error) = self {
            tracing::error!(error = %told(error.as_ref()), "a request failed");
        }
        self.status()
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Missing(..) => StatusCode::NOT_FOUND,
            Self::Mistake(_) | Self::Wrong(..) | Self::Parameter(..) | Self::PageMark => StatusCode::BAD_REQUEST,
            Self::Ambiguous(_) | Self::Conflict(..) => StatusCode::CONFLICT,
            Self::Denied(denied) if denied.signed_in => StatusCode::FORBIDDEN,
            Self::Denied(_) => StatusCode::UNAUTHORIZED,
            Self::TooMany(..) => StatusCode::TOO_MANY_REQUESTS,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    /// A bare answer that carries the failure to [`dress`].
    fn into_response(self) -> Response {
        let mut response = self.log().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// An error with its causes.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
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
            Some(Failure::Missing(zh, en)) => ("not-found", lang.t(zh, en).to_owned(), String::new()),
            Some(Failure::Parameter(_, zh, en)) => ("wrong-parameter", lang.t(zh, en).to_owned(), String::new()),
            Some(Failure::PageMark) => (
                "wrong-page-mark",
                lang.t("翻页标记无效", "The page mark is not valid").to_owned(),
                lang.t("请从第一页重新开始。", "Start again from the first page.").to_owned(),
            ),
            Some(Failure::Ambiguous(ids)) => (
                "ambiguous-number",
                lang.t("这个号码对应多项权利", "The number fits several rights").to_owned(),
                format!("{}{}", lang.t("请改用标识：", "Ask by id: "), ids.join(", ")),
            ),
            Some(Failure::Denied(denied)) => {
                let next = if denied.signed_in {
                    lang.t(
                        "需要这项权限的，请联系所属机构的负责人。",
                        "Ask whoever leads your organisation if you need it.",
                    )
                } else {
                    lang.t("登录后会回到这一页。", "You come back here after signing in.")
                };
                (
                    if denied.signed_in { "not-allowed" } else { "sign-in-needed" },
                    denied.text(lang.code()),
                    next.to_owned(),
                )
            }
            Some(Failure::Conflict(zh, en)) => ("conflict", lang.t(zh, en).to_owned(), String::new()),
            Some(Failure::TooMany(zh, en)) => ("too-many-requests", lang.t(zh, en).to_owned(), String::new()),
            Some(Failure::MediaType(kinds)) => (
                "unsupported-media-type",
                lang.t("不接受这种类型的内容", "Content of this type is not taken here").to_owned(),
                format!("{}{kinds}", lang.t("请发送：", "Send ")),
            ),
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

/// Who reads an answer.
enum Reader {
    Person,
    /// A program that reads problem documents.
    Program,
    /// A client of the office-style services.
    OpsClient,
}

impl Reader {
    fn of(path: &str) -> Self {
        if path == "/api" || path.starts_with("/api/") {
            Self::Program
        } else if path.starts_with("/ops/") {
            Self::OpsClient
        } else {
            Self::Person
        }
    }
}

/// Dresses every failure: a problem document under `/api`, a fault under `/ops`, a page elsewhere.
pub(crate) async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&parts, &app);
    let reader = Reader::of(parts.uri.path());
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let dressed = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html") || kind.as_bytes().starts_with(b"application/"));
    let failure = response.extensions().get::<Arc<Failure>>().cloned();
    if dressed && failure.is_none() {
        return response;
    }
    let told = Told::new(status, failure.as_deref(), visit.lang);
    let (mut kept, _) = response.into_parts();
    kept.headers.remove(header::CONTENT_LENGTH);
    let mut fresh = match reader {
        Reader::Person => dressed_page(&visit, &told),
        Reader::Program => Problem::new(told, failure.as_deref(), visit.lang).into_response(),
        Reader::OpsClient => ops::fault(status, failure.as_deref()),
    };
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

#[cfg(test)]
#[path = "problem_tests.rs"]
mod tests;
