//! `/sign-up`: an account is made; `/sign-up/confirm`: its e-mail address is confirmed.

use std::sync::Arc;

use accounts::{AccountsError, Actor, Language, Link as MailedLink, Password, SignUp, Token};
use axum::extract::{FromRequest, Query, Request, State};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use network::{Fault, Id};
use notices::{Notice, Recipient};
use serde::Deserialize;

use super::sign_in::{Parameters, entered};
use super::{FormPage, SaidPage};
use crate::App;
use crate::form::FieldView;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::session;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Followed {
    pub(super) token: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let key = app.random().id((app.clock.now)()).to_string();
    form(&visit, &Sent(vec![("key".into(), key), ("to".into(), asked.to().to_owned())]), &[])
}

fn form(visit: &Visit, sent: &Sent, faults: &[Fault]) -> Result<Response, Failure> {
    let title = visit.t("注册账户", "Make an account");
    let agrees =
        visit.t("我同意为办理本人的需求而使用以上信息", "I agree that these data are used to handle my requests");
    let fields = vec![
        FieldView::new("name", visit.t("姓名或称呼", "Name"), "text").value(sent.get("name")).fills("name").needed(),
        FieldView::new("email", visit.t("电子邮箱", "E-mail"), "text")
            .value(sent.get("email"))
            .typed("email")
            .fills("email"),
        FieldView::new("telephone", visit.t("电话", "Telephone"), "text")
            .value(sent.get("telephone"))
            .typed("tel")
            .fills("tel")
            .hint(visit.t("邮箱和电话至少填一项，用来登录和接收通知", "One of the two at least: you sign in by it")),
        FieldView::new("password", visit.t("密码", "Password"), "password")
            .fills("new-password")
            .hint(visit.t(
                "至少 10 个字符；几个不相干的词连起来既好记又安全",
                "At least 10 characters; a few unrelated words are easy to keep and hard to guess",
            ))
            .needed(),
        FieldView::new("wants_mail", visit.t("用邮件通知我办理进展", "Tell me by e-mail how my requests go"), "tick")
            .value(sent.get("wants_mail")),
        FieldView::new("agrees", agrees, "tick").value(sent.get("agrees")),
    ];
    let mut page = FormPage::new(visit, title, "/sign-up", title).fields(fields, faults);
    page.lead = visit.t(
        "只收集办理需求所必需的信息，联系方式加密保存，可随时导出或删除。",
        "Only what is needed is kept, contacts are sealed, and you may take or delete all of it at any time.",
    );
    page.hidden = vec![("key", sent.get("key").to_owned()), ("to", sent.get("to").to_owned())];
    page.links = vec![("/sign-in".to_owned(), visit.t("已有账户，去登录", "I have an account"))];
    page.answer()
}

pub(crate) async fn make(visit: Visit, State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let origin = session::origin(&app, &parts);
    let sent = Sent::from_request(Request::from_parts(parts, body), &app).await?;
    let given = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let password = Password::typed(sent.get("password"));
    let asked = SignUp {
        key: sent.get("key").to_owned(),
        name: sent.get("name").to_owned(),
        email: given("email"),
        telephone: given("telephone"),
        password: password.clone(),
        language: if visit.lang == Lang::Zh { Language::Chinese } else { Language::English },
        wants_mail: sent.get("wants_mail") == "yes",
        agrees: sent.get("agrees") == "yes",
    };
    let (now, mut random) = ((app.clock.now)(), app.random());
    match app.accounts.sign_up(&visit.actor, &asked, &origin, now, &mut random).await {
        Ok(_) => {}
        Err(AccountsError::Invalid(faults)) => return form(&visit, &sent, &faults),
        Err(error @ AccountsError::Taken { .. }) => {
            let taken = fault(error.field(), &error.text("zh"), &error.text("en"));
            return form(&visit, &sent, &[taken]);
        }
        Err(error) => return Err(error.into()),
    }
    let name = asked.email.as_deref().or(asked.telephone.as_deref()).unwrap_or_default();
    let opened = app.accounts.sign_in(name, &password, &origin, now, &mut random).await?;
    let actor = app.accounts.actor_of(&opened.person, now).await?;
    send_confirmation(&app, &actor).await?;
    Ok(entered(&app, &opened, sent.get("to")))
}

/// Sends the link by which a person confirms the own e-mail address; nothing where there is none to confirm.
pub(crate) async fn send_confirmation(app: &App, actor: &Actor) -> Result<(), Failure> {
    let (now, mut random) = ((app.clock.now)(), app.random());
    let Some(link) = app.accounts.confirmation(actor, now, &mut random).await? else { return Ok(()) };
    let hours = (link.ends_at - now).total(jiff::Unit::Hour).unwrap_or(1.0).round().max(1.0).to_string();
    let told = ("account.confirm-mail", "/sign-up/confirm", &[("hours", hours.as_str())][..]);
    mail(app, &link, told, random.id(now), now).await
}

/// Puts a letter with a secret link into the outbox.
pub(super) async fn mail(
    app: &App,
    link: &MailedLink,
    (template, path, values): (&str, &str, &[(&str, &str)]),
    id: Id,
    now: Timestamp,
) -> Result<(), Failure> {
    let Some(to) = &link.to else { return Ok(()) };
    let address = Link::to(path).with("token", link.token.text()).address();
    let lang = to.language.code();
    let to = Recipient::Mail { address: to.email.as_str(), lang };
    let notice = Notice { id, template, values, to, link: &address };
    let mut write = app.notices.database().write().await?;
    notices::put(&mut write, now, &notice).await?;
    Ok(write.commit().await?)
}

/// A link that was mailed asks once more before it does anything: programs that look through mail open links too.
pub(crate) async fn confirm(visit: Visit, Query(followed): Query<Followed>) -> Result<Response, Failure> {
    let title = visit.t("确认邮箱", "Confirm the e-mail address");
    let mut page = FormPage::new(&visit, title, "/sign-up/confirm", visit.t("确认", "Confirm"));
    page.hidden = vec![("token", followed.token)];
    page.answer()
}

pub(crate) async fn confirmed(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let token: Token = sent.get("token").parse().map_err(|_| Failure::from(AccountsError::LinkSpent))?;
    app.accounts.confirm_email(&token, (app.clock.now)()).await?;
    let said = SaidPage {
        visit: &visit,
        title: visit.t("邮箱已确认", "The address is confirmed"),
        text: visit.t("今后的通知会发到这个邮箱。", "Notices will come to this address."),
        links: vec![("/account".to_owned(), visit.t("我的账户", "My account"))],
    };
    Ok(page(&said)?.into_response())
}
