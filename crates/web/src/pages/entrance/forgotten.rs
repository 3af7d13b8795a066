//! `/sign-in/forgotten`: a link to set another password; `/sign-in/password`: it is set.

use std::sync::Arc;

use accounts::{AccountsError, Password, Token};
use axum::extract::{FromRequest, Query, Request, State};
use axum::response::{IntoResponse, Response};
use network::Fault;

use super::sign_up::{Followed, mail};
use super::{FormPage, SaidPage};
use crate::App;
use crate::form::FieldView;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::session;

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let title = visit.t("忘记密码", "Forgotten password");
    let name = FieldView::new("name", visit.t("邮箱或电话", "E-mail or telephone"), "text").fills("username").needed();
    let mut page =
        FormPage::new(&visit, title, "/sign-in/forgotten", visit.t("发送链接", "Send a link")).fields(vec![name], &[]);
    page.lead = visit.t(
        "链接会发到账户登记的邮箱。没有登记邮箱的，请联系所在网点。",
        "A link goes to the e-mail address of the account. Without one, ask your outlet.",
    );
    page.answer()
}

pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let origin = session::origin(&app, &parts);
    let sent = Sent::from_request(Request::from_parts(parts, body), &app).await?;
    let (now, mut random) = ((app.clock.now)(), app.random());
    if let Some(link) = app.accounts.forgot_password(sent.get("name"), &origin, now, &mut random).await? {
        let minutes = (link.ends_at - now).total(jiff::Unit::Minute).unwrap_or(30.0).round().to_string();
        let told = ("account.reset-password", "/sign-in/password", &[("minutes", minutes.as_str())][..]);
        mail(&app, &link, told, random.id(now), now).await?;
    }
    // The same words whether there is such an account or not.
    let said = SaidPage {
        visit: &visit,
        title: visit.t("请查收邮件", "Look into your mail"),
        text: visit.t(
            "如果有这样的账户，设置新密码的链接已经发出。链接只能用一次。",
            "If there is such an account, a link to set another password is on its way. It works once.",
        ),
        links: vec![("/sign-in".to_owned(), visit.t("回到登录", "Back to the sign-in"))],
    };
    Ok(page(&said)?.into_response())
}

pub(crate) async fn choose(visit: Visit, Query(followed): Query<Followed>) -> Result<Response, Failure> {
    form(&visit, &followed.token, &[])
}

fn form(visit: &Visit, token: &str, faults: &[Fault]) -> Result<Response, Failure> {
    let title = visit.t("设置新密码", "Set another password");
    let field =
        FieldView::new("password", visit.t("新密码", "New password"), "password").fills("new-password").needed();
    let mut page = FormPage::new(visit, title, "/sign-in/password", title).fields(vec![field], faults);
    page.hidden = vec![("token", token.to_owned())];
    page.answer()
}

pub(crate) async fn set(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let token: Token = sent.get("token").parse().map_err(|_| Failure::from(AccountsError::LinkSpent))?;
    let password = Password::typed(sent.get("password"));
    match app.accounts.reset_password(&token, &password, (app.clock.now)(), &mut app.random()).await {
        Ok(_) => {}
        Err(AccountsError::Invalid(faults)) => return form(&visit, sent.get("token"), &faults),
        Err(error) => return Err(error.into()),
    }
    let said = SaidPage {
        visit: &visit,
        title: visit.t("新密码已设置", "The password is set"),
        text: visit.t("其他设备上的登录都已结束。", "Sign-ins on other devices have ended."),
        links: vec![("/sign-in".to_owned(), visit.t("去登录", "Sign in"))],
    };
    Ok(page(&said)?.into_response())
}
