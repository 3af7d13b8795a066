//! `/account/password`: another one, or a first one for those who came by single sign-on.

use std::sync::Arc;

use accounts::Password;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;

use super::{FormPage, own, proof, proof_field, typed_wrong};
use crate::App;
use crate::form::FieldView;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::Sent;

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let has_password = app.accounts.me(&visit.actor).await?.has_password;
    form(&visit, has_password, &[])
}

fn form(visit: &Visit, has_password: bool, faults: &[Fault]) -> Result<Response, Failure> {
    let title = if has_password {
        visit.t("更换密码", "Change the password")
    } else {
        visit.t("设置密码", "Set a password")
    };
    let hint = visit.t(
        "至少 10 个字符；几个不相干的词连起来既好记又安全",
        "At least 10 characters; a few unrelated words are easy to keep and hard to guess",
    );
    let new = FieldView::new("password", visit.t("新密码", "New password"), "password");
    let new = new.fills("new-password").hint(hint).needed();
    let fields = proof_field(visit, has_password).into_iter().chain([new]).collect();
    let mut page = FormPage::new(visit, title, "/account/password", title).fields(fields, faults);
    page.lead = if has_password {
        visit.t("更换以后，其他设备上的登录都会结束。", "Sign-ins on other devices end when it changes.")
    } else {
        visit.t("需要在十分钟内登录过。", "You need to have signed in within the last ten minutes.")
    };
    page.answer()
}

pub(crate) async fn change(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let (present, new) = (Password::typed(sent.get("proof")), Password::typed(sent.get("password")));
    let (proof, now) = (proof(signed, &present), (app.clock.now)());
    match app.accounts.change_password(&visit.actor, &proof, &new, now, &mut app.random()).await {
        Ok(()) => Ok(Redirect::to("/account/security?done=password").into_response()),
        Err(error) => {
            let has_password = app.accounts.me(&visit.actor).await?.has_password;
            form(&visit, has_password, &typed_wrong(error)?)
        }
    }
}
