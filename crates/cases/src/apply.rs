//! What an act does to a case: pure, so that it can be tried without a database.

use accounts::PersonId;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use services::{Calendar, Record, office_day};

use crate::error::fault;
use crate::flow::{self, Hindrance};
use crate::{
    Act, Action, Case, CasesError, Course, Deadlines, Extension, HandedOn, Missing, Outcome, PauseKind, Planned,
    Solved, Stand, deadlines, most_extension,
};

/// Days after its closing in which a case can be opened again.
pub const REOPEN_DAYS: i64 = 30;

/// What an act is judged by beside the case itself.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) now: Timestamp,
    pub(crate) calendar: Calendar,
    pub(crate) stands: Vec<Stand>,
    /// Who acts, if a person.
    pub(crate) person: Option<PersonId>,
    /// The outlet that is to take the case, by its names.
    pub(crate) outlet_name: Option<services::Text>,
    /// Whether the client sees a document that staff added.
    pub(crate) has_deliverable: bool,
    /// Whether the client brought something: answers, words, documents.
    pub(crate) brought: bool,
    /// Records that documents, notes and links leave.
    pub(crate) records: Vec<Record>,
}

/// What an act does beside changing the case.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Effect {
    pub(crate) detail: Value,
    pub(crate) stop: Option<(PauseKind, String)>,
    pub(crate) run_on: bool,
}

/// Does an act to a case, or says why not; the case is of no use after an error.
pub(crate) fn apply(case: &mut Case, act: &Act, facts: &Facts) -> Result<Effect, CasesError> {
    let action = act.action();
    let paused = case.paused.is_some();
    let rule = flow::may(action, case.state, paused).map_err(|hindrance| hindered(hindrance, action, case))?;
    let today = office_day(facts.now);
    let faults = act.faults(today);
    if !faults.is_empty() {
        return Err(CasesError::Invalid(faults));
    }
    let mut effect = Effect::default();
    change(case, act, facts, &mut effect)?;
    case.state = flow::next(rule, case.state, case.accepted_at.is_some());
    if case.state.is_final() {
        close(case, action, facts.now);
        effect.run_on = true;
    }
    case.touched_at = facts.now;
    let stands = after(&facts.stands, &effect, today);
    case.due_on = clock(case, &facts.calendar, &stands, today).due(case.state);
    settle_columns(case);
    Ok(effect)
}

fn hindered(hindrance: Hindrance, action: Action, case: &Case) -> CasesError {
    match hindrance {
        Hindrance::Paused => CasesError::Paused(action),
        Hindrance::State | Hindrance::Running => {
            let can = flow::actions(case.state, case.paused.is_some()).map(|rule| rule.action).collect();
            CasesError::NotNow { action, state: case.state, can }
        }
    }
}

