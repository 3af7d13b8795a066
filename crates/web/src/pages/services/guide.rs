//! `/services/{code}`: the guide of an item, and who offers it.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use network::{DirectoryQuery, Status};
use serde::Deserialize;
use services::{ItemCode, Version, VersionState};

use super::view::{GuideView, span, state_class};
use super::{address, asked, named, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{Card, failed, moment};
use crate::pages::ratings::{Satisfaction, satisfaction};
use crate::problem::Failure;
use crate::words::grouped;

/// Outlets that a guide lists; its link leads to all of them.
const OUTLETS: usize = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OnADay {
    on: String,
}

#[derive(Template)]
#[template(path = "services/guide.html")]
struct GuidePage<'a> {
    visit: &'a Visit,
    title: String,
    guide: GuideView,
    version: VersionView,
    /// Address of the form that begins a request; none where this version is not in force today.
    begin: Option<String>,
    form: String,
    versions: String,
    /// Differences from the version before, where there is one.
    changes: Option<String>,
    outlets: Vec<OutletView>,
    outlets_in_all: String,
    all_outlets: String,
    more_outlets: bool,
    /// What those who keep the item may do: address, name.
    keeps: Vec<(String, &'static str)>,
    /// What is published of its ratings.
    satisfaction: Satisfaction,
}

/// Which version one reads.
struct VersionView {
    number: i64,
    state: &'static str,
    class: &'static str,
    span: String,
    /// What to know when it is not the one in force today.
    note: Option<(String, String)>,
}

/// An outlet that offers the item.
struct OutletView {
    card: Card,
    begin: String,
}

#[derive(Template)]
#[template(path = "services/none.html")]
struct NonePage<'a> {
    visit: &'a Visit,
    title: String,
    day: String,
    versions: String,
    name: String,
}

/// The version in force on a day.
pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<OnADay>,
) -> Result<Response, Failure> {
    let code = named(&code)?;
    let day = asked::day(&asked.on)?.unwrap_or(today(&app));
    match app.services.version_on(&code, day).await? {
        Some(version) => answer(&app, &visit, &version, day).await,
        None => none(&app, &visit, &code, day).await,
    }
}

/// One version by its number.
pub(crate) async fn version(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((code, number)): Path<(String, i64)>,
) -> Result<Response, Failure> {
    let version = app.services.version(&visit.actor, &named(&code)?, number).await?;
    answer(&app, &visit, &version, today(&app)).await
}

/// The item is there, but not on that day.
async fn none(app: &App, visit: &Visit, code: &ItemCode, day: Date) -> Result<Response, Failure> {
    let versions = app.services.versions(&visit.actor, code).await?;
    let name = versions.last().map_or_else(String::new, |last| last.item.title.text(visit.lang.code()).to_owned());
    let html = page(&NonePage {
        visit,
        title: match visit.lang.code() {
            "zh" => format!("{day} 没有生效的版本：{name}"),
            _ => format!("Not in force on {day}: {name}"),
        },
        day: day.to_string(),
        versions: format!("/services/{code}/versions"),
        name,
    })?;
    Ok((StatusCode::NOT_FOUND, html).into_response())
}

