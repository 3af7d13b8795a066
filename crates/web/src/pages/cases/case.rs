//! `/cases/{id}`: a request as its client sees it, by account or by tracking code.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::{Action, CaseFile, CaseId, CasesError, Document, LinkKind, Solved, State as CaseState};
use network::Fault;
use serde::Deserialize;

use super::access::{self, Held};
use super::course::{self, DeadlineView, Station};
use super::timeline::{self, Happened};
use super::track;
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::request_form::{Shown, ToldStep, told};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    done: String,
}

/// What someone typed into one of the forms of the page, and why it was not done.
#[derive(Default)]
pub(super) struct Typed<'a> {
    /// Which form.
    pub(super) act: &'a str,
    pub(super) sent: Option<&'a Sent>,
    pub(super) faults: Vec<Fault>,
    /// What happened meanwhile.
    pub(super) stale: Option<Vec<String>>,
    /// What was done last.
    pub(super) done: &'a str,
}

impl<'a> Typed<'a> {
    pub(super) fn of(act: &'a str, sent: &'a Sent) -> Self {
        Self { act, sent: Some(sent), ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "cases/case.html")]
struct CasePage<'a> {
    visit: &'a Visit,
    title: String,
    reference: String,
    heading: String,
    item: (String, String),
    outlet: (String, String),
    state: &'static str,
    class: &'static str,
    address: String,
    version: i64,
    key: String,
    message: String,
    typed: Typed<'a>,
    said: Option<&'a str>,
    stations: Vec<Station>,
    awaited: String,
    missing: Vec<String>,
    result: Option<String>,
    outcome: Option<&'static str>,
    plan: Option<(String, String)>,
    deadlines: Vec<DeadlineView>,
    clock: Vec<String>,
    course: Vec<Happened>,
    messages: Vec<MessageView>,
    documents: Vec<DocumentView>,
    answers: Vec<ToldStep>,
    masked: bool,
    contact: Vec<(&'static str, String)>,
    links: Vec<(String, String)>,
    goes_on_in: Option<(String, String)>,
    solved: Vec<Choice>,
    can: Can,
    open: bool,
    /// Whether the client has confirmed already.
    again: bool,
    by_code: bool,
    rate: Option<String>,
}

/// What the client may do now.
struct Can {
    supplement: bool,
    confirm: bool,
    give_back: bool,
    withdraw: bool,
    reopen: bool,
}

struct MessageView {
    at: String,
    who: String,
    own: bool,
    words: String,
}

struct DocumentView {
    name: String,
    what: String,
    at: String,
    own: bool,
    address: String,
    earlier: Vec<(i64, String)>,
    take_back: Option<String>,
}

impl CasePage<'_> {
    /// What was typed into a field of a form.
    fn value(&self, act: &str, name: &str) -> &str {
        let sent = self.typed.sent.filter(|_| self.typed.act == act);
        sent.map_or("", |sent| sent.get(name))
    }

    /// What is wrong with a form.
    fn fault(&self, act: &str) -> Option<String> {
        let own = self.typed.act == act && !self.typed.faults.is_empty();
        let words: Vec<&str> = self.typed.faults.iter().map(|fault| fault.text(self.visit.lang.code())).collect();
        own.then(|| words.join(self.visit.t("；", "; ")))
    }

    /// Whether a form that folds stands open.
    fn unfolded(&self, act: &str) -> bool {
        self.typed.act == act
    }

    /// What was typed into a form that is not there any more.
    fn orphan(&self) -> Option<&str> {
        let there = match self.typed.act {
            "supplement" => self.can.supplement,
            "confirm" => self.can.confirm,
            "return" => self.can.give_back,
            "withdraw" => self.can.withdraw,
            "reopen" => self.can.reopen,
            _ => true,
        };
        let sent = self.typed.sent.filter(|_| !there)?;
        ["reason", "words", "note"].into_iter().map(|name| sent.get(name)).find(|text| !text.is_empty())
    }
}