fn change(case: &mut Case, act: &Act, facts: &Facts, effect: &mut Effect) -> Result<(), CasesError> {
    let today = office_day(facts.now);
    match act {
        Act::Accept => {
            case.accepted_at = case.accepted_at.or(Some(facts.now));
            case.body.accepted_on = Some(today);
        }
        Act::AskSupplement { missing } => {
            if case.body.missing.is_some() {
                return Err(CasesError::Once(Action::AskSupplement));
            }
            effect.detail = json!({ "missing": missing });
            effect.stop = Some((PauseKind::Supplement, missing.join("; ")));
            case.body.missing = Some(Missing { what: missing.clone(), asked: today });
        }
        Act::Supplement { .. } => {
            if !facts.brought {
                let (zh, en) = ("请填写或上传所缺内容", "write or upload what was missing");
                return Err(CasesError::fault("answers", zh, en));
            }
            effect.run_on = true;
        }
        Act::DeemWithdrawn => {
            let due = clock(case, &facts.calendar, &facts.stands, today).supplement;
            if let Some(due) = due.filter(|due| *due >= today) {
                let (zh, en) = (format!("补正期限至 {due}"), format!("the client has until {due}"));
                return Err(CasesError::fault("supplement", zh, en));
            }
        }
        Act::SetUp(plan) => set_up(case, plan, facts, effect)?,
        Act::Begin => {
            if case.assignee.is_none() {
                case.assignee.clone_from(&facts.person);
            }
        }
        Act::Assign { to } => {
            case.assignee = Some(to.clone());
            case.escalated = false;
            effect.detail = json!({ "to": to });
        }
        Act::Take => take(case, facts)?,
        Act::Pause { reason } => {
            case.body.pause_reason = Some(reason.clone());
            effect.stop = Some((PauseKind::Paused, reason.clone()));
        }
        Act::Resume => {
            case.body.pause_reason = None;
            effect.run_on = true;
        }
        Act::Extend { ground, days, reason } => {
            let extension = Extension { ground: *ground, days: *days, reason: reason.clone() };
            extend(case, extension, facts)?;
            effect.detail = json!({ "ground": ground, "days": days });
        }
        Act::Escalate { .. } => {
            if case.escalated {
                return Err(CasesError::Once(Action::Escalate));
            }
            case.escalated = true;
        }
        Act::Transfer { outlet, .. } => {
            let Some(name) = &facts.outlet_name else {
                let (zh, en) = ("没有该网点，或该网点现不办理业务", "there is no such outlet at work");
                return Err(CasesError::fault("outlet", zh, en));
            };
            if *outlet == case.outlet {
                return Err(CasesError::fault("outlet", "办件已在该网点", "the case is at this outlet already"));
            }
            effect.detail = json!({ "from": case.outlet, "to": outlet });
            case.outlet = outlet.clone();
            case.body.outlet_name = name.clone();
            case.assignee = None;
        }
        Act::HandOn { office, reference } => {
            let (office, reference) = (office.trim().to_owned(), reference.trim().to_owned());
            effect.detail = json!({ "office": office, "reference": reference });
            case.body.handed_on = Some(HandedOn { office, reference, status: String::new() });
        }
        Act::StatusBack { status } | Act::TakeBack { status } => {
            if let Some(handed_on) = &mut case.body.handed_on {
                status.clone_into(&mut handed_on.status);
            }
            effect.detail = json!({ "status": status });
        }
        Act::NameParties { parties } => {
            case.body.has_parties = true;
            effect.detail = json!({ "parties": parties.len() });
        }
        Act::Deliver { result } => deliver(case, result, facts, effect)?,
        Act::Confirm { solved, .. } => {
            case.answer = Some(*solved);
            effect.detail = json!({ "solved": solved });
        }
        Act::Return { .. } => {
            case.body.delivered_on = None;
            case.answer = None;
            (case.measured, case.on_time) = (None, None);
            effect.run_on = true;
        }
        Act::FollowUp { solved, .. } => {
            case.body.followed_up = true;
            case.answer = case.answer.or(*solved);
            effect.detail = json!({ "solved": solved });
        }
        Act::Archive { outcome, settlement, attended, summary } => {
            archive(case, *outcome, *attended, facts)?;
            if case.body.has_parties && settlement.is_none() {
                let (zh, en) = ("请写明各方处理结果", "say what the parties came to");
                return Err(CasesError::fault("settlement", zh, en));
            }
            case.body.settlement = *settlement;
            case.body.summary = Some(summary.trim().to_owned()).filter(|summary| !summary.is_empty());
            case.outcome = Some(*outcome);
            case.attended = *attended;
            effect.detail = json!({ "outcome": outcome, "settlement": settlement, "attended": attended });
        }
        Act::Merge { into, .. } => {
            effect.detail = json!({ "into": into });
            case.merged_into = Some(into.clone());
        }
        Act::Reopen { .. } => {
            reopen(case, facts)?;
            effect.run_on = true;
        }
        Act::Refuse { .. } | Act::Withdraw { .. } => {}
    }
    Ok(())
}

