//! `/account/security`: password, second step, sessions, accounts at providers.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::own;
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// What was done just now.
    done: String,
}

#[derive(Template)]
#[template(path = "account/security.html")]
struct SecurityPage {
    visit: Visit,
    title: &'static str,
    said: Option<&'static str>,
    has_password: bool,
    second_step: bool,
    codes_left: u64,
    sessions: Vec<SessionView>,
    linked: Vec<LinkedView>,
    /// Providers that are not linked: address of the form, name.
    providers: Vec<(String, String)>,
}

/// A session.
struct SessionView {
    id: String,
    device: String,
    address: String,
    began: String,
    seen: String,
    present: bool,
}

/// An account at a provider.
struct LinkedView {
    name: String,
    since: String,
    unlink: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let now = (app.clock.now)();
    let has_password = app.accounts.me(&visit.actor).await?.has_password;
    let second = app.accounts.second_step(&visit.actor).await?;
    let sessions = app.accounts.sessions(&visit.actor, now).await?;
    let identities = app.accounts.identities(&visit.actor).await?;
    let providers = &app.accounts.settings().providers;
    let view = |session: accounts::Session| SessionView {
        device: device(&session.device, &visit),
        address: session.address,
        began: moment(session.began_at),
        seen: moment(session.seen_at),
        present: session.id == signed.session,
        id: session.id.to_string(),
    };
    let sessions = sessions.into_iter().map(view).collect();
    let linked = identities.iter().map(|identity| {
        let known = providers.iter().find(|provider| provider.issuer == identity.issuer);
        let name = known.map(|provider| visit.t(&provider.label_zh, &provider.label_en).to_owned());
        let unlink = Link::to("/account/unlink").with("issuer", &identity.issuer).with("subject", &identity.subject);
        let name = name.unwrap_or_else(|| identity.issuer.clone());
        LinkedView { name, since: moment(identity.linked_at), unlink: unlink.address() }
    });
    let linked = linked.collect();
    let free = providers.iter().filter(|one| !identities.iter().any(|identity| identity.issuer == one.issuer));
    let providers = free
        .map(|one| (format!("/account/links/{}", one.name), visit.t(&one.label_zh, &one.label_en).to_owned()))
        .collect();
    page(&SecurityPage {
        title: visit.lang.t("登录与安全", "Sign-in and security"),
        said: said(&visit, &asked.done),
        has_password,
        second_step: second.on,
        codes_left: second.codes_left,
        sessions,
        linked,
        providers,
        visit,
    })
}

/// What was done just now.
fn said(visit: &Visit, done: &str) -> Option<&'static str> {
    let lang = visit.lang;
    Some(match done {
        "password" => lang.t("密码已设置，其他设备上的登录已结束。", "The password is set; other sign-ins have ended."),
        "sessions" => lang.t("所选的登录已结束。", "The sign-in has ended."),
        "second-step" => lang.t("两步验证已关闭。", "The second step is off."),
        "linked" => lang.t("统一登录已绑定。", "The provider is linked."),
        "unlinked" => lang.t("统一登录已解除。", "The provider is unlinked."),
        _ => return None,
    })
}

/// Ends one session, or all but this one.
pub(crate) async fn end(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let now = (app.clock.now)();
    if sent.get("others") == "yes" {
        app.accounts.end_other_sessions(&visit.actor, &signed.session, now).await?;
    } else {
        let id = sent.get("id").parse().map_err(|_| Failure::parameter("id", sent.get("id"), "an id of a session"))?;
        app.accounts.end_session(&visit.actor, &id, now).await?;
    }
    Ok(Redirect::to("/account/security?done=sessions").into_response())
}

/// Browser and system in few words; what a browser says of itself is long and says more than is true.
fn device(agent: &str, visit: &Visit) -> String {
    let browsers = [
        ("MicroMessenger", "微信", "WeChat"),
        ("Edg", "Edge", "Edge"),
        ("Firefox", "Firefox", "Firefox"),
        ("Chrome", "Chrome", "Chrome"),
        ("Safari", "Safari", "Safari"),
        ("curl", "curl", "curl"),
    ];
    let systems = [
        ("HarmonyOS", "鸿蒙", "HarmonyOS"),
        ("Android", "安卓", "Android"),
        ("iPhone", "iPhone", "iPhone"),
        ("iPad", "iPad", "iPad"),
        ("Windows", "Windows", "Windows"),
        ("Mac OS", "macOS", "macOS"),
        ("Linux", "Linux", "Linux"),
    ];
    let named = |list: &[(&str, &'static str, &'static str)]| {
        list.iter().find(|(sign, ..)| agent.contains(sign)).map(|(_, zh, en)| visit.lang.t(zh, en))
    };
    let told: Vec<&str> = [named(&browsers), named(&systems)].into_iter().flatten().collect();
    if told.is_empty() { visit.t("未知设备", "unknown device").to_owned() } else { told.join(" · ") }
}
