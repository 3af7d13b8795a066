//! `/account/particulars`: name, contacts, language.

use std::sync::Arc;

use accounts::{AccountsError, Language, Particulars, Password, Person, Telephone};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, Id};
use notices::{Notice, Recipient};

use super::{own, proof, typed_wrong};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::pages::entrance::send_confirmation;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "account/particulars.html")]
struct ParticularsPage<'a> {
    visit: &'a Visit,
    title: &'static str,
    version: i64,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    /// Name of a field, what is kept now, what was typed; after a change in another window.
    stale: Option<Vec<(&'static str, String, String)>>,
}

/// Fields with their values as a form writes them.
fn kept(person: &Person, field: &str) -> String {
    let yes = |holds: bool| if holds { "yes".to_owned() } else { String::new() };
    match field {
        "name" => person.name.clone(),
        "email" => person.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        "telephone" => person.telephone.as_ref().map(Telephone::shown).unwrap_or_default(),
        "address" => person.address.clone().unwrap_or_default(),
        "language" => person.language.code().to_owned(),
        _ => yes(person.wants_mail),
    }
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let person = app.accounts.me(&visit.actor).await?;
    form(&visit, &person, None, &[], false)
}

/// The form: what was sent, or what is kept.
fn form(
    visit: &Visit,
    person: &Person,
    sent: Option<&Sent>,
    faults: &[Fault],
    stale: bool,
) -> Result<Response, Failure> {
    let value = |field: &str| sent.map_or_else(|| kept(person, field), |sent| sent.get(field).to_owned());
    let groups = groups(visit, person, value, faults);
    let version = match sent {
        Some(sent) if !stale => sent.version()?,
        _ => person.version,
    };
    let stale = stale.then(|| differences(visit, person, sent));
    let status = match (&stale, faults.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let faults = summary(faults, &groups, visit.lang);
    let title = visit.lang.t("个人资料", "Particulars");
    Ok((status, page(&ParticularsPage { visit, title, version, groups, faults, stale })?).into_response())
}

fn groups(visit: &Visit, person: &Person, value: impl Fn(&str) -> String, faults: &[Fault]) -> Vec<GroupView> {
    let lang = visit.lang;
    let languages = [(Language::Chinese, "中文"), (Language::English, "English")];
    let language = |(language, name): (Language, &str)| Choice {
        value: language.code().to_owned(),
        name: name.to_owned(),
        chosen: value("language") == language.code(),
    };
    let field = |name: &'static str, label: &str, form| FieldView::new(name, label, form).value(value(name));
    let contacts_hint = visit.t("登录和接收通知都用它", "You sign in by it, and notices go there");
    let about = vec![
        field("name", visit.t("姓名或称呼", "Name"), "text").fills("name").needed(),
        FieldView::new("language", visit.t("通知使用的语言", "Language of notices"), "choice")
            .choices(languages.map(language).into()),
        field("address", visit.t("通信地址", "Postal address"), "text")
            .fills("street-address")
            .hint(visit.t("用于自动填写申请表，可不填", "Fills forms in for you; may stay empty")),
        field("wants_mail", visit.t("用邮件通知我办理进展", "Tell me by e-mail how my requests go"), "tick"),
    ];
    let mut contacts = vec![
        field("email", visit.t("电子邮箱", "E-mail"), "text").typed("email").fills("email").hint(contacts_hint),
        field("telephone", visit.t("电话", "Telephone"), "text").typed("tel").fills("tel"),
    ];
    let hint = visit.t("更换邮箱或电话时填写", "Needed when the address or the number changes");
    contacts.extend(
        super::proof_field(visit, person.has_password).map(|field| FieldView { needed: false, ..field.hint(hint) }),
    );
    let of = |fields: Vec<FieldView>| fields.into_iter().map(|field| field.of(faults, lang)).collect();
    vec![
        GroupView { name: visit.t("关于我", "About me").to_owned(), fields: of(about) },
        GroupView { name: visit.t("联系方式", "Contacts").to_owned(), fields: of(contacts) },
    ]
}

/// What is kept now beside what was typed, where they differ.
fn differences(visit: &Visit, now: &Person, sent: Option<&Sent>) -> Vec<(&'static str, String, String)> {
    let lang = visit.lang;
    let names = [
        ("name", lang.t("姓名或称呼", "Name")),
        ("email", lang.t("电子邮箱", "E-mail")),
        ("telephone", lang.t("电话", "Telephone")),
        ("address", lang.t("通信地址", "Postal address")),
        ("language", lang.t("通知使用的语言", "Language of notices")),
        ("wants_mail", lang.t("邮件通知", "Notices by e-mail")),
    ];
    let shown = |field: &str, text: &str| match field {
        "language" => text.parse::<Language>().map_or_else(|_| text.to_owned(), |it| it.label(lang.code()).to_owned()),
        "wants_mail" => if text == "yes" { lang.t("是", "yes") } else { lang.t("否", "no") }.to_owned(),
        _ => text.to_owned(),
    };
    let typed = |field: &str| sent.map_or("", |sent| sent.get(field)).to_owned();
    let differ = |(field, _): &(&str, &str)| kept(now, field) != typed(field);
    let row = |(field, name)| (name, shown(field, &kept(now, field)), shown(field, &typed(field)));
    names.into_iter().filter(differ).map(row).collect()
}

pub(crate) async fn change(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let before = app.accounts.me(&visit.actor).await?;
    let language = sent.get("language");
    let language = language.parse().map_err(|_| Failure::parameter("language", language, "zh, en"))?;
    let edit = Particulars {
        version: sent.version()?,
        name: sent.get("name").to_owned(),
        email: sent.get("email").to_owned(),
        telephone: sent.get("telephone").to_owned(),
        address: sent.get("address").to_owned(),
        language,
        wants_mail: sent.get("wants_mail") == "yes",
    };
    let password = Password::typed(sent.get("proof"));
    let (now, proof) = ((app.clock.now)(), proof(signed, &password));
    let changed = match app.accounts.change(&visit.actor, &edit, Some(&proof), now).await {
        Ok(changed) => changed,
        Err(AccountsError::Stale { now }) => return form(&visit, &now, Some(&sent), &[], true),
        Err(error) => return form(&visit, &before, Some(&sent), &typed_wrong(error)?, false),
    };
    if changed.person.email != before.email {
        send_confirmation(&app, &visit.actor).await?;
    }
    if let Some(old) = &changed.email_before {
        let lang = changed.person.language.code();
        tell_old_address(&app, old.as_str(), lang, app.random().id(now)).await?;
    }
    Ok(Redirect::to("/account").into_response())
}

/// Whoever had the address before learns that it was replaced: it may have been someone else's doing.
async fn tell_old_address(app: &App, address: &str, lang: &str, id: Id) -> Result<(), Failure> {
    let to = Recipient::Mail { address, lang };
    let notice = Notice { id, template: "account.mail-changed", values: &[], to, link: "/account" };
    let mut write = app.notices.database().write().await?;
    notices::put(&mut write, (app.clock.now)(), &notice).await?;
    Ok(write.commit().await?)
}