fn set_up(case: &mut Case, plan: &crate::Plan, facts: &Facts, effect: &mut Effect) -> Result<(), CasesError> {
    let today = office_day(facts.now);
    let limits = clock(case, &facts.calendar, &facts.stands, today);
    if let Some(latest) = [limits.promised, limits.statutory].into_iter().flatten().min()
        && plan.deadline > latest
    {
        let zh = format!("完成日期不能晚于承诺或法定期限 {latest}，确需延长请先延期");
        let en = format!("the deadline cannot be after {latest}, which was promised; extend it first if it must be");
        return Err(CasesError::fault("deadline", zh, en));
    }
    effect.detail = json!({ "staff": plan.staff, "deadline": plan.deadline });
    case.assignee = plan.staff.first().cloned();
    case.body.planned = Some(Planned { since: today, day: plan.deadline });
    case.body.plan = Some(plan.clone());
    Ok(())
}

fn take(case: &mut Case, facts: &Facts) -> Result<(), CasesError> {
    match (&case.assignee, &facts.person) {
        (None, Some(person)) => {
            case.assignee = Some(person.clone());
            Ok(())
        }
        (Some(_), _) => {
            let (zh, en) =
                ("办件已有承办人，请由负责人重新分派", "someone has it in hand; ask whoever leads to assign it");
            Err(CasesError::fault("assignee", zh, en))
        }
        (None, None) => Err(CasesError::fault("assignee", "须由人员领办", "a person must take it")),
    }
}

fn extend(case: &mut Case, extension: Extension, facts: &Facts) -> Result<(), CasesError> {
    if case.body.extension.is_some() {
        return Err(CasesError::Once(Action::Extend));
    }
    let accepted = case.body.accepted_on.unwrap_or_else(|| office_day(facts.now));
    let most = most_extension(&facts.calendar, &case.body.terms, extension.ground, accepted);
    if extension.days == 0 || extension.days > most {
        let zh = format!("延期须为 1 至 {most} 个工作日");
        return Err(CasesError::fault("days", zh, format!("a deadline is moved by 1 to {most} working days")));
    }
    case.body.extension = Some(extension);
    Ok(())
}

fn deliver(case: &mut Case, result: &str, facts: &Facts, effect: &mut Effect) -> Result<(), CasesError> {
    let result = result.trim();
    if result.is_empty() && !facts.has_deliverable {
        let (zh, en) =
            ("请填写答复，或先上传当事人可见的成果文件", "write an answer, or add a document that the client sees");
        return Err(CasesError::fault("result", zh, en));
    }
    let today = office_day(facts.now);
    let before = clock(case, &facts.calendar, &facts.stands, today);
    case.delivered_at = Some(facts.now);
    case.body.delivered_on = Some(today);
    case.body.result = Some(result.to_owned()).filter(|result| !result.is_empty());
    case.measured = before.used.map(i64::from);
    case.on_time = before.delivery().map(|due| today <= due);
    effect.detail = json!({ "measured": case.measured, "on_time": case.on_time });
    effect.stop = Some((PauseKind::Delivered, String::new()));
    Ok(())
}

fn archive(case: &Case, outcome: Outcome, attended: Option<i64>, facts: &Facts) -> Result<(), CasesError> {
    let said = case.answer;
    if outcome == Outcome::Solved && said.is_some_and(|said| said != Solved::Yes) {
        let said = said.unwrap_or(Solved::No);
        let zh = format!("当事人认为「{}」，归档结果不能为「已解决」", said.label("zh"));
        let en = format!("the client says «{}»: the outcome cannot be «Solved»", said.label("en"));
        return Err(CasesError::fault("outcome", zh, en));
    }
    if !matches!(outcome, Outcome::Solved | Outcome::Partly) {
        return Ok(());
    }
    let missing = case.body.records.iter().filter(|record| !is_on_record(case, **record, facts));
    let mut faults: Vec<_> = missing
        .map(|record| {
            let zh = format!("归档前须留有「{}」", record.label("zh"));
            fault("records", zh, format!("before it is filed it needs: {}", record.label("en")))
        })
        .collect();
    if attended.is_none() && case.counts_who_came() {
        faults.push(fault("attended", "请填写实到人数", "say how many people came"));
    }
    if faults.is_empty() { Ok(()) } else { Err(CasesError::Invalid(faults)) }
}

