//! `/desk/codes`: the poster of an outlet, tickets of visits, and pages to print them.

use std::sync::Arc;

use accounts::{Permission, qr_svg};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use network::OrganisationId;
use ratings::{Channel, MOST_BY_POSTER, RatingsError, VISIT_DAYS, VisitCode, end_poster, for_visit, make_poster};

use super::names::Names;
use super::{begin, named, tabs};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "ratings/codes.html")]
struct ListPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    outlets: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "ratings/code.html")]
struct OutletPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    outlet: String,
    outlet_address: String,
    version: i64,
    poster: Option<CodeView>,
    most: i64,
    days: i64,
    items: Vec<Choice>,
    stale: bool,
}

#[derive(Template)]
#[template(path = "ratings/ticket.html")]
struct TicketPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    outlet: String,
    what: String,
    code: CodeView,
    days: i64,
    back: String,
}

/// A code as it is printed.
struct CodeView {
    code: String,
    address: String,
    path: String,
    picture: String,
    since: String,
}

impl CodeView {
    fn new(app: &App, headers: &HeaderMap, code: &VisitCode, path: String, since: String) -> Self {
        let address = format!("{}{path}", base(app, headers));
        Self { code: code.to_string(), picture: qr_svg(&address), address, path, since }
    }
}

/// What stands before a path in a printed address: as the operator set it, else as the request came.
pub(super) fn base(app: &App, headers: &HeaderMap) -> String {
    app.settings.public_url.clone().unwrap_or_else(|| {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let forwarded = headers.get("x-forwarded-proto").and_then(|scheme| scheme.to_str().ok());
        let scheme = forwarded.filter(|scheme| app.settings.behind_proxy && *scheme == "https").unwrap_or("http");
        format!("{scheme}://{host}")
    })
}

pub(crate) async fn list(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::AnswerRatings)?;
    let mut names = Names::new(&app, &visit);
    let outlets = names.choices(visit.actor.cover(Permission::AnswerRatings), None).await?;
    let outlets: Vec<(String, String)> =
        outlets.into_iter().map(|choice| (format!("/desk/codes/{}", choice.value), choice.name)).collect();
    if let [(only, _)] = outlets.as_slice() {
        return Ok(Redirect::to(only).into_response());
    }
    page(&ListPage { title: visit.t("评价码", "Codes").to_owned(), tabs: tabs(&visit), outlets, visit })
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(outlet): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&outlet)?, &headers, false).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    outlet: &OrganisationId,
    headers: &HeaderMap,
    stale: bool,
) -> Result<Response, Failure> {
    let poster = app.ratings.poster(&visit.actor, outlet).await?;
    let version = app.ratings.poster_version(&visit.actor, outlet).await?;
    let mut names = Names::new(app, visit);
    let name = names.outlet(outlet).await?;
    let html = page(&OutletPage {
        visit,
        title: format!("{}{name}", visit.t("评价码：", "Codes of ")),
        tabs: tabs(visit),
        address: format!("/desk/codes/{outlet}"),
        outlet_address: format!("/network/{outlet}"),
        outlet: name,
        version,
        poster: poster.map(|poster| {
            let since = services::office_day(poster.made_at).to_string();
            CodeView::new(app, headers, &poster.code, poster.code.poster_path(), since)
        }),
        most: MOST_BY_POSTER,
        days: VISIT_DAYS,
        items: names.items("").await?,
        stale,
    })?;
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// A new poster, or the end of the one that there is.
pub(crate) async fn set(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(outlet): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, Failure> {
    let outlet: OrganisationId = named(&outlet)?;
    let (now, seen) = ((app.clock.now)(), (&outlet, sent.version()?));
    let mut write = begin(&app).await?;
    let done = if sent.get("end").is_empty() {
        make_poster(&mut write, now, &visit.actor, seen, app.random().bytes()).await.map(drop)
    } else {
        end_poster(&mut write, now, &visit.actor, seen).await
    };
    match done {
        Ok(()) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/desk/codes/{outlet}")).into_response())
        }
        Err(RatingsError::StaleVersion { .. }) => {
            drop(write);
            whole(&visit, &app, &outlet, &headers, true).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn make_visit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(outlet): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let outlet: OrganisationId = named(&outlet)?;
    let item = match sent.get("item") {
        "" => None,
        code => Some(code.parse().map_err(|_| Failure::parameter("item", code, "B02"))?),
    };
    let (now, random) = ((app.clock.now)(), app.random().bytes());
    let mut write = begin(&app).await?;
    let how = (Channel::Qr, item.as_ref());
    let made = ratings::make_visit(&mut write, now, &visit.actor, &outlet, how, random).await?;
    write.commit().await?;
    Ok(Redirect::to(&format!("/desk/visits/{}", made.code)).into_response())
}

/// A ticket to be printed or shown, for the staff of the outlet.
pub(crate) async fn visit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let code: VisitCode = named(&code)?;
    visit.actor.require(Permission::AnswerRatings)?;
    let what = for_visit(&mut *app.ratings.database().read().await?, (app.clock.now)(), &code).await?;
    visit.actor.require_at(Permission::AnswerRatings, what.outlet())?;
    let outlet = Names::new(&app, &visit).outlet(what.outlet()).await?;
    page(&TicketPage {
        title: visit.t("评价小票", "Ticket").to_owned(),
        tabs: tabs(&visit),
        outlet,
        what: what.title(visit.lang.code()).to_owned(),
        code: CodeView::new(&app, &headers, &code, code.path(), super::today(&app).to_string()),
        days: VISIT_DAYS,
        back: format!("/desk/codes/{}", what.outlet()),
        visit,
    })
}
