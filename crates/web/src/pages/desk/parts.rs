//! What belongs to a case, as its page shows it.

use std::collections::BTreeMap;

use accounts::PersonId;
use cases::{Action, CaseFile, Contact, Document, Event, LinkKind};
use jiff::civil::Date;
use network::Id;

use super::answers::content_address;
use super::{address, moment};
use crate::frame::Visit;
use crate::link;

/// A message or note.
pub(crate) struct MessageView {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) by_client: bool,
    pub(crate) internal: bool,
    pub(crate) record: Option<&'static str>,
    pub(crate) words: String,
}

/// A task.
pub(crate) struct TaskView {
    pub(crate) address: String,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) assignee: String,
    pub(crate) assignee_id: String,
    pub(crate) due: String,
    pub(crate) late: bool,
    pub(crate) done: Option<String>,
}

/// A document with its versions, newest first.
pub(crate) struct DocumentView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) newest: i64,
    pub(crate) public: bool,
    pub(crate) by_client: bool,
    pub(crate) withdrawn: bool,
    pub(crate) record: Option<&'static str>,
    pub(crate) versions: Vec<VersionView>,
}

/// A version of a document.
pub(crate) struct VersionView {
    pub(crate) number: i64,
    pub(crate) address: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) size: String,
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) hash: String,
}

/// Something the case is tied to.
pub(crate) struct LinkView {
    pub(crate) kind: &'static str,
    pub(crate) code: &'static str,
    pub(crate) target: String,
    pub(crate) label: String,
    pub(crate) address: String,
}

/// Something that happened.
pub(crate) struct EventView {
    pub(crate) at: String,
    pub(crate) what: &'static str,
    pub(crate) who: String,
    pub(crate) to: Option<&'static str>,
    pub(crate) reason: Option<String>,
    pub(crate) detail: Vec<String>,
    pub(crate) internal: bool,
}

fn name_of(names: &BTreeMap<PersonId, String>, id: Option<&PersonId>) -> String {
    id.and_then(|id| names.get(id)).cloned().unwrap_or_default()
}

/// How to reach the client.
pub(crate) fn contact(contact: &Contact, visit: &Visit) -> Vec<(&'static str, String)> {
    let all = [
        (visit.t("姓名", "Name"), &contact.name),
        (visit.t("电话", "Telephone"), &contact.telephone),
        (visit.t("电子邮箱", "E-mail"), &contact.email),
        (visit.t("单位", "Organisation"), &contact.organisation),
        (visit.t("地址", "Address"), &contact.address),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.clone())).collect()
}

pub(crate) fn messages(file: &CaseFile, visit: &Visit) -> Vec<MessageView> {
    let view = |message: &cases::Message| MessageView {
        at: moment(message.at),
        who: if message.by_client { visit.t("申请人", "Client").to_owned() } else { message.name.clone() },
        by_client: message.by_client,
        internal: message.internal,
        record: message.record.map(|record| record.label(visit.lang.code())),
        words: message.words.clone(),
    };
    file.messages.iter().map(view).collect()
}

pub(crate) fn tasks(file: &CaseFile, names: &BTreeMap<PersonId, String>, today: Date, visit: &Visit) -> Vec<TaskView> {
    let view = |task: &cases::Task| TaskView {
        address: format!("{}/tasks/{}", address(&file.case.id), task.id),
        version: task.version,
        title: task.title.clone(),
        assignee: name_of(names, task.assignee.as_ref()),
        assignee_id: task.assignee.as_ref().map_or_else(String::new, ToString::to_string),
        due: task.due_on.map_or_else(String::new, |due| due.to_string()),
        late: task.done_at.is_none() && task.due_on.is_some_and(|due| due < today),
        done: task.done_at.map(|at| {
            let who = name_of(names, task.done_by.as_ref());
            format!("{} {}{who}", visit.t("已完成", "done"), moment(at) + " ")
        }),
    };
    file.tasks.iter().map(view).collect()
}

/// Documents with their versions. An answer by the client and what staff added stand apart by their marks.
pub(crate) fn documents(file: &CaseFile, names: &BTreeMap<PersonId, String>, visit: &Visit) -> Vec<DocumentView> {
    let lang = visit.lang.code();
    let mut order: Vec<&Id> = Vec::new();
    for document in &file.documents {
        if !order.contains(&&document.id) {
            order.push(&document.id);
        }
    }
    let version = |document: &Document| VersionView {
        number: document.version,
        address: content_address(file, document),
        name: document.name.clone(),
        kind: document.kind.label(lang),
        size: crate::parcel::size(document.length),
        at: moment(document.at),
        who: if document.by_client {
            visit.t("申请人", "Client").to_owned()
        } else {
            name_of(names, document.person.as_ref())
        },
        hash: document.hash.clone(),
    };
    let view = |id: &Id| {
        let mut versions: Vec<&Document> = file.documents.iter().filter(|document| document.id == *id).collect();
        versions.sort_by_key(|document| std::cmp::Reverse(document.version));
        let newest = *versions.first()?;
        Some(DocumentView {
            id: id.to_string(),
            name: newest.name.clone(),
            newest: newest.version,
            public: newest.public,
            by_client: newest.by_client,
            withdrawn: newest.withdrawn,
            record: newest.record.map(|record| record.label(lang)),
            versions: versions.into_iter().map(version).collect(),
        })
    };
    order.into_iter().filter_map(view).collect()
}