/// Whether the work left what this record asks for: by itself, or as a document or note that says so.
fn is_on_record(case: &Case, record: Record, facts: &Facts) -> bool {
    facts.records.contains(&record)
        || match record {
            Record::Demand => true,
            Record::Plan => case.body.plan.is_some(),
            Record::ConsultationArchive => case.body.result.is_some(),
            Record::Deliverable => case.body.result.is_some() || facts.has_deliverable,
            Record::Referral | Record::Submission => case.body.handed_on.is_some(),
            Record::FollowUp | Record::Satisfaction => case.body.followed_up || case.answer.is_some(),
            Record::Outcome => case.body.has_parties,
            _ => false,
        }
}

fn reopen(case: &mut Case, facts: &Facts) -> Result<(), CasesError> {
    let today = office_day(facts.now);
    let closed = office_day(case.closed_at.unwrap_or(facts.now));
    let until = closed.saturating_add(REOPEN_DAYS.days());
    if today > until {
        return Err(CasesError::Over { closed, until });
    }
    case.closed_at = None;
    case.clock_on = Some(today);
    (case.outcome, case.answer, case.measured, case.on_time) = (None, None, None, None);
    case.attended = None;
    let body = &mut case.body;
    body.accepted_on = case.accepted_at.map(|_| today);
    (body.delivered_on, body.planned, body.extension, body.missing) = (None, None, None, None);
    (body.settlement, body.summary, body.followed_up) = (None, None, false);
    Ok(())
}

fn close(case: &mut Case, action: Action, now: Timestamp) {
    case.closed_at = Some(now);
    case.body.pause_reason = None;
    case.outcome = match action {
        Action::Refuse => Some(Outcome::Refused),
        Action::Withdraw | Action::DeemWithdrawn => Some(Outcome::Withdrawn),
        Action::Merge => Some(Outcome::Merged),
        _ => case.outcome,
    };
}

/// What lists and readers see of the body.
fn settle_columns(case: &mut Case) {
    let body = &case.body;
    case.paused.clone_from(&body.pause_reason);
    case.outlet_name.clone_from(&body.outlet_name);
    case.plan.clone_from(&body.plan);
    case.handed_on.clone_from(&body.handed_on);
    case.missing.clone_from(&body.missing);
    case.extension.clone_from(&body.extension);
    case.result.clone_from(&body.result);
    case.summary.clone_from(&body.summary);
    case.settlement = body.settlement;
}

/// The times in which the clock stood, after an act.
fn after(stands: &[Stand], effect: &Effect, today: Date) -> Vec<Stand> {
    let mut stands = stands.to_vec();
    if effect.run_on {
        stands.iter_mut().filter(|stand| stand.to.is_none()).for_each(|stand| stand.to = Some(today));
    }
    if let Some((kind, _)) = &effect.stop {
        stands.push(Stand { kind: *kind, from: today, to: None });
    }
    stands
}

/// The deadlines of a case on a day.
pub(crate) fn clock(case: &Case, calendar: &Calendar, stands: &[Stand], today: Date) -> Deadlines {
    let course = Course {
        received: case.clock_on.unwrap_or_else(|| office_day(case.received_at)),
        accepted: case.body.accepted_on,
        supplement_asked: case.body.missing.as_ref().map(|missing| missing.asked),
        planned: case.body.planned,
        stands: stands.to_vec(),
        extension: case.body.extension.as_ref().map(|extension| (extension.ground, extension.days)),
        delivered: case.body.delivered_on,
    };
    deadlines(calendar, &case.body.terms, &course, today)
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
