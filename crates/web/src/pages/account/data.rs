//! `/account/data`: all that is kept about one, to take along; `/account/delete`: its end.

use std::sync::Arc;

use accounts::{AccountsError, Actor, Password, sending};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use network::Fault;

use super::{FormPage, own, proof, proof_field, typed_wrong};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::entrance::SaidPage;
use crate::problem::Failure;
use crate::sent::Sent;
use crate::session;

#[derive(Template)]
#[template(path = "account/data.html")]
struct DataPage {
    visit: Visit,
    title: &'static str,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    own(&visit)?;
    page(&DataPage { title: visit.lang.t("我的数据", "My data"), visit })
}

/// Everything that is kept about whoever asks, as JSON.
pub(crate) async fn export(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let data = app.accounts.export(&visit.actor, (app.clock.now)()).await?;
    let json = serde_json::to_string_pretty(&data).map_err(|error| Failure::Broken(Box::new(error)))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"huizhi-account.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, json).into_response())
}

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    form(&visit, &app, &[]).await
}

async fn form(visit: &Visit, app: &App, faults: &[Fault]) -> Result<Response, Failure> {
    let has_password = app.accounts.me(&visit.actor).await?.has_password;
    let title = visit.t("注销账户", "Delete the account");
    let fields = proof_field(visit, has_password).into_iter().collect();
    let mut page = FormPage::new(visit, title, "/account/delete", visit.t("注销我的账户", "Delete my account"))
        .fields(fields, faults);
    page.grave = true;
    page.back = "/account/data";
    page.lead = visit.t(
        "注销不能撤回。需要留底的，请先下载我的数据。",
        "This cannot be taken back. If you want to keep a copy, download your data first.",
    );
    page.points = vec![
        visit.t(
            "删除：姓名、邮箱、电话、地址、密码、两步验证、统一登录的绑定、全部登录、全部通知。",
            "Gone: name, e-mail, telephone, address, password, second step, linked providers, all sign-ins, all notices.",
        ),
        visit.t(
            "结束：您担任的全部角色。",
            "Ended: all roles that you have.",
        ),
        visit.t(
            "保留：已办理的事项和操作记录，只以编号标识，不再能认出是您；法规要求它们留存。",
            "Kept: requests that were worked on and the trail of what was done, under a number that no longer names you; the law wants them kept.",
        ),
    ];
    page.answer()
}

pub(crate) async fn delete(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let password = Password::typed(sent.get("proof"));
    let proof = proof(signed, &password);
    match sending::delete_account(&app.accounts, &app.notices, &visit.actor, &proof, (app.clock.now)()).await {
        Ok(()) => {}
        Err(sending::SendingError::Accounts(error @ (AccountsError::NotProven | AccountsError::LastOperator))) => {
            return form(&visit, &app, &typed_wrong(error)?).await;
        }
        Err(error) => return Err(error.into()),
    }
    // Whoever this was visits from now on as anybody.
    let mut visit = visit;
    (visit.actor, visit.signed, visit.unread) = (Actor::visitor(), None, 0);
    let said = SaidPage {
        title: visit.t("账户已注销", "The account is deleted"),
        text: visit.t(
            "您的个人资料已经删除。查询和浏览仍可照常使用。",
            "Your personal data are gone. Searching and browsing stay open to you.",
        ),
        links: vec![("/".to_owned(), visit.t("回到首页", "To the front page"))],
        visit: &visit,
    };
    let mut response = page(&said)?;
    session::set(&mut response, &session::no_cookie());
    Ok(response)
}
