//! What all pages share: who visits, in which language, and the frame round the content.

use std::convert::Infallible;
use std::sync::Arc;

use accounts::{Actor, Permission, Signed};
use askama::Template;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use register::SchemeEntry;

use crate::App;
use crate::assets;
use crate::language::Lang;
use crate::link::Link;
use crate::pages::desk::{Collecting, can_attach};
use crate::problem::Failure;
use crate::session;

/// A visit: who, in which language, and the address that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) lang: Lang,
    /// Path and parameters.
    pub(crate) address: String,
    /// Name of the site, where the operator gave it one.
    site: Option<String>,
    pub(crate) demonstration: bool,
    /// Who asks.
    pub(crate) actor: Actor,
    /// The session, where someone has signed in.
    pub(crate) signed: Option<Arc<Signed>>,
    /// Notices that the person has not read.
    pub(crate) unread: u64,
    /// The case for which staff collect pages.
    pub(crate) collecting: Option<Collecting>,
}

impl Visit {
    /// The visit that a request is.
    pub(crate) fn of(parts: &Parts, app: &App) -> Self {
        let lang = Lang::of(parts.uri.query().unwrap_or_default(), &parts.headers, app.settings.lang);
        // A router inside another one sees the rest of the path alone.
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let address = uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str).to_owned();
        let signed = session::signed(&parts.extensions);
        let actor = session::actor(signed.as_ref());
        let (site, demonstration) = (app.settings.name.clone(), app.settings.demonstration);
        let unread = parts.extensions.get::<session::Unread>().map_or(0, |unread| unread.0);
        let collecting = actor.may(Permission::WorkCases).then(|| Collecting::of(&parts.headers)).flatten();
        Self { lang, address, site, demonstration, actor, signed, unread, collecting }
    }

    /// The case to which this page can be attached, where staff collect for one.
    pub(crate) fn collects(&self) -> Option<&Collecting> {
        self.collecting.as_ref().filter(|_| can_attach(&self.address))
    }

    /// The text in the page's language.
    pub(crate) fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.t(zh, en)
    }

    pub(crate) fn site(&self) -> &str {
        self.site.as_deref().unwrap_or_else(|| self.t("惠知", "Huizhi"))
    }

    /// What the badge beside the name says to those who do not see it.
    pub(crate) fn new_notices(&self) -> String {
        match (self.lang, self.unread) {
            (Lang::Zh, number) => format!("{number} 条新通知"),
            (Lang::En, 1) => "1 new notice".to_owned(),
            (Lang::En, number) => format!("{number} new notices"),
        }
    }

    /// Switches the language and comes back here.
    pub(crate) fn switch(&self) -> String {
        Link::to(format!("/language/{}", self.lang.other().code())).with("to", &self.address).address()
    }

    /// Address of an asset with its content's hash in it.
    #[expect(clippy::unused_self, reason = "templates reach assets through the visit they have at hand")]
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The title of a place of a class scheme in the page's language, else in the other.
    pub(crate) fn title_of<'a>(&self, place: &'a SchemeEntry) -> &'a str {
        let (zh, en) = (place.title_zh.as_deref(), place.title_en.as_deref());
        let order = if self.lang == Lang::Zh { [zh, en] } else { [en, zh] };
        order.into_iter().flatten().next().unwrap_or_default()
    }

    /// Whether the page is the one at this path.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.address.split('?').next() == Some(path)
    }

    /// Whether the page lies below this path, for the mark in the navigation.
    pub(crate) fn at(&self, path: &str) -> bool {
        let here = self.address.split('?').next().unwrap_or_default();
        here == path || here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app))
    }
}

/// A page as an answer.
pub(crate) fn page(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render().map_err(|error| Failure::Broken(error.into()))?).into_response())
}
