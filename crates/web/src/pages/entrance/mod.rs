//! Signing in and out, signing up, and the ways back to an account.

mod code;
mod forgotten;
mod provider;
mod sign_in;
mod sign_up;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use network::Fault;

use crate::App;
use crate::form::{FieldView, GroupView};
use crate::frame::{Visit, page};
use crate::problem::Failure;

pub(crate) use provider::onward;
pub(crate) use sign_up::send_confirmation;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/as", post(sign_in::enter_as))
        .route("/sign-in/with/{provider}", post(provider::begin))
        .route("/sign-in/return", get(provider::arrive))
        .route("/sign-in/code", get(code::show).post(code::enter))
        .route("/sign-in/forgotten", get(forgotten::show).post(forgotten::send))
        .route("/sign-in/password", get(forgotten::choose).post(forgotten::set))
        .route("/sign-up", get(sign_up::show).post(sign_up::make))
        .route("/sign-up/confirm", get(sign_up::confirm).post(sign_up::confirmed))
        .route("/sign-out", post(sign_in::leave))
}

/// A page of one form.
#[derive(Template)]
#[template(path = "entrance/form.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    lead: &'a str,
    action: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    button: &'a str,
    /// What is wrong with the whole.
    faults: Vec<String>,
    others: Vec<Way>,
    links: Vec<(String, &'a str)>,
}

/// Another way in: one button.
struct Way {
    action: String,
    hidden: Vec<(&'static str, String)>,
    name: String,
    note: String,
}

impl<'a> FormPage<'a> {
    fn new(visit: &'a Visit, title: &'a str, action: &str, button: &'a str) -> Self {
        Self {
            visit,
            title,
            lead: "",
            action: action.to_owned(),
            hidden: Vec::new(),
            groups: Vec::new(),
            button,
            faults: Vec::new(),
            others: Vec::new(),
            links: Vec::new(),
        }
    }

    /// These fields, with what is wrong at each; what is wrong elsewhere stands above.
    fn fields(mut self, fields: Vec<FieldView>, faults: &[Fault]) -> Self {
        let lang = self.visit.lang;
        let fields = fields.into_iter().map(|field| field.of(faults, lang)).collect();
        self.groups = vec![GroupView { name: String::new(), fields }];
        self.faults.extend(crate::form::others(faults, &self.groups, lang));
        self
    }

    /// The page; 422 where something was wrong with what was sent.
    fn answer(self) -> Result<Response, Failure> {
        let wrong = !self.faults.is_empty() || self.groups.iter().flat_map(|g| &g.fields).any(|f| f.fault.is_some());
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Ok((status, page(&self)?).into_response())
    }
}

/// A page that says what came of something.
#[derive(Template)]
#[template(path = "entrance/said.html")]
pub(crate) struct SaidPage<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) links: Vec<(String, &'a str)>,
}

/// Where to go after signing in: an address on this site, else one's own page.
fn back(to: &str) -> &str {
    let here = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
    if here && !to.starts_with("/sign-") { to } else { "/account" }
}
