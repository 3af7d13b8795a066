//! `/account/notices`: what one was told.

use std::sync::Arc;

use accounts::sending;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Id;
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::moment;

/// Notices on a page.
const ON_A_PAGE: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    after: String,
}

#[derive(Template)]
#[template(path = "account/notices.html")]
struct InboxPage {
    visit: Visit,
    title: &'static str,
    items: Vec<ItemView>,
    first: bool,
    next: Option<String>,
}

/// A notice.
struct ItemView {
    id: String,
    at: String,
    subject: String,
    summary: String,
    link: String,
    read: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let found = sending::inbox(&app.notices, &visit.actor, after, ON_A_PAGE).await?;
    let lang = visit.lang.code();
    let view = |item: &notices::Item| ItemView {
        id: item.id.to_string(),
        at: moment(item.put_at),
        subject: item.text(lang).subject,
        summary: item.summary(lang),
        link: item.link.clone(),
        read: item.read_at.is_some(),
    };
    page(&InboxPage {
        title: visit.lang.t("通知", "Notices"),
        items: found.items.iter().map(view).collect(),
        first: after.is_none(),
        next: found.next.map(|next| Link::to("/account/notices").with("after", next).address()),
        visit,
    })
}

/// The notice that a form names; none for all.
fn named(sent: &Sent) -> Result<Option<Id>, Failure> {
    match sent.get("id") {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Failure::parameter("id", id, "an id of a notice")),
    }
}

/// Says that a notice was read and goes to what it is about.
pub(crate) async fn open(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    super::own(&visit)?;
    if let Some(id) = &named(&sent)? {
        sending::mark_read(&app.notices, &visit.actor, Some(id), (app.clock.now)()).await?;
    }
    let link = sent.get("link");
    let here = link.starts_with('/') && !link.starts_with("//") && !link.contains(['\\', '\r', '\n']);
    Ok(Redirect::to(if here { link } else { "/account/notices" }).into_response())
}

/// Says that one notice was read, or all.
pub(crate) async fn read(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    sending::mark_read(&app.notices, &visit.actor, named(&sent)?.as_ref(), (app.clock.now)()).await?;
    Ok(Redirect::to("/account/notices").into_response())
}
