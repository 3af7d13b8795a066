//! Rights, searches and analyses tied to a case: by an address that is pasted, or page by page while a case is being
//! collected for, which a cookie remembers.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use cases::{CaseId, Link, LinkKind, Reference};
use percent_encoding::percent_decode_str;

use super::beside::after;
use super::{address, by, named};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::session;
use crate::words;

/// Cookie that names the case for which pages are collected.
const COOKIE: &str = "case";

/// The case for which whoever visits collects pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Collecting {
    pub(crate) id: CaseId,
    pub(crate) reference: Reference,
    /// The page that was attached last, so that it says so.
    attached: String,
}

impl Collecting {
    /// What the cookie says; nothing that it could not have said.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        let mut parts = jar.get(COOKIE)?.value().splitn(3, '.');
        let (id, reference) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { id, reference, attached: parts.next().unwrap_or_default().to_owned() })
    }

    /// Where the form that attaches a page goes.
    pub(crate) fn form(&self) -> String {
        format!("{}/links", address(&self.id))
    }

    /// The page of the case.
    pub(crate) fn case(&self) -> String {
        address(&self.id)
    }

    /// Whether a page was attached just now.
    pub(crate) fn has(&self, page: &str) -> bool {
        self.attached == mark(page)
    }

    fn cookie(&self) -> Cookie<'static> {
        let value = format!("{}.{}.{}", self.id, self.reference, self.attached);
        Cookie::build((COOKIE, value)).path("/").http_only(true).same_site(SameSite::Lax).build()
    }
}

/// A short mark of an address.
fn mark(page: &str) -> String {
    blake3::hash(page.as_bytes()).to_hex()[..12].to_owned()
}

/// Whether a page is one that can be attached: a right, a search, an analysis.
pub(crate) fn can_attach(page: &str) -> bool {
    let path = page.split('?').next().unwrap_or_default();
    let asks = |name: &str| parameter(page, name).is_some_and(|value| !value.is_empty());
    match path {
        "/search" | "/analysis" => asks("q"),
        _ => {
            path.strip_prefix("/rights/").is_some_and(|rest| !rest.is_empty() && !rest.contains('/'))
                || path.strip_prefix("/analysis/saved/").is_some_and(|rest| !rest.contains('/'))
        }
    }
}

/// Begins to collect for a case: from now on pages offer to be attached to it.
pub(crate) async fn begin(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let file = app.cases.case((app.clock.now)(), by(&visit), &id).await?;
    let collecting = Collecting { id, reference: file.case.reference, attached: String::new() };
    let mut response = Redirect::to("/search").into_response();
    session::set(&mut response, &collecting.cookie());
    Ok(response)
}

/// Ends it.
pub(crate) async fn end(visit: Visit) -> Response {
    let back = visit.collecting.as_ref().map_or_else(|| "/desk".to_owned(), Collecting::case);
    let mut response = Redirect::to(&format!("{back}#links")).into_response();
    let gone = Cookie::build((COOKIE, "")).path("/").http_only(true).same_site(SameSite::Lax).removal().build();
    session::set(&mut response, &gone);
    response
}

/// Ties something to a case. From a page that is being collected it goes back there.
pub(crate) async fn link(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let target = sent.get("target").trim().to_owned();
    let label = sent.get("link_label").trim().to_owned();
    let link = match read(&app, &visit, &target, label).await {
        Ok(link) => link,
        Err(fault) => return super::beside::wrong(&app, &visit, &id, sent, vec![fault]).await,
    };
    let done = app.cases.link((app.clock.now)(), by(&visit), &id, &link).await;
    let collected = sent.get("collected") == "yes" && can_attach(&target) && done.is_ok();
    if let Some(collecting) = visit.collecting.clone().filter(|_| collected) {
        let mut response = Redirect::to(&target).into_response();
        session::set(&mut response, &Collecting { attached: mark(&target), ..collecting }.cookie());
        return Ok(response);
    }
    after(&app, &visit, &id, (sent, &[]), done.map(|()| "links")).await
}

