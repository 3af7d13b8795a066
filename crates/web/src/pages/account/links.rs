//! `/account/links/{provider}`: an account at a provider of single sign-on opens this one from now on; `/account/unlink`:
//! it does no longer.

use std::sync::Arc;

use accounts::Password;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use serde::Deserialize;

use super::{FormPage, own, proof, proof_field, typed_wrong};
use crate::App;
use crate::frame::Visit;
use crate::pages::entrance::onward;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    issuer: String,
    subject: String,
}

/// The name of a provider in the page's language.
fn label(visit: &Visit, app: &App, is_it: impl Fn(&accounts::Provider) -> bool) -> Option<String> {
    let provider = app.accounts.settings().providers.iter().find(|provider| is_it(provider))?;
    Some(visit.t(&provider.label_zh, &provider.label_en).to_owned())
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(provider): Path<String>,
) -> Result<Response, Failure> {
    form(&visit, &app, &provider, &[]).await
}

async fn form(visit: &Visit, app: &App, provider: &str, faults: &[Fault]) -> Result<Response, Failure> {
    let has_password = app.accounts.me(&visit.actor).await?.has_password;
    let name = label(visit, app, |known| known.name == provider).ok_or(Failure::NotFound)?;
    let title = format!("{}{name}", visit.t("绑定", "Link "));
    let action = format!("/account/links/{provider}");
    let fields = proof_field(visit, has_password).into_iter().collect();
    let mut page = FormPage::new(visit, &title, &action, visit.t("继续，前往登录", "Go on to sign in there"))
        .fields(fields, faults);
    page.lead = visit.t("绑定以后，可以用那边的账号直接登录这里。", "Once linked, your account there opens this one.");
    page.answer()
}

pub(crate) async fn begin(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(provider): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let password = Password::typed(sent.get("proof"));
    let (proof, now) = (proof(signed, &password), (app.clock.now)());
    let back = "/account/security?done=linked";
    let linking = Some((&visit.actor, &proof));
    match app.accounts.begin_provider(&provider, linking, back, now, &mut app.random()).await {
        Ok(begun) => onward(&visit, &app, &begun),
        Err(error) => form(&visit, &app, &provider, &typed_wrong(error)?).await,
    }
}

pub(crate) async fn ask_unlink(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    unlink_form(&visit, &app, (&asked.issuer, &asked.subject), &[]).await
}

async fn unlink_form(
    visit: &Visit,
    app: &App,
    (issuer, subject): (&str, &str),
    faults: &[Fault],
) -> Result<Response, Failure> {
    let has_password = app.accounts.me(&visit.actor).await?.has_password;
    let identities = app.accounts.identities(&visit.actor).await?;
    if !identities.iter().any(|identity| identity.issuer == issuer && identity.subject == subject) {
        return Err(Failure::NotFound);
    }
    let name = label(visit, app, |known| known.issuer == issuer).unwrap_or_else(|| issuer.to_owned());
    let title = format!("{}{name}", visit.t("解除绑定：", "Unlink "));
    let fields = proof_field(visit, has_password).into_iter().collect();
    let button = visit.t("解除绑定", "Unlink");
    let mut page = FormPage::new(visit, &title, "/account/unlink", button).fields(fields, faults);
    page.lead = visit.t("解除以后，那边的账号不能再登录这里。", "Your account there then opens this one no more.");
    page.hidden = vec![("issuer", issuer.to_owned()), ("subject", subject.to_owned())];
    page.answer()
}

pub(crate) async fn unlink(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let password = Password::typed(sent.get("proof"));
    let (proof, named) = (proof(signed, &password), (sent.get("issuer"), sent.get("subject")));
    match app.accounts.unlink(&visit.actor, named, &proof, (app.clock.now)()).await {
        Ok(()) => Ok(Redirect::to("/account/security?done=unlinked").into_response()),
        Err(error) => unlink_form(&visit, &app, named, &typed_wrong(error)?).await,
    }
}