pub(crate) fn links(file: &CaseFile, visit: &Visit) -> Vec<LinkView> {
    let view = |link: &cases::Link| LinkView {
        kind: link.kind.label(visit.lang.code()),
        code: link.kind.code(),
        target: link.target.clone(),
        label: if link.label.is_empty() { link.target.clone() } else { link.label.clone() },
        address: link_address(link),
    };
    file.links.iter().map(view).collect()
}

/// Where something tied to a case is shown.
fn link_address(link: &cases::Link) -> String {
    match link.kind {
        LinkKind::Right => link::right(&link.target),
        LinkKind::Search => link::list(&link.target),
        LinkKind::Analysis if link.target.starts_with("/analysis") => link.target.clone(),
        LinkKind::Analysis => format!("/analysis/saved/{}", link::encoded(&link.target)),
        LinkKind::Case => format!("/desk/cases/{}", link::encoded(&link.target)),
    }
}

/// Labels, each with the address of the consultations that have it.
pub(crate) fn labels(file: &CaseFile) -> Vec<(String, String)> {
    let address = |label: &String| super::linked("/desk/consultations", &[("label", label)]);
    file.labels.iter().map(|label| (label.clone(), address(label))).collect()
}

/// Cases that this one stands with: how, number, address, state.
pub(crate) fn others(file: &CaseFile, visit: &Visit) -> Vec<(&'static str, String, String, &'static str)> {
    let lang = visit.lang.code();
    let mut others = Vec::new();
    if let Some(other) = &file.goes_on_in {
        let how = visit.t("并入", "Goes on in");
        others.push((how, other.reference.to_string(), address(&other.id), other.state.label(lang)));
    }
    for other in &file.merged {
        let how = visit.t("并入本件", "Went on in this one");
        others.push((how, other.reference.to_string(), address(&other.id), other.state.label(lang)));
    }
    if let Some(parent) = &file.case.parent {
        let shown = visit.t("打开", "open").to_owned();
        others.push((visit.t("所属一窗办件", "Part of"), shown, address(parent), ""));
    }
    others
}

/// What happened, latest first.
pub(crate) fn events(file: &CaseFile, names: &BTreeMap<PersonId, String>, visit: &Visit) -> Vec<EventView> {
    let lang = visit.lang.code();
    let view = |event: &Event| EventView {
        at: moment(event.at),
        what: event.action.label(lang),
        who: who(event, visit),
        to: Some(event.to.label(lang)).filter(|_| event.from != Some(event.to)),
        reason: event.reason.clone(),
        detail: detail(event, names, visit),
        internal: !event.public,
    };
    file.events.iter().rev().map(view).collect()
}

/// Who did it.
pub(crate) fn who(event: &Event, visit: &Visit) -> String {
    match (event.by_client, event.name.is_empty()) {
        (true, _) => visit.t("申请人", "Client").to_owned(),
        (false, true) => visit.t("系统", "The program").to_owned(),
        (false, false) => event.name.clone(),
    }
}

/// What an event says beside its reason.
fn detail(event: &Event, names: &BTreeMap<PersonId, String>, visit: &Visit) -> Vec<String> {
    let lang = visit.lang.code();
    let on_behalf = event.detail.get("on_behalf").and_then(serde_json::Value::as_bool) == Some(true);
    let inner = if on_behalf { event.detail.get("more").unwrap_or(&event.detail) } else { &event.detail };
    let text = |key: &str| inner.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
    let number = |key: &str| inner.get(key).and_then(serde_json::Value::as_i64);
    let mut lines = Vec::new();
    if on_behalf {
        lines.push(visit.t("代申请人办理", "done for the client").to_owned());
    }
    match event.action {
        Action::AskSupplement => {
            let missing = inner.get("missing").and_then(serde_json::Value::as_array);
            lines.extend(missing.into_iter().flatten().filter_map(|what| what.as_str()).map(str::to_owned));
        }
        Action::Extend => {
            let ground: Option<cases::Ground> = text("ground").and_then(|code| code.parse().ok());
            let days = number("days").unwrap_or_default();
            let ground = ground.map_or("", |ground| ground.label(lang));
            lines.push(
                visit
                    .lang
                    .t(&format!("{ground}，{days} 个工作日"), &format!("{ground}, {days} working days"))
                    .to_owned(),
            );
        }
        Action::Assign => {
            let to = text("to").and_then(|id| id.parse::<PersonId>().ok());
            lines.extend(to.and_then(|id| names.get(&id).cloned()));
        }
        Action::HandOn => lines.extend([text("office"), text("reference")].into_iter().flatten()),
        Action::StatusBack | Action::TakeBack => lines.extend(text("status")),
        Action::SetUp => lines.extend(text("deadline")),
        Action::Document => lines.extend(text("name")),
        Action::Merge => lines.extend(text("reference")),
        Action::Link => lines.extend(text("target")),
        Action::Deliver => {
            lines.extend(number("measured").map(|days| {
                visit.lang.t(&format!("用时 {days} 个工作日"), &format!("{days} working days")).to_owned()
            }));
            let on_time = inner.get("on_time").and_then(serde_json::Value::as_bool);
            lines.extend(
                on_time.map(|on_time| {
                    if on_time { visit.t("按期", "in time") } else { visit.t("逾期", "late") }.to_owned()
                }),
            );
        }
        Action::Archive => {
            let outcome: Option<cases::Outcome> = text("outcome").and_then(|code| code.parse().ok());
            lines.extend(outcome.map(|outcome| outcome.label(lang).to_owned()));
        }
        Action::Confirm | Action::FollowUp => {
            let solved: Option<cases::Solved> = text("solved").and_then(|code| code.parse().ok());
            lines.extend(solved.map(|solved| solved.label(lang).to_owned()));
        }
        _ => {}
    }
    lines
}
