//! Confirming, resting, moving, merging and closing an organisation: one form with a day and a reason.

use std::sync::Arc;

use accounts::keeping::{self, KeepingError};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use database::Write;
use jiff::civil::Date;
use network::{Edit, Fault, NetworkError, Organisation, OrganisationId, Status};

use super::edit::{current, faults_of};
use super::sent;
use super::{card, failed, moment, named, not_kept, store};
use crate::App;
use crate::form::form_status;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Suspend,
    Resume,
    Move,
    Merge,
    Close,
}

impl Act {
    fn read(code: &str) -> Result<Self, Failure> {
        let all = [Self::Suspend, Self::Resume, Self::Move, Self::Merge, Self::Close];
        all.into_iter().find(|act| act.code() == code).ok_or(Failure::NotFound)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Move => "move",
            Self::Merge => "merge",
            Self::Close => "close",
        }
    }

    /// What the page is called, and what happens.
    fn told(self, visit: &Visit) -> (&'static str, &'static str) {
        let (zh, en, about_zh, about_en) = match self {
            Self::Suspend => (
                "暂停服务",
                "Let it rest",
                "暂停期间不受理新的申请，仍在名录中，标为“暂停”。",
                "While it rests it takes no requests; it stays in the directory, marked as suspended.",
            ),
            Self::Resume => ("恢复服务", "Let it work again", "恢复以后又受理申请。", "It takes requests again."),
            Self::Move => (
                "调整隶属",
                "Put it under another",
                "它和它的全部下级一起转到新的上级之下。",
                "It goes under another organisation, with all that stands under it.",
            ),
            Self::Merge => (
                "合并其他机构",
                "Merge others into it",
                "被合并的机构撤销，它们的下级转到本机构之下；历史都保留。",
                "The others close, and what stood under them stands under this one; the history keeps all.",
            ),
            Self::Close => (
                "撤销",
                "Close it",
                "撤销以后不再出现在名录中，也不能恢复。有下级时请先调整它们的隶属。",
                "It leaves the directory and cannot come back. Move what stands under it first.",
            ),
        };
        (visit.lang.t(zh, en), visit.lang.t(about_zh, about_en))
    }

    /// A field that names organisations: name, label, whether it takes several.
    fn field(self, visit: &Visit) -> Option<(&'static str, &'static str, bool)> {
        match self {
            Self::Move => {
                Some(("parent", visit.t("新的上级机构（留空为独立）", "Organisation above (empty for the top)"), false))
            }
            Self::Merge => {
                Some(("merged", visit.t("被合并的机构，一行一个", "Those that are merged, one a line"), true))
            }
            Self::Close => Some((
                "successors",
                visit.t(
                    "承接职责的机构，一行一个（可不填）",
                    "Those that go on with its work, one a line (may be empty)",
                ),
                true,
            )),
            Self::Suspend | Self::Resume => None,
        }
    }
}

#[derive(Template)]
#[template(path = "network/change.html")]
struct ChangePage<'a> {
    visit: &'a Visit,
    title: String,
    heading: &'static str,
    about: &'static str,
    name: String,
    back: String,
    action: String,
    hidden: Vec<(&'static str, String)>,
    /// Name, label, several, value, fault.
    field: Option<(&'static str, &'static str, bool, String, Option<String>)>,
    from: String,
    from_fault: Option<String>,
    reason: String,
    reason_fault: Option<String>,
    faults: Vec<String>,
    stale: bool,
    /// Those to be merged, once they were named: address, name, kind.
    preview: Vec<(String, String, &'static str)>,
    last_step: bool,
    grave: bool,
}

/// What was sent, and what is wrong with it.
struct Form<'a> {
    act: Act,
    now: &'a Organisation,
    sent: &'a Sent,
    faults: Vec<Fault>,
    stale: bool,
    /// Those to be merged, in the versions that are shown.
    merged: Vec<Organisation>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (id, act) = (named(&id)?, Act::read(&act)?);
    keeping::keeps_all(&visit.actor, &id)?;
    let now = current(&app, &id).await?;
    let sent = Sent::default();
    let form = Form { act, now: &now, sent: &sent, faults: Vec::new(), stale: false, merged: Vec::new() };
    answer(&visit, &form, moment(&app).date())
}

