//! `/sign-in/code`: the second step.

use std::sync::Arc;

use accounts::AccountsError;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;

use super::FormPage;
use super::sign_in::{Parameters, entered};
use crate::App;
use crate::form::FieldView;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::session;

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let waits = match session::token_of(&headers) {
        Some(token) => app.accounts.awaits_second_step(&token, (app.clock.now)()).await?,
        None => false,
    };
    if waits { form(&visit, asked.to(), &[]) } else { Ok(Redirect::to("/sign-in").into_response()) }
}

fn form(visit: &Visit, to: &str, faults: &[Fault]) -> Result<Response, Failure> {
    let field =
        FieldView::new("code", visit.t("验证码", "Code"), "text").fills("one-time-code").typed("numeric").needed();
    let hint = visit.t("验证器应用上的六位数字，或一个备用码", "Six digits of your authenticator, or a recovery code");
    let title = visit.t("两步验证", "Second step");
    let mut page =
        FormPage::new(visit, title, "/sign-in/code", visit.t("继续", "Go on")).fields(vec![field.hint(hint)], faults);
    page.hidden = vec![("to", to.to_owned())];
    page.answer()
}

pub(crate) async fn enter(
    visit: Visit,
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, Failure> {
    let Some(token) = session::token_of(&headers) else { return Ok(Redirect::to("/sign-in").into_response()) };
    let passed = app.accounts.pass_second_step(&token, sent.get("code"), (app.clock.now)(), &mut app.random()).await;
    match passed {
        Ok(opened) => Ok(entered(&app, &opened, sent.get("to"))),
        Err(AccountsError::SignInOver) => Ok(Redirect::to("/sign-in").into_response()),
        Err(error @ AccountsError::WrongCode) => {
            form(&visit, sent.get("to"), &[fault("code", &error.text("zh"), &error.text("en"))])
        }
        Err(error) => Err(error.into()),
    }
}