pub(crate) async fn unlink(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let kind: LinkKind = sent.get("kind").parse().map_err(|_| Failure::NotFound)?;
    let link = Link { kind, target: sent.get("target").to_owned(), label: String::new() };
    let done = app.cases.unlink((app.clock.now)(), by(&visit), &id, &link).await;
    after(&app, &visit, &id, (Sent::default(), &[]), done.map(|()| "links")).await
}

/// What an address of this site, an id or a number names.
async fn read(app: &App, visit: &Visit, text: &str, label: String) -> Result<Link, network::Fault> {
    let unknown = || {
        fault(
            "target",
            "看不懂这个地址；请粘贴本站权利、检索、分析或办件页的地址",
            "this is no address of a right, search, analysis or case of this site",
        )
    };
    let local = local(text);
    let path = local.split('?').next().unwrap_or_default();
    let worded = |kind: LinkKind, target: String, words: Option<String>| {
        let label = if label.is_empty() { words.unwrap_or_default() } else { label.clone() };
        Link { kind, target, label }
    };
    if path == "/search" {
        let query = parameter(&local, "q").filter(|query| !query.is_empty()).ok_or_else(unknown)?;
        return Ok(worded(LinkKind::Search, query, None));
    }
    if path == "/analysis" || path.starts_with("/analysis/saved/") {
        let words = parameter(&local, "q");
        return Ok(worded(LinkKind::Analysis, local.clone(), words));
    }
    if let Some(id) = path.strip_prefix("/desk/cases/") {
        let id: CaseId = id.parse().map_err(|_| unknown())?;
        return case(app, visit, id).await.map(|words| worded(LinkKind::Case, words.0, Some(words.1)));
    }
    if let Ok(reference) = text.parse::<Reference>() {
        let query = cases::InboxQuery { text: Some(reference.to_string()), limit: 1, ..cases::InboxQuery::all() };
        let found = app.cases.inbox((app.clock.now)(), by(visit), &query).await.ok();
        let found = found.and_then(|page| page.cases.into_iter().next()).ok_or_else(unknown)?;
        let words = format!("{} {}", found.case.reference, found.case.title);
        return Ok(worded(LinkKind::Case, found.case.id.to_string(), Some(words)));
    }
    let id = path.strip_prefix("/rights/").unwrap_or(text);
    let id = percent_decode_str(id).decode_utf8_lossy().into_owned();
    let found = app.searcher().show(&id).await.unwrap_or_default();
    let [right] = found.as_slice() else { return Err(unknown()) };
    Ok(worded(LinkKind::Right, right.id.to_string(), Some(words::title(right, visit.lang))))
}

async fn case(app: &App, visit: &Visit, id: CaseId) -> Result<(String, String), network::Fault> {
    let found = app.cases.case((app.clock.now)(), by(visit), &id).await;
    let file = found.map_err(|error| fault("target", &error.text("zh"), &error.text("en")))?;
    Ok((id.to_string(), format!("{} {}", file.case.reference, file.case.title)))
}

/// An address without the name of the site.
fn local(text: &str) -> String {
    match text.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned()),
        None => text.to_owned(),
    }
}

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> Option<String> {
    let query = address.split_once('?')?.1.split('#').next().unwrap_or_default();
    query.split('&').find_map(|pair| {
        let (known, value) = pair.split_once('=')?;
        let plain = || percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned();
        (known == name).then(plain)
    })
}

#[cfg(test)]
mod tests {
    use super::{can_attach, local, parameter};

    #[test]
    fn pages_that_can_be_attached_are_told_by_their_address() {
        for page in ["/search?q=x", "/rights/CN-I-1", "/analysis?q=ipc%3DH01M", "/analysis/saved/abc"] {
            assert!(can_attach(page), "{page}");
        }
        for page in ["/search", "/rights/", "/rights/CN-I-1/json", "/analysis", "/desk", "/analysis/saved/abc/report"] {
            assert!(!can_attach(page), "{page}");
        }
    }

    #[test]
    fn pasted_addresses_are_read_with_or_without_the_site() {
        assert_eq!(local("https://ip.example.cn/search?q=a"), "/search?q=a");
        assert_eq!(local("/search?q=a"), "/search?q=a");
        assert_eq!(parameter("/search?sort=date&q=%E7%94%B5+b#x", "q").as_deref(), Some("电 b"));
        assert_eq!(parameter("/search", "q"), None);
    }
}