async fn answer(app: &App, visit: &Visit, version: &Version, day: Date) -> Result<Response, Failure> {
    let code = &version.code;
    let today = today(app);
    let is_in_force = version.holds_on(today);
    let query = DirectoryQuery {
        service: Some(code.to_string()),
        status: Some(Status::Active),
        limit: OUTLETS,
        ..DirectoryQuery::on(day)
    };
    let found = app.network.directory(&query).await.map_err(failed)?;
    let begin = Link::to("/cases/new").with("item", code.as_str());
    let outlet = |one: &network::Organisation| OutletView {
        card: Card::new(one, (day != today).then_some(day), moment(app), visit),
        begin: begin.clone().with("outlet", one.id.to_string()).address(),
    };
    let before = before(app, visit, version).await?;
    let changes = before.map(|before| {
        let link = Link::to(format!("/services/{code}/differences")).with("from", before.to_string());
        link.with("to", version.number.to_string()).address()
    });
    let guide = GuideView::new(&version.item, visit);
    page(&GuidePage {
        visit,
        title: guide.title.clone(),
        version: VersionView {
            number: version.number,
            state: version.state.label(visit.lang.code()),
            class: state_class(version.state),
            span: span(version, visit),
            note: note(version, today, visit),
        },
        form: format!("/services/{code}/form"),
        versions: format!("/services/{code}/versions"),
        changes,
        outlets: found.organisations.iter().map(outlet).collect(),
        more_outlets: found.total > found.organisations.len() as u64,
        outlets_in_all: grouped(found.total),
        all_outlets: Link::to("/network").with("service", code.as_str()).with("status", "active").address(),
        keeps: keeps(version, visit),
        satisfaction: satisfaction(app, visit, ratings::Of::Item(code)).await?,
        begin: is_in_force.then(|| begin.address()),
        guide,
    })
}

/// What one should know about a version that is not the one in force today, and where that is.
fn note(version: &Version, today: Date, visit: &Visit) -> Option<(String, String)> {
    let text = match version.state {
        VersionState::Draft => visit.t("这是草稿，尚未发布。", "This is a draft; it is not published."),
        VersionState::Discarded => visit.t("这份草稿已作废。", "This draft was given up."),
        _ if version.holds_on(today) => return None,
        VersionState::Withdrawn => visit.t("这个版本已经撤回。", "This version was withdrawn."),
        VersionState::Published if version.from.is_some_and(|from| from > today) => {
            visit.t("这个版本尚未生效。", "This version is not in force yet.")
        }
        VersionState::Published => visit.t("这是以前的版本。", "This is an earlier version."),
    };
    Some((text.to_owned(), address(&version.code, None)))
}

/// Number of the version in force before this one.
async fn before(app: &App, visit: &Visit, version: &Version) -> Result<Option<i64>, Failure> {
    if version.number < 2 {
        return Ok(None);
    }
    let all = app.services.versions(&visit.actor, &version.code).await?;
    let begins = version.from.unwrap_or(Date::MAX);
    let earlier =
        all.iter().filter(|other| other.number != version.number && other.from.is_some_and(|from| from < begins));
    Ok(earlier.max_by_key(|other| other.from).map(|other| other.number))
}

/// What the visitor may do to this version.
fn keeps(version: &Version, visit: &Visit) -> Vec<(String, &'static str)> {
    let may = |permission| match &version.keeper {
        Some(keeper) => visit.actor.may_at(permission, keeper),
        None => visit.actor.may_everywhere(permission),
    };
    let (edits, publishes) = (may(Permission::EditItems), may(Permission::PublishItems));
    let own = format!("/services/{}/versions/{}", version.code, version.number);
    let all = match version.state {
        VersionState::Draft => vec![
            (edits, format!("{own}/edit"), visit.lang.t("修改草稿", "Edit the draft")),
            (publishes, format!("{own}/publish"), visit.lang.t("发布", "Publish")),
            (edits, format!("{own}/discard"), visit.lang.t("作废草稿", "Give the draft up")),
        ],
        VersionState::Published => vec![
            (edits, format!("/services/{}/draft", version.code), visit.lang.t("起草新版本", "Draft a new version")),
            (publishes, format!("{own}/withdraw"), visit.lang.t("撤回", "Withdraw")),
        ],
        VersionState::Withdrawn | VersionState::Discarded => {
            vec![(
                edits,
                format!("/services/{}/draft", version.code),
                visit.lang.t("起草新版本", "Draft a new version"),
            )]
        }
    };
    all.into_iter().filter_map(|(may, address, name)| may.then_some((address, name))).collect()
}
