//! `/admin/outbox`: what waits to be sent, and what failed.

use std::sync::Arc;

use accounts::sending;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Id;
use notices::{Channel, State as SendState, Trouble};
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::{grouped, moment};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    done: String,
}

#[derive(Template)]
#[template(path = "admin/outbox.html")]
struct OutboxPage {
    visit: Visit,
    title: &'static str,
    said: Option<&'static str>,
    /// Number, what it counts, and whether the list below has it.
    figures: Vec<(String, &'static str, bool)>,
    oldest: Option<String>,
    rows: Vec<Row>,
}

/// A sending that failed.
struct Row {
    id: String,
    channel: &'static str,
    code: &'static str,
    template: String,
    state: &'static str,
    given_up: bool,
    attempts: i64,
    since: String,
    due: Option<String>,
    problem: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let (backlog, troubles) = sending::outbox(&app.notices, &visit.actor, (app.clock.now)()).await?;
    let lang = visit.lang;
    let figures = vec![
        (grouped(backlog.waiting), lang.t("待发送", "waiting"), false),
        (grouped(backlog.retried), lang.t("其中重试中", "of these tried before"), true),
        (grouped(backlog.given_up), lang.t("已放弃", "given up"), true),
        (grouped(backlog.sent), lang.t("24 小时内已发送", "sent in 24 hours"), false),
        (grouped(backlog.unwanted), lang.t("24 小时内无需发送", "not wanted in 24 hours"), false),
    ];
    let said = match asked.done.as_str() {
        "again" => Some(lang.t("已放回待发送，几秒内会再次发送。", "It waits again and is sent within seconds.")),
        "none" => {
            Some(lang.t("这一条不在放弃之列，可能已经重新发送。", "This one is not given up; it may be under way."))
        }
        _ => None,
    };
    page(&OutboxPage {
        title: lang.t("通知发送", "Outbox"),
        said,
        figures,
        oldest: backlog.oldest.map(moment),
        rows: troubles.iter().map(|trouble| row(&visit, trouble)).collect(),
        visit,
    })
}

fn row(visit: &Visit, trouble: &Trouble) -> Row {
    let lang = visit.lang.code();
    let given_up = trouble.state == SendState::GivenUp;
    Row {
        id: trouble.notice.to_string(),
        channel: trouble.channel.label(lang),
        code: trouble.channel.code(),
        template: trouble.template.clone(),
        state: trouble.state.label(lang),
        given_up,
        attempts: trouble.attempts,
        since: moment(trouble.since),
        due: (!given_up).then(|| moment(trouble.due_at)),
        problem: trouble.problem.clone(),
    }
}

/// Sends one that was given up again.
pub(crate) async fn again(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let id: Id = sent.get("id").parse().map_err(|_| Failure::parameter("id", sent.get("id"), "an id of a notice"))?;
    let channel = sent.get("channel");
    let channel: Channel = channel.parse().map_err(|_| Failure::parameter("channel", channel, "mail, webhook"))?;
    let revived = sending::send_again(&app.notices, &visit.actor, (&id, channel), (app.clock.now)()).await?;
    let done = if revived { "again" } else { "none" };
    Ok(Redirect::to(&format!("/admin/outbox?done={done}")).into_response())
}