/// The class of a state, for its colour and sign.
pub(super) fn class(state: CaseState) -> &'static str {
    match state {
        CaseState::Received | CaseState::Supplement => "status-pending",
        CaseState::Refused | CaseState::Withdrawn | CaseState::Merged => "status-withdrawn",
        CaseState::Archived => "status-closed",
        _ => "status-in-force",
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    held: Held,
) -> Result<Response, Failure> {
    let id: CaseId = id.parse().map_err(|_| Failure::NotFound)?;
    let file = match app.cases.case((app.clock.now)(), held.by(&visit), &id).await {
        // Whether there is such a request is not told; letters lead here, and who comes by one has the code.
        Err(CasesError::NotFound(_)) => return track::ask_code(&visit, &id),
        file => file?,
    };
    let own = visit.actor.id().is_some() && visit.actor.id() == file.case.client.as_ref();
    if !file.for_client && !own && held.code().is_none() {
        return Ok(Redirect::to(&format!("/desk/cases/{id}")).into_response());
    }
    page_of(&visit, &app, (&file, &held), Typed { done: &parameters.done, ..Typed::default() }).await
}

/// The page of a request.
pub(super) async fn page_of(
    visit: &Visit,
    app: &App,
    (file, held): (&CaseFile, &Held),
    typed: Typed<'_>,
) -> Result<Response, Failure> {
    let (case, lang) = (&file.case, visit.lang.code());
    let address = access::case(&case.id);
    let own = visit.actor.id().is_some() && visit.actor.id() == case.client.as_ref();
    let version = app.services.version(&visit.actor, &case.item, case.item_version).await?;
    let documents = |id: &str| {
        let document = file.documents.iter().find(|document| document.id.as_str() == id)?;
        Some(document.name.clone())
    };
    let answers = told(&version.item.form, &file.answers, &Shown { documents: &documents, ..Shown::plain(visit.lang) });
    let can = |action| file.can.contains(&action);
    let status = match (&typed.stale, typed.faults.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let (now, mut random) = ((app.clock.now)(), app.random());
    let html = page(&CasePage {
        visit,
        title: format!("{} {}", case.reference, case.item_title.text(lang)),
        reference: case.reference.to_string(),
        heading: case.title.clone(),
        item: (format!("/services/{}", case.item), case.item_title.text(lang).to_owned()),
        outlet: (format!("/network/{}", case.outlet), case.outlet_name.text(lang).to_owned()),
        state: case.state.label(lang),
        class: class(case.state),
        version: case.version,
        key: random.id(now).to_string(),
        message: random.id(now).to_string(),
        said: said(typed.done, visit),
        stations: course::stations(case, visit),
        awaited: course::awaited(file, super::today(app), visit),
        missing: match &case.missing {
            Some(missing) if case.state == CaseState::Supplement => missing.what.clone(),
            _ => Vec::new(),
        },
        result: case.result.clone(),
        outcome: case.outcome.map(|outcome| outcome.label(lang)),
        plan: case.plan.as_ref().map(|plan| (plan.plan.clone(), plan.contact.clone())),
        deadlines: course::deadlines(file, visit),
        clock: course::clock(file, visit),
        course: timeline::course(file, visit),
        messages: messages(file, visit),
        documents: documents_of(file, &address, visit),
        answers,
        masked: !own,
        contact: contact(file, visit),
        links: file
            .links
            .iter()
            .filter_map(|link| {
                let to = match link.kind {
                    LinkKind::Right => crate::link::right(&link.target),
                    LinkKind::Search => crate::link::list(&link.target),
                    LinkKind::Analysis if link.target.starts_with('/') => link.target.clone(),
                    _ => return None,
                };
                Some((to, if link.label.is_empty() { link.target.clone() } else { link.label.clone() }))
            })
            .collect(),
        goes_on_in: file.goes_on_in.as_ref().map(|on| (access::case(&on.id), on.reference.to_string())),
        solved: solved(&typed, visit),
        can: Can {
            supplement: can(Action::Supplement),
            confirm: can(Action::Confirm),
            give_back: can(Action::Return),
            withdraw: can(Action::Withdraw),
            reopen: can(Action::Reopen) && course::open_until(case, super::today(app)).is_some(),
        },
        open: !case.state.is_final(),
        again: case.state == CaseState::FollowUp,
        by_code: held.code().is_some() && !own,
        rate: rate(case),
        typed,
        address,
    })?;
    Ok((status, html).into_response())
}

/// Where a case is rated, once there is something to rate.
fn rate(case: &cases::Case) -> Option<String> {
    let ripe =
        matches!(case.state, CaseState::Delivered | CaseState::FollowUp | CaseState::Archived | CaseState::Refused);
    ripe.then(|| format!("/rate/cases/{}", case.id))
}

fn said<'a>(done: &str, visit: &'a Visit) -> Option<&'a str> {
    Some(match done {
        "confirm" => visit.t("已收到您的确认，谢谢。", "Your answer has been kept. Thank you."),
        "return" => visit.t("已退回重办，网点会收到通知。", "It was handed back; the outlet is told."),
        "withdraw" => visit.t("已撤回。", "It was withdrawn."),
        "reopen" => visit.t("已申请重新办理，网点会收到通知。", "It was opened again; the outlet is told."),
        "supplement" => {
            visit.t("补充内容已提交，网点会继续处理。", "What you added has been sent; the outlet goes on.")
        }
        "message" => visit.t("留言已发送。", "The message was sent."),
        "documents" => visit.t("文件已更新。", "The documents were changed."),
        _ => return None,
    })
}

