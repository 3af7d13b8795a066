//! `/account/data`: all that is kept about one, to take along; `/account/delete`: its end.

use std::sync::Arc;

use accounts::{AccountsError, Actor, Password, PersonalData, sending};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use cases::{By, CaseFile, Draft, Forgotten, SubjectData};
use network::Fault;
use serde::Serialize;

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

/// Everything that is kept about a person, room by room.
#[derive(Serialize)]
struct Data {
    account: PersonalData,
    cases: Vec<CaseFile>,
    drafts: Vec<Draft>,
}

/// Everything that is kept about whoever asks, as JSON.
pub(crate) async fn export(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let now = (app.clock.now)();
    let account = app.accounts.export(&visit.actor, now).await?;
    let SubjectData { cases, drafts } = app.cases.own_data(now, By::from(&visit.actor)).await?;
    let data = Data { account, cases, drafts };
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
            "删除：姓名、邮箱、电话、地址、密码、两步验证、统一登录的绑定、全部登录、通知和草稿，以及已办结需求中的个人信息。",
            "Gone: name, e-mail, telephone, address, password, second step, linked providers, all sign-ins, notices and drafts, and what names you in finished requests.",
        ),
        visit.t(
            "结束：您担任的全部角色。",
            "Ended: all roles that you have.",
        ),
        visit.t(
            "继续：还在办理的需求会办完，其中的联系方式到办结为止。",
            "Goes on: requests that are still open, with your contact until they end.",
        ),
        visit.t(
            "保留：办件内容和操作记录，只以编号标识，不再能认出是您；按档案管理要求留存。",
            "Kept: what was asked and done, and the trail of it, under a number that no longer names you; records are kept as archives require.",
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
    // The account is gone, so the program goes on in its name.
    let system = Actor::system("account-deletion");
    let forgotten = match visit.actor.id() {
        Some(person) => app.cases.forget((app.clock.now)(), By::from(&system), person).await?,
        None => Forgotten::default(),
    };
    // Whoever this was visits from now on as anybody.
    let mut visit = visit;
    (visit.actor, visit.signed, visit.unread) = (Actor::visitor(), None, 0);
    let said = SaidPage {
        title: visit.t("账户已注销", "The account is deleted"),
        text: if forgotten.open == 0 {
            visit.t(
                "您的个人资料已经删除。查询和浏览仍可照常使用。",
                "Your personal data are gone. Searching and browsing stay open to you.",
            )
        } else {
            visit.t(
                "您的账户已经删除。仍在办理的需求会办完，其中的联系方式到办结为止；进度请用查询码查看。",
                "Your account is gone. Requests that are still open go on to their end and keep your contact until then; follow them by their tracking codes.",
            )
        },
        links: vec![("/".to_owned(), visit.t("回到首页", "To the front page"))],
        visit: &visit,
    };
    let mut response = page(&said)?;
    session::set(&mut response, &session::no_cookie());
    Ok(response)
}
