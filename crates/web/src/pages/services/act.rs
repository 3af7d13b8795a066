//! `/services/{code}/versions/{number}/{act}`: a version is published, withdrawn or given up: one form with a day and a reason.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use database::Write;
use jiff::civil::Date;
use network::Fault;
use services::{Seen, ServicesError, Version};

use super::versions::DifferenceView;
use super::view::span;
use super::{named, today};
use crate::App;
use crate::form::{FieldView, GroupView, form_status, others};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Publish,
    Withdraw,
    Discard,
}

impl Act {
    fn read(code: &str) -> Result<Self, Failure> {
        match code {
            "publish" => Ok(Self::Publish),
            "withdraw" => Ok(Self::Withdraw),
            "discard" => Ok(Self::Discard),
            _ => Err(Failure::NotFound),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
            Self::Discard => "discard",
        }
    }

    const fn permission(self) -> Permission {
        match self {
            Self::Publish | Self::Withdraw => Permission::PublishItems,
            Self::Discard => Permission::EditItems,
        }
    }

    /// What the page is called, and what happens.
    fn told(self, visit: &Visit) -> (&'static str, &'static str) {
        let (zh, en, about_zh, about_en) = match self {
            Self::Publish => (
                "发布",
                "Publish",
                "从生效之日起取代现行版本。已经提交的申请仍按提交时的版本办理。发布以后内容不能再改，只能另起新版本。",
                "From that day it takes the place of the present version. Requests sent before go on under theirs. What is published does not change any more; a change is a new version.",
            ),
            Self::Withdraw => (
                "撤回",
                "Withdraw",
                "从这一天起不再受理新的申请；已经提交的继续办理。版本和理由都保留公开。",
                "From that day no new requests are taken; those that were sent go on. Version and reason stay public.",
            ),
            Self::Discard => (
                "作废草稿",
                "Give the draft up",
                "草稿不再修改，也不会发布；历史中保留。",
                "The draft is neither changed nor published any more; it stays in the history.",
            ),
        };
        (visit.lang.t(zh, en), visit.lang.t(about_zh, about_en))
    }
}