fn solved(typed: &Typed<'_>, visit: &Visit) -> Vec<Choice> {
    let chosen = typed.sent.filter(|_| typed.act == "confirm").map_or("", |sent| sent.get("solved"));
    let choice = |solved: &Solved| Choice {
        value: solved.code().to_owned(),
        name: solved.label(visit.lang.code()).to_owned(),
        chosen: solved.code() == chosen,
    };
    Solved::ALL.iter().map(choice).collect()
}

fn messages(file: &CaseFile, visit: &Visit) -> Vec<MessageView> {
    let outlet = file.case.outlet_name.text(visit.lang.code());
    let view = |message: &cases::Message| MessageView {
        at: super::local(message.at),
        who: if message.by_client { visit.t("您", "You") } else { outlet }.to_owned(),
        own: message.by_client,
        words: message.words.clone(),
    };
    file.messages.iter().filter(|message| !message.internal).map(view).collect()
}

/// Each document by its last version, those of the outlet first.
fn documents_of(file: &CaseFile, address: &str, visit: &Visit) -> Vec<DocumentView> {
    let lang = visit.lang.code();
    let seen: Vec<&Document> = file.documents.iter().filter(|one| one.public && !one.withdrawn).collect();
    let outlet = file.case.outlet_name.text(lang);
    let mut shown = BTreeSet::new();
    let mut all: Vec<&Document> = seen.iter().copied().filter(|one| shown.insert(one.id.as_str())).collect();
    all.sort_by_key(|one| (one.by_client, one.at));
    let to = |one: &Document| format!("{address}/documents/{}/{}", one.id, one.version);
    let view = |one: &&Document| {
        let earlier = seen.iter().filter(|other| other.id == one.id && other.version != one.version);
        let who = if one.by_client { visit.t("您", "you") } else { outlet };
        DocumentView {
            name: one.name.clone(),
            what: format!("{} · {} · {who}", one.kind.label(lang), crate::parcel::size(one.length)),
            at: super::local(one.at),
            own: one.by_client,
            address: to(one),
            earlier: earlier.map(|other| (other.version, to(other))).collect(),
            take_back: (one.by_client && file.case.state == CaseState::Received)
                .then(|| format!("{address}/documents/{}/withdraw", one.id)),
        }
    };
    all.iter().map(view).collect()
}

fn contact(file: &CaseFile, visit: &Visit) -> Vec<(&'static str, String)> {
    let contact = &file.contact;
    let lines = [
        (visit.t("联系人", "Contact"), &contact.name),
        (visit.t("电话", "Telephone"), &contact.telephone),
        (visit.t("邮箱", "E-mail"), &contact.email),
        (visit.t("单位", "Organisation"), &contact.organisation),
        (visit.t("地址", "Address"), &contact.address),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.clone())).collect()
}
