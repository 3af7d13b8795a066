//! What happened to a request, in words for its client.

use cases::{Action, CaseFile, Event, Outcome, Solved};
use serde_json::Value;

use crate::frame::Visit;

/// Something that happened.
pub(super) struct Happened {
    pub(super) at: String,
    pub(super) what: String,
    pub(super) who: String,
    pub(super) lines: Vec<String>,
}

/// The course of a request, latest first.
pub(super) fn course(file: &CaseFile, visit: &Visit) -> Vec<Happened> {
    // Messages and documents stand in lists of their own.
    let told = |event: &&Event| {
        event.public
            && !matches!(event.action, Action::Message | Action::Document | Action::Note | Action::Task | Action::Link)
    };
    file.events.iter().rev().filter(told).map(|event| happened(event, file, visit)).collect()
}

fn happened(event: &Event, file: &CaseFile, visit: &Visit) -> Happened {
    let outlet = file.case.outlet_name.text(visit.lang.code());
    let (on_behalf, detail) = match event.detail.get("on_behalf") {
        Some(_) => (true, &event.detail["more"]),
        None => (false, &event.detail),
    };
    let who = if event.by_client {
        visit.t("您", "you").to_owned()
    } else if on_behalf {
        format!("{outlet}{}", visit.t("（代您）", " (for you)"))
    } else {
        outlet.to_owned()
    };
    let mut lines = details(event.action, detail, visit);
    lines.extend(event.reason.clone());
    Happened { at: super::local(event.at), what: what(event.action, visit), who, lines }
}

/// What was done, as the client calls it.
pub(super) fn what(action: Action, visit: &Visit) -> String {
    let (zh, en) = match action {
        Action::Submit => ("提交需求", "Sent"),
        Action::Accept => ("受理", "Accepted"),
        Action::Refuse => ("不予受理", "Refused"),
        Action::AskSupplement => ("要求补充", "Asked for what is missing"),
        Action::Supplement => ("补充内容", "Supplemented"),
        Action::DeemWithdrawn => ("逾期未补充，视为撤回", "Taken as withdrawn: nothing was added in time"),
        Action::SetUp => ("确定办理方案", "Plan and contact named"),
        Action::Begin => ("开始办理", "Work began"),
        Action::Pause => ("中止计时", "Clock stopped"),
        Action::Resume => ("恢复计时", "Clock runs again"),
        Action::Extend => ("延期", "Deadline moved"),
        Action::Transfer => ("移交其他网点", "Given to another outlet"),
        Action::HandOn => ("转办", "Handed on"),
        Action::StatusBack => ("转办进展", "News from the office"),
        Action::TakeBack => ("转办结束", "The office is done"),
        Action::Deliver => ("交付成果", "Result delivered"),
        Action::Confirm => ("确认成果", "Result confirmed"),
        Action::Return => ("退回重办", "Handed back"),
        Action::FollowUp => ("回访", "Asked how it went"),
        Action::Archive => ("办结归档", "Closed and filed"),
        Action::Withdraw => ("撤回", "Withdrawn"),
        Action::Merge => ("并案办理", "Merged"),
        Action::Reopen => ("重新办理", "Opened again"),
        Action::Document => ("文件", "Document"),
        other => return other.label(visit.lang.code()).to_owned(),
    };
    visit.t(zh, en).to_owned()
}

fn details(action: Action, detail: &Value, visit: &Visit) -> Vec<String> {
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let zh = visit.lang.code() == "zh";
    match action {
        Action::AskSupplement => {
            let missing = detail.get("missing").and_then(Value::as_array).into_iter().flatten();
            missing.filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Action::HandOn => vec![format!("{} {}", text("office"), text("reference")).trim().to_owned()],
        Action::StatusBack | Action::TakeBack => vec![text("status")],
        Action::Extend => match detail.get("days").and_then(Value::as_i64) {
            Some(days) if zh => vec![format!("延长 {days} 个工作日")],
            Some(days) => vec![format!("by {days} working days")],
            None => Vec::new(),
        },
        Action::Confirm => {
            let solved = text("solved").parse::<Solved>().ok();
            solved.map(|solved| solved.label(visit.lang.code()).to_owned()).into_iter().collect()
        }
        Action::Archive => {
            let outcome = text("outcome").parse::<Outcome>().ok();
            outcome.map(|outcome| outcome.label(visit.lang.code()).to_owned()).into_iter().collect()
        }
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|line| !line.is_empty())
    .collect()
}
