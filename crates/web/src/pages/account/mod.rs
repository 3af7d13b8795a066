//! `/account`: what a person keeps of himself here, his notices, and the ways out.

mod data;
mod inbox;
mod links;
pub(crate) mod overview;
mod particulars;
mod password;
mod second_step;
mod security;

use std::sync::Arc;

use accounts::{AccountsError, Password, Permission, Proof, Signed};
use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use network::Fault;

use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::fault;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/account", get(overview::show))
        .route("/account/confirm-mail", post(overview::confirm_mail))
        .route("/account/particulars", get(particulars::show).post(particulars::change))
        .route("/account/notices", get(inbox::show))
        .route("/account/notices/open", post(inbox::open))
        .route("/account/notices/read", post(inbox::read))
        .route("/account/security", get(security::show))
        .route("/account/sessions/end", post(security::end))
        .route("/account/password", get(password::show).post(password::change))
        .route("/account/second-step", get(second_step::show).post(second_step::begin))
        .route("/account/second-step/confirm", post(second_step::confirm))
        .route("/account/second-step/codes", post(second_step::renew))
        .route("/account/second-step/remove", post(second_step::remove))
        .route("/account/links/{provider}", get(links::ask).post(links::begin))
        .route("/account/unlink", get(links::ask_unlink).post(links::unlink))
        .route("/account/data", get(data::show))
        .route("/account/data.json", get(data::export))
        .route("/account/delete", get(data::ask).post(data::delete))
}

/// The pages of an account, for the list beside them.
pub(crate) fn parts(visit: &Visit) -> [(&'static str, &'static str); 6] {
    let lang = visit.lang;
    [
        ("/account", lang.t("概览", "Overview")),
        ("/cases", lang.t("我的需求", "My requests")),
        ("/account/notices", lang.t("通知", "Notices")),
        ("/account/particulars", lang.t("个人资料", "Particulars")),
        ("/account/security", lang.t("登录与安全", "Sign-in and security")),
        ("/account/data", lang.t("我的数据", "My data")),
    ]
}

/// Whether this is the part of the account that a page belongs to.
pub(crate) fn is_part(visit: &Visit, path: &str) -> bool {
    let security = ["/account/password", "/account/second-step", "/account/links", "/account/unlink"];
    match path {
        "/account" => visit.is_at(path),
        "/account/security" => visit.at(path) || security.iter().any(|below| visit.at(below)),
        "/account/data" => visit.at(path) || visit.at("/account/delete"),
        path => visit.at(path),
    }
}

/// A page of one form.
#[derive(Template)]
#[template(path = "account/form.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    lead: &'a str,
    /// What comes of it, point by point.
    points: Vec<&'a str>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    button: &'a str,
    /// Whether it cannot be taken back.
    grave: bool,
    faults: Vec<FaultLine>,
    back: &'static str,
}

impl<'a> FormPage<'a> {
    fn new(visit: &'a Visit, title: &'a str, action: &str, button: &'a str) -> Self {
        Self {
            visit,
            title,
            lead: "",
            points: Vec::new(),
            action: action.to_owned(),
            hidden: Vec::new(),
            groups: Vec::new(),
            button,
            grave: false,
            faults: Vec::new(),
            back: "/account/security",
        }
    }

    /// These fields, with what is wrong at each, and all of it above.
    fn fields(mut self, fields: Vec<FieldView>, faults: &[Fault]) -> Self {
        let lang = self.visit.lang;
        let fields = fields.into_iter().map(|field| field.of(faults, lang)).collect();
        self.groups = vec![GroupView { name: String::new(), fields }];
        self.faults = summary(faults, &self.groups, lang);
        self.groups.retain(|group| !group.fields.is_empty());
        self
    }

    /// The page; 422 where something was wrong with what was sent.
    fn answer(self) -> Result<Response, Failure> {
        let status = if self.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok((status, page(&self)?).into_response())
    }
}

/// The session of whoever keeps his own account.
fn own(visit: &Visit) -> Result<&Signed, Failure> {
    visit.signed.as_deref().ok_or_else(|| visit.actor.denied(Permission::OwnAccount).into())
}

/// What shows that it is the person himself: the password as typed.
fn proof<'a>(signed: &'a Signed, password: &'a Password) -> Proof<'a> {
    Proof { password: Some(password), session: &signed.session, began_at: signed.began_at }
}

/// The field for a proof; none for those without a password, who must have signed in just now.
fn proof_field(visit: &Visit, has_password: bool) -> Option<FieldView> {
    let label = visit.t("当前密码", "Your present password");
    has_password.then(|| FieldView::new("proof", label, "password").fills("current-password").needed())
}

/// What is wrong with what was typed; every other failure goes on.
fn typed_wrong(error: AccountsError) -> Result<Vec<Fault>, Failure> {
    match error {
        AccountsError::Invalid(faults) => Ok(faults),
        AccountsError::NotProven
        | AccountsError::WrongCode
        | AccountsError::Taken { .. }
        | AccountsError::LastWayIn
        | AccountsError::LastOperator => Ok(vec![fault(error.field(), &error.text("zh"), &error.text("en"))]),
        error => Err(error.into()),
    }
}
