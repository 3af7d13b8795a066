//! `/sign-in`: name and password; in a demonstration one button for each person. `/sign-out`.

use std::sync::Arc;

use accounts::{AccountsError, Actor, Opened, Password, PersonId};
use axum::extract::{FromRequest, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use serde::Deserialize;

use super::{FormPage, Way, back};
use crate::App;
use crate::form::FieldView;
use crate::frame::Visit;
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::session;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    to: String,
}

impl Parameters {
    /// Where the person came from.
    pub(super) fn to(&self) -> &str {
        &self.to
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    form(&visit, &app, ("", &asked.to), &[])
}

fn form(visit: &Visit, app: &App, (name, to): (&str, &str), faults: &[Fault]) -> Result<Response, Failure> {
    let title = visit.t("登录", "Sign in");
    let fields = vec![
        FieldView::new("name", visit.t("邮箱或电话", "E-mail or telephone"), "text")
            .value(name)
            .fills("username")
            .needed(),
        FieldView::new("password", visit.t("密码", "Password"), "password").fills("current-password").needed(),
    ];
    let with_back = |path: &str| Link::to(path).with("to", to).address();
    let mut page = FormPage::new(visit, title, "/sign-in", title).fields(fields, faults);
    page.hidden = vec![("to", to.to_owned())];
    page.lead = visit.t(
        "查询和浏览无需登录；登录后可以跟踪需求、保存草稿、接收通知。",
        "Searching needs no account. With one you follow requests, keep drafts and receive notices.",
    );
    page.others = ways(visit, app, to);
    page.links = vec![
        (with_back("/sign-up"), visit.t("注册账户", "Make an account")),
        (with_back("/sign-in/forgotten"), visit.t("忘记密码", "Forgotten password")),
    ];
    page.answer()
}

/// Providers of single sign-on, and the people of a demonstration.
fn ways(visit: &Visit, app: &App, to: &str) -> Vec<Way> {
    let providers = app.accounts.settings().providers.iter().map(|provider| Way {
        action: format!("/sign-in/with/{}", provider.name),
        hidden: vec![("to", to.to_owned())],
        name: visit.t(&provider.label_zh, &provider.label_en).to_owned(),
        note: String::new(),
    });
    let personas = app.settings.personas.iter().map(|persona| Way {
        action: "/sign-in/as".to_owned(),
        hidden: vec![("to", to.to_owned()), ("person", persona.person.to_string())],
        name: visit.t(&persona.zh, &persona.en).to_owned(),
        note: visit.t("演示人员", "made-up person").to_owned(),
    });
    providers.chain(personas).collect()
}

pub(crate) async fn enter(visit: Visit, State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let origin = session::origin(&app, &parts);
    let sent = Sent::from_request(Request::from_parts(parts, body), &app).await?;
    let (name, password) = (sent.get("name"), Password::typed(sent.get("password")));
    let opened = app.accounts.sign_in(name, &password, &origin, (app.clock.now)(), &mut app.random()).await;
    match opened {
        Ok(opened) => Ok(entered(&app, &opened, sent.get("to"))),
        Err(error @ AccountsError::WrongSignIn) => {
            let fault = fault("", &error.text("zh"), &error.text("en"));
            form(&visit, &app, (name, sent.get("to")), &[fault])
        }
        Err(error) => Err(error.into()),
    }
}

/// One click for the people of a demonstration, and for them alone.
pub(crate) async fn enter_as(State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let origin = session::origin(&app, &parts);
    let sent = Sent::from_request(Request::from_parts(parts, body), &app).await?;
    let person: PersonId = sent.get("person").parse().map_err(|_| Failure::NotFound)?;
    if !app.settings.demonstration || !app.settings.personas.iter().any(|persona| persona.person == person) {
        return Err(Failure::NotFound);
    }
    let system = Actor::system("demonstration");
    let opened = app.accounts.open_for(&system, &person, &origin, (app.clock.now)(), &mut app.random()).await?;
    Ok(entered(&app, &opened, sent.get("to")))
}

/// The answer to a sign-in: the cookie, and on to where the person came from, by the second step where there is one.
pub(super) fn entered(app: &App, opened: &Opened, to: &str) -> Response {
    let on = if opened.second_step { Link::to("/sign-in/code").with("to", to).address() } else { back(to).to_owned() };
    let mut response = Redirect::to(&on).into_response();
    session::set(&mut response, &session::cookie(app, &opened.token));
    response
}

pub(crate) async fn leave(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    if let Some(signed) = &visit.signed {
        app.accounts.end_session(&signed.actor, &signed.session, (app.clock.now)()).await?;
    }
    let mut response = Redirect::to("/").into_response();
    session::set(&mut response, &session::no_cookie());
    Ok(response)
}