/// Says that all is as written.
pub(crate) async fn confirm(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let from = moment(&app).date();
    let edit = Edit { id: &id, version: sent.version()?, from };
    let mut write = app.network.database().write().await.map_err(|error| failed(error.into()))?;
    match keeping::confirm(&mut write, (app.clock.now)(), &visit.actor, edit).await {
        Ok(_) => {
            store(&app, write).await?;
            Ok(Redirect::to(&card::address(&id, None)).into_response())
        }
        // What is confirmed must have been seen: the page shows the change, and the button stands below it.
        Err(KeepingError::Network(NetworkError::Stale { .. })) => {
            Err(Failure::Conflict(
                "在您核实之前，别人刚修改了这个机构。请回到它的页面，看过现在的情况再核实。".to_owned(),
                "Someone changed this organisation just before you confirmed it. Go back to its page and look at it again first."
                    .to_owned(),
            ))
        }
        Err(error) => Err(not_kept(error)),
    }
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, act) = (named(&id)?, Act::read(&act)?);
    let (now, today, version) = (current(&app, &id).await?, moment(&app).date(), sent.version()?);
    if act == Act::Close && now.status == Status::Closed && now.version == version + 1 {
        // Sent twice: what is closed stands in nobody's keeping any more.
        return Ok(Redirect::to(&card::address(&id, None)).into_response());
    }
    keeping::keeps_all(&visit.actor, &id)?;
    let mut form = Form { act, now: &now, sent: &sent, faults: Vec::new(), stale: false, merged: Vec::new() };
    let from = sent.from(today).map_err(|fault| form.faults.push(fault)).unwrap_or(today);
    let mut others = Vec::new();
    if let Some((field, ..)) = act.field(&visit) {
        let named = sent::named(&app, (field, sent.get(field)), from).await?;
        others = named.map_err(|faults| form.faults.extend(faults)).unwrap_or_default();
    }
    if act == Act::Merge {
        form.merged = shown(&app, &others, from).await?;
        let versions = seen(&sent);
        let all_seen = form.merged.iter().all(|one| versions.iter().any(|(id, _)| *id == one.id));
        if !form.faults.is_empty() || others.is_empty() || !all_seen {
            return answer(&visit, &form, today);
        }
    }
    if !form.faults.is_empty() {
        return answer(&visit, &form, today);
    }
    let mut write = app.network.database().write().await.map_err(|error| failed(error.into()))?;
    let edit = Edit { id: &id, version, from };
    match carry_out(&mut write, &app, &visit, act, edit, &others, &sent).await {
        Ok(_) => {
            store(&app, write).await?;
            Ok(Redirect::to(&card::address(&id, None)).into_response())
        }
        Err(KeepingError::Network(NetworkError::Stale { .. })) => {
            drop(write);
            let now = current(&app, &id).await?;
            let merged = shown(&app, &others, from).await?;
            answer(&visit, &Form { now: &now, stale: true, merged, ..form }, today)
        }
        Err(KeepingError::Network(error)) if error.is_about_what_was_asked() => {
            form.faults = faults_of(error);
            answer(&visit, &form, today)
        }
        Err(error) => Err(not_kept(error)),
    }
}

async fn carry_out(
    write: &mut Write,
    app: &App,
    visit: &Visit,
    act: Act,
    edit: Edit<'_>,
    others: &[OrganisationId],
    sent: &Sent,
) -> Result<Organisation, KeepingError> {
    let (now, actor, reason) = ((app.clock.now)(), &visit.actor, sent.get("reason"));
    match act {
        Act::Suspend => keeping::set_status(write, now, actor, edit, false, reason).await,
        Act::Resume => keeping::set_status(write, now, actor, edit, true, reason).await,
        Act::Move => keeping::move_to(write, now, actor, edit, others.first(), reason).await,
        Act::Close => keeping::close(write, now, actor, edit, reason, others).await,
        Act::Merge => {
            let merged: Vec<(OrganisationId, i64)> =
                seen(sent).into_iter().filter(|(id, _)| others.contains(id)).collect();
            keeping::merge(write, now, actor, &merged, (edit.id, edit.version), edit.from, reason).await
        }
    }
}

/// Those to be merged with the versions that the page showed: `id:version`.
fn seen(sent: &Sent) -> Vec<(OrganisationId, i64)> {
    let pair = |text: &str| {
        let (id, version) = text.split_once(':')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    };
    sent.all("seen").filter_map(pair).collect()
}

async fn shown(app: &App, ids: &[OrganisationId], day: Date) -> Result<Vec<Organisation>, Failure> {
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.extend(app.network.organisation(id, day).await.map_err(failed)?);
    }
    Ok(all)
}

fn answer(visit: &Visit, form: &Form<'_>, today: Date) -> Result<Response, Failure> {
    let Form { act, now, sent, faults, stale, merged } = form;
    let lang = visit.lang.code();
    let fault = |field: &str| faults.iter().find(|fault| fault.field == field).map(|fault| fault.text(lang).to_owned());
    let field = act.field(visit);
    let known = |name: &str| ["from", "reason"].contains(&name) || field.is_some_and(|(field, ..)| field == name);
    let others = faults.iter().filter(|fault| !known(&fault.field)).map(|fault| fault.text(lang).to_owned()).collect();
    let status = form_status(*stale, faults.is_empty());
    let version = if *stale { now.version } else { sent.version().unwrap_or(now.version) };
    let mut hidden = vec![("version", version.to_string())];
    hidden.extend(merged.iter().map(|one| ("seen", format!("{}:{}", one.id, one.version))));
    let (heading, about) = act.told(visit);
    let (name, address) = (now.profile.name(lang).to_owned(), card::address(&now.id, None));
    let from = super::form::from(sent, today.max(now.opened));
    let html = page(&ChangePage {
        visit,
        title: format!("{heading} · {name}"),
        heading,
        about,
        back: address.clone(),
        action: format!("{address}/{}", act.code()),
        hidden,
        field: field.map(|(name, label, several)| (name, label, several, sent.get(name).to_owned(), fault(name))),
        from,
        from_fault: fault("from"),
        reason: sent.get("reason").to_owned(),
        reason_fault: fault("reason"),
        faults: others,
        stale: *stale,
        preview: merged
            .iter()
            .map(|one| (card::address(&one.id, None), one.profile.name(lang).to_owned(), one.profile.kind.label(lang)))
            .collect(),
        last_step: *act != Act::Merge || !merged.is_empty(),
        grave: matches!(act, Act::Close) || (*act == Act::Merge && !merged.is_empty()),
        name,
    })?;
    Ok((status, html).into_response())
}