#[derive(Template)]
#[template(path = "services/act.html")]
struct ActPage<'a> {
    visit: &'a Visit,
    title: String,
    heading: &'static str,
    about: String,
    name: String,
    back: String,
    action: String,
    revision: i64,
    groups: Vec<GroupView>,
    faults: Vec<String>,
    stale: bool,
    grave: bool,
    /// For publishing: what is in force now, and what changes.
    present: Option<(i64, String)>,
    rows: Vec<DifferenceView>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((code, number, act)): Path<(String, i64, String)>,
) -> Result<Response, Failure> {
    let act = Act::read(&act)?;
    visit.actor.require(act.permission())?;
    let version = app.services.version(&visit.actor, &named(&code)?, number).await?;
    let sent = Sent(vec![("version".to_owned(), version.revision.to_string())]);
    Asking { app: &app, visit: &visit, act, version: &version }.answer(&sent, &[], false).await
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((code, number, act)): Path<(String, i64, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let act = Act::read(&act)?;
    visit.actor.require(act.permission())?;
    let version = app.services.version(&visit.actor, &named(&code)?, number).await?;
    let asking = Asking { app: &app, visit: &visit, act, version: &version };
    let (from, to) = (day(&sent, "from"), day(&sent, "to"));
    let wrong: Vec<Fault> = [from.as_ref().err(), to.as_ref().err()].into_iter().flatten().cloned().collect();
    let (Ok(from), Ok(to)) = (from, to) else { return asking.answer(&sent, &wrong, false).await };
    let seen = Seen { code: &version.code, number, revision: sent.version()? };
    let mut write = app.services.database().write().await?;
    let done = asking.carry_out(&mut write, seen, (from.unwrap_or(today(&app)), to), sent.get("reason")).await;
    match done {
        Ok(after) => {
            write.commit().await?;
            let one = format!("/services/{}/versions/{number}", after.code);
            let there = if act == Act::Discard { "/services/keep" } else { one.as_str() };
            Ok(Redirect::to(there).into_response())
        }
        Err(ServicesError::Stale { now }) => {
            drop(write);
            Asking { version: &now, ..asking }.answer(&sent, &[], true).await
        }
        Err(error @ (ServicesError::Day { .. } | ServicesError::NoReason)) => {
            drop(write);
            let field = if matches!(error, ServicesError::NoReason) { "reason" } else { "from" };
            let wrong = fault(field, &error.text("zh"), &error.text("en"));
            asking.answer(&sent, &[wrong], false).await
        }
        Err(ServicesError::Invalid(faults)) => {
            drop(write);
            asking.answer(&sent, &faults, false).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The day of a field; none where nothing was written.
fn day(sent: &Sent, field: &str) -> Result<Option<Date>, Fault> {
    match sent.get(field).trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| fault(field, "日期写作 2026-07-01", "write the day as 2026-07-01")),
    }
}

#[derive(Clone, Copy)]
struct Asking<'a> {
    app: &'a App,
    visit: &'a Visit,
    act: Act,
    version: &'a Version,
}

impl Asking<'_> {
    async fn carry_out(
        &self,
        write: &mut Write,
        seen: Seen<'_>,
        (from, to): (Date, Option<Date>),
        reason: &str,
    ) -> Result<Version, ServicesError> {
        let (now, actor) = ((self.app.clock.now)(), &self.visit.actor);
        let given = Some(reason.trim()).filter(|reason| !reason.is_empty());
        match self.act {
            // The form asks for the last day, as people count; the catalogue for the first day after it.
            Act::Publish => {
                let to = to.and_then(|last| last.tomorrow().ok());
                services::publish(write, now, actor, seen, (from, to), given).await
            }
            Act::Withdraw => services::withdraw(write, now, actor, seen, from, reason).await,
            Act::Discard => services::discard(write, now, actor, seen, given).await,
        }
    }

    fn fields(&self, sent: &Sent, faults: &[Fault]) -> Vec<FieldView> {
        let visit = self.visit;
        let today = today(self.app).to_string();
        let from = sent.given("from").unwrap_or(&today);
        let day = |name: &str, label: &str, value: &str| {
            FieldView::new(name, label, "date").value(value).of(faults, visit.lang)
        };
        let reason = FieldView::new("reason", visit.t("理由", "Reason"), "area").value(sent.get("reason"));
        let reason = reason.hint(visit.t("写入历史，所有人可见", "Stands in the history for all to see"));
        match self.act {
            Act::Publish => vec![
                day("from", visit.t("自哪天起生效", "In force from"), from).needed(),
                day("to", visit.t("最后一天（留空为长期）", "Last day (empty: no end)"), sent.get("to")),
                reason.of(faults, visit.lang),
            ],
            Act::Withdraw => vec![
                day("from", visit.t("自哪天起不再受理", "No new requests from"), from).needed(),
                reason.needed().of(faults, visit.lang),
            ],
            Act::Discard => vec![reason.of(faults, visit.lang)],
        }
    }

    async fn answer(&self, sent: &Sent, faults: &[Fault], stale: bool) -> Result<Response, Failure> {
        let (visit, version) = (self.visit, self.version);
        let (heading, about) = self.act.told(visit);
        let present = match self.act {
            Act::Publish => self.app.services.version_on(&version.code, today(self.app)).await?,
            Act::Withdraw | Act::Discard => None,
        };
        let rows = present.as_ref().map(|present| services::differences(&present.item, &version.item));
        let groups = vec![GroupView { name: heading.to_owned(), fields: self.fields(sent, faults) }];
        let own = format!("/services/{}/versions/{}", version.code, version.number);
        let name = version.item.title.text(visit.lang.code()).to_owned();
        let status = form_status(stale, faults.is_empty());
        let html = page(&ActPage {
            visit,
            title: format!("{heading}{}{name}", visit.t("：", ": ")),
            heading,
            about: match visit.lang.code() {
                "zh" => format!("第 {} 版。{about}", version.number),
                _ => format!("Version {}. {about}", version.number),
            },
            name,
            action: format!("{own}/{}", self.act.code()),
            back: own,
            revision: if stale { version.revision } else { sent.version().unwrap_or(version.revision) },
            faults: others(faults, &groups, visit.lang),
            groups,
            stale,
            grave: self.act != Act::Publish,
            present: present.as_ref().map(|present| (present.number, span(present, visit))),
            rows: rows.iter().flatten().map(|difference| DifferenceView::new(difference, visit)).collect(),
        })?;
        Ok((status, html).into_response())
    }
}
