//! What the acts of this room are called, and their entries in the audit trail.

use accounts::{Actor, Entry, record};
use database::Write;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sql::events;
use crate::{Act, Plan, PlanAct, PlansError, Report};

/// Code, Chinese and English name of every act that this crate writes into the trail.
const LABELS: [(&str, &str, &str); 18] = [
    ("plan.make", "新建计划", "made a plan"),
    ("plan.write", "修改计划草稿", "changed the draft of a plan"),
    ("plan.discard", "放弃计划草稿", "threw the draft of a plan away"),
    ("plan.issue", "印发计划", "issued a plan"),
    ("plan.close", "结束计划", "closed a plan"),
    ("plan.show", "设置计划公开", "set the publication of a plan"),
    ("plan.choose", "选择选做任务", "chose an optional task"),
    ("plan.unchoose", "取消选做任务", "took the choice of a task back"),
    ("plan.import", "批量导入进展填报", "imported reports from a workbook"),
    ("plan-report.begin", "新建进展填报", "began a report on a task"),
    ("plan-report.write", "修改进展填报", "changed a report on a task"),
    ("plan-report.attach", "添加填报附件", "added a file to a report"),
    ("plan-report.detach", "移除填报附件", "took a file out of a report"),
    ("plan-report.submit", "报送进展", "submitted a report on a task"),
    ("plan-report.take-back", "撤回进展填报", "took a report back"),
    ("plan-report.accept", "通过进展填报", "accepted a report on a task"),
    ("plan-report.return", "退回进展填报", "returned a report on a task"),
    ("plan-report.show", "设置填报公开", "set the publication of a report"),
];

/// What an act of this crate is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, _, _)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}

/// Notes an act on a plan in its history and in the audit trail; the last statement of a transaction.
pub(crate) async fn note_plan(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (act, reason, detail): (PlanAct, &str, Value),
    after: &Plan,
) -> Result<(), PlansError> {
    let id = after.id.as_str();
    events::append(write, (id, after.version), now, actor, (act.code(), reason, &detail)).await?;
    let entry = Entry {
        action: &format!("plan.{act}"),
        kind: "plan",
        object: id,
        organisation: Some(&after.issuer),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        detail,
    };
    Ok(record(write, now, actor, &entry).await?)
}

/// Notes an act on a report in its history.
pub(crate) async fn happened(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (act, reason, detail): (Act, &str, Value),
    after: &Report,
) -> Result<(), PlansError> {
    let place = (after.id.as_str(), after.version);
    events::append(write, place, now, actor, (act.code(), reason, &detail)).await
}

/// Notes an act on a report in its history and in the audit trail; the last statement of a transaction.
pub(crate) async fn note_report(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (act, reason, detail): (Act, &str, Value),
    after: &Report,
) -> Result<(), PlansError> {
    happened(write, now, actor, (act, reason, detail), after).await?;
    let entry = Entry {
        action: &format!("plan-report.{act}"),
        kind: "plan-report",
        object: after.id.as_str(),
        organisation: Some(&after.unit),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        detail: json!({ "plan": after.plan, "task": after.task, "state": after.state }),
    };
    Ok(record(write, now, actor, &entry).await?)
}

#[cfg(test)]
#[path = "trail_tests.rs"]
mod tests;
