//! `/admin/webhooks`: where organisations want to be told.

use std::sync::Arc;

use accounts::Permission;
use accounts::sending::{self, SendingError};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};
use notices::{NoticesError, Webhook, WebhookChange};
use serde::Deserialize;

use super::names;
use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, form_status, summary};
use crate::frame::{Visit, page};
use crate::pages::network::{moment as clock, named, organisation_name, organisations_named};
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// Name or id of an organisation.
    at: String,
}

#[derive(Template)]
#[template(path = "admin/webhooks.html")]
struct ListPage {
    visit: Visit,
    title: &'static str,
    at: String,
    names: Vec<String>,
    fault: Option<String>,
    /// Address here, name, where to, since when.
    rows: Vec<(String, String, String, String)>,
}

#[derive(Template)]
#[template(path = "admin/webhook.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    title: String,
    id: String,
    version: i64,
    set_at: Option<String>,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    /// What someone else set meanwhile.
    stale: Option<String>,
    is_set: bool,
    /// The secret, shown once.
    secret: Option<String>,
}

/// The webhooks that are set; an organisation that is named leads to its own page.
pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let found = sending::webhooks(&app.notices, &visit.actor).await?;
    let named = organisations_named(&app, ("at", &asked.at), clock(&app).date()).await?;
    let fault = match named.as_deref() {
        Ok([one, ..]) => return Ok(Redirect::to(&format!("/admin/webhooks/{one}")).into_response()),
        Ok([]) => None,
        Err(faults) => faults.first().map(|fault| fault.text(visit.lang.code()).to_owned()),
    };
    let mut rows = Vec::with_capacity(found.len());
    for webhook in found {
        let name = organisation_name(&app, &webhook.organisation, &visit).await?;
        let here = format!("/admin/webhooks/{}", webhook.organisation);
        rows.push((here, name, host(&webhook), moment(webhook.set_at)));
    }
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = page(&ListPage {
        title: visit.lang.t("推送地址", "Webhooks"),
        at: asked.at,
        names: names(&app, &visit, Permission::EditNetwork).await?,
        fault,
        rows,
        visit,
    })?;
    Ok((status, html).into_response())
}

/// The host alone: the rest of an address may be a secret.
fn host(webhook: &Webhook) -> String {
    let address = webhook.address.as_deref().unwrap_or_default();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
}

pub(crate) async fn one(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let webhook = sending::webhook(&app.notices, &visit.actor, &id).await?;
    answer(&visit, &app, &id, webhook.as_ref(), None, &[], (false, None)).await
}

/// The form, with what was typed, what is wrong with it, what someone else set, or the secret of what was set now.
async fn answer(
    visit: &Visit,
    app: &App,
    id: &OrganisationId,
    now: Option<&Webhook>,
    sent: Option<&Sent>,
    faults: &[Fault],
    (stale, secret): (bool, Option<String>),
) -> Result<Response, Failure> {
    let kept = now.and_then(|webhook| webhook.address.clone()).unwrap_or_default();
    let value = sent.map_or_else(|| kept.clone(), |sent| sent.get("address").to_owned());
    let field = FieldView::new("address", visit.t("推送到", "Send to"), "url").typed("url").value(value);
    let hint = visit
        .t("以 https:// 开头的地址，由您的系统接收", "An address that begins with https://, where your system listens");
    let groups =
        vec![GroupView { name: String::new(), fields: vec![field.hint(hint).needed().of(faults, visit.lang)] }];
    let status = form_status(stale, faults.is_empty());
    let name = organisation_name(app, id, visit).await?;
    let html = page(&OnePage {
        visit,
        title: format!("{}{name}", visit.t("推送地址：", "Webhook: ")),
        id: id.to_string(),
        version: now.map_or(0, |webhook| webhook.version),
        set_at: now.map(|webhook| moment(webhook.set_at)),
        faults: summary(faults, &groups, visit.lang),
        groups,
        is_set: !kept.is_empty(),
        stale: stale.then_some(kept),
        secret,
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn set(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let now = sending::webhook(&app.notices, &visit.actor, &id).await?;
    let ends = sent.get("end") == "yes";
    let address = Some(sent.get("address").trim()).filter(|address| !address.is_empty() && !ends);
    if address.is_none() && !ends {
        let faults = [fault("address", "请填写地址", "write the address")];
        return answer(&visit, &app, &id, now.as_ref(), Some(&sent), &faults, (false, None)).await;
    }
    let change = WebhookChange { organisation: &id, version: sent.version()?, address, salt: app.random().bytes() };
    match sending::set_webhook(&app.notices, &app.webhooks, &visit.actor, &change, (app.clock.now)()).await {
        Ok(_) if ends => Ok(Redirect::to("/admin/webhooks").into_response()),
        Ok(set) => {
            let secret = Some(app.webhooks.secret(&set));
            answer(&visit, &app, &id, Some(&set), None, &[], (false, secret)).await
        }
        Err(SendingError::Notices(error @ NoticesError::Address { .. })) => {
            let faults = [fault("address", &error.text("zh"), &error.text("en"))];
            answer(&visit, &app, &id, now.as_ref(), Some(&sent), &faults, (false, None)).await
        }
        Err(SendingError::Notices(NoticesError::Stale { now, .. })) => {
            answer(&visit, &app, &id, Some(&now), Some(&sent), &[], (true, None)).await
        }
        Err(error) => Err(error.into()),
    }
}
