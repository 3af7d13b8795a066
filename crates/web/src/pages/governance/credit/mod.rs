//! The credit of agencies: the public list, an agency with its events and history, objections and repair; for keepers
//! drafts, decisions, quality leads, rules.

mod agency;
mod decide;
mod enter;
mod event;
mod files;
mod leads;
mod list;
mod object;
mod quality;
mod rules;
mod view;
mod work;
mod write;

use std::sync::Arc;

pub(crate) use self::agency::MONTHS;
use accounts::Permission;
use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use network::Fault;

use self::files::FilesView;
use super::{named, person};
use crate::App;
use crate::form::{FaultLine, GroupView, summary};
use crate::frame::{Visit, page};
use crate::pages::{key, today};
use crate::parcel::large;
use crate::problem::Failure;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/governance/credit", get(list::show))
        .route("/governance/credit/agencies.csv", get(list::csv))
        .route("/governance/credit/agencies.xlsx", get(list::xlsx))
        .route("/governance/credit/announcements", get(list::announcements))
        .route("/governance/credit/work", get(work::show))
        .route("/governance/credit/rules", get(rules::show).post(rules::issue))
        .route("/governance/credit/leads", get(leads::list))
        .route("/governance/credit/leads/{id}", get(leads::show).post(leads::dismiss))
        .route("/governance/credit/agencies/new", get(enter::ask).post(enter::send))
        .route("/governance/credit/agencies/{id}", get(agency::show))
        .route("/governance/credit/agencies/{id}/edit", get(enter::edit).post(enter::change))
        .route("/governance/credit/agencies/{id}/quality", get(quality::show).post(quality::look))
        .route("/governance/credit/agencies/{id}/events/new", get(write::ask).post(write::send))
        .route("/governance/credit/events/{id}", get(event::show).post(event::act))
        .route("/governance/credit/events/{id}/edit", get(write::edit).post(write::change))
        .route("/governance/credit/events/{id}/objection", get(object::ask).post(object::send))
        .route("/governance/credit/events/{id}/repair", get(object::ask_repair).post(object::send_repair))
        .route("/governance/credit/events/{id}/files", post(files::attach).layer(large()))
        .route("/governance/credit/events/{id}/files/{file}", post(files::detach))
        .route("/governance/credit/files/{id}", get(files::give))
        .route("/governance/credit/objections/{id}", get(decide::show).post(decide::send))
        .route("/governance/credit/repairs/{id}", get(decide::show).post(decide::send))
}

/// The pages of this area that the visitor's roles open: address, name, whether it is this one.
pub(crate) fn tabs(visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
    let keeps = visit.actor.may(Permission::KeepCredit);
    let all = [
        ("/governance/credit", visit.t("机构", "Agencies"), true),
        ("/governance/credit/announcements", visit.t("公示", "Announced"), true),
        ("/governance/credit/rules", visit.t("规则", "Rules"), true),
        ("/governance/credit/work", visit.t("待办", "To do"), keeps),
        ("/governance/credit/leads", visit.t("质量线索", "Quality leads"), keeps),
    ];
    let here = |path: &str| {
        let agencies = path == "/governance/credit" && visit.at("/governance/credit/agencies");
        visit.is_at(path) || agencies || (path != "/governance/credit" && visit.at(path))
    };
    all.into_iter().filter(|(.., open)| *open).map(|(path, name, _)| (path, name, here(path))).collect()
}

/// A page that is a form.
#[derive(Template)]
#[template(path = "governance/credit/form.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    title: String,
    /// Where it stands: addresses and names.
    crumbs: Vec<(String, String)>,
    lead: String,
    /// What it is about.
    about: Vec<(String, String)>,
    files: FilesView,
    /// Why it was not done, where someone else was first.
    stale: Option<String>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    button: String,
    back: String,
}

impl<'a> FormPage<'a> {
    fn new(visit: &'a Visit, title: impl Into<String>, action: String, back: String) -> Self {
        Self {
            visit,
            title: title.into(),
            crumbs: Vec::new(),
            lead: String::new(),
            about: Vec::new(),
            files: FilesView::default(),
            stale: None,
            action,
            hidden: Vec::new(),
            groups: Vec::new(),
            faults: Vec::new(),
            button: visit.t("保存", "Save").to_owned(),
            back,
        }
    }

    /// The page with what is wrong at its fields.
    fn answer(mut self, faults: &[Fault]) -> Result<Response, Failure> {
        self.faults = summary(faults, &self.groups, self.visit.lang);
        let status = match (&self.stale, faults.is_empty()) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, true) => StatusCode::OK,
        };
        Ok((status, page(&self)?).into_response())
    }
}

/// A transaction of credit.
async fn begin(app: &App) -> Result<database::Write, Failure> {
    Ok(app.credit.database().write().await?)
}

/// The lines of a text that say something.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Points with their sign: `+5`, `−10`.
fn signed(points: i64) -> String {
    if points < 0 { format!("−{}", points.abs()) } else { format!("+{points}") }
}
