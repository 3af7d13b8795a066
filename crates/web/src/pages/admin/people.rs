//! `/admin/people`: who has which role where.

use std::sync::Arc;

use accounts::{Permission, Role, StaffQuery};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::names;
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::account::overview::{RoleView, role_view};
use crate::pages::network::{moment, organisations_named};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// Name or id of an organisation.
    at: String,
    role: String,
    after: String,
}

impl Parameters {
    fn link(&self) -> Link {
        Link::to("/admin/people").with("at", &self.at).with("role", &self.role)
    }
}

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    visit: Visit,
    title: &'static str,
    asked: Parameters,
    roles: Vec<Choice>,
    names: Vec<String>,
    fault: Option<String>,
    rows: Vec<Row>,
    next: Option<String>,
    first: String,
    /// What was typed to find someone whom nobody knows.
    unknown: Option<String>,
}

/// A role of someone.
struct Row {
    address: String,
    name: String,
    role: RoleView,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    list(visit, &app, asked, None).await
}

async fn list(visit: Visit, app: &App, asked: Parameters, unknown: Option<String>) -> Result<Response, Failure> {
    let named = organisations_named(app, ("at", &asked.at), moment(app).date()).await?;
    let (organisation, fault) = match named {
        Ok(ids) => (ids.into_iter().next(), None),
        Err(faults) => (None, faults.first().map(|fault| fault.text(visit.lang.code()).to_owned())),
    };
    let after = match asked.after.as_str() {
        "" => None,
        after => Some(after.parse().map_err(|_| Failure::PageMark)?),
    };
    let role = asked.role.parse::<Role>().ok();
    let query = StaffQuery { organisation, role, after, limit: 0 };
    let found = app.accounts.staff(&visit.actor, &query, (app.clock.now)()).await?;
    let mut rows = Vec::with_capacity(found.staff.len());
    for one in &found.staff {
        let address = format!("/admin/people/{}", one.given.person);
        rows.push(Row { address, name: one.name.clone(), role: role_view(app, &visit, &one.given).await? });
    }
    let status = if fault.is_some() || unknown.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = page(&PeoplePage {
        title: visit.lang.t("人员与角色", "People and roles"),
        roles: roles(&visit, role),
        names: names(app, &visit, Permission::ManageRoles).await?,
        fault,
        rows: if status == StatusCode::OK || unknown.is_some() { rows } else { Vec::new() },
        next: found.next.map(|next| asked.link().with("after", next.to_string()).address()),
        first: asked.link().address(),
        unknown,
        asked,
        visit,
    })?;
    Ok((status, html).into_response())
}

/// The roles that are given, the first for any.
fn roles(visit: &Visit, chosen: Option<Role>) -> Vec<Choice> {
    let given = Role::ALL.iter().filter(|role| !matches!(role, Role::Visitor | Role::Client));
    let choice = |role: &Role| Choice {
        value: role.code().to_owned(),
        name: role.label(visit.lang.code()).to_owned(),
        chosen: chosen == Some(*role),
    };
    given.map(choice).collect()
}

/// Finds the person with exactly this contact.
pub(crate) async fn find(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let contact = sent.get("contact").trim();
    match app.accounts.find(&visit.actor, contact, (app.clock.now)()).await? {
        Some(person) => Ok(Redirect::to(&format!("/admin/people/{}", person.id)).into_response()),
        None => list(visit, &app, Parameters::default(), Some(contact.to_owned())).await,
    }
}
