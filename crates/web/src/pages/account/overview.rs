//! `/account`: who one is here, one's roles, and what else there is.

use std::sync::Arc;

use accounts::{Given, Person, Telephone};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::own;
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::entrance::send_confirmation;
use crate::pages::network::organisation_name;
use crate::problem::Failure;
use crate::words::moment;

#[derive(Template)]
#[template(path = "account/overview.html")]
struct OverviewPage {
    visit: Visit,
    title: &'static str,
    email: Option<String>,
    email_confirmed: bool,
    telephone: Option<String>,
    address: Option<String>,
    language: &'static str,
    wants_mail: bool,
    since: String,
    roles: Vec<RoleView>,
    has_password: bool,
    second_step: bool,
}

/// A role as its holder sees it.
pub(crate) struct RoleView {
    pub(crate) role: &'static str,
    /// Address and name of the organisation; none for everywhere.
    pub(crate) at: Option<(String, String)>,
    pub(crate) from: String,
    /// The last day.
    pub(crate) until: Option<String>,
    pub(crate) holds: bool,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let person = app.accounts.me(&visit.actor).await?;
    let given = app.accounts.grants_of(&visit.actor, &person.id).await?;
    let mut roles = Vec::with_capacity(given.len());
    for one in &given {
        roles.push(role_view(&app, &visit, one).await?);
    }
    roles.sort_by_key(|role| !role.holds);
    let second_step = app.accounts.second_step(&visit.actor).await?.on;
    let lang = visit.lang;
    let Person { email, email_confirmed, telephone, address, language, wants_mail, has_password, .. } = person;
    page(&OverviewPage {
        title: lang.t("我的账户", "My account"),
        email: email.map(|email| email.to_string()),
        email_confirmed,
        telephone: telephone.as_ref().map(Telephone::shown),
        address,
        language: language.label(lang.code()),
        wants_mail,
        since: moment(person.created_at),
        roles,
        has_password,
        second_step,
        visit,
    })
}

/// A role with where and how long it holds.
pub(crate) async fn role_view(app: &App, visit: &Visit, given: &Given) -> Result<RoleView, Failure> {
    let today = network::local((app.clock.now)()).date();
    let at = match &given.organisation {
        Some(id) => Some((format!("/network/{id}"), organisation_name(app, id, visit).await?)),
        None => None,
    };
    Ok(RoleView {
        role: given.role.label(visit.lang.code()),
        at,
        from: given.from.to_string(),
        until: given.to.and_then(|to| to.yesterday().ok()).map(|day| day.to_string()),
        holds: given.from <= today && given.to.is_none_or(|to| to > today),
    })
}

/// Sends the link that confirms the e-mail address once more.
pub(crate) async fn confirm_mail(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    own(&visit)?;
    send_confirmation(&app, &visit.actor).await?;
    Ok(Redirect::to("/account?sent=1").into_response())
}
